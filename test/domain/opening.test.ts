import { describe, expect, test } from 'vitest'
import { closingEntry } from '../../src/domain/books/closing.ts'
import { fenOf, total } from '../../src/domain/money.ts'
import { Coop, entryText, given, type Story } from '../support/coop.ts'
import { bank, ESTABLISHED, fund, lease, officers, people, shares } from '../support/stories.ts'

const established = (firstDay: string): Story => [['EstablishCoop', { ...ESTABLISHED, firstDay }], bank, people]
const january = established('2025-01-01')
const july = established('2025-07-01')

const begun = (more: object = {}, lines: object[] = []) => ({
  on: '2025-01-01',
  priorYearClosed: true,
  lines: [{ account: '102-基本户', debit: '1000' }, { account: '322-未分配收益', credit: '1000' }, ...lines],
  ...more,
})
const midYear = (more: object = {}, lines: object[] = []) =>
  begun(
    {
      on: '2025-07-01',
      yearToDate: [
        { account: '102-基本户', debit: '300', credit: '80' },
        { account: '501-物业租赁', credit: '300' },
        { account: '513-办公', debit: '80' },
      ],
      nextNumber: [{ month: '2025-07', number: 38 }],
      ...more,
    },
    lines,
  )
const paper = (date: string) => ({
  date,
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: '20' },
    { account: '102-基本户', credit: '20' },
  ],
})

describe('a start in mid-year', () => {
  test('books what the year began with, then what it moved, and is the sum of both', () => {
    const outcome = given(july).when('RecordOpeningBalances', midYear())
    expect(entryText(outcome.voucher)).toBe(`借 102-基本户 1000.00
贷 322-未分配收益 1000.00
借 102-基本户 300.00
贷 102-基本户 80.00
贷 501-物业租赁 300.00
借 513-办公 80.00`)
    expect(outcome.events[0]?.data).toMatchObject({ yearToDate: 2, nextNumber: [['2025-07', 38]] })
    outcome.books({ '102-基本户': '1220.00', '501-物业租赁': '-300.00', '513-办公': '80.00' })
  })

  test('goes on with the numbers of the year, and the month closes without a gap', () => {
    const coop = new Coop().play([july, ['RecordOpeningBalances', midYear(), '2025-07-31']])
    const [posted] = coop.run('PostVoucher', paper('2025-07-05'), { today: '2025-07-31' })
    expect(posted?.data).toMatchObject({ voucher: { number: '2025-07-记-38' } })
    const close = { month: '2025-07', unreconciled: '对账单未到', uncounted: '无现金' }
    expect(coop.ask('ClosePeriod', close, { today: '2025-07-31' })).toMatchObject({
      events: [{ type: 'PeriodClosed' }],
    })
  })

  test('counts the whole year at its end, the months before the start with it', () => {
    const coop = new Coop().play([july, ['RecordOpeningBalances', midYear()], ['PostVoucher', paper('2025-07-05')]])
    expect(closingEntry(coop.state.books, 2025).surplus).toBe(fenOf('200.00'))
  })

  test('takes no voucher of the months before it', () => {
    given(july, ['RecordOpeningBalances', midYear()])
      .when('PostVoucher', paper('2025-06-30'))
      .refused('DateBeforeFirstDay')
  })

  test('is the first day of the books, or what lies between would be lost or counted twice', () => {
    given(january).when('RecordOpeningBalances', midYear()).refused('NotFirstDay')
  })

  test('begins the year without income, expenses or distributions, which the year before has closed', () => {
    const open = [
      { account: '513-办公', debit: '5' },
      { account: '501-物业租赁', credit: '5' },
    ]
    given(july).when('RecordOpeningBalances', midYear({}, open)).refused('YearStartNotClosed')
  })

  test('balances in its movements as well', () => {
    const yearToDate = [{ account: '102-基本户', debit: '300' }]
    given(july).when('RecordOpeningBalances', midYear({ yearToDate })).refused('VoucherUnbalanced')
  })

  test('gives no number to a month before it, and January has no movements yet', () => {
    const early = [{ month: '2025-06', number: 4 }]
    given(july)
      .when('RecordOpeningBalances', midYear({ nextNumber: early }))
      .refused('NumberBeforeStart')
    given(january)
      .when('RecordOpeningBalances', midYear({ on: '2025-01-01', nextNumber: [] }))
      .refused('NoYearToDate')
  })
})

