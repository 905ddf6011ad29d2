import type { Context, Next } from 'hono'
import type { House } from './house.ts'
import { Problem } from './problem.ts'

const POLICY = [
  "default-src 'self'",
  "script-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
/** The policy of a page that brings a script of this site's own. */
export const SCRIPTED_POLICY = POLICY.replace("script-src 'none'", "script-src 'self'")

// Some browsers' own PDF viewers are an object with inline styles, held to the policy of the file they show.
const PDF_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"

const EVERYWHERE: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
}

/** Puts the security headers on every answer, whatever it is; what says nothing about caching is not to be kept. */
export async function secureHeaders(c: Context, next: Next): Promise<void> {
  await next()
  for (const [name, value] of Object.entries(EVERYWHERE)) c.res.headers.set(name, value)
  const isPdf = c.res.headers.get('Content-Type') === 'application/pdf'
  if (!c.res.headers.has('Content-Security-Policy'))
    c.res.headers.set('Content-Security-Policy', isPdf ? PDF_POLICY : POLICY)
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
}

/** Refuses a host name this server does not answer to: another site's name that was made to point here. */
export function knownHost(house: House): (c: Context, next: Next) => Promise<void> {
  return async (c, next) => {
    if (house.hosts && !house.hosts.includes(new URL(c.req.url).hostname)) {
      throw new Problem(421, 'UnknownHost', '这个网址不是本服务的地址。')
    }
    await next()
  }
}
