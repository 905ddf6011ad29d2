import { describe, expect, test } from 'vitest'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { gift, ready } from '../support/stories.ts'

const post = (date: string, ...lines: object[]): Step => ['PostVoucher', { date, summary: '收付', lines }]
const line = (account: string, side: 'debit' | 'credit', amount: string) => ({ account, [side]: amount })
const cashPaid = (date: string, amount = '100') =>
  post(date, line('513-办公', 'debit', amount), line('101', 'credit', amount))
const when = (step: Step, ...before: Story) => given(ready, before).when(step[0], step[1])

describe('a receipt', () => {
  const issue = (more: object = {}): Step => [
    'IssueReceipt',
    {
      of: '2025-03-记-1',
      from: { organisation: '某某鞋业有限公司' },
      amount: '600',
      item: '捐款',
      on: '2025-03-02',
      ...more,
    },
  ]
  const given600 = gift(undefined, '1000')
  const undone: Step = ['VoidReceipt', { no: '2025-收-1', reason: '写错抬头', on: '2025-03-03' }]

  test('has the next number of its year, without gaps, void or not', () => {
    const coop = new Coop().play([ready, given600, issue(), undone, issue(), issue({ amount: '400' })])
    expect([...coop.state.cash.receipts]).toEqual([
      ['2025-收-1', { of: '2025-03-记-1', amount: 60000, voided: true }],
      ['2025-收-2', { of: '2025-03-记-1', amount: 60000, voided: false }],
      ['2025-收-3', { of: '2025-03-记-1', amount: 40000, voided: false }],
    ])
    const next = { ...(issue()[1] as object), on: '2026-01-05', amount: '1' }
    coop.run('VoidReceipt', { no: '2025-收-3', reason: '重开', on: '2026-01-05' }, { today: '2026-01-31' })
    expect(coop.run('IssueReceipt', next, { today: '2026-01-31' })[0]?.data).toMatchObject({ no: '2026-收-1' })
  })

  test('is of money that came in, no more than came in, and after it', () => {
    when(issue({ amount: '1000.01' }), given600).refused('ReceiptAboveTakings')
    when(issue({ amount: '400.01' }), given600, issue()).refused('ReceiptAboveTakings')
    when(issue({ of: '2025-01-记-2' }), cashPaid('2025-01-05')).refused('ReceiptAboveTakings')
    when(issue({ of: '2025-09-记-1' })).refused('VoucherUnknown')
    when(issue({ of: '2025-01-记-1' })).refused('ReceiptAboveTakings')
    when(issue({ on: '2025-02-28' }), given600).refused('DateBeforeOriginal')
    when(issue({ from: { person: 'M99999' } }), given600).refused('MemberUnknown')
    when(issue({ on: '2026-01-01' }), given600).refused('DateInFuture')
  })

  test('is voided once, and keeps its money from being taken back until then', () => {
    const red: Step = ['ReverseVoucher', { number: '2025-03-记-1', date: '2025-03-31', reason: '没有到账' }]
    when(red, given600, issue()).refused('ReceiptIssued')
    when(red, given600, issue(), undone).makes('VoucherReversed')
    when(issue(), given600, red).refused('AlreadyReversed')
    when(undone, given600, issue(), undone).refused('ReceiptVoided')
    when(undone).refused('ReceiptUnknown')
  })
})
