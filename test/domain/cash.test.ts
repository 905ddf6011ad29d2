import { describe, expect, test } from 'vitest'
import { monthEndChecks } from '../../src/domain/books/checklist.ts'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { adopted, bank, established, opening, people, ready } from '../support/stories.ts'

const TWO = ['M00008', 'M00009']
const count = (pieces: number, more: object = {}): Step => [
  'CountCash',
  { on: '2025-01-31', pieces: [{ value: '100', pieces }], counters: TWO, ...more },
]
const post = (date: string, ...lines: object[]): Step => ['PostVoucher', { date, summary: '收付', lines }]
const line = (account: string, side: 'debit' | 'credit', amount: string) => ({ account, [side]: amount })
const cashPaid = (date: string, amount = '100') =>
  post(date, line('513-办公', 'debit', amount), line('101', 'credit', amount))
const close: Step = ['ClosePeriod', { month: '2025-01', unreconciled: '未到' }]
const board = adopted({ matter: 'other', budget: '1000' })
const settle = (more: object = {}): Step => [
  'SettleCashDifference',
  { count: 'PD1', date: '2025-02-05', resolution: '2025-1', ...more },
]
const when = (step: Step, ...before: Story) => given(ready, before).when(step[0], step[1])

describe('a count of the cash box', () => {
  test('names the notes, two persons, and what the books say at the end of that day', () => {
    const pieces = [
      { value: '100', pieces: 49 },
      { value: '0.5', pieces: 1 },
    ]
    when(
      ['CountCash', { on: '2025-01-31', pieces, counters: TWO }],
      cashPaid('2025-01-20', '99.5'),
      cashPaid('2025-02-01'),
    ).yields({
      type: 'CashCounted',
      data: {
        ...{ count: 'PD1', account: '101', on: '2025-01-31', counters: ['M00008', 'M00009'] },
        pieces: [
          ['100', 49],
          ['0.5', 1],
        ],
        ...{ counted: '4900.50', book: '4900.50', difference: '0.00' },
      },
    })
  })

  test('that differs from the books says so, and its difference waits in 181', () => {
    const { message } = when(count(49)).refused('CountDiffers')
    expect(message).toContain('-100.00')
    when(count(49, { difference: '100' })).refused('CountDiffers')
    when(count(49, { difference: '-100' }))
      .makes('CashCounted', 'CashDifferenceBooked')
      .books({ '101': '4900.00', '181': '100.00' })
    when(count(51, { difference: '100' })).books({ '101': '5100.00', '181': '-100.00' })
  })

  test('is taken by two persons of the register, each denomination once, and not before the day', () => {
    when(count(50, { counters: ['M00008', 'M00008'] })).refused('TwoCounters', '会计法 art. 35')
    when(count(50, { counters: ['M00008', 'M99999'] })).refused('MemberUnknown')
    when(
      count(50, {
        pieces: [
          { value: '100', pieces: 1 },
          { value: '100', pieces: 49 },
        ],
      }),
    ).refused('ListedTwice')
    when(count(50, { on: '2026-02-01' })).refused('DateInFuture')
    when(count(0, { account: '101-门卫' })).refused('AccountUnknown')
  })

  test('has its difference settled once, by a resolution, with whoever is responsible for a shortage', () => {
    const short = count(49, { difference: '-100' })
    when(settle({ person: 'M00008' }), board, short).books({ '181': '0.00', '113-现金短款': '100.00' })
    when(settle({ person: 'M00012' }), board, short).books({ '181': '0.00', '112-现金短款': '100.00' })
    when(settle(), short).refused('ResolutionUnknown')
    when(settle(), board, short, settle()).refused('NothingToSettle')
    when(settle(), board, count(50)).refused('NothingToSettle')
    when(settle({ count: 'PD9' }), board).refused('CountUnknown')
    when(settle({ person: 'M00008' }), board, count(51, { difference: '100' })).refused('NobodyResponsible')
  })

  test('is taken back by the red voucher of its difference, unless that is settled', () => {
    const short = count(49, { difference: '-100' })
    const red: Step = ['ReverseVoucher', { number: '2025-01-记-2', date: '2025-01-31', reason: '数错' }]
    when(settle(), board, short, red).refused('NothingToSettle')
    when(red, board, short, settle()).refused('AlreadySettled')
    const redSettled: Step = ['ReverseVoucher', { number: '2025-02-记-1', date: '2025-02-28', reason: '记错' }]
    when(settle({ person: 'M00009' }), board, short, settle(), redSettled).makes('CashDifferenceSettled')
  })
})

