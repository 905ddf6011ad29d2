import { describe, expect, test } from 'vitest'
import { Coop, given, type Story } from '../support/coop.ts'
import { adopted, declared, dividend, fund, gift, paid, programme, ready, reserve } from '../support/stories.ts'

const ORIGIN = '分红2024'
const who = (person: string) => ({ person, origin: ORIGIN })
const prepare = (batch: string, more: Record<string, unknown> = {}) => ({
  batch,
  from: '102-基本户',
  on: '2025-02-01',
  origins: [ORIGIN],
  ...more,
})
const control = { batch: '批1', on: '2025-02-01', by: '理事长', count: 5, total: '400000' }
const prepared: Story = [declared, ['PreparePayments', prepare('批1')]]
const payment: Story = [declared, paid(ORIGIN, '2025-02-01', { batch: '批1', count: 5, total: '400000' })]
const back = { batch: '批1', date: '2025-02-03', items: [who('M00001')], reason: '账号有误' }
const wrong = {
  batch: '批1',
  date: '2025-02-03',
  person: 'M00001',
  origin: ORIGIN,
  paidTo: { person: 'M00012' },
  reason: '同名',
}
const cash = {
  id: '现1',
  person: 'M00001',
  origin: ORIGIN,
  date: '2025-02-01',
  handlers: ['出纳甲', '网格员乙'],
  signedBy: '本人',
}

describe('nobody is paid twice', () => {
  test('in two batches of the same dividend', () => {
    given(ready, prepared).when('PreparePayments', prepare('批2')).refused('NothingOwed')
    given(ready, payment).when('PreparePayments', prepare('批2')).refused('NothingOwed')
    given(ready, payment)
      .when('PreparePayments', prepare('批2', { persons: ['M00001'] }))
      .refused('AlreadyPaid')
  })

  test('by settling or approving a batch again', () => {
    given(ready, payment).when('SettlePayments', { batch: '批1', date: '2025-02-02' }).refused('AlreadyPaid')
    given(ready, payment).when('ApprovePayments', control).refused('AlreadyApproved')
    given(ready, payment).when('PreparePayments', prepare('批1')).refused('IdTaken')
  })

  test('in cash while a batch is on its way, or after it', () => {
    given(ready, prepared).when('PayCash', cash).refused('AlreadyPaid')
    given(ready, payment).when('PayCash', cash).refused('AlreadyPaid')
  })

  test('in cash twice, or under a number used before', () => {
    const small: Story = [adopted(), reserve, ['DeclareDividend', { ...dividend, pool: '400' }], ['PayCash', cash]]
    given(ready, small)
      .when('PayCash', { ...cash, id: '现2' })
      .refused('AlreadyPaid')
    given(ready, small)
      .when('PayCash', { ...cash, person: 'M00002' })
      .refused('IdTaken')
  })
})

describe('a batch', () => {
  test('is paid only after its count and total were compared and approved', () => {
    given(ready, prepared).when('SettlePayments', { batch: '批1', date: '2025-02-01' }).refused('BatchNotApproved')
    given(ready, prepared)
      .when('ApprovePayments', { ...control, count: 4 })
      .refused('ControlTotals')
    given(ready, prepared)
      .when('ApprovePayments', { ...control, total: '399999.99' })
      .refused('ControlTotals')
    given(ready, prepared).when('ApprovePayments', control).makes('PaymentBatchApproved')
  })

  test('waits until the objection days of the dividend are over', () => {
    given(ready, declared)
      .when('PreparePayments', prepare('批1', { on: '2025-01-28' }))
      .refused('ObjectionRunning', 'art. 45')
    given(ready, declared)
      .when('PreparePayments', prepare('批1', { on: '2025-01-29' }))
      .makes('PaymentBatchPrepared')
    given(ready, declared)
      .when('PayCash', { ...cash, date: '2025-01-28' })
      .refused('ObjectionRunning')
  })

  test('leaves what the bank did not pay owed, to be paid in the next', () => {
    const half: Story = [
      prepared,
      ['ApprovePayments', control],
      ['SettlePayments', { batch: '批1', date: '2025-02-01', failed: [who('M00011')] }],
    ]
    given(ready, half)
      .when('PreparePayments', prepare('批2'))
      .yields({
        type: 'PaymentBatchPrepared',
        data: {
          batch: '批2',
          from: '102-基本户',
          on: '2025-02-01',
          items: [['M00011', ORIGIN, '50000.00']],
          total: '50000.00',
        },
      })
    given(ready, half)
      .when('ReturnPayments', { ...back, items: [who('M00011')] })
      .refused('NotPaid')
  })

  test('of which nothing was paid says how to go on', () => {
    const failed = ['M00001', 'M00002', 'M00003', 'M00004', 'M00011'].map(who)
    const { message } = given(ready, prepared, ['ApprovePayments', control])
      .when('SettlePayments', { batch: '批1', date: '2025-02-01', failed })
      .refused('NothingPaid')
    expect(message).toContain('登记退票')
  })

  test('holds at most five thousand payments, as many as a bank takes', () => {
    const codes = Array.from({ length: 5001 }, (_, index) => `M${20_000 + index}`)
    const crowd: Story = [
      [
        'RegisterPersons',
        {
          persons: codes.map(code => ({
            person: { code, identity: 'sealed' },
            birthMonth: '1940-01',
            on: '2025-01-01',
            relation: '居民',
            resident: true,
          })),
        },
      ],
      programme('allowance', 'welfare', { monthly: '1' }),
      ['PrepareRun', { run: '津1', programme: 'allowance', period: '2025-01' }],
      ['ApproveRun', { run: '津1', date: '2025-01-31' }],
    ]
    given(ready, crowd)
      .when('PreparePayments', prepare('批1', { origins: ['津1'] }))
      .refused('BatchTooLarge')
    given(ready, crowd)
      .when('PreparePayments', prepare('批1', { origins: ['津1'], persons: codes.slice(0, 5000) }))
      .makes('PaymentBatchPrepared')
  })

  test('takes back only its own items', () => {
    given(ready, payment)
      .when('ReturnPayments', { ...back, items: [who('M00012')] })
      .refused('NotInBatch')
    given(ready, payment)
      .when('ReturnPayments', { ...back, batch: '无' })
      .refused('BatchUnknown')
  })
})

