import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INCOME_LINES } from '../../../reports/books/income-lines.ts'
import { REPORTS } from '../../../reports/books/registry.ts'
import { fenOf } from '../../../src/domain/money.ts'
import type { Sql } from '../../../src/store/sql.ts'
import { draws } from '../../domain/sequences.ts'
import { type Line, live, Story } from '../../projections/fixture.ts'
import { village } from '../../projections/village.ts'
import { Coop, type Story as Steps } from '../../support/coop.ts'
import { lease, ready } from '../../support/stories.ts'
import { built, failedChecks, MONTHS, randomLedger, recorded } from './ledgers.ts'

const entry = (story: Story, date: string, summary: string, lines: Line[], more = {}) =>
  story.add('VoucherPosted', { voucher: story.voucher(date, summary, lines, more) })

/** Opening on 2025-01-01, a year's income and costs, a reserve and a dividend, losses made good out of 311. */
function year(): Story {
  const story = new Story('yangguang')
  story.add('OpeningBalancesRecorded', {
    on: '2025-01-01',
    priorYearClosed: true,
    voucher: story.voucher('2025-01-01', '期初余额', [
      ['102-基本户', 'D', '1000.00'],
      ['151', 'D', '500.00'],
      ['152', 'C', '100.00'],
      ['301', 'C', '900.00'],
      ['311-提取', 'C', '200.00'],
      ['322-未分配收益', 'C', '300.00'],
    ]),
  })
  entry(story, '2025-02-03', '收租金', [
    ['102-基本户', 'D', '400.00'],
    ['501-物业租赁', 'C', '400.00'],
  ])
  entry(story, '2025-05-03', '老年人津贴', [
    ['514-老年人津贴', 'D', '150.00'],
    ['102-基本户', 'C', '150.00'],
  ])
  entry(story, '2025-06-01', '提取公积公益金', [
    ['322-各项分配-提取公积公益金', 'D', '30.00'],
    ['311-提取', 'C', '30.00'],
  ])
  entry(story, '2025-07-01', '公积公益金补亏', [
    ['311-提取', 'D', '20.00'],
    ['322-未分配收益', 'C', '20.00'],
  ])
  entry(story, '2025-08-01', '分红', [
    ['322-各项分配-成员分配', 'D', '50.00'],
    [
      '113-分红',
      'C',
      '50.00',
      {
        breakdown: [
          ['M00001', '30.00'],
          ['M00002', '20.00'],
        ],
      },
    ],
  ])
  return story
}

function closed(story: Story): Story {
  const lines: Line[] = [
    ['501-物业租赁', 'D', '400.00'],
    ['321', 'C', '400.00'],
    ['321', 'D', '150.00'],
    ['514-老年人津贴', 'C', '150.00'],
    ['321', 'D', '250.00'],
    ['322-未分配收益', 'C', '250.00'],
    ['322-各项分配-提取公积公益金', 'C', '30.00'],
    ['322-各项分配-成员分配', 'C', '50.00'],
    ['322-未分配收益', 'D', '80.00'],
  ]
  const voucher = story.voucher('2025-12-31', '年终结转', lines)
  return story.add('YearClosed', { year: 2025, surplus: '250.00', distributable: '570.00', voucher })
}

const figures = (sql: Sql, name: string, period: string, key: string): Record<string, string> =>
  Object.fromEntries(built(name, sql, period).rows.map(row => [row.code, row[key]!]))

