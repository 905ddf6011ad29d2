import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REPORTS } from '../../reports/books/registry.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { drawingWith } from '../../src/http/drawing.ts'
import type { App } from '../../src/http/house.ts'
import type { TestOffice } from '../support/office.ts'
import { asOperator, sessionCookie, testHouse } from './house.ts'
import { COOP, PEOPLE } from './people.ts'
import { sunshine } from './story.ts'

let office: TestOffice
let app: App
let cookie: string
beforeAll(async () => {
  office = await sunshine()
  app = testHouse(office.office, { drawing: drawingWith(loadFonts) })
  cookie = await sessionCookie(app)
})
afterAll(() => office.close())

const get = (path: string) => asOperator(app, `/staff/coops/${COOP}/reports${path}`, cookie)
const read = async (path: string) => {
  const answer = await get(path)
  expect(answer.status, path).toBe(200)
  return answer.text()
}

describe('the books on screen', () => {
  test('are listed with their files', async () => {
    const text = await read('?period=2025Q1')
    for (const { name, title } of REPORTS) {
      expect(text).toContain(title)
      for (const format of ['pdf', 'xlsx', 'csv'])
        expect(text).toContain(`/staff/coops/${COOP}/reports/${name}/${format}?period=2025Q1`)
    }
  })

  test.each(REPORTS.map(({ name, title }) => [name, title]))('%s is shown, its checks with it', async (name, title) => {
    const text = await read(`/${name}?period=2025Q1`)
    expect(text).toContain(`<h1>${title} · 2025年第一季度</h1>`)
    expect(text).not.toContain('校验不符')
    expect(text).not.toContain('undefined')
  })

  test('a ledger has its totals, and the balance sheet what it must equal', async () => {
    const ledger = await read('/bank-journal?period=2025Q1')
    for (const part of ['本日合计', '本月合计', '本年累计', '上年结转']) expect(ledger).toContain(part)
    const sheet = await read('/balance-sheet?period=2025Q1')
    expect(sheet).toContain('负债和所有者权益总计')
    expect(sheet).toMatch(/校验 4 项，相符 4 项/)
  })

  test('the plan of the year, which keeps no history, is not shown as it was known before', async () => {
    const answer = await get('/budget?period=2025Q1&known=2026-01-05')
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('只能按现在的记录编制')
  })

  test('persons stand as codes until the reader asks for names', async () => {
    const code = office.codeOf(PEOPLE[0].idNumber)
    const owed = await read('/ageing?period=2025Q1')
    expect(owed).toContain(code)
    expect(owed).not.toContain(PEOPLE[0].name)
    expect(await read('/ageing?period=2025Q1&names=1')).toContain(`${PEOPLE[0].name}（${code}）`)
  })

  test('are given as files that nobody keeps', async () => {
    for (const [format, begin] of [
      ['pdf', '%PDF'],
      ['xlsx', 'PK'],
      ['csv', 'account,name'],
    ] as const) {
      const answer = await get(`/trial-balance/${format}?period=2025Q1`)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('科目余额表'))
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(bytes.subarray(0, begin.length).toString('latin1')).toBe(begin)
    }
  })

  test('know what was known by an instant', async () => {
    const now = await read('/vouchers?period=2025-03')
    const then = await read('/vouchers?period=2025-03&known=2025-03-02')
    expect(then.length).toBeLessThan(now.length)
    expect((await get('/vouchers?known=2020-01-01')).status).toBe(404)
  })

  test.each([
    ['/no-such-report', 404],
    ['/trial-balance/doc', 404],
    ['/trial-balance?period=2025-13', 400],
    ['/trial-balance?known=yesterday', 400],
    ['/account-ledger?account=x', 400],
    ['/trial-balance?colour=red', 400],
  ])('answer %s with %i', async (path, status) => {
    expect((await get(path)).status).toBe(status)
  })
})