describe('money that went astray', () => {
  test('is owed again after it came back, and can come back once a payment', () => {
    given(ready, payment, ['ReturnPayments', back]).when('ReturnPayments', back).refused('NotPaid')
    given(ready, payment, ['ReturnPayments', back])
      .when('PreparePayments', prepare('批2'))
      .makes('PaymentBatchPrepared')
  })

  test('is owed to the right person again when it went to a wrong one, and the bank line stays', () => {
    given(ready, payment)
      .when('RecordMisdirected', wrong)
      .books({ '102-基本户': '595000.00', '112-误付待收回': '100000.00', '113-分红': '-100000.00' })
    given(ready, payment, ['RecordMisdirected', wrong]).when('RecordMisdirected', wrong).refused('NotPaid')
  })

  test('comes back only from the batch that paid it, not from an earlier one', () => {
    const again: Story = [
      ['RecordMisdirected', wrong],
      paid(ORIGIN, '2025-02-10', { batch: '批2', count: 1, total: '100000' }),
    ]
    given(ready, payment, again).when('ReturnPayments', back).refused('NotPaid')
    given(ready, payment, again)
      .when('ReturnPayments', { ...back, batch: '批2', date: '2025-02-12' })
      .makes('PaymentsReturned')
  })
})

describe('cash', () => {
  test('passes through two different hands', () => {
    const { message } = given(ready, declared)
      .when('PayCash', { ...cash, handlers: ['出纳甲', '出纳甲'] })
      .refused('TwoHandlers')
    expect(message).toContain('两')
  })

  test('never leaves the box below zero', () => {
    given(ready, declared).when('PayCash', cash).refused('CashShort')
  })

  test('is paid only for what is owed', () => {
    given(ready).when('PayCash', cash).refused('NothingOwed')
  })
})

test('a batch that pays out of two funds takes from each bank balance its own part', () => {
  const coop = new Coop().play([
    ready,
    fund('助困', 'restricted', ['relief']),
    gift('助困', '2000'),
    programme('relief', 'fund', { fund: '助困' }),
    programme('allowance', 'welfare'),
    [
      'RequestRelief',
      { request: '救1', programme: 'relief', person: 'M00012', category: '医疗', asked: '500', on: '2025-04-01' },
    ],
    ['ApproveRelief', { request: '救1', form: 'money', amount: '500', conflict: '无', date: '2025-04-02' }],
    ['PrepareRun', { run: '津1', programme: 'allowance', period: '2025-03' }],
    ['ApproveRun', { run: '津1', date: '2025-04-02' }],
    ['PreparePayments', prepare('批1', { origins: ['救1', '津1'], on: '2025-04-03' })],
    ['ApprovePayments', { ...control, on: '2025-04-03', count: 4, total: '2300' }],
    ['SettlePayments', { batch: '批1', date: '2025-04-03' }],
  ])
  expect([coop.balance('102-基本户', '助困'), coop.balance('102-基本户', '')]).toEqual(['1500.00', '993200.00'])
  expect([coop.balance('113-津贴'), coop.balance('211-津贴'), coop.balance('211-救助')]).toEqual([
    '0.00',
    '0.00',
    '0.00',
  ])
})
