import { describe, expect, test } from 'vitest'
import { Coop, entryText, given, type Story } from '../support/coop.ts'
import { declared, fund, gift, lease, paid, programme, ready } from '../support/stories.ts'

const red = (number: string, date = '2025-12-15') => ({ number, date, reason: '记错了' })
const study = fund('助学金', 'restricted', ['scholarship', 'relief'])
const spent: Story = [
  study,
  gift('助学金', '20000'),
  [
    'PayExpense',
    {
      id: '支1',
      date: '2025-04-01',
      item: '救助',
      payee: { person: 'M00012' },
      amount: '15000',
      from: '102-基本户',
      fund: '助学金',
      purpose: 'relief',
    },
  ],
]
const accrued: Story = [lease({ vatRate: '0' }), ['AccrueRent', { month: '2025-02', date: '2025-02-28' }]]
const collected: Story = [
  accrued,
  ['ReceiveRent', { date: '2025-03-03', into: '102-基本户', receipts: [{ lease: '租1', amount: '10500' }] }],
]
const granted: Story = [
  programme('allowance', 'welfare', { scope: 'members' }),
  ['PrepareRun', { run: '津1', programme: 'allowance', period: '2025-03' }],
  ['ApproveRun', { run: '津1', date: '2025-03-31' }],
]

describe('a red voucher', () => {
  test('has the accounts and sides of its original, negative amounts, and names it', () => {
    const { voucher } = given(ready, spent).when('ReverseVoucher', red('2025-04-记-1', '2025-05-02'))
    expect(voucher).toMatchObject({
      number: '2025-05-记-1',
      reverses: '2025-04-记-1',
      summary: '注销2025年4月1日 2025年4月 记-1号凭证',
    })
    expect(entryText(voucher)).toBe('借 311-受赠(限定)-助学金 -15000.00 〔助学金〕\n贷 102-基本户 -15000.00 〔助学金〕')
  })

  test('is written once, and the second attempt is told the number of the first', () => {
    const { message } = given(ready, spent, ['ReverseVoucher', red('2025-04-记-1', '2025-05-02')])
      .when('ReverseVoucher', red('2025-04-记-1'))
      .refused('AlreadyReversed')
    expect(message).toContain('2025年5月 记-1号')
  })

  test('is not itself reversed', () => {
    given(ready, spent, ['ReverseVoucher', red('2025-04-记-1', '2025-05-02')])
      .when('ReverseVoucher', red('2025-05-记-1'))
      .refused('ReversalOfReversal')
  })

  test('needs an original, and is not dated before it', () => {
    given(ready).when('ReverseVoucher', red('2025-04-记-9')).refused('VoucherUnknown')
    given(ready, spent).when('ReverseVoucher', red('2025-04-记-1', '2025-03-31')).refused('DateBeforeOriginal')
  })

  test('of a receipt is refused when its money has been spent: a fund is never overdrawn', () => {
    given(ready, spent).when('ReverseVoucher', red('2025-03-记-1')).refused('FundOverdrawn')
  })

  test('is not for payments and dividends, which have commands of their own', () => {
    const payment = paid('分红2024', '2025-02-01', { batch: '批1', count: 5, total: '400000' })
    given(ready, declared, payment).when('ReverseVoucher', red('2025-02-记-1')).refused('NotReversible')
    given(ready, declared).when('ReverseVoucher', red('2025-01-记-3')).refused('NotReversible')
    given(ready).when('ReverseVoucher', red('2025-01-记-1')).refused('NotReversible')
  })
})

