import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entitlementRows } from '../../projections/entitlement-rows.ts'
import type { EventOf, ProjectedEvent } from '../../projections/projection.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { isForgotten } from '../../src/ledger/vault.ts'
import { answer, claimsIn, dividends } from './facts.ts'
import { headsInMemory, type Played, played, SEED } from './play.ts'

const claims = claimsIn(readFileSync('docs/demo-facts.md', 'utf8'))
let demo: Played
beforeAll(async () => {
  demo = await played()
})
afterAll(() => demo?.close())

const of = <T extends ProjectedEvent['type']>(coop: string, type: T): EventOf<T>[] =>
  demo.events.filter((event): event is EventOf<T> => event.coop === coop && event.type === type)

describe('docs/demo-facts.md', () => {
  test('holds a claim on each of the five articles', () => {
    expect(claims.length).toBeGreaterThan(40)
    expect(new Set(claims.map(({ coop }) => coop))).toEqual(
      new Set(['yangguang', 'yangguang-1', 'yangguang-2', 'jufu', 'daiguan']),
    )
  })

  test.each(claims)('says truly: $figure ($coop) is $value', claim => {
    const found = answer(demo.events, claim)
    const least = /^≥ (.+)$/.exec(claim.value)?.[1]
    if (least) expect(fenOf(found)).toBeGreaterThanOrEqual(fenOf(least))
    else expect(found).toBe(claim.value)
  })
})

describe('the year of the demonstration', () => {
  test('pays 1,981 holders at two levels at least 8,000 yuan each', () => {
    const sums = dividends(demo.events, 'yangguang')
    expect(sums.size).toBe(1981)
    expect(Math.min(...sums.values())).toBeGreaterThanOrEqual(fenOf('8000.00'))
  })

  test('gives each dividend line by line to the fen of what was declared', () => {
    for (const coop of ['yangguang', 'yangguang-1', 'yangguang-2'])
      for (const { data } of of(coop, 'DividendDeclared')) {
        const lines = [...data.members, ...data.outsiders].map(([, , amount]) => fenOf(amount))
        expect(yuan(lines.reduce((a, b) => a + b, 0))).toBe(data.declared)
      }
  })

  test('pays 600 yuan for each month from the one after the 60th birthday to the one of death', () => {
    const runs = of('yangguang', 'RunApproved').filter(({ data }) => data.programme === 'LNJT')
    const paid = new Map<string, number>()
    for (const { data } of runs)
      for (const [person, amount] of [...data.members, ...data.outsiders]) {
        expect(amount).toBe('600.00')
        paid.set(person, (paid.get(person) ?? 0) + 1)
      }
    expect(paid).toEqual(entitledMonths())
    expect(of('yangguang', 'RunApproved').flatMap(({ data }) => data.outsiders).length).toBeGreaterThan(12)
  })

  test('leaves in each co-op with payments one claim unpaid, and sees one payment return and one go astray', () => {
    for (const coop of ['yangguang', 'yangguang-1', 'yangguang-2', 'jufu', 'daiguan']) {
      expect(of(coop, 'PaymentsReturned'), coop).toHaveLength(1)
      expect(of(coop, 'PaymentMisdirected'), coop).toHaveLength(1)
      expect(entitlementRows(demo.office.sql, { coop, owed: true }), coop).toHaveLength(1)
    }
  })

  test('closes twelve months and the year, and publishes four quarters of every co-op', () => {
    for (const { code } of demo.summary.coops) {
      expect(of(code, 'PeriodClosed'), code).toHaveLength(12)
      expect(of(code, 'YearClosed'), code).toHaveLength(1)
      expect(of(code, 'DisclosurePublished').map(({ data }) => data.quarter)).toEqual([
        '2025Q1',
        '2025Q2',
        '2025Q3',
        '2025Q4',
      ])
    }
  })

  test('keeps every resolution within its budget, and has one that was voted down', () => {
    for (const { code } of demo.summary.coops) {
      const adopted = of(code, 'ResolutionAdopted').map(({ data }) => data.no)
      for (const { data } of of(code, 'OutcomeDisclosed')) {
        const proposed = of(code, 'ResolutionProposed').find(each => each.data.no === data.no)
        expect(fenOf(data.spent), `${code} ${data.no}`).toBeLessThanOrEqual(fenOf(proposed?.data.budget ?? '0.00'))
      }
      expect(
        of(code, 'OutcomeDisclosed')
          .map(({ data }) => data.no)
          .sort(),
      ).toEqual(adopted.sort())
    }
    expect(of('yangguang', 'ResolutionRejected')).toHaveLength(1)
  })
})

test('the same seed makes the same ledger on another store, and another seed another', async () => {
  const heads = Object.fromEntries(demo.summary.coops.map(({ code, head }) => [code, head]))
  expect(await headsInMemory(SEED)).toEqual(heads)
  expect(await headsInMemory(SEED + 1)).not.toEqual(heads)
})

test('the ledger file holds no name, ID number, bank account or phone of anybody in the vault', () => {
  const codes = new Set(demo.events.flatMap(event => ('person' in event.data ? [String(event.data.person)] : [])))
  const people = [...demo.office.vault.resolveMany([...codes]).values()]
  const known = people.flatMap(person => (isForgotten(person) ? [] : [person]))
  expect(known.length).toBeGreaterThan(2400)
  const written = writtenIn(demo.directory, 'ledger.db')
  for (const { name, idNumber, bankAccount, phone } of known)
    for (const text of [name, idNumber, bankAccount, phone]) if (text) expect(written).not.toContain(text)
  expect(writtenIn(demo.directory, 'vault.db')).toContain(known[0]!.name)
})

test('a name with a rare character is among the invented ones', () => {
  for (const rare of ['䶮', '𠅤', '㛃', '犇', '堃'])
    expect(demo.office.vault.findByName(rare).length).toBeGreaterThan(0)
})

// Every run of Chinese characters and every run of digits in the bytes of a database and its log, each once.
function writtenIn(directory: string, file: string): string {
  const files = readdirSync(directory).filter(name => name.startsWith(file))
  const runs = files.flatMap(
    name => readFileSync(join(directory, name), 'utf8').match(/\p{Script=Han}{2,}|\d{7,}[Xx]?/gu) ?? [],
  )
  return [...new Set(runs)].join('\n')
}

// Counted from the register alone: born 60 years before, not before the month after, not after the month of death.
function entitledMonths(): Map<string, number> {
  const months = new Map<string, number>()
  const died = new Map(of('yangguang', 'MembershipEnded').map(({ data }) => [data.person, data.on.slice(0, 7)]))
  for (const event of [...of('yangguang', 'MemberAdmitted'), ...of('yangguang', 'PersonRegistered')]) {
    const { person, birthMonth = '2025-01' } = event.data
    const sixty = `${Number(birthMonth.slice(0, 4)) + 60}${birthMonth.slice(4)}`
    const entitled = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`).filter(
      month => month > sixty && month <= (died.get(person) ?? '2025-12'),
    )
    if (entitled.length > 0) months.set(person, entitled.length)
  }
  return months
}
