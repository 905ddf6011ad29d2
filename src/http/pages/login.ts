import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { loginPage } from '../../web/login-page.ts'
import { answerPage } from '../answer.ts'
import { codeMatches, cookieName, isLocal, requireOperator, requireSameOrigin } from '../guard.ts'
import type { App, House } from '../house.ts'
import { readForm } from '../read-body.ts'

const HOME = '/staff'

/** Login and logout of the operator. */
export function loginRoutes(app: App, house: House): void {
  app.get('/login', c => answerPage(c, house, loginPage(HOME)))

  app.post('/login', async c => {
    requireSameOrigin(c, house)
    const { code = '', next = '' } = await readForm(c, ['code', 'next'])
    if (!(await codeMatches(c, house, code))) {
      return answerPage(c, house, loginPage(ownPath(next), '访问码不对，请核对后再填一次。'), { status: 401 })
    }
    const earlier = getCookie(c, cookieName(c))
    if (earlier) await house.sessions.end(earlier)
    const token = await house.sessions.begin()
    setCookie(c, cookieName(c), token, { path: '/', httpOnly: true, sameSite: 'Lax', secure: !isLocal(c) })
    return c.redirect(ownPath(next), 303)
  })

  app.post('/logout', async c => {
    await requireOperator(c, house)
    const token = getCookie(c, cookieName(c))
    if (token) await house.sessions.end(token)
    deleteCookie(c, cookieName(c), { path: '/', secure: !isLocal(c) })
    c.header('Clear-Site-Data', '"cache"')
    return c.redirect('/', 303)
  })
}

/** A path of this site to go on to, or the staff's home: never another site's address. */
export function ownPath(next: string): string {
  if (!next.startsWith('/') || /[\\\p{Cc}]/u.test(next) || next.startsWith('//')) return HOME
  const url = new URL(next, 'http://here.invalid')
  // Dots may leave two slashes at the front, which a browser reads as another site's name.
  const own = url.origin === 'http://here.invalid' && !url.pathname.startsWith('//')
  return own ? `${url.pathname}${url.search}` : HOME
}
