import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { House } from './house.ts'
import { Problem } from './problem.ts'

/** Name of the session's cookie: with the `__Host-` prefix, which needs TLS, everywhere but on the machine itself. */
export const cookieName = (c: Context, { cookie }: House): string => (isLocal(c) ? cookie : `__Host-${cookie}`)

/** Whether the request came to this very machine by name. */
export const isLocal = (c: Context): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(c.req.url).hostname)

/**
 * The door of everything that is not public: throws a Problem (401, 403, 429) unless the request carries the operator's
 * session or, on the API, the access code. Every handler calls it itself; nothing rests on a middleware's path.
 */
export async function requireOperator(c: Context, house: House): Promise<void> {
  const bearer = /^Bearer (.{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (bearer !== undefined) {
    if (!(await codeMatches(c, house, bearer))) throw denied('访问码不对。')
    return
  }
  if (!(await hasSession(c, house))) throw denied('这里只给本社工作人员看，请先登录。')
  if (!isSafe(c)) requireSameOrigin(c, house)
}

/** Whether the request carries a live session. */
export async function hasSession(c: Context, house: House): Promise<boolean> {
  const token = getCookie(c, cookieName(c, house))
  return token !== undefined && house.sessions.isLive(token)
}

/** Tries an access code, counted against the caller's address; throws 429 while the address has to wait. */
export async function codeMatches(c: Context, house: House, code: string): Promise<boolean> {
  const address = house.addressOf?.(c) ?? 'unknown'
  const wait = house.attempts.begin(address)
  if (wait > 0) {
    throw new Problem(429, 'TooManyAttempts', `试错太多次了，请 ${waitText(wait)}后再试。`, {
      headers: { 'Retry-After': String(wait) },
    })
  }
  const matches = await house.access.matches(code).catch((error: unknown) => {
    house.attempts.fail(address)
    throw error
  })
  house.attempts[matches ? 'succeed' : 'fail'](address)
  return matches
}

/** Refuses a request that another site's page made in the reader's name. */
export function requireSameOrigin(c: Context, house: House): void {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const own = [new URL(c.req.url).origin, house.origin]
  const allowed = site === undefined ? origin !== undefined && own.includes(origin) : site === 'same-origin'
  if (!allowed) throw new Problem(403, 'CrossSite', '这个请求不是从本站页面发出的，没有受理。')
}

const isSafe = (c: Context): boolean => c.req.method === 'GET' || c.req.method === 'HEAD'

const waitText = (seconds: number): string => (seconds < 90 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`)

function denied(message: string): Problem {
  return new Problem(401, 'Unauthenticated', message, { headers: { 'WWW-Authenticate': 'Bearer realm="mingzhang"' } })
}
