import { createApp } from '../../src/http/app.ts'
import type { App, Drawing, HouseOptions } from '../../src/http/house.ts'
import type { Office } from '../../src/office.ts'
import { COOP } from './people.ts'

export const CODE = 'K7Q2M-9XBT4-0HZ3R-VW5YC-1NDSP'
export const ORIGIN = 'http://localhost'
export const SAME_SITE = { 'sec-fetch-site': 'same-origin' }

const bytes = new TextEncoder().encode('%PDF-1.7 test')
/** Stands for the drawing of documents, which has tests of its own. */
export const blankPaper: Drawing = {
  statement: async () => bytes,
  disclosure: async () => bytes,
  resolution: async () => bytes,
  book: async () => bytes,
}

const STYLE = { type: 'text/css; charset=utf-8', bytes: new TextEncoder().encode('body{}'), version: 'v1' }

/** The pages and the API over an office, with a known access code and blank paper. */
export function testHouse(office: Office, options: Partial<HouseOptions> = {}): App {
  return createApp(office, {
    access: { matches: async code => code === CODE },
    assets: new Map([['style.css', STYLE]]),
    drawing: blankPaper,
    ...options,
  })
}

/** Posts the login form from this site's own page. */
export async function login(app: App, code = CODE, fields: Record<string, string> = {}): Promise<Response> {
  return app.request('/login', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...SAME_SITE },
    body: new URLSearchParams({ code, ...fields }).toString(),
  })
}

/** `name=token` of a fresh session, to be sent as the Cookie header. */
export async function sessionCookie(app: App): Promise<string> {
  const response = await login(app)
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  return cookie
}

/** A GET with a session. */
export async function asOperator(app: App, path: string, cookie: string): Promise<Response> {
  return app.request(path, { headers: { cookie } })
}

/** Posts a file to a voucher of the story's co-op with the access code; `number` as it stands in a path. */
export async function attach(
  app: App,
  number: string,
  bytes: Uint8Array,
  key = 'file-1',
  query = '',
): Promise<Response> {
  return app.request(`/api/coops/${COOP}/vouchers/${number}/originals${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CODE}`, ...(key === '' ? {} : { 'idempotency-key': key }) },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
}

/** Posts a command with the access code, as a program does. */
export function command(
  app: App,
  path: string,
  body: unknown,
  { key = 'key-1', headers = {} }: { key?: string; headers?: Record<string, string> } = {},
): Response | Promise<Response> {
  return app.request(path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${CODE}`,
      'content-type': 'application/json',
      ...(key === '' ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}