describe('what a red voucher takes back', () => {
  test('is the rent of the month, which can then be accrued again', () => {
    given(ready, accrued, ['ReverseVoucher', red('2025-02-记-1')])
      .when('AccrueRent', { month: '2025-02', date: '2025-02-28' })
      .books({ '112-租金': '10500.00', '501': '-10500.00' })
  })

  test('is not rent whose arrears are collected', () => {
    given(ready, collected).when('ReverseVoucher', red('2025-02-记-1')).refused('AlreadyCollected')
  })

  test('is prepaid rent only while it is not earned', () => {
    const earned: Story = [collected.slice(0, 1), ['AccrueRent', { month: '2025-03', date: '2025-03-31' }]]
    const prepaid: Story = [
      lease({ vatRate: '0' }),
      ['ReceiveRent', { date: '2025-01-03', into: '102-基本户', receipts: [{ lease: '租1', amount: '10500' }] }],
      ['AccrueRent', { month: '2025-02', date: '2025-02-28' }],
    ]
    given(ready, prepaid).when('ReverseVoucher', red('2025-01-记-2')).refused('AlreadyEarned')
    given(ready, earned).when('ReverseVoucher', red('2025-03-记-1')).books({ '112-租金': '10500.00' })
  })

  test('goes back to where it came from when rent beyond a year had been used', () => {
    const coop = new Coop().play([
      ready,
      lease({ vatRate: '0' }),
      ['ReceiveRent', { date: '2025-01-03', into: '102-基本户', receipts: [{ lease: '租1', amount: '147000' }] }],
    ])
    for (let month = 1; month <= 12; month++) {
      coop.run('AccrueRent', { month: `2025-${String(month).padStart(2, '0')}`, date: '2025-12-31' })
    }
    const [accrual] = coop.run('AccrueRent', { month: '2026-01', date: '2026-01-31' }, { today: '2026-01-31' })
    const number = accrual && 'voucher' in accrual.data ? accrual.data.voucher.number : ''
    expect(coop.balance('221-预收租金')).toBe('-10500.00')
    coop.run('ReverseVoucher', red(number, '2026-01-31'), { today: '2026-01-31' })
    expect(coop.balance('221-预收租金')).toBe('-21000.00')
    expect(coop.state.property.leases.get('租1')).toMatchObject({ prepaid: 0, later: 2_100_000 })
  })

  test('is a deposit or a gift only while it has not been given back', () => {
    const deposit: Story = [
      lease(),
      ['ReceiveDeposit', { lease: '租1', amount: '20000', date: '2025-01-05', into: '102-基本户' }],
      ['ReturnDeposit', { lease: '租1', amount: '20000', date: '2025-02-05', from: '102-基本户' }],
    ]
    given(ready, deposit).when('ReverseVoucher', red('2025-01-记-2')).refused('DepositShort')
    const returned: Story = [
      gift(undefined, '500'),
      ['ReturnDonation', { donation: '捐1', amount: '100', reason: '多捐', date: '2025-03-05', from: '102-基本户' }],
    ]
    given(ready, returned).when('ReverseVoucher', red('2025-03-记-1')).refused('AlreadyReturned')
  })

  test('is donated goods only while they are in the store', () => {
    const goods: Story = [
      study,
      [
        'ReceiveGoods',
        {
          id: '物1',
          date: '2025-03-01',
          donor: { anonymous: true },
          fund: '助学金',
          items: [{ item: '大米', quantity: 10, unit: '袋', value: '600' }],
          valuation: 'market',
        },
      ],
      [
        'GiveGoods',
        {
          id: '发1',
          date: '2025-03-20',
          fund: '助学金',
          purpose: 'relief',
          items: [{ item: '大米', quantity: 1, unit: '袋' }],
          recipients: 1,
          note: '一户',
        },
      ],
    ]
    given(ready, goods).when('ReverseVoucher', red('2025-03-记-1')).refused('GoodsShort')
    given(ready, goods, ['ReverseVoucher', red('2025-03-记-2')])
      .when('ReverseVoucher', red('2025-03-记-1'))
      .books({ '121-受赠物资': '0.00' })
  })

  test('is a grant, which may then be made again under the same number and is owed once', () => {
    const again: Story = [
      granted,
      ['ReverseVoucher', red('2025-03-记-1', '2025-04-01')],
      ['PrepareRun', { run: '津1', programme: 'allowance', period: '2025-03' }],
      ['ApproveRun', { run: '津1', date: '2025-04-02' }],
    ]
    const coop = new Coop().play([ready, again])
    const [batch] = coop.run('PreparePayments', {
      batch: '批1',
      from: '102-基本户',
      on: '2025-04-03',
      origins: ['津1'],
    })
    expect(batch?.data).toMatchObject({
      total: '1200.00',
      items: [
        ['M00001', '津1', '600.00'],
        ['M00002', '津1', '600.00'],
      ],
    })
  })

  test('is no grant that is on its way to the bank', () => {
    given(ready, granted, ['PreparePayments', { batch: '批1', from: '102-基本户', on: '2025-04-03', origins: ['津1'] }])
      .when('ReverseVoucher', red('2025-03-记-1'))
      .refused('AlreadyPaid')
  })
})