describe('the month-end', () => {
  test('wants the cash box counted as it was, or the reason why not', () => {
    when(close).refused('CashNotCounted')
    when(close, count(50)).makes('PeriodClosed')
    const [closed] = when(['ClosePeriod', { ...(close[1] as object), uncounted: '钥匙在外地' }]).events
    expect(closed?.data).toMatchObject({ uncounted: { accounts: ['101'], reason: '钥匙在外地' } })
    const [plain] = when(['ClosePeriod', { ...(close[1] as object), uncounted: '无' }], count(50)).events
    expect(plain?.data).not.toHaveProperty('uncounted')
  })

  test('does not take a count after which something was booked on the box, before or after its day', () => {
    when(close, count(50), cashPaid('2025-01-31')).refused('CashNotCounted')
    when(close, count(50, { on: '2025-01-20' }), cashPaid('2025-01-25')).refused('CashNotCounted')
    const through = [
      cashPaid('2025-01-25'),
      post('2025-01-26', line('101', 'debit', '100'), line('504', 'credit', '100')),
    ]
    when(close, count(50, { on: '2025-01-20' }), through).refused('CashNotCounted')
    when(close, count(50, { on: '2025-01-20' })).makes('PeriodClosed')
    when(close, count(50), cashPaid('2025-02-01')).makes('PeriodClosed')
  })

  test('asks nothing of an empty box', () => {
    when(close, cashPaid('2025-01-09', '5000')).makes('PeriodClosed')
  })

  test('notes more cash than the limit, and closes all the same', () => {
    const limit: Step = ['SetCashLimit', { limit: '4999.99', from: '2025-01-01', reason: '核定' }]
    const notes = (...story: Story) =>
      monthEndChecks(new Coop().play([ready, story]).state, '2025-01').find(({ check }) => check === 'CashOverLimit')
    expect(notes(limit)).toMatchObject({ fault: undefined, note: expect.stringContaining('4,999.99') })
    expect(notes()).not.toHaveProperty('note')
    expect(notes(limit, cashPaid('2025-01-31', '0.01'))).not.toHaveProperty('note')
    when(close, limit, count(50)).makes('PeriodClosed')
  })

  test('knows a limit only of a co-op that is there', () => {
    given().when('SetCashLimit', { limit: '1', from: '2025-01-01', reason: '核定' }).refused('CoopUnknown')
  })
})

describe('what is taken in', () => {
  test('is not spent on the spot (坐支)', () => {
    const { message } = when(
      post('2025-03-01', line('513-办公', 'debit', '80'), line('501-停车', 'credit', '80')),
    ).refused('SpendingTakings', 'art. 11')
    expect(message).toContain('80.00')
    const netted = [line('101', 'debit', '70'), line('513-办公', 'debit', '30'), line('501-停车', 'credit', '100')]
    expect(when(post('2025-03-01', ...netted)).refused('SpendingTakings').message).toContain('30.00')
    const rent = [line('513-维修', 'debit', '30'), line('112-租金', 'credit', '30')]
    when(post('2025-03-01', ...rent)).refused('SpendingTakings')
  })

  test('and what is spent may stand in one voucher when both are shown in full', () => {
    const both = [
      ...[line('101', 'debit', '100'), line('513-办公', 'debit', '30')],
      ...[line('501-停车', 'credit', '100'), line('101', 'credit', '30')],
    ]
    when(post('2025-03-01', ...both)).makes('VoucherPosted')
    const owing = [line('513-办公', 'debit', '30'), line('211', 'credit', '30')]
    when(post('2025-03-01', ...owing)).makes('VoucherPosted')
  })

  test('and arrears written off, or an advance accounted for by what it bought, are no takings', () => {
    when(post('2025-03-01', line('515', 'debit', '30'), line('112-租金', 'credit', '30'))).makes('VoucherPosted')
    when(post('2025-03-01', line('513-办公', 'debit', '30'), line('112', 'credit', '30'))).makes('VoucherPosted')
    const mixed = [line('515', 'debit', '30'), line('513-办公', 'debit', '1'), line('112-租金', 'credit', '31')]
    when(post('2025-03-01', ...mixed)).refused('SpendingTakings')
    when(post('2025-03-01', line('515', 'debit', '30'), line('501-停车', 'credit', '30'))).refused('SpendingTakings')
  })
})

test('a box of a co-op without an office to keep it is counted all the same', () => {
  given(established, bank, opening, people)
    .when(...(count(50) as [Step[0], unknown]))
    .makes('CashCounted')
})
