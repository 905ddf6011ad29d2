import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { allCoops, type CoopProfile } from '../../projections/profile.ts'
import { type Helpline, layout, type Page, type Reader } from '../web/layout.ts'
import { problemPage } from '../web/problem-page.ts'
import { hasSession } from './guard.ts'
import { SCRIPTED_POLICY } from './headers.ts'
import type { House } from './house.ts'
import { type Problem, titleOf } from './problem.ts'

const YEAR_S = 365 * 24 * 3600
const MOST_HELPLINES = 6

/** Answers with a page in the reader's type size; `coop` names the one whose supervisors are to be called. */
export async function answerPage(
  c: Context,
  house: House,
  page: Page,
  { coop, status = 200 }: { coop?: CoopProfile; status?: number } = {},
): Promise<Response> {
  const reader = await readerOf(c, house, coop)
  c.header('Cache-Control', c.req.path.startsWith('/staff') || reader.signedIn ? 'no-store' : 'no-cache')
  c.header('Vary', 'Cookie')
  if (page.scripts) c.header('Content-Security-Policy', SCRIPTED_POLICY)
  return c.html(layout(reader, page), status as 200)
}

/** Answers with a PDF; `name` is what a browser saves it as. */
export function answerPdf(c: Context, bytes: Uint8Array, name: string, cache: string): Response {
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  c.header('Content-Disposition', `inline; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', cache)
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': 'application/pdf' })
}

/** Answers a problem: problem+json (RFC 9457) on the API, a page elsewhere. */
export async function answerProblem(c: Context, house: House, problem: Problem): Promise<Response> {
  const requestId = crypto.randomUUID()
  for (const [name, value] of Object.entries(problem.headers)) c.header(name, value)
  c.header('X-Request-Id', requestId)
  c.header('Cache-Control', 'no-store')
  if (c.req.path.startsWith('/api/')) return c.body(problemJson(problem, requestId), problem.status as 400, JSON_TYPE)
  c.header('WWW-Authenticate', undefined)
  const here = c.req.method === 'GET' ? pathWithout(c, 'big') : house.doors.desk
  const said = { ...problem, message: problem.message, title: titleOf(problem.status) }
  const page = problemPage({ ...said, here, door: house.doors.login })
  return answerPage(c, house, page, { status: problem.status })
}

const JSON_TYPE = { 'Content-Type': 'application/problem+json; charset=utf-8' }

function problemJson({ status, code, message, article, facts }: Problem, requestId: string): string {
  const type = `urn:mingzhang:problem:${code}`
  return JSON.stringify({ type, title: titleOf(status), status, detail: message, code, article, facts, requestId })
}

async function readerOf(c: Context, house: House, coop: CoopProfile | undefined): Promise<Reader> {
  const coops = coop ? [coop] : allCoops(house.office.sql)
  const versionOf = (name: string) => house.assets.get(name)?.version ?? '0'
  return {
    big: typeSize(c),
    signedIn: await hasSession(c, house),
    doors: house.doors,
    here: pathWithout(c, 'big'),
    styleVersion: versionOf('style.css'),
    assetAt: name => `/assets/${name}?v=${versionOf(name)}`,
    demo: coops.some(({ demo }) => demo),
    helplines: helplines(coops),
  }
}

/**
 * Whether the reader wants large type. The wish in the address wins and is remembered, so that a code printed on paper can
 * open the page in large type.
 */
export function typeSize(c: Context): boolean {
  const wish = c.req.query('big')
  if (wish === undefined) return getCookie(c, 'big') === '1'
  setCookie(c, 'big', wish === '1' ? '1' : '0', { path: '/', sameSite: 'Lax', maxAge: YEAR_S, httpOnly: true })
  return wish === '1'
}

function helplines(coops: readonly CoopProfile[]): Helpline[] {
  const numbers = new Map<string, Helpline>()
  for (const { name, supervisorPhone } of coops) {
    if (supervisorPhone && !numbers.has(supervisorPhone)) {
      numbers.set(supervisorPhone, { label: coops.length > 1 ? name : '', phone: supervisorPhone })
    }
  }
  return [...numbers.values()].slice(0, MOST_HELPLINES)
}

/** Path and query of a request without one parameter; it begins with a single slash. */
export function pathWithout(c: Context, parameter: string): string {
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete(parameter)
  const query = searchParams.toString()
  const path = `/${pathname.replace(/^[/\\]+/, '')}`
  return query ? `${path}?${query}` : path
}
