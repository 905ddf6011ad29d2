import { describe, expect, test } from 'vitest'
import { payOf, taxRates } from '../../projections/tax.ts'
import { taxCalendar } from '../../projections/tax-calendar.ts'
import { live, Story } from './fixture.ts'
import { village } from './village.ts'

const sql = live(village().events)

describe('the tax calendar', () => {
  test('shows each period’s tax on its day, accrued and paid', () => {
    expect(taxCalendar(sql, 'sun', 2025).filter(({ accrued }) => accrued !== '0.00')).toEqual([
      {
        ...{ tax: '房产税', period: '2025-07至2025-09', due: '2025-10-15' },
        ...{ accrued: '240.00', paid: '150.00', open: '90.00' },
      },
    ])
    expect(taxCalendar(sql, 'sun', 2025).map(({ due }) => due)).toEqual([
      '2025-04-15',
      '2025-07-15',
      '2025-10-15',
      '2026-01-15',
    ])
  })

  test('settles the oldest first, what the year began with included, and knows nothing that was paid later', () => {
    const story = new Story()
    const due = { every: 'month', day: 10 } as const
    story.add('TaxRateSet', {
      tax: '印花税',
      rate: '0.001',
      basis: '合同',
      from: '2024-01-01',
      source: '印花税法',
      due,
    })
    const accrued = (month: string, amount: string) =>
      story.add('TaxAccrued', {
        month,
        taxes: [{ tax: '印花税', amount }],
        voucher: story.voucher(`${month}-28`, '计提', [
          ['512', 'D', amount],
          ['214-印花税', 'C', amount],
        ]),
      })
    const paid = (date: string, amount: string) =>
      story.add('TaxPaid', {
        ...{ tax: '印花税', amount, from: '102' },
        voucher: story.voucher(date, '缴纳', [
          ['214-印花税', 'D', amount],
          ['102', 'C', amount],
        ]),
      })
    accrued('2024-12', '5.00')
    accrued('2025-01', '10.00')
    accrued('2025-02', '20.00')
    paid('2025-02-10', '12.00')
    paid('2025-03-10', '4.00')
    const open = (until?: string) =>
      taxCalendar(live(story.events), 'sun', 2025, until)
        .slice(0, 3)
        .map(({ period, paid, open }) => [period, paid, open])
    expect(open()).toEqual([
      ['2025-01', '10.00', '0.00'],
      ['2025-02', '1.00', '19.00'],
      ['2025-03', '0.00', '0.00'],
    ])
    expect(open('2025-02')[0]).toEqual(['2025-01', '7.00', '3.00'])
  })
})

test('a rate is kept with its dates, its source and its day', () => {
  expect(taxRates(sql, 'sun')).toEqual([
    {
      ...{ tax: '房产税', rate: '0.12', basis: '不含税租金', from: '2025-01-01', to: undefined },
      ...{ source: '房产税暂行条例 art. 4', every: 'quarter', day: 15 },
    },
  ])
})

test('the pay of officers is shown apart, first, and without what a red voucher took back', () => {
  expect(payOf(sql, 'sun', 2025)).toEqual([
    { title: '干部', account: '513-干部报酬', officers: true, months: 2, heads: 3, amount: '1800.00' },
    { title: '保洁', account: '513-人员工资', officers: false, months: 2, heads: 2, amount: '800.00' },
  ])
  expect(payOf(sql, 'sun', 2024)).toEqual([])
  const story = new Story()
  const lines = (sign: '' | '-') =>
    [
      ['513', 'D', `${sign}9.00`],
      ['212', 'C', `${sign}9.00`],
    ] as [string, 'D' | 'C', string][]
  const groups = [{ title: '干部', heads: 1, amount: '9.00', account: '513', officers: true }]
  story.add('PayAccrued', { month: '2025-01', groups, voucher: story.voucher('2025-01-31', '计提', lines('')) })
  const original = story.lastNumber
  const voucher = story.voucher('2025-02-01', '注销', lines('-'), { reverses: original })
  story.add('VoucherReversed', { original, reason: '重复', voucher })
  expect(payOf(live(story.events), 'sun', 2025)).toEqual([])
})
