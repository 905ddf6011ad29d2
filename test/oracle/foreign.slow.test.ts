import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { balanceAt, trialBalanceOf } from '../../projections/trial-balance.ts'
import { openOffice } from '../../src/office-node.ts'
import { mz, run, scratch } from '../cli/support.ts'
import { hasProgram, runProgram, testWith } from '../support/programs.ts'
import { ORACLE } from './compare.ts'

// A ledger that somebody else's program made: four years of `bean-example` (beancount 2.3.5), some 1,500 transactions.
const MADE = ['--seed', '1', '--date-birth', '1980-05-12', '--date-begin', '2021-01-01', '--date-end', '2024-12-31']
const YEARS = [2021, 2022, 2023, 2024]
const NEEDED = ['bean-example', 'bean-check', 'bean-report', 'hledger', 'python3'] as const
/** Securities bought in thousandths: at cost they have fractions of a fen, which beancount books as rounding. */
const FRACTIONAL = ['Assets:US:Vanguard:RGAGX', 'Assets:US:Vanguard:VBMPX', 'Equity:Rounding']
const MAP = join(ORACLE, 'bean-example-map.csv')

const place = scratch()
const original = place.path('original.beancount')
const journal = place.path('original.journal')
const map = new Map(readLines(MAP).map(line => line.split(',') as [string, string]))
afterAll(() => place.gone())

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').trim().split('\n')
}

/** The original's balances at cost before a day, by hledger, in yuan; hours and allowances are left out. */
function balances(before: string, ...query: string[]): Map<string, number> {
  const args = ['-f', journal, 'bal', '-B', '-e', before, '--flat', '-O', 'csv', '-N', ...query]
  const text = runProgram('hledger', args).toString()
  return new Map(
    [...text.matchAll(/^"(.+)","(-?[\d.]+) USD"$/gm)].map(([, account, amount]) => [account!, Number(amount)]),
  )
}

const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, each) => total + each, 0)
const fen = (amount: number): number => Math.round(amount * 100)

describe('four years that another program kept', () => {
  beforeAll(async () => {
    if (!NEEDED.every(hasProgram)) return
    runProgram('bean-example', [...MADE, '-o', original])
    runProgram('bean-check', [original])
    // Its translation writes both cost and price of a sale, of which hledger takes one: the cost.
    const translated = runProgram('bean-report', [original, 'hledger']).toString()
    writeFileSync(journal, translated.replace(/(@ [\d.]+ USD) +@ [\d.]+ USD/g, '$1'))
    writeFileSync(
      place.path('vouchers.csv'),
      runProgram('python3', ['-B', join(ORACLE, 'from_beancount.py'), original, MAP]),
    )
    const asked = ['--coop', 'foreign', '--open-accounts', '--data', place.path('data'), '--json']
    const { code, out } = await mz(['import', 'vouchers', place.path('vouchers.csv'), ...asked])
    expect([code, JSON.parse(out).vouchers > 1500]).toEqual([0, true])
  })

  testWith(NEEDED, 'come in through the CSV import with every account the same at every year-end', async () => {
    const office = openOffice(place.path('data'))
    let figures = 0
    for (const year of YEARS) {
      const theirs = balances(`${year + 1}-01-01`)
      const ours = new Map(trialBalanceOf(office.sql, 'foreign', `${year}`).map(row => [row.account, row.closing]))
      for (const [account, amount] of theirs) {
        if (FRACTIONAL.includes(account)) continue
        expect([year, account, ours.get(map.get(account)!) ?? '0.00']).toEqual([year, account, amount.toFixed(2)])
        figures += 1
      }
      const own = FRACTIONAL.map(account => Number(ours.get(map.get(account)!) ?? 0))
      expect(fen(sum(own))).toBe(fen(sum(FRACTIONAL.map(account => theirs.get(account) ?? 0))))
      const booked = trialBalanceOf(office.sql, 'foreign', `${year}`).filter(({ account }) => account.length > 3)
      const mapped = new Set([...theirs.keys()].map(account => map.get(account)))
      expect(booked.filter(({ account, closing }) => closing !== '0.00' && !mapped.has(account))).toEqual([])
    }
    await office.close()
    console.log(`a ledger of bean-example: ${figures} balances at ${YEARS.length} year-ends as hledger has them`)
    expect(figures).toBeGreaterThan(150)
  })

  testWith(NEEDED, 'are closed year by year with the surplus that hledger adds up', async () => {
    const office = openOffice(place.path('data'))
    for (const year of YEARS) {
      const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
      for (const month of months.slice(0, 11))
        await run(office, 'foreign', ['ClosePeriod', { month, uncounted: '历史账' }])
      await run(
        office,
        'foreign',
        ['CloseYear', { year }],
        ['ClosePeriod', { month: `${year}-12`, uncounted: '历史账' }],
      )
      const earned = balances(`${year + 1}-01-01`, 'acct:^(Income|Expenses)')
      const retained = balanceAt(office.sql, 'foreign', '322-未分配收益', `${year}-12`)
      expect([year, retained]).toEqual([year, fen(sum(earned.values()))])
      for (const row of trialBalanceOf(office.sql, 'foreign', `${year}-12`))
        if (/^(5|321)/.test(row.account)) expect([row.account, row.closing]).toEqual([row.account, '0.00'])
    }
    await office.close()
  })
})
