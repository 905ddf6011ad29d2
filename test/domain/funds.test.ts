import { describe, expect, test } from 'vitest'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { fund, gift, ready } from '../support/stories.ts'

const study = fund('助学金', 'restricted', ['scholarship'])
const spend = (amount: string, more: Record<string, unknown> = {}) => ({
  id: '支1',
  date: '2025-04-01',
  item: '奖学金',
  payee: { person: 'M00010' },
  amount,
  from: '102-基本户',
  fund: '助学金',
  purpose: 'scholarship',
  ...more,
})
const rice = (quantity: number, value: string, id = '物1'): Step => [
  'ReceiveGoods',
  {
    id,
    date: '2025-03-01',
    donor: { anonymous: true },
    fund: '助学金',
    items: [{ item: '大米', quantity, unit: '袋', value }],
    valuation: 'market',
  },
]
const give = (quantity: number, id = '发1') => ({
  id,
  date: '2025-03-20',
  fund: '助学金',
  purpose: 'scholarship',
  items: [{ item: '大米', quantity, unit: '袋' }],
  recipients: 1,
  note: '一户',
})
const filled: Story = [study, gift('助学金', '20000')]

describe('a fund', () => {
  test('is never overdrawn, not even by a fen', () => {
    given(ready, filled).when('PayExpense', spend('20000.01')).refused('FundOverdrawn')
    given(ready, filled)
      .when('PayExpense', spend('20000'))
      .books({ '311-受赠(限定)-助学金': '0.00', '102-基本户〔助学金〕': '0.00' })
  })

  test('is spent on its purpose alone (慈善法 art. 56)', () => {
    given(ready, filled)
      .when('PayExpense', spend('1', { purpose: 'festival' }))
      .refused('FundPurpose', '慈善法 art. 56')
    const { purpose: _, ...unsaid } = spend('1')
    given(ready, filled).when('PayExpense', unsaid).refused('PurposeMissing')
  })

  test('of money held for others names its owner, and is opened once', () => {
    given(ready)
      .when('OpenFund', { ...(fund('代管', 'held', ['relief'])[1] as object), owner: undefined })
      .refused('OwnerMissing')
    given(ready, study).when('OpenFund', study[1]).refused('IdTaken')
    given(ready)
      .when('OpenFund', fund('代管', 'held', ['relief'], { through514: true })[1])
      .refused('NotAGift')
  })

  test('that nobody opened cannot receive or spend', () => {
    given(ready).when('ReceiveDonation', gift('助学金', '1')[1]).refused('FundUnknown')
    given(ready).when('PayExpense', spend('1')).refused('FundUnknown')
  })

  test('for earmarked subsidies is a grant, not a gift', () => {
    const subsidy = { id: '补1', date: '2025-02-10', from: '街道', project: '路灯', amount: '1', into: '102-基本户' }
    given(ready, study)
      .when('ReceiveSubsidy', { ...subsidy, fund: '助学金' })
      .refused('FundKind')
  })
})

describe('a gift', () => {
  test('is returned only up to what was given', () => {
    const back = (amount: string) => ({
      donation: '捐1',
      amount,
      reason: '重复',
      date: '2025-03-05',
      from: '102-基本户',
    })
    given(ready, filled, ['ReturnDonation', back('15000')])
      .when('ReturnDonation', back('5000.01'))
      .refused('ReturnAboveGift')
    given(ready).when('ReturnDonation', back('1')).refused('DonationUnknown')
  })

  test('is recorded once under its number, and not before it is there', () => {
    given(ready, filled).when('ReceiveDonation', gift('助学金', '20000')[1]).refused('IdTaken')
    given(ready).when('ReceiveDonation', gift(undefined, '1')[1], { today: '2025-02-28' }).refused('DateInFuture')
  })

  test('leaves no income and no surplus when it comes and goes', () => {
    given(ready, filled, ['PayExpense', spend('20000')])
      .when('ComputeSurplus', { year: 2024, on: '2025-12-31' })
      .yields({
        type: 'SurplusComputed',
        data: {
          year: 2024,
          retained: '600000.00',
          notDistributable: [],
          distributable: '600000.00',
          on: '2025-12-31',
        },
      })
  })
})

describe('goods', () => {
  test('are given out only as far as they are in the store', () => {
    given(ready, study, rice(10, '600')).when('GiveGoods', give(11)).refused('GoodsShort')
    given(ready, study).when('GiveGoods', give(1)).refused('GoodsShort')
    given(ready, study, rice(10, '600'))
      .when('GiveGoods', { ...give(1), purpose: 'festival' })
      .refused('FundPurpose')
  })

  test('are valued at the average, and the last one takes what value is left', () => {
    const coop = new Coop().play([ready, study, rice(3, '100')])
    for (const id of ['一', '二', '三']) coop.run('GiveGoods', give(1, id))
    expect(coop.balance('121-受赠物资')).toBe('0.00')
    expect(coop.balance('311-受赠(限定)-助学金')).toBe('0.00')
  })

  test('that neighbours share among themselves make no voucher', () => {
    const shared = { id: '享1', on: '2025-03-01', what: '青菜', givers: 12, note: '居民分享' }
    given(ready).when('NoteSharedGoods', shared).makes('GoodsShared').books({ '121': '0.00' })
  })
})

describe('expenses and income', () => {
  const pay = (account: string) => spend('1', { fund: undefined, purpose: undefined, account })

  test('owed to a person are paid through a batch, not as an expense', () => {
    given(ready).when('PayExpense', pay('113-分红')).refused('NotAnExpense')
    given(ready).when('PayExpense', pay('211-津贴')).refused('NotAnExpense')
    given(ready).when('PayExpense', pay('322-未分配收益')).refused('NotAnExpense')
  })

  test('name an account, and a programme that exists', () => {
    given(ready)
      .when('PayExpense', spend('1', { fund: undefined }))
      .refused('AccountMissing')
    given(ready)
      .when('PayExpense', { ...pay('513-办公'), programme: '无' })
      .refused('ProgrammeUnknown')
  })

  test('that come back from a payee are no income', () => {
    const income = (account: string) => ({
      id: '收1',
      date: '2025-03-05',
      item: '退款',
      account,
      from: { person: 'M00001' },
      amount: '1',
      into: '102-基本户',
    })
    given(ready).when('ReceiveIncome', income('113-分红')).refused('UseBusinessCommand')
    given(ready).when('ReceiveIncome', income('311-受赠(未限定)')).refused('NotIncome')
    given(ready).when('ReceiveIncome', income('301')).refused('NotIncome')
  })
})

test('a payment is not dated back to a month before its money came', () => {
  const spend = (date: string) => ({
    ...{ id: '支9', date, item: '奖学', payee: { person: 'M00012' }, amount: '15000', from: '102-基本户' },
    ...{ fund: '助学金', purpose: 'scholarship' },
  })
  const story = [fund('助学金', 'restricted', ['scholarship']), gift('助学金', '20000')]
  const { message } = given(ready, story).when('PayExpense', spend('2025-02-20')).refused('FundOverdrawn')
  expect(message).toContain('2025-02')
  given(ready, story).when('PayExpense', spend('2025-03-31')).makes('ExpensePaid')
})
