import { describe, expect, test } from 'vitest'
import { given, type Step, type Story } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

const rate = (more: object = {}): Step => [
  'SetTax',
  {
    ...{ tax: '房产税', rate: '0.12', basis: '不含税租金', from: '2025-01-01', source: '房产税暂行条例 art. 4' },
    ...more,
  },
]
const accrue = (month: string, ...taxes: object[]): Step => ['AccrueTax', { month, date: `${month}-28`, taxes }]
const counted = (month: string) => accrue(month, { tax: '房产税', basisAmount: '1000' })
const when = (step: Step, ...before: Story) => given(ready, before).when(step[0], step[1])

describe('a tax counted on something', () => {
  test('takes the rate in force at the end of the month, the one set last before those it overrules', () => {
    const later = rate({ rate: '0.04', from: '2025-04-01', source: '财税〔2008〕24号' })
    const amountIn = (month: string, ...story: Story) =>
      when(counted(month), story).voucher.lines.find(({ credit }) => credit)?.credit
    expect(amountIn('2025-03', rate(), later)).toBe('120.00')
    expect(amountIn('2025-04', rate(), later)).toBe('40.00')
    expect(amountIn('2025-05', rate(), rate({ rate: '0.06', from: '2025-05-01', to: '2025-05-31' }))).toBe('60.00')
    expect(amountIn('2025-06', rate(), rate({ rate: '0.06', from: '2025-05-01', to: '2025-05-31' }))).toBe('120.00')
  })

  test('says in the books what it was counted on and by which rate', () => {
    expect(when(counted('2025-03'), rate()).events[0]?.data).toMatchObject({
      taxes: [{ tax: '房产税', amount: '120.00', basisAmount: '1000.00', rate: '0.12', basis: '不含税租金' }],
    })
  })

  test('is refused without a rate in that month, and when amount and basis are both given or both left out', () => {
    when(counted('2025-03')).refused('TaxNotSet')
    when(counted('2025-03'), rate({ from: '2025-04-01' })).refused('TaxNotSet')
    when(counted('2025-03'), rate({ to: '2025-02-28' })).refused('TaxNotSet')
    when(accrue('2025-03', { tax: '房产税' }), rate()).refused('AmountOrBasis')
    when(accrue('2025-03', { tax: '房产税', amount: '1', basisAmount: '1' }), rate()).refused('AmountOrBasis')
    when(accrue('2025-03', { tax: '房产税', basisAmount: '0.04' }), rate()).refused('AmountNotPositive')
  })

  test('is none of the co-op’s expenses when it is taken out of a price or withheld from somebody', () => {
    when(accrue('2025-03', { tax: '增值税', amount: '10' })).refused('NotAnExpense')
    when(accrue('2025-03', { tax: '代扣个人所得税', amount: '10' })).refused('NotAnExpense')
  })
})

describe('a rate', () => {
  test('belongs to a tax with an account, from a day to a later one', () => {
    when(rate({ tax: '耕地占用税' })).refused('AccountUnknown')
    when(rate({ tax: '耕地占用税' }), ['OpenSubAccount', { account: '214-耕地占用税', on: '2025-01-01' }]).makes(
      'TaxRateSet',
    )
    when(rate({ to: '2024-12-31' })).refused('PeriodBackwards')
    given()
      .when(...(rate() as [Step[0], unknown]))
      .refused('CoopUnknown')
  })
})

describe('paying a tax', () => {
  const pay = (amount: string): Step => ['PayTax', { tax: '房产税', amount, date: '2025-04-10', from: '102-基本户' }]

  test('takes no more than is owed', () => {
    when(pay('1')).refused('TaxNotOwed')
    when(pay('120.01'), rate(), counted('2025-03')).refused('TaxNotOwed')
    when(pay('120'), rate(), counted('2025-03'), pay('0.01')).refused('TaxNotOwed')
    when(pay('120'), rate(), counted('2025-03')).books({ '214-房产税': '0.00', '102-基本户': '994880.00' })
  })

  test('can be taken back', () => {
    const red: Step = ['ReverseVoucher', { number: '2025-04-记-1', date: '2025-04-30', reason: '退回' }]
    when(pay('120'), rate(), counted('2025-03'), pay('120'), red).makes('TaxPaid')
  })
})

describe('paying a month’s wages', () => {
  const accrued = (month = '2025-03'): Step => [
    'AccruePay',
    {
      month,
      date: `${month}-28`,
      groups: [{ title: '干部', heads: 3, amount: '9000', account: '513-干部报酬', officers: true }],
    },
  ]
  const pay = (more: object = {}): Step => [
    'PayWages',
    { month: '2025-03', date: '2025-04-05', from: '102-基本户', ...more },
  ]

  test('pays all that was accrued for it and not yet paid, once', () => {
    when(pay()).refused('WagesNotAccrued')
    when(pay(), accrued(), pay()).refused('AlreadyPaid')
    expect(when(pay(), accrued(), pay(), accrued()).voucher.lines[0]).toMatchObject({
      account: '212',
      debit: '9000.00',
    })
    expect(when(pay({ heads: 3 }), accrued()).events[0]?.data).toMatchObject({
      amount: '9000.00',
      withheld: '0.00',
      heads: 3,
    })
  })

  test('knows what was paid as a plain expense, too', () => {
    const plain = {
      id: '薪3',
      date: '2025-04-01',
      item: '发工资',
      account: '212',
      payee: { organisation: '银行代发户' },
    }
    when(pay(), accrued(), ['PayExpense', { ...plain, amount: '9000', from: '102-基本户' }]).refused('AlreadyPaid')
  })

  test('withholds less than it pays', () => {
    when(pay({ withheld: '9000' }), accrued()).refused('WithheldTooMuch')
    when(pay({ withheld: '90' }), accrued()).books({ '212': '0.00', '214-代扣个人所得税': '-90.00' })
  })

  test('is taken back before what was accrued', () => {
    const red = (number: string): Step => ['ReverseVoucher', { number, date: '2025-04-30', reason: '重复' }]
    when(red('2025-03-记-1'), accrued(), pay()).refused('AlreadyPaid')
    when(red('2025-03-记-1'), accrued(), pay(), red('2025-04-记-1')).makes('VoucherReversed')
    when(pay(), accrued(), pay(), red('2025-04-记-1')).makes('WagesPaid')
    when(pay(), accrued(), red('2025-03-记-1')).refused('WagesNotAccrued')
  })
})
