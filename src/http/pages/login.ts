import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { loginPage } from '../../web/login-page.ts'
import { answerPage } from '../answer.ts'
import { codeMatches, cookieName, isLocal, requireOperator, requireSameOrigin } from '../guard.ts'
import type { App, House } from '../house.ts'
import { readForm } from '../read-body.ts'

/** Login and logout of the operator. */
export function loginRoutes(app: App, house: House): void {
  const { login, logout, desk } = house.doors
  app.get(decodeURI(login), c => answerPage(c, house, loginPage(login, desk)))

  app.post(decodeURI(login), async c => {
    requireSameOrigin(c, house)
    const { code = '', next = '' } = await readForm(c, ['code', 'next'])
    if (!(await codeMatches(c, house, code))) {
      return answerPage(c, house, loginPage(login, ownPath(next, desk), '访问码不对，请核对后再填一次。'), {
        status: 401,
      })
    }
    const earlier = getCookie(c, cookieName(c, house))
    if (earlier) await house.sessions.end(earlier)
    const token = await house.sessions.begin()
    setCookie(c, cookieName(c, house), token, { path: '/', httpOnly: true, sameSite: 'Lax', secure: !isLocal(c) })
    return c.redirect(ownPath(next, desk), 303)
  })

  app.post(decodeURI(logout), async c => {
    await requireOperator(c, house)
    const token = getCookie(c, cookieName(c, house))
    if (token) await house.sessions.end(token)
    deleteCookie(c, cookieName(c, house), { path: '/', secure: !isLocal(c) })
    c.header('Clear-Site-Data', '"cache"')
    return c.redirect('/', 303)
  })
}

/** A path of this site to go on to, or the staff's desk: never another site's address. */
export function ownPath(next: string, desk: string): string {
  if (!next.startsWith('/') || /[\\\p{Cc}]/u.test(next) || next.startsWith('//')) return desk
  const url = new URL(next, 'http://here.invalid')
  // Dots may leave two slashes at the front, which a browser reads as another site's name.
  const own = url.origin === 'http://here.invalid' && !url.pathname.startsWith('//')
  return own ? `${url.pathname}${url.search}` : desk
}
