import { afterAll, beforeAll, expect, test } from 'vitest'
import { commands } from '../../src/domain/commands.ts'
import type { App } from '../../src/http/house.ts'
import type { TestOffice } from '../support/office.ts'
import { CODE, testHouse } from './house.ts'
import { COOP, PEOPLE, SECRETS } from './people.ts'
import { sunshine } from './story.ts'

let office: TestOffice
let app: App
beforeAll(async () => {
  office = await sunshine()
  app = testHouse(office.office)
})
afterAll(() => office.close())

const get = (path: string) => app.request(path, { headers: { authorization: `Bearer ${CODE}` } })
type Data = { [name: string]: unknown }
const data = async (path: string): Promise<Data> => {
  const answer = await get(`/api/coops/${COOP}${path}`)
  expect(answer.status, path).toBe(200)
  return ((await answer.json()) as { data: Data }).data
}
type Operation = { requestBody: { content: { [type: string]: { schema: { required: string[] } } } } }
const openApi = async () =>
  (await (await app.request('/api/openapi.json')).json()) as { paths: { [path: string]: { post: Operation } } }

test('the OpenAPI document lists exactly the ledger’s commands, with their schemas', async () => {
  const document = await openApi()
  const listed = Object.keys(document.paths).flatMap(path => /\/commands\/(\w+)$/.exec(path)?.[1] ?? [])
  expect(listed.sort()).toEqual(Object.keys(commands).sort())
  const post = document.paths['/api/coops/{coop}/commands/PostVoucher']?.post
  expect(post?.requestBody.content['application/json']?.schema.required).toContain('lines')
})

test('the OpenAPI document lists every other route of the API too, and none that is not there', async () => {
  const document = await openApi()
  const listed = Object.keys(document.paths).filter(path => !path.includes('/commands/'))
  const routed = app.routes
    .filter(({ method, path }) => method === 'GET' && /^\/(api|healthz|readyz)/.test(path))
    .map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}'))
  expect(listed.sort()).toEqual([...new Set(routed)].sort())
})

test('health and readiness answer without a session', async () => {
  expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok' })
  expect(await (await app.request('/readyz')).json()).toEqual({ status: 'ready' })
})

test('the trial balance comes as rows of decimal strings, debit positive', async () => {
  const rows = await data('/trial-balance?period=2025Q1')
  expect(rows).toContainEqual({
    account: '501',
    name: '经营收入',
    opening: '0.00',
    debit: '0.00',
    credit: '28571.43',
    closing: '-28571.43',
  })
})

test('each query answers what it is asked', async () => {
  expect((await data('/accounts/102?period=2025Q1')).closing).toBe('1052519.50')
  expect(await data('/vouchers?period=2025-03')).toHaveLength(5)
  expect((await data('/vouchers/2025-03-%E8%AE%B0-1')).summary).toBe('办公用品')
  expect(await data('/funds?period=2025Q1')).toMatchObject([{ fund: '近邻基金', closing: '50000.00' }])
  expect(await data('/shares?on=2025-03-31')).toHaveLength(4)
  expect(await data('/shares?on=2025-01-01')).toHaveLength(0)
  expect(await data('/rent-roll?period=2025Q1')).toMatchObject([
    { lease: 'L1', due: '30000.00', received: '10000.00', arrears: '20000.00' },
  ])
  expect(await data('/payables')).toMatchObject({ total: '1200.00', batches: [{ batch: 'B1', failed: 0 }] })
  expect(await data('/resolutions')).toHaveLength(2)
  expect(await data('/resolutions/2025-1')).toMatchObject({ budget: '60000.00', actual: '2400.00' })
  expect((await data('/disclosures/2025Q1')).outcome).toHaveLength(14)
  expect(await data('')).toMatchObject({ coop: COOP, head: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
})

test('lists show persons by code alone; only the statement of one person says a name', async () => {
  for (const path of [
    '/members',
    '/shares?on=2025-03-31',
    '/payables',
    '/vouchers?period=2025',
    '/rent-roll?period=2025',
  ])
    for (const secret of SECRETS) expect(JSON.stringify(await data(path)), path).not.toContain(secret)
  const code = office.codeOf(PEOPLE[0].idNumber)
  expect(await data(`/persons/${code}/statements/2025`)).toMatchObject({
    person: { name: '陈䶮', code },
    total: { net: '1200.00', paid: '600.00' },
  })
})

test('a parameter that is missing, unknown, given twice or malformed is 400 and named', async () => {
  for (const query of ['', '?period=2025-13', '?period=2025&period=2026', '?period=2025&x=1']) {
    const answer = await get(`/api/coops/${COOP}/trial-balance${query}`)
    expect(answer.status, query).toBe(400)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/period|x/)
  }
})

test('what is not there is 404 as a problem: co-op, person, voucher, edition', async () => {
  for (const path of [
    'nobody/members',
    `${COOP}/persons/M99999/statements/2025`,
    `${COOP}/vouchers/x`,
    `${COOP}/documents/disclosures/2025Q1/outcome/draft`,
    `${COOP}/documents/disclosures/2025Q2/outcome/public`,
    `${COOP}/nothing`,
  ]) {
    const answer = await get(`/api/coops/${path}`)
    expect(answer.status, path).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  }
})

test('a wrong access code is 401 as a problem', async () => {
  const answer = await app.request('/api/coops', { headers: { authorization: 'Bearer nonsense' } })
  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ code: 'Unauthenticated', title: '请先登录' })
})