describe('the books and statements', () => {
  test('tie with each other whatever is done and whenever it is dated', () => {
    let checked = 0
    fc.assert(
      fc.property(draws, list => {
        const sql = live(randomLedger(list))
        for (const period of ['2025-01', '2025-02', '2025Q2', '2025-12', '2025']) {
          // What is dated back may take a fund below zero for a month: the check is there to say so.
          const failed = failedChecks(sql, period).filter(text => !text.includes('期末结存不低于零'))
          expect(failed).toEqual([])
          checked += 1
        }
      }),
      { numRuns: 10 },
    )
    expect(checked).toBeGreaterThanOrEqual(50)
  })

  test('tie in every month of a small co-op with leases, gifts, grants and a red voucher', () => {
    const sql = live(village().events)
    for (const period of [...MONTHS, '2025Q1', '2025', '2024']) expect(failedChecks(sql, period, 'sun')).toEqual([])
  })

  test('a balance that the lines do not add up to is said by a check', () => {
    const sql = live(year().events)
    sql.run(`UPDATE balances SET debit = debit + 1 WHERE account = '102-基本户' AND month = '2025-02'`)
    const failed = failedChecks(sql, '2025-06').join('\n')
    for (const name of ['trial-balance', 'balance-sheet']) expect(failed).toContain(name)
    sql.run(`UPDATE vouchers SET lines = replace(lines, '"501-物业租赁"', '"504"')`)
    expect(failedChecks(sql, '2025-02').join('\n')).toContain('account-ledger')
  })

  test('give every row under the keys of their columns, amounts as "1234.56"', () => {
    const sql = live(village().events)
    for (const { name, columns } of REPORTS)
      for (const row of built(name, sql, '2025Q1', { coop: 'sun' }).rows) {
        expect(Object.keys(row).sort(), name).toEqual(columns.map(({ key }) => key).sort())
        for (const { key, kind } of columns)
          if (kind === 'money') expect([name, row[key]]).toEqual([name, expect.stringMatching(/^-?\d+\.\d\d$/)])
      }
  })
})

describe('资产负债表', () => {
  test('shows the open 5xx as part of 未分配收益, and the same after the year is closed', () => {
    const open = built('balance-sheet', live(year().events), '2025').rows
    const shut = built('balance-sheet', live(closed(year()).events), '2025').rows
    expect(shut).toEqual(open)
    const of = (code: string) => open.find(row => row.code === code)
    expect(of('undistributed-surplus')).toMatchObject({ closing: '490.00', opening: '300.00' })
    expect(of('assets')).toEqual({ code: 'assets', name: '资产总计', closing: '1650.00', opening: '1400.00' })
    expect(of('liabilities')).toEqual({ code: 'liabilities', name: '负债合计', closing: '50.00', opening: '0.00' })
    expect(of('equity')).toEqual({ code: 'equity', name: '所有者权益合计', closing: '1600.00', opening: '1400.00' })
    expect(of('fixed-assets-depreciation')).toMatchObject({ closing: '100.00' })
    expect(of('fixed-assets')).toMatchObject({ closing: '400.00' })
  })

  test("takes 112, 113 and 211 by each party's sign, so that debts and dividends do not hide each other", () => {
    const story = year()
    entry(story, '2025-09-01', '代垫', [
      ['113', 'D', '70.00', { counterparty: 'M00009' }],
      ['102-基本户', 'C', '70.00'],
    ])
    entry(story, '2025-09-02', '多收', [
      ['102-基本户', 'D', '5.00'],
      ['112', 'C', '5.00', { counterparty: '甲公司' }],
    ])
    const closing = figures(live(story.events), 'balance-sheet', '2025-09', 'closing')
    expect([closing.receivables, closing.payables]).toEqual(['70.00', '55.00'])
  })
})

