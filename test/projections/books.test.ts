import { describe, expect, test } from 'vitest'
import { accountLedger } from '../../projections/account-ledger.ts'
import { READ_MODELS } from '../../projections/read-models.ts'
import { dump, rebuild } from '../../projections/runner.ts'
import { balanceAt, trialBalanceOf } from '../../projections/trial-balance.ts'
import { partsOf, voucherByNumber, vouchersBetween } from '../../projections/vouchers.ts'
import { fenOf } from '../../src/domain/money.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { type Line, live, Story } from './fixture.ts'

function year(): Story {
  const story = new Story()
  story.add('OpeningBalancesRecorded', {
    on: '2025-01-01',
    priorYearClosed: true,
    voucher: story.voucher('2025-01-01', '期初余额', [
      ['102-基本户', 'D', '5000.00'],
      ['322-未分配收益', 'C', '5000.00'],
    ]),
  })
  story.add('VoucherPosted', {
    voucher: story.voucher('2025-01-20', '收店租', [
      ['102-基本户', 'D', '800.10'],
      ['101', 'D', '0.05'],
      ['501-物业租赁', 'C', '800.15', { counterparty: '泉港某公司' }],
    ]),
  })
  const wrong = story.voucher('2025-02-03', '购办公用品', [
    ['513-办公', 'D', '120.00'],
    ['102-基本户', 'C', '120.00'],
  ])
  story.add('VoucherPosted', { voucher: wrong })
  story.add('VoucherReversed', {
    original: wrong.number,
    reason: '金额有误',
    voucher: story.voucher(
      '2025-02-28',
      '注销2025年2月3日凭证',
      [
        ['513-办公', 'D', '-120.00'],
        ['102-基本户', 'C', '-120.00'],
      ],
      { reverses: wrong.number },
    ),
  })
  const breakdown: [string, string][] = [
    ['M00002', '100.00'],
    ['M00003', '200.00'],
  ]
  const aid: Line[] = [
    ['514-困难救助', 'D', '300.00', { breakdown }],
    ['102-基本户', 'C', '300.00'],
  ]
  return story.add('VoucherPosted', { voucher: story.voucher('2025-04-01', '支付慰问', aid) })
}

