import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountLedger } from '../../projections/account-ledger.ts'
import { entitlementRows } from '../../projections/entitlement-rows.ts'
import { handoversOf } from '../../projections/handovers.ts'
import { rentRollOf } from '../../projections/leases.ts'
import { payableOrigins } from '../../projections/payables.ts'
import { accountSums, trialBalanceOf } from '../../projections/trial-balance.ts'
import { monthOf } from '../../src/domain/calendar.ts'
import { yuan } from '../../src/domain/money.ts'
import { live } from './fixture.ts'
import { Play } from './play.ts'
import { village } from './village.ts'

// A co-op that begins on 1 July: a lease with arrears and deposit, two unpaid dividends of 2023, half a year behind it.
function halfYear(): Play {
  const play = new Play()
  play.today = '2025-07-31'
  const owner = '七月社'
  play.do('EstablishCoop', { name: owner, level: '村', firstDay: '2025-07-01', demo: true })
  play.do('RegisterBankAccount', {
    ...{ id: 'B1', name: '基本户', bank: '农商银行', kind: '基本户', lastFour: '1234', owner, on: '2025-07-01' },
  })
  const member = (code: string) => ({ person: { code, identity: 'v1' }, birthMonth: '1960-01', basis: '户籍' })
  play.do('AdmitMembers', { members: ['M00001', 'M00002'].map(code => ({ ...member(code), on: '2025-07-01' })) })
  play.do('RegisterAsset', { asset: 'A1', name: '一号店', kind: '店面', use: 'let', on: '2025-07-01' })
  play.do('SignLease', {
    ...{ lease: 'L1', asset: 'A1', tenant: { organisation: '中书学堂' }, from: '2024-01-01', to: '2026-12-31' },
    ...{ monthlyRent: '1000', vatRate: '0.05', deposit: '2000', income: '501-物业租赁', on: '2025-07-01' },
  })
  play.do('RecordOpeningBalances', {
    ...{ on: '2025-07-01', priorYearClosed: true },
    lines: [
      { account: '102-基本户', debit: '9000' },
      { account: '211-押金', credit: '2000' },
      { account: '113-分红', credit: '500' },
      { account: '322-未分配收益', credit: '6500' },
    ],
    yearToDate: [
      { account: '102-基本户', debit: '5000', credit: '200' },
      { account: '112-租金', debit: '6000', credit: '5000' },
      { account: '501-物业租赁', credit: '6000' },
      { account: '113-分红', debit: '200' },
    ],
    leases: [{ lease: 'L1', deposit: '2000', arrears: '1000' }],
    claims: [
      {
        ...{ origin: '期初-分红-2023', year: 2023, account: '113-分红' },
        items: [
          ['M00001', '100'],
          ['M00002', '200'],
        ],
      },
    ],
    nextNumber: [{ month: '2025-07', number: 12 }],
  })
  return play
}

const play = halfYear()
const sql = live(play.events)
const row = (period: string, account: string) =>
  trialBalanceOf(sql, 'sun', period).find(each => each.account === account)

describe('books begun in mid-year', () => {
  test('have the year’s beginning as 年初数 and the movements since in the year', () => {
    expect(row('2025', '102')).toMatchObject({ opening: '9000.00', debit: '5000.00', credit: '200.00' })
    expect(row('2025', '501')).toMatchObject({ opening: '0.00', credit: '6000.00', closing: '-6000.00' })
    expect(row('2025', '113')).toMatchObject({ opening: '-500.00', closing: '-300.00' })
  })

  test('open the month with what the accounts hold on the day', () => {
    expect(row('2025-07', '102')).toMatchObject({ opening: '13800.00', debit: '0.00', closing: '13800.00' })
    expect(accountLedger(sql, 'sun', '102', '2025').opening).toBe('9000.00')
  })

  test('owe what was unpaid, by origin and person, and pay it like any other claim', () => {
    expect(payableOrigins(sql, 'sun')).toMatchObject([{ origin: '期初-分红-2023', kind: 'dividend', heads: 2 }])
    expect(entitlementRows(sql, { coop: 'sun', owed: true })).toMatchObject([
      { person: 'M00001', year: 2023, net: '100.00', member: true },
      { person: 'M00002', year: 2023, net: '200.00', status: 'unpaid' },
    ])
    const paid = halfYear()
    const batch = { batch: '批1', on: '2025-07-31' }
    paid.do('PreparePayments', { ...batch, from: '102-基本户', origins: ['期初-分红-2023'] })
    paid.do('ApprovePayments', { ...batch, by: '理事长', count: 2, total: '300' })
    paid.do('SettlePayments', { batch: '批1', date: '2025-07-31' })
    const after = entitlementRows(live(paid.events), { coop: 'sun' })
    expect(after.map(({ status }) => status)).toEqual(['paid', 'paid'])
  })

  test('know what each lease owes and has left as deposit', () => {
    const [lease] = rentRollOf(sql, 'sun', { from: '2025-07-01', to: '2025-07-31' })
    expect(lease).toMatchObject({ lease: 'L1', arrears: '1000.00', deposit: '2000.00' })
  })
})