describe('收益及收益分配表', () => {
  test('adds up from 经营收入 to 年末未分配收益, which is 322 after the close', () => {
    const sql = live(closed(year()).events)
    const of = figures(sql, 'income-distribution', '2025', 'year')
    expect(of).toMatchObject({
      ...{ 'operating-income': '400.00', 'operating-surplus': '400.00', 'public-welfare-expenses': '150.00' },
      ...{ 'total-surplus': '250.00', 'net-surplus': '250.00', 'opening-undistributed': '300.00' },
      ...{ 'other-transfers-in': '20.00', distributable: '570.00', 'reserve-set-aside': '30.00' },
      ...{ 'distributed-to-members': '50.00', 'closing-undistributed': '490.00' },
    })
    const { checks } = built('income-distribution', sql, '2025')
    expect(checks.at(-1)).toMatchObject({ name: '结账后年末未分配收益 = 322 未分配收益', left: '490.00', ok: true })
    expect(Object.keys(of)).toEqual(INCOME_LINES.map(({ code }) => code))
  })

  test('is the same before and after the closing entry, month and year', () => {
    for (const period of ['2025-12', '2025Q4', '2025'])
      expect(built('income-distribution', live(closed(year()).events), period).rows).toEqual(
        built('income-distribution', live(year().events), period).rows,
      )
  })

  test('sets the month beside the year and the year before, each from its own opening to the same end', () => {
    const rows = built('income-distribution', live(year().events), '2025-05').rows
    const of = (code: string) => rows.find(row => row.code === code)
    expect(of('operating-income')).toMatchObject({ period: '0.00', year: '400.00', previous: '0.00' })
    expect(of('public-welfare-expenses')).toMatchObject({ period: '150.00', year: '150.00' })
    expect(of('opening-undistributed')).toMatchObject({ period: '700.00', year: '300.00', previous: '300.00' })
    expect(of('closing-undistributed')).toMatchObject({ period: '550.00', year: '550.00', previous: '300.00' })
  })

  test('leaves out the year-end entries of books that were brought in by a file', () => {
    const story = new Story('yangguang')
    entry(story, '2024-03-01', '收租金', [
      ['101', 'D', '80.00'],
      ['501-物业租赁', 'C', '80.00'],
    ])
    entry(story, '2024-12-31', '结转收入', [
      ['501-物业租赁', 'D', '80.00'],
      ['321', 'C', '80.00'],
    ])
    entry(story, '2024-12-31', '结转收益', [
      ['321', 'D', '80.00'],
      ['322-未分配收益', 'C', '80.00'],
    ])
    const of = figures(live(story.events), 'income-distribution', '2024', 'year')
    expect(of).toMatchObject({ 'operating-income': '80.00', 'other-transfers-in': '0.00' })
    expect(of['closing-undistributed']).toBe('80.00')
  })
})

describe('往来账龄表', () => {
  const aged = (story: Story, period: string, more = {}) => built('ageing', live(story.events), period, more).rows
  const owed = (story: Story, date: string, amount: string, party: string) =>
    entry(story, date, '应收', [
      ['112', 'D', amount, { counterparty: party }],
      ['504', 'C', amount],
    ])
  const got = (story: Story, date: string, amount: string, party?: string) =>
    entry(story, date, '收回', [
      ['101', 'D', amount],
      ['112', 'C', amount, party ? { counterparty: party } : {}],
    ])

  test('puts what is open in its bucket by its days, the oldest settled first', () => {
    const story = new Story('yangguang')
    for (const [date, amount] of [
      ['2024-01-10', '1.00'],
      ['2024-09-01', '2.00'],
      ['2025-04-01', '4.00'],
      ['2025-05-10', '8.00'],
      ['2025-06-10', '16.00'],
    ] as const)
      owed(story, date, amount, '甲')
    const buckets = { within30: '16.00', to90: '12.00', to180: '0.00', to365: '2.00', over365: '1.00' }
    expect(aged(story, '2025-06')).toMatchObject([{ party: '甲', balance: '31.00', ...buckets }])
    got(story, '2025-06-20', '2.50', '甲')
    expect(aged(story, '2025-06')).toMatchObject([{ balance: '28.50', over365: '0.00', to365: '0.50', to90: '12.00' }])
  })

  test('settles with what was booked without a party the oldest of the account, whoever owes it', () => {
    const story = new Story('yangguang')
    owed(story, '2025-01-10', '10.00', '甲')
    owed(story, '2025-02-10', '10.00', '乙')
    got(story, '2025-03-01', '15.00')
    expect(aged(story, '2025-03').map(row => [row.party, row.balance])).toEqual([['乙', '5.00']])
    got(story, '2025-03-02', '8.00')
    expect(aged(story, '2025-03').map(row => [row.party, row.balance])).toEqual([['', '-3.00']])
  })

  test('gives a red voucher the day of what it takes back', () => {
    const story = new Story('yangguang')
    owed(story, '2025-01-10', '10.00', '甲')
    owed(story, '2025-06-10', '20.00', '甲')
    const original = story.lastNumber
    const voucher = story.voucher(
      '2025-06-11',
      '冲销',
      [
        ['112', 'D', '-20.00', { counterparty: '甲' }],
        ['504', 'C', '-20.00'],
      ],
      { reverses: original },
    )
    story.add('VoucherReversed', { original, reason: '错', voucher })
    expect(aged(story, '2025-06')).toMatchObject([{ balance: '10.00', within30: '0.00', to180: '10.00' }])
  })

  test('knows each person behind a line for many, by code, and by name only when asked to', () => {
    const rows = aged(year(), '2025-08')
    expect(rows.map(row => [row.party, row.partyName, row.balance])).toEqual([
      ['M00001', '', '-30.00'],
      ['M00002', '', '-20.00'],
    ])
    const resolve = (code: string) => (code === 'M00001' ? '张三' : undefined)
    expect(aged(year(), '2025-08', { resolve }).map(row => row.partyName)).toEqual(['张三', ''])
  })

  test('knows the tenant behind the rent of all leases', () => {
    const rows = built('ageing', live(village().events), '2025-03', { coop: 'sun' }).rows
    const rent = rows.filter(row => row.account?.endsWith('-租金'))
    expect(rent.length).toBeGreaterThan(2)
    expect(rent.every(row => row.party !== '')).toBe(true)
  })
})

