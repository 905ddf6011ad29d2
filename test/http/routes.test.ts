import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import { blobName } from '../../src/store/blobs.ts'
import { pdf } from '../ledger/document-files.ts'
import type { TestOffice } from '../support/office.ts'
import { attach, sessionCookie, testHouse } from './house.ts'
import { COOP } from './people.ts'
import { sunshine } from './story.ts'

/** Everything anybody may read without logging in; a route that is not here must ask for the operator. */
const PUBLIC = new Set([
  'GET /',
  'GET /money-in',
  'GET /money-out',
  'GET /my-share',
  'GET /how-to-check',
  'GET /login',
  'POST /login',
  'GET /assets/:name',
  'GET /coops/:coop',
  'GET /coops/:coop/quarters/:quarter',
  'GET /coops/:coop/quarters/:quarter/accounts/:account',
  'GET /coops/:coop/quarters/:quarter/outcome/:no',
  'GET /coops/:coop/quarters/:quarter/decision.pdf',
  'GET /coops/:coop/quarters/:quarter/outcome.pdf',
  'GET /coops/:coop/resolutions/:no',
  'GET /coops/:coop/resolutions/:no/notice.pdf',
  'GET /healthz',
  'GET /readyz',
  'GET /api/openapi.json',
])

const VALUES: Record<string, string> = {
  coop: COOP,
  account: '102',
  number: '2025-03-%E8%AE%B0-1',
  person: 'M00001',
  year: '2025',
  no: '2025-1',
  quarter: '2025Q1',
  origin: 'R202503',
  hash: blobName(pdf),
  kind: 'outcome',
  edition: 'members',
  command: 'PostVoucher',
  report: 'trial-balance',
  format: 'csv',
}
const ODD = ['%0a', '%0d', '%5c', '/', '//', ';', '.', '/.', '/%2e', '/..%2f', '%00', '?big=1', '#x']

let office: TestOffice
let app: App
let guarded: { method: string; path: string }[]

beforeAll(async () => {
  office = await sunshine()
  app = testHouse(office.office)
  await attach(app, VALUES.number!, pdf)
  guarded = app.routes
    .filter(({ method, path }) => path !== '/*' && !PUBLIC.has(`${method} ${path}`))
    .map(({ method, path }) => ({
      method: method === 'ALL' ? 'GET' : method,
      path: path.replaceAll(/:(\w+)/g, (_, name: string) => VALUES[name] ?? `missing-${name}`),
    }))
})
afterAll(() => office.close())

describe('without a session', () => {
  test('every route that is not on the public list answers 401 or 403', async () => {
    expect(guarded.length).toBeGreaterThan(30)
    for (const { method, path } of guarded) {
      const { status } = await app.request(path, { method })
      expect([401, 403], `${method} ${path} answered ${status}`).toContain(status)
    }
  })

  test('no odd spelling of a guarded path gets past the door', async () => {
    for (const { method, path } of guarded) {
      for (const odd of ODD) {
        const spellings = [`${path}${odd}`, path.replace('/coops/', `/coops${odd}/`), `/${path}`, path.toUpperCase()]
        for (const spelling of spellings) {
          const { status } = await app.request(spelling, { method })
          expect([400, 401, 403, 404], `${method} ${spelling} answered ${status}`).toContain(status)
        }
      }
    }
  })

  test('a session with one flipped character is no session', async () => {
    const cookie = await sessionCookie(app)
    const forged = cookie.replace(/.$/, last => (last === '0' ? '1' : '0'))
    expect((await app.request('/staff', { headers: { cookie: forged } })).status).toBe(401)
    expect((await app.request('/staff', { headers: { cookie } })).status).toBe(200)
  })
})

test('with a session every guarded page answers', async () => {
  const cookie = await sessionCookie(app)
  const periods: Record<string, string> = {
    'trial-balance': '2025Q1',
    accounts: '2025Q1',
    vouchers: '2025Q1',
    funds: '2025',
    'rent-roll': '2025Q1',
  }
  for (const { method, path } of guarded.filter(({ method }) => method === 'GET')) {
    if (path.includes('/commands/')) continue
    const last = path.startsWith('/api/')
      ? Object.keys(periods).find(name => path.endsWith(name) || path.includes(`${name}/102`))
      : undefined
    const query = last ? `?period=${periods[last]}` : path.endsWith('/shares') ? '?on=2025-03-31' : ''
    const response = await app.request(`${path}${query}`, { method, headers: { cookie } })
    expect(response.status, `${path}${query}: ${response.status === 200 ? '' : await response.text()}`).toBe(200)
    expect(response.headers.get('cache-control'), path).toBe('no-store')
  }
})

test('every answer, of whatever kind, carries the security headers', async () => {
  const paths = [
    '/',
    '/nothing-here',
    '/staff',
    '/login',
    '/assets/style.css',
    '/api/openapi.json',
    '/api/coops',
    '/healthz',
    `/coops/${COOP}/quarters/2025Q1/outcome.pdf`,
    '/a%0ab',
    '//x',
  ]
  for (const path of paths) {
    const { headers } = await app.request(path)
    expect(headers.get('content-security-policy'), path).toContain("default-src 'self'")
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    expect(headers.get('cache-control'), path).toBeTruthy()
  }
})
