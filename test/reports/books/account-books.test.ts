import { describe, expect, test } from 'vitest'
import { live, Story } from '../../projections/fixture.ts'
import { built } from './ledgers.ts'

/** A cash box over two months: two movements on one day, recorded out of the order of their days. */
function cash(): Story {
  const story = new Story('yangguang')
  const move = (date: string, summary: string, amount: string, out = false) =>
    story.add('VoucherPosted', {
      voucher: story.voucher(date, summary, [
        ['101', out ? 'C' : 'D', amount],
        ['513-办公', out ? 'D' : 'C', amount],
      ]),
    })
  story.add('OpeningBalancesRecorded', {
    on: '2025-01-01',
    priorYearClosed: true,
    voucher: story.voucher('2025-01-01', '期初余额', [
      ['101', 'D', '100.00'],
      ['102-基本户', 'D', '7.00'],
      ['301', 'C', '107.00'],
    ]),
  })
  move('2025-01-20', '退回', '5.00')
  move('2025-01-10', '买纸', '30.00', true)
  move('2025-01-10', '买笔', '20.00', true)
  move('2025-03-02', '买墨', '55.00', true)
  return story
}

const lines = (name: string, period: string, more = {}) =>
  built(name, live(cash().events), period, more).rows.map(row =>
    [row.account, row.kind, row.date, row.summary, row.debit, row.credit, row.side, row.balance].join(' '),
  )

describe('现金日记账', () => {
  test('goes day by day with 本日合计, 本月合计 and 本年累计, whatever the order of the vouchers', () => {
    expect(lines('cash-journal', '2025Q1')).toEqual([
      '101 opening 2025-01-01 上年结转 0.00 0.00 借 100.00',
      '101 entry 2025-01-10 买纸 0.00 30.00 借 70.00',
      '101 entry 2025-01-10 买笔 0.00 20.00 借 50.00',
      '101 day 2025-01-10 本日合计 0.00 50.00 借 50.00',
      '101 entry 2025-01-20 退回 5.00 0.00 借 55.00',
      '101 day 2025-01-20 本日合计 5.00 0.00 借 55.00',
      '101 month  本月合计 5.00 50.00 借 55.00',
      '101 year  本年累计 5.00 50.00 借 55.00',
      '101 entry 2025-03-02 买墨 0.00 55.00 平 0.00',
      '101 day 2025-03-02 本日合计 0.00 55.00 平 0.00',
      '101 month  本月合计 0.00 55.00 平 0.00',
      '101 year  本年累计 5.00 105.00 平 0.00',
    ])
  })

  test('shows an account that did not move by its opening alone, and one without anything not at all', () => {
    expect(lines('cash-journal', '2025-02')).toEqual(['101 opening 2025-02-01 期初余额 0.00 0.00 借 55.00'])
    expect(lines('cash-journal', '2025-04')).toEqual([])
    expect(lines('bank-journal', '2025-04')).toEqual(['102-基本户 opening 2025-04-01 期初余额 0.00 0.00 借 7.00'])
  })
})

describe('明细账', () => {
  test('has a book for each account as booked, in the order of the vouchers', () => {
    const rows = lines('account-ledger', '2025-03')
    expect(rows.map(row => row.split(' ')[0])).toEqual([
      '101',
      '101',
      '101',
      '101',
      '102-基本户',
      '301',
      ...Array(4).fill('513-办公'),
    ])
    expect(rows.at(-1)).toBe('513-办公 year  本年累计 105.00 5.00 借 100.00')
    expect(lines('account-ledger', '2025-01', { account: '101' })[1]).toContain('退回')
  })

  test('ends the year with what is carried into the next, which begins with it', () => {
    expect(lines('account-ledger', '2025Q4')).toContain('102-基本户 carry  结转下年 0.00 0.00 借 7.00')
    expect(lines('account-ledger', '2026-01')).toContain('102-基本户 opening 2026-01-01 上年结转 0.00 0.00 借 7.00')
    expect(lines('account-ledger', '2025Q3').join()).not.toContain('结转下年')
  })

  test('of one account takes its sub-accounts together and names each entry’s own', () => {
    const { rows } = built('account-ledger', live(cash().events), '2025-03', { account: '513' })
    expect(rows.map(({ account, detail, balance }) => [account, detail, balance])).toEqual([
      ['513', '', '45.00'],
      ['513', '513-办公', '100.00'],
      ['513', '', '100.00'],
      ['513', '', '100.00'],
    ])
  })
})

test('a person on a line is a code, with the name before it in the accountant’s own edition', () => {
  const story = new Story('yangguang')
  story.add('VoucherPosted', {
    voucher: story.voucher('2025-01-05', '误付', [
      ['113-误付待收回', 'D', '9.00', { counterparty: 'M00007' }],
      ['101', 'C', '9.00'],
    ]),
  })
  const partyIn = (more = {}) =>
    built('account-ledger', live(story.events), '2025-01', { account: '113', ...more }).rows[1]?.counterparty
  expect(partyIn()).toBe('M00007')
  expect(partyIn({ resolve: () => '张三' })).toBe('张三（M00007）')
})

describe('总账', () => {
  test('has 本月合计 and 本年累计 of every month that moved, by first-level account', () => {
    const { rows } = built('general-ledger', live(cash().events), '2025Q1', { account: '513-办公' })
    expect(rows.map(row => [row.account, row.kind, row.month, row.debit, row.credit, row.balance])).toEqual([
      ['513', 'opening', '2025-01', '0.00', '0.00', '0.00'],
      ['513', 'month', '2025-01', '50.00', '5.00', '45.00'],
      ['513', 'year', '2025-01', '50.00', '5.00', '45.00'],
      ['513', 'month', '2025-03', '55.00', '0.00', '100.00'],
      ['513', 'year', '2025-03', '105.00', '5.00', '100.00'],
    ])
  })

  test('counts what was opened on the first day as the year before', () => {
    const { rows } = built('general-ledger', live(cash().events), '2025', { account: '301' })
    expect(rows.map(({ kind, summary, balance }) => [kind, summary, balance])).toEqual([
      ['opening', '上年结转', '-107.00'],
    ])
  })
})