describe('预收租金', () => {
  const paidAhead: Steps = [
    ready,
    lease({ monthlyRent: '1000', vatRate: '0' }),
    ['ReceiveRent', { date: '2025-01-05', into: '102-基本户', receipts: [{ lease: '租1', amount: '15000' }] }],
    ['AmendLease', { lease: '租1', on: '2025-01-06', from: '2025-02', monthlyRent: '6000', reason: '扩租' }],
    ['AccrueRent', { month: '2025-01', date: '2025-01-25' }],
    ['AccrueRent', { month: '2025-02', date: '2025-02-25' }],
    ['AccrueRent', { month: '2025-03', date: '2025-03-25' }],
  ]
  const standing = (coop: Coop, period: string) =>
    built('ageing', live(recorded(coop)), period).rows.map(({ account, party, balance }) => [account, party, balance])
  const tenant = '晋江某某贸易有限公司'

  test('is by tenant, what lies beyond a year apart, and the nearer months are used up first', () => {
    const coop = new Coop().play([paidAhead])
    expect(standing(coop, '2025-01')).toEqual([
      ['211-预收租金', tenant, '-11000.00'],
      ['221-预收租金', tenant, '-3000.00'],
    ])
    expect(standing(coop, '2025-03')).toEqual([['221-预收租金', tenant, '-2000.00']])
    expect(failedChecks(live(recorded(coop)), '2025-03')).toEqual([])
  })

  test('goes back where it came from when the accrual is taken back', () => {
    const coop = new Coop().play([paidAhead])
    const last = coop.events.findLast(({ type }) => type === 'RentAccrued')
    const number = last?.type === 'RentAccrued' ? last.data.voucher.number : ''
    coop.run('ReverseVoucher', { number, date: '2025-03-26', reason: '重复' })
    expect(standing(coop, '2025-03')).toEqual([
      ['211-预收租金', tenant, '-5000.00'],
      ['221-预收租金', tenant, '-3000.00'],
    ])
    coop.run('AccrueRent', { month: '2025-03', date: '2025-03-27' })
    expect(standing(coop, '2025-03')).toEqual([['221-预收租金', tenant, '-2000.00']])
    expect(failedChecks(live(recorded(coop)), '2025-03')).toEqual([])
  })
})

describe('资金收支表', () => {
  test('ends where the fund account does, and never below zero', () => {
    const { rows, checks } = built('funds', live(village().events), '2025Q1', { coop: 'sun' })
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.every(row => fenOf(row.closing!) >= 0)).toBe(true)
    expect(checks).toHaveLength(rows.length * 2)
  })
})
