import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reconciliation, statementsReach } from '../../projections/bank-reconciliation.ts'
import type { ProjectedEvent } from '../../projections/projection.ts'
import { reconcile } from '../../src/domain/bank/state.ts'
import { suggestMatches } from '../../src/domain/bank/suggest.ts'
import { yuan } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import { Coop, type Step, sha256 } from '../support/coop.ts'
import { ready } from '../support/stories.ts'
import { live } from './fixture.ts'

const ACCOUNT = '102-基本户'
const paid = (date: string, amount: string): Step => [
  'PostVoucher',
  {
    date,
    summary: '付办公费',
    lines: [
      { account: '513-办公', debit: amount },
      { account: ACCOUNT, credit: amount },
    ],
  },
]
type Line = { date: string; amount: string; reference?: string }
const statement = (month: string, opening: string, closing: string, lines: Line[]): Step => [
  'ImportBankStatement',
  {
    ...{
      statement: month,
      account: ACCOUNT,
      from: `${month}-01`,
      to: month === '2025-01' ? '2025-01-31' : '2025-02-28',
    },
    ...{ opening, closing, lines },
  },
]
const match = (lines: string[], vouchers: string[]): Step => [
  'MatchBankLines',
  { account: ACCOUNT, matches: [{ lines, vouchers }] },
]

function tables(coop: Coop): Sql {
  return live(
    coop.events.map(
      (event, index) =>
        ({
          ...event,
          ...{ coop: 'sun', revision: index, position: index + 1, recordedAt: '2025-12-31T02:00:00.000Z' },
          ...{ actor: 'M00001 via test', commandId: `c${index}`, hash: sha256(`${index}`) },
        }) as ProjectedEvent,
    ),
  )
}

/** ¥100 paid and passed in January; ¥40 paid on the 30th, passed on 1 February and matched then; ¥5 interest not booked. */
const story: Step[] = [
  paid('2025-01-06', '100'),
  paid('2025-01-30', '40'),
  statement('2025-01', '995000', '994905', [
    { date: '2025-01-07', amount: '-100', reference: 'A1' },
    { date: '2025-01-21', amount: '5', reference: 'A2' },
  ]),
  match(['L1'], ['2025-01-记-2']),
  statement('2025-02', '994905', '994865', [{ date: '2025-02-01', amount: '-40', reference: 'A3' }]),
  match(['L3'], ['2025-01-记-3']),
]

test('what was on its way at a month’s end still shows as such after the bank has passed it', () => {
  const coop = new Coop().play([ready, story])
  expect(reconciliation(tables(coop), 'sun', ACCOUNT, '2025-01-31')).toEqual({
    ...{ account: ACCOUNT, on: '2025-01-31', book: '994860.00', bank: '994905.00' },
    bookOnly: [{ id: '2025-01-记-3', voucher: '2025-01-记-3', date: '2025-01-30', amount: '-40.00', told: '付办公费' }],
    bankOnly: [{ id: 'L2', date: '2025-01-21', amount: '5.00', told: 'A2' }],
    ...{ adjustedBook: '994865.00', adjustedBank: '994865.00' },
  })
  expect(reconciliation(tables(coop), 'sun', ACCOUNT, '2025-02-28')).toMatchObject({ bookOnly: [] })
})

test('it is made again as it was known at a revision, matches taken back since included', () => {
  const before = new Coop().play([ready, story.slice(0, 4)])
  const known = before.events.length - 1
  const undo: Step = ['UnmatchBankLine', { account: ACCOUNT, match: 'D1', reason: '勾错了' }]
  const then = reconciliation(tables(before), 'sun', ACCOUNT, '2025-01-31')
  const sql = tables(before.play([undo, paid('2025-01-31', '7')]))
  expect(reconciliation(sql, 'sun', ACCOUNT, '2025-01-31', known)).toEqual(then)
  expect(reconciliation(sql, 'sun', ACCOUNT, '2025-01-31')?.bankOnly).toHaveLength(2)
  expect(reconciliation(sql, 'sun', ACCOUNT, '2025-01-31', known - 2)).toBeUndefined()
})

test('there is none for days that no statement reaches, nor for an account without one', () => {
  const sql = tables(new Coop().play([ready, story]))
  expect(reconciliation(sql, 'sun', ACCOUNT, '2025-03-01')).toBeUndefined()
  expect(reconciliation(sql, 'sun', ACCOUNT, '2024-12-31')).toBeUndefined()
  expect(reconciliation(sql, 'sun', '102-专户', '2025-01-31')).toBeUndefined()
  expect(statementsReach(sql, 'sun', ACCOUNT)).toBe('2025-02-28')
  expect(statementsReach(sql, 'sun', '102-专户')).toBeUndefined()
})

test('whatever is paid, passed and matched, the adjusted balances are equal on every day and agree with the rules’ own', () => {
  const days = fc.array(fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 4 })), { maxLength: 6 })
  const dayOf = (day: number) => `2025-01-${String(day).padStart(2, '0')}`
  fc.assert(
    fc.property(days, days, (booked, passed) => {
      const lines = passed.map(([day, amount], index) => ({
        ...{ date: dayOf(day), amount: `-${amount}`, reference: `${index}` },
      }))
      const closing = `${995000 - passed.reduce((sum, [, amount]) => sum + amount, 0)}`
      const coop = new Coop().play([
        ready,
        booked.map(([day, amount]) => paid(dayOf(day), `${amount}`)),
        statement('2025-01', '995000', closing, lines),
      ])
      const matches = suggestMatches(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')
      if (matches.length > 0) coop.run('MatchBankLines', { account: ACCOUNT, matches })
      const sql = tables(coop)
      for (const day of [1, 9, 17, 30, 31]) {
        const { adjustedBook, adjustedBank } = reconciliation(sql, 'sun', ACCOUNT, dayOf(day))!
        expect(adjustedBook).toBe(adjustedBank)
      }
      const own = reconcile(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')!
      const table = reconciliation(sql, 'sun', ACCOUNT, '2025-01-31')!
      expect([table.book, table.bank, table.adjustedBank]).toEqual([own.book, own.bank, own.adjustedBank].map(yuan))
      expect(table.bookOnly.map(({ id }) => id).sort()).toEqual(own.bookOnly.map(({ id }) => id).sort())
      expect(table.bankOnly.map(({ id }) => id).sort()).toEqual(own.bankOnly.map(({ id }) => id).sort())
    }),
    { numRuns: 25 },
  )
})