test('the list of a handover is kept as it was on that day', () => {
  expect(handoversOf(live(village().events), 'sun')).toMatchObject([
    { from: 'M00006', to: 'M00008', witness: 'M00002', on: '2025-04-30', list: ['财务专用章 1 枚'], unfinished: [] },
  ])
})

describe('books begun in April instead of January', () => {
  const DEALINGS = [
    ['102-基本户', '501-物业租赁'],
    ['102-基本户', '504'],
    ['513-办公', '102-基本户'],
    ['514-文体', '102-基本户'],
    ['151', '102-基本户'],
    ['511-折旧', '152'],
  ] as const
  const dealing = fc.record({
    month: fc.integer({ min: 1, max: 11 }),
    pair: fc.constantFrom(...DEALINGS),
    fen: fc.integer({ min: 1, max: 500_000 }),
  })
  type Dealing = { month: number; pair: readonly [string, string]; fen: number }

  function begun(firstDay: string): Play {
    const play = new Play()
    play.today = '2025-12-31'
    const owner = '一村社'
    play.do('EstablishCoop', { name: owner, level: '村', firstDay, demo: true })
    play.do('RegisterBankAccount', {
      ...{ id: 'B1', name: '基本户', bank: '农商银行', kind: '基本户', lastFour: '1234', owner, on: firstDay },
    })
    return play
  }

  function book(play: Play, dealings: readonly Dealing[]): void {
    for (const { month, pair, fen } of dealings) {
      const lines = [
        { account: pair[0], debit: yuan(fen) },
        { account: pair[1], credit: yuan(fen) },
      ]
      play.do('PostVoucher', { date: `2025-${String(month).padStart(2, '0')}-15`, summary: '业务', lines })
    }
  }

  function closed(play: Play): object | undefined {
    const booked = play.events.flatMap(({ data }) => ('voucher' in data ? [monthOf(data.voucher.date)] : []))
    for (const month of [...new Set(booked)].sort())
      play.do('ClosePeriod', { month, unreconciled: '对账单未到', uncounted: '未盘点' })
    const [event] = play.do('CloseYear', { year: 2025 })
    return event && { ...event.data, voucher: undefined }
  }

  test('end the year with the same accounts, movements and surplus, whatever happened before and after', () => {
    fc.assert(
      fc.property(fc.array(dealing, { minLength: 4, maxLength: 25 }), dealings => {
        const sorted = dealings.toSorted((a, b) => a.month - b.month)
        const [early, late] = [sorted.filter(({ month }) => month < 4), sorted.filter(({ month }) => month >= 4)]
        const whole = begun('2025-01-01')
        const lines = [
          { account: '102-基本户', debit: '999999' },
          { account: '322-未分配收益', credit: '999999' },
        ]
        whole.do('RecordOpeningBalances', { on: '2025-01-01', priorYearClosed: true, lines })
        book(whole, early)
        const sums = accountSums(live(whole.events), 'sun', '2025Q1')
        const later = begun('2025-04-01')
        later.do('RecordOpeningBalances', {
          ...{ on: '2025-04-01', priorYearClosed: true },
          lines: sums.flatMap(({ account, opening }) => {
            if (opening === 0) return []
            return [{ account, ...(opening > 0 ? { debit: yuan(opening) } : { credit: yuan(-opening) }) }]
          }),
          yearToDate: sums.flatMap(({ account, debit, credit }) => {
            if (debit === 0 && credit === 0) return []
            return [{ account, ...(debit ? { debit: yuan(debit) } : {}), ...(credit ? { credit: yuan(credit) } : {}) }]
          }),
        })
        for (const play of [whole, later]) book(play, late)
        const year = (play: Play) => accountSums(live(play.events), 'sun', '2025')
        expect(year(later)).toEqual(year(whole))
        if (dealings.some(({ pair }) => pair.some(account => account.startsWith('5'))))
          expect(closed(later)).toEqual(closed(whole))
        expect(year(later)).toEqual(year(whole))
      }),
      { numRuns: 12, seed: 20_250_401 },
    )
  })
})
