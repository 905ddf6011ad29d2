import { describe, expect, test } from 'vitest'
import { cashCounts } from '../../projections/cash.ts'
import { cashOverLimit, pettyCashOf, receiptsOf } from '../../projections/cash-held.ts'
import { live, Story } from './fixture.ts'
import { village } from './village.ts'

const sql = live(village().events)

describe('the cash box', () => {
  test('has its counts, note by note, and what became of a difference', () => {
    expect(cashCounts(sql, 'sun', '2025-08-01', '2025-08-31')).toEqual([
      {
        ...{ count: 'PD1', account: '101', on: '2025-08-31', counted: '490.00', book: '500.00', difference: '-10.00' },
        ...{ first: 'M00006', second: 'M00007', person: 'M00006', resolution: expect.stringMatching(/^2025-\d$/) },
        ...{ voucher: expect.stringContaining('2025-08-记-'), settled: expect.stringContaining('2025-09-记-') },
        pieces: [
          { value: '100', pieces: 4 },
          { value: '10', pieces: 9 },
        ],
      },
    ])
    expect(cashCounts(sql, 'sun', '2025-09-01', '2025-09-30')).toEqual([])
  })

  test('was over its limit on the days on which it closed above it', () => {
    expect(cashOverLimit(sql, 'sun', '2025-08-01', '2025-09-30')).toEqual([
      { date: '2025-08-20', held: '500.00', limit: '400.00', over: '100.00' },
      { date: '2025-08-31', held: '490.00', limit: '400.00', over: '90.00' },
    ])
    expect(cashOverLimit(sql, 'sun', '2025-09-01', '2025-09-30')).toEqual([])
  })

  test('knows no limit before the day from which one holds', () => {
    const story = new Story()
    const lines = (amount: string) =>
      [
        ['101', 'D', amount],
        ['301', 'C', amount],
      ] as const
    story.add('VoucherPosted', {
      voucher: story.voucher(
        '2025-01-05',
        '投入',
        lines('9.00').map(each => [...each]),
      ),
    })
    story.add('CashLimitSet', { limit: '5.00', from: '2025-01-06', reason: '核定' })
    story.add('CashLimitSet', { limit: '12.00', from: '2025-01-08', reason: '核定' })
    story.add('VoucherPosted', {
      voucher: story.voucher(
        '2025-01-07',
        '投入',
        lines('1.00').map(each => [...each]),
      ),
    })
    story.add('VoucherPosted', {
      voucher: story.voucher(
        '2025-01-08',
        '投入',
        lines('1.00').map(each => [...each]),
      ),
    })
    expect(cashOverLimit(live(story.events), 'sun', '2025-01-01', '2025-12-31')).toEqual([
      { date: '2025-01-07', held: '10.00', limit: '5.00', over: '5.00' },
    ])
  })
})

test('petty cash shows what was spent, given back and is left, without what a red voucher took back', () => {
  const [advance] = pettyCashOf(sql, 'sun')
  expect(advance).toMatchObject({
    ...{ person: 'M00002', date: '2025-09-06', purpose: '零星采购', amount: '300.00' },
    ...{ spent: '120.00', returned: '50.00', left: '130.00' },
  })
  expect(pettyCashOf(sql, 'sun', { open: true })).toEqual([advance])
})

test('a void receipt keeps its number and is shown with its reason', () => {
  expect(receiptsOf(sql, 'sun', 2025)).toMatchObject([
    {
      no: '2025-收-1',
      fromKind: 'organisation',
      from: '泉港某厂',
      amount: '60.00',
      voidedOn: '2025-09-15',
      reason: '抬头写错',
    },
    { no: '2025-收-2', fromKind: 'person', from: 'M00003', amount: '20.00', voidedOn: undefined, item: '停车费' },
  ])
  expect(receiptsOf(sql, 'sun', 2024)).toEqual([])
})