describe('balances by name', () => {
  const owed = (details: object[], more: object = {}) =>
    begun({ details, ...more }, [
      { account: '112', debit: '500' },
      { account: '322-未分配收益', credit: '500' },
    ])
  const ofShop = { account: '112', counterparty: '向阳百货有限公司' }

  test('take the place of the account’s own line, each with its year', () => {
    const details = [
      { ...ofShop, year: 2023, debit: '200' },
      { ...ofShop, year: 2024, debit: '300' },
    ]
    const outcome = given(january).when('RecordOpeningBalances', owed(details))
    const lines = outcome.voucher.lines.filter(({ account }) => account === '112')
    expect(lines).toEqual([
      { account: '112', debit: '200.00', counterparty: '向阳百货有限公司' },
      { account: '112', debit: '300.00', counterparty: '向阳百货有限公司' },
    ])
    expect(outcome.events[0]?.data).toMatchObject({
      details: [
        [3, 2023],
        [4, 2024],
      ],
    })
  })

  test('must sum to what the account holds on the day, or nothing is booked', () => {
    const refusal = given(january)
      .when('RecordOpeningBalances', owed([{ ...ofShop, year: 2024, debit: '499.99' }]))
      .refused('DetailsDiffer')
    expect(refusal.detail).toEqual({ account: '112', fund: '', details: '499.99', balance: '500.00' })
    expect(refusal.message).toContain('-0.01')
  })

  test('of a mid-year start are those of the day, and the line without a name comes to nothing', () => {
    const details = [{ ...ofShop, year: 2025, debit: '650' }]
    const yearToDate = [
      { account: '112', debit: '250', credit: '100' },
      { account: '501-物业租赁', credit: '150' },
    ]
    const coop = new Coop().play([july, ['RecordOpeningBalances', owed(details, { on: '2025-07-01', yearToDate })]])
    expect(coop.state.books.byName.get('112')?.get('向阳百货有限公司')).toBe(fenOf('650'))
    const nameless = [...coop.state.books.vouchers.values()]
      .flatMap(({ voucher }) => voucher.lines)
      .filter(({ account, counterparty }) => account === '112' && counterparty === undefined)
    expect(total(nameless, ({ debit, credit }) => fenOf(debit ?? '0') - fenOf(credit ?? '0'))).toBe(0)
    expect(coop.balance('112')).toBe('650.00')
  })
})

