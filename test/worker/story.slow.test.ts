import { afterAll, beforeAll, expect, test } from 'vitest'
import { REPORTS } from '../../reports/books/registry.ts'
import type { App } from '../../src/http/house.ts'
import { CODE, testHouse } from '../http/house.ts'
import { COOP, PEOPLE, SECRETS } from '../http/people.ts'
import { sunshine } from '../http/story.ts'
import { pagesOf } from '../reports/pdf-tools.ts'
import { type TestOffice, testOffice } from '../support/office.ts'
import { testWith } from '../support/programs.ts'
import { type Answer, ask, lookInto, server, tell, tellAll } from './coops.ts'
import { payMany } from './many.ts'

const QUERIES = [
  '',
  '/trial-balance?period=2025Q1',
  '/accounts/102-基本户?period=2025Q1',
  '/vouchers?period=2025Q1',
  '/funds?period=2025Q1',
  '/members',
  '/shares?on=2025-03-31',
  '/rent-roll?period=2025Q1',
  '/payables',
  '/resolutions',
  '/resolutions/2025-1',
  '/disclosures/2025Q1',
  '/persons/M00001/statements/2025',
  '/persons/M00154/statements/2025',
  '/vouchers?period=2025Q2',
]

let here: TestOffice
let house: App
const answers: Answer[] = []
const keys: string[] = []
beforeAll(async () => {
  await server.listen()
  const local = testOffice()
  const told: [name: string, body: unknown][] = []
  here = await sunshine({
    ...local,
    async run(coop, ...commands) {
      await local.run(coop, ...commands)
      told.push(...commands.map(([, name, body]): [string, unknown] => [name, body]))
    },
  })
  await payMany(here)
  house = testHouse(here.office)
  for (const { key, answer } of await tellAll(COOP, told, 'story')) {
    keys.push(key)
    answers.push(answer)
  }
})
afterAll(async () => {
  here.close()
  await server.close()
})

test('the commands of two quarters are all accepted in an object, and give the same events as on Node', async () => {
  console.log(`${answers.length} commands of two quarters, ${QUERIES.length} queries`)
  expect(answers.length).toBeGreaterThanOrEqual(90)
  expect(answers.filter(({ status }) => status !== 201).map(answer => answer.json())).toEqual([])
  const types = answers.flatMap(answer => answer.json().events ?? []).map(({ type }) => type)
  expect(types).toEqual([...here.office.events()].map(({ type }) => type))
})

test.each(QUERIES)('the read models answer %s in an object as on Node', async query => {
  const path = `/api/coops/${COOP}${query}`
  const there = await ask(path)
  expect(there.status).toBe(200)
  const same = await house.request(path, { headers: { authorization: `Bearer ${CODE}` } })
  expect(timeless(there.json())).toEqual(timeless(await same.json()))
})

testWith(['pdftotext'], 'a statement drawn in an object says who was paid what', async () => {
  const paper = await ask(`/api/coops/${COOP}/documents/statements/M00001/2025`)
  expect(paper.headers.get('content-type')).toBe('application/pdf')
  const text = pagesOf(paper.bytes).join('')
  for (const part of [PEOPLE[0].name, 'M00001', '养老津贴', '600.00']) expect(text).toContain(part)
})

test('every book is a page, a workbook and a PDF in an object, also as it was known, with the rows it has on Node', async () => {
  const types = { '': 'text/html', '/csv': 'text/csv', '/xlsx': 'application/vnd', '/pdf': 'application/pdf' }
  const bookOf = (name: string, file: string, known: string) =>
    `/staff/coops/${COOP}/reports/${name}${file}?period=2025Q1&known=${known}`
  for (const { name, presentOnly } of REPORTS) {
    // What keeps no history is shown as it is now, and refuses to be asked for an earlier moment.
    const known = presentOnly ? '' : '2099-01-01'
    for (const [file, type] of Object.entries(types)) {
      const there = await ask(bookOf(name, file, known))
      expect([name, file, there.status]).toEqual([name, file, 200])
      expect(there.headers.get('content-type')).toContain(type)
    }
    // A voucher's hash is its ledger's own.
    if (name === 'vouchers') continue
    const [plain, then] = [await ask(bookOf(name, '/csv', '')), await ask(bookOf(name, '/csv', known))]
    const same = await house.request(bookOf(name, '/csv', ''), { headers: { authorization: `Bearer ${CODE}` } })
    expect(plain.bytes).toEqual(then.bytes)
    expect(new TextDecoder().decode(plain.bytes)).toBe(await same.text())
  }
})

test('the published disclosure is a page for everybody, without the name or number of any person', async () => {
  const page = await ask(`/coops/${COOP}`, { headers: { authorization: '' } })
  const text = new TextDecoder().decode(page.bytes)
  expect(page.status).toBe(200)
  expect(text).toContain('2025年第一季度')
  expect(SECRETS.filter(secret => text.includes(secret))).toEqual([])
})

test('what was written is within the platform’s limits, which hold here too', async () => {
  const [largest] = await lookInto(COOP, 'SELECT max(length(data)) AS characters, count(*) AS events FROM events')
  console.log(`${largest?.events} events, the largest payload ${largest?.characters} characters`)
  expect(largest?.events).toBeGreaterThan(11_000)
  expect(Number(largest?.characters) * 3).toBeLessThan(2_000_000)
  await expect(lookInto(COOP, 'SELECT ?101')).rejects.toThrow('between ?1 and ?100')
  const terms = (count: number) => Array.from({ length: count }, () => 'SELECT 1').join(' UNION ')
  expect(await lookInto(COOP, terms(5))).toHaveLength(1)
  await expect(lookInto(COOP, terms(6))).rejects.toThrow('too many terms')
})

test('an object that the platform has put away answers as before, and to a repeated command with its first answer', async () => {
  const before = (await ask(`/api/coops/${COOP}`)).json()
  await server.getWorker().evictDurableObject('COOP', { name: COOP })
  const began = performance.now()
  expect((await ask(`/api/coops/${COOP}`)).json()).toEqual(before)
  console.log(`begun anew and answered in ${Math.round(performance.now() - began)} ms`)
  const index = answers.findIndex(answer => answer.json().events?.some(({ type }) => type === 'RentAccrued'))
  const again = await tell(COOP, 'AccrueRent', { month: '2025-01', date: '2025-01-31' }, keys[index]!)
  expect(again.status).toBe(200)
  expect(again.json()).toEqual(answers[index]!.json())
})

test('the comparison with Node sees a single row that a read model lost', async () => {
  const path = `/api/coops/${COOP}/persons/M00154/statements/2025`
  const before = (await ask(path)).json()
  await lookInto(COOP, "DELETE FROM entitlements WHERE person = 'M00154'")
  await server.getWorker().evictDurableObject('COOP', { name: COOP })
  expect(timeless((await ask(path)).json())).not.toEqual(timeless(before))
})

// What comes from the clock, from random keys (and so from the chain over both), and from the face that gave the command.
const OF_ITS_PLACE = [
  ...['hash', 'eventHash', 'figuresHash', 'recordedAt', 'issuedAt', 'issueDate'],
  ...['actor', 'authorisedBy', 'preparer'],
]

function timeless(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, part) => (OF_ITS_PLACE.includes(name) ? undefined : part))
}