describe('the books', () => {
  test('a first-level row is the sum of its sub-accounts, and every period balances to zero', () => {
    const sql = live(year().events)
    for (const period of ['2024', '2025-01', '2025-02', '2025Q1', '2025Q2', '2025', '2026']) {
      const rows = trialBalanceOf(sql, 'sun', period).filter(({ account }) => account.length === 3)
      for (const column of ['opening', 'closing'] as const)
        expect(rows.reduce((sum, row) => sum + fenOf(row[column]), 0)).toBe(0)
      expect(rows.reduce((sum, row) => sum + fenOf(row.debit) - fenOf(row.credit), 0)).toBe(0)
    }
    expect(trialBalanceOf(sql, 'sun', '2025Q1')).toEqual([
      { account: '101', name: '库存现金', opening: '0.00', debit: '0.05', credit: '0.00', closing: '0.05' },
      { account: '102', name: '银行存款', opening: '5000.00', debit: '800.10', credit: '0.00', closing: '5800.10' },
      {
        account: '102-基本户',
        name: '银行存款-基本户',
        opening: '5000.00',
        debit: '800.10',
        credit: '0.00',
        closing: '5800.10',
      },
      { account: '322', name: '收益分配', opening: '-5000.00', debit: '0.00', credit: '0.00', closing: '-5000.00' },
      {
        account: '322-未分配收益',
        name: '收益分配-未分配收益',
        opening: '-5000.00',
        debit: '0.00',
        credit: '0.00',
        closing: '-5000.00',
      },
      { account: '501', name: '经营收入', opening: '0.00', debit: '0.00', credit: '800.15', closing: '-800.15' },
      {
        account: '501-物业租赁',
        name: '经营收入-物业租赁',
        opening: '0.00',
        debit: '0.00',
        credit: '800.15',
        closing: '-800.15',
      },
    ])
  })

  test('only accounts with anything on them are listed', () => {
    const sql = live(year().events)
    expect(trialBalanceOf(sql, 'sun', '2025-02')).not.toContainEqual(expect.objectContaining({ account: '513' }))
    expect(trialBalanceOf(sql, 'sun', '2023')).toEqual([])
    expect(trialBalanceOf(sql, 'moon', '2025')).toEqual([])
  })

  test('opening balances are what the month before closed with, not a movement', () => {
    const sql = live(year().events)
    expect(balanceAt(sql, 'sun', '102', '2024-12')).toBe(500_000)
    expect(trialBalanceOf(sql, 'sun', '2025-01')[1]).toMatchObject({ opening: '5000.00', debit: '800.10' })
    expect(accountLedger(sql, 'sun', '102-基本户', '2025-01')).toMatchObject({ opening: '5000.00', closing: '5800.10' })
  })

  test('an account ledger runs from its opening to its closing balance, red entries included', () => {
    const ledger = accountLedger(live(year().events), 'sun', '102', '2025')
    expect(ledger.entries.map(({ voucher, debit, credit, balance }) => [voucher, debit, credit, balance])).toEqual([
      ['2025-01-记-2', '800.10', '0.00', '5800.10'],
      ['2025-02-记-1', '0.00', '120.00', '5680.10'],
      ['2025-02-记-2', '0.00', '-120.00', '5800.10'],
      ['2025-04-记-1', '0.00', '300.00', '5500.10'],
    ])
    expect(ledger.closing).toBe('5500.10')
  })

  test('an account ledger can be narrowed to a counterparty', () => {
    const ledger = accountLedger(live(year().events), 'sun', '501', '2025', { counterparty: '泉港某公司' })
    expect(ledger.entries).toHaveLength(1)
    expect(accountLedger(live(year().events), 'sun', '501', '2025', { counterparty: '别家' }).entries).toEqual([])
  })

  test('an account whose name begins like another is not mixed with it', () => {
    const story = new Story()
    story.add('VoucherPosted', {
      voucher: story.voucher('2025-01-02', '两户', [
        ['102-基本户', 'D', '1.00'],
        ['102-基本户二', 'D', '2.00'],
        ['504', 'C', '3.00'],
      ]),
    })
    const sql = live(story.events)
    expect(balanceAt(sql, 'sun', '102-基本户', '2025-01')).toBe(100)
    expect(accountLedger(sql, 'sun', '102-基本户', '2025').closing).toBe('1.00')
  })

  test('a red voucher and its original name each other', () => {
    const sql = live(year().events)
    expect(voucherByNumber(sql, 'sun', '2025-02-记-1')?.reversedBy).toBe('2025-02-记-2')
    expect(voucherByNumber(sql, 'sun', '2025-02-记-2')?.reverses).toBe('2025-02-记-1')
    expect(voucherByNumber(sql, 'sun', '2025-02-记-9')).toBeUndefined()
  })

  test('vouchers are listed by running number, ten after nine', () => {
    const story = new Story()
    for (let day = 1; day <= 11; day++) {
      const date = `2025-01-${String(day).padStart(2, '0')}`
      story.add('VoucherPosted', {
        voucher: story.voucher(date, '存现', [
          ['102-基本户', 'D', '1.00'],
          ['101', 'C', '1.00'],
        ]),
      })
    }
    const listed = vouchersBetween(live(story.events), 'sun', '2025-01', '2025-01')
    expect(listed.map(({ number }) => number)).toEqual(
      Array.from({ length: 11 }, (_, index) => `2025-01-记-${index + 1}`),
    )
    expect(listed.every(({ lines }) => lines.length === 2)).toBe(true)
  })

  test('a line that is split over persons keeps every part', () => {
    expect(partsOf(live(year().events), 'sun', '2025-04-记-1')).toEqual([
      { line: 0, person: 'M00002', amount: '100.00' },
      { line: 0, person: 'M00003', amount: '200.00' },
    ])
  })

  test('rebuilt from zero the tables equal the live ones byte for byte', () => {
    const { events } = year()
    const fresh = openNodeSql(':memory:')
    rebuild(fresh, READ_MODELS, events)
    expect(dump(fresh, READ_MODELS)).toEqual(dump(live(events), READ_MODELS))
  })
})