describe('what was unpaid when the books began', () => {
  const unpaid = (items: unknown[], more: object = {}) =>
    begun({ claims: [{ origin: '期初-分红-2023', year: 2023, account: '113-分红', items, ...more }] }, [
      { account: '102-基本户', debit: '300' },
      { account: more && 'account' in more ? '211-押金' : '113-分红', credit: '300' },
    ])
  const two = [
    ['M00001', '100'],
    ['M00002', '200'],
  ]

  test('is paid through the bank like any other claim, once', () => {
    const batch = { batch: '批1', from: '102-基本户', on: '2025-01-10', origins: ['期初-分红-2023'] }
    const story: Story = [january, shares, officers, ['RecordOpeningBalances', unpaid(two)], ['PreparePayments', batch]]
    given(story, ['ApprovePayments', { batch: '批1', on: '2025-01-10', by: '理事长', count: 2, total: '300' }])
      .when('SettlePayments', { batch: '批1', date: '2025-01-10' })
      .books({ '113-分红': '0.00', '102-基本户': '1000.00' })
    given(story)
      .when('PreparePayments', { ...batch, batch: '批2' })
      .refused('NothingOwed')
  })

  test('is of registered persons, each named once, on an account of claims', () => {
    const state = given(january)
    state.when('RecordOpeningBalances', unpaid([['M00099', '300']])).refused('PersonUnknown')
    const twice = [
      ['M00001', '100'],
      ['M00001', '200'],
    ]
    state.when('RecordOpeningBalances', unpaid(twice)).refused('ListedTwice')
    state.when('RecordOpeningBalances', unpaid(two, { account: '211-押金' })).refused('ClaimAccount')
    state.when('RecordOpeningBalances', unpaid([['M00001', '299']])).refused('DetailsDiffer')
  })

  test('keeps its number: no dividend or run may take it again', () => {
    const programme = {
      programme: 'allowance',
      name: '津贴',
      kind: 'allowance',
      treatment: 'welfare',
      scope: 'residents',
    }
    const terms = { from: '2025-01', on: '2025-01-01', rule: '办法', minAge: 60, monthly: '600' }
    given(january, ['RecordOpeningBalances', unpaid(two)], ['AdoptProgramme', { ...programme, ...terms }])
      .when('PrepareRun', { run: '期初-分红-2023', programme: 'allowance', period: '2025-01' })
      .refused('IdTaken')
  })
})

describe('leases when the books begin', () => {
  const let1 = lease({ from: '2024-01-01' })
  const withLease = (leases: object[], more: object[] = []) =>
    begun({ leases }, [
      { account: '112-租金', debit: '10500' },
      { account: '211-押金', credit: '20000' },
      { account: '102-基本户', debit: '9500' },
      ...more,
    ])
  const owes = { lease: '租1', deposit: '20000', arrears: '10500' }

  test('have their deposit and arrears, which the next receipt settles first', () => {
    const coop = new Coop().play([january, let1, ['RecordOpeningBalances', withLease([owes])]])
    expect(coop.state.property.leases.get('租1')).toMatchObject({ deposit: fenOf('20000'), arrears: fenOf('10500') })
    const receipts = [{ lease: '租1', amount: '10500' }]
    coop.run('ReceiveRent', { date: '2025-01-08', into: '102-基本户', receipts })
    expect(coop.balance('112-租金')).toBe('0.00')
    expect(coop.state.property.leases.get('租1')?.arrears).toBe(0)
  })

  test('are accrued from the first month of the books on, never for the months before', () => {
    given(january, let1, ['RecordOpeningBalances', withLease([owes])])
      .when('AccrueRent', { month: '2024-12', date: '2025-01-31', leases: ['租1'] })
      .refused('AlreadyAccrued')
  })

  test('are signed first, listed once, and sum to their accounts', () => {
    given(january)
      .when('RecordOpeningBalances', withLease([owes]))
      .refused('LeaseUnknown')
    const state = given(january, let1)
    state.when('RecordOpeningBalances', withLease([owes, owes])).refused('ListedTwice')
    state.when('RecordOpeningBalances', withLease([{ ...owes, deposit: '19999' }])).refused('DetailsDiffer')
  })
})

test('a start with nothing in it is not recorded', () => {
  given(january)
    .when('RecordOpeningBalances', { ...begun(), lines: [] })
    .refused('NothingToOpen')
})

test('every fund balances by itself at the start', () => {
  const relief = fund('慈善金', 'restricted', ['relief'])
  const lines = [
    { account: '102-基本户', debit: '50', fund: '慈善金' },
    { account: '311-受赠(限定)-慈善金', credit: '60', fund: '慈善金' },
    { account: '102-基本户', debit: '10' },
  ]
  given(january, relief).when('RecordOpeningBalances', begun({}, lines)).refused('VoucherUnbalanced')
})
