import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reconcile } from '../../src/domain/bank/state.ts'
import { suggestMatches } from '../../src/domain/bank/suggest.ts'
import { fenOf } from '../../src/domain/money.ts'
import { Coop, given, type Step } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

const ACCOUNT = '102-基本户'
type Line = { date: string; amount: string; reference?: string }

const paid = (date: string, amount: string): Step => [
  'PostVoucher',
  {
    date,
    summary: '付办公费',
    lines: [
      { account: '513-办公', debit: amount },
      { account: ACCOUNT, credit: amount },
    ],
  },
]
const statement = (lines: Line[], closing: string, more: object = {}): Step => [
  'ImportBankStatement',
  {
    statement: '2025-01',
    account: ACCOUNT,
    from: '2025-01-01',
    to: '2025-01-31',
    opening: '995000',
    closing,
    lines,
    ...more,
  },
]
const match = (lines: string[], vouchers: string[]): Step => [
  'MatchBankLines',
  { account: ACCOUNT, matches: [{ lines, vouchers }] },
]
const refusedAs = (step: Step, code: string, ...before: Step[]) =>
  given(ready, before).when(step[0], step[1]).refused(code)

/** January: ¥100 and ¥40 paid, of which the bank has passed the first, and ¥5 of interest nobody has booked. */
const january: Step[] = [
  paid('2025-01-06', '100'),
  paid('2025-01-30', '40'),
  statement(
    [
      { date: '2025-01-07', amount: '-100', reference: 'A1' },
      { date: '2025-01-21', amount: '5', reference: 'A2' },
    ],
    '994905',
  ),
]

describe('a statement', () => {
  test('is taken with its lines numbered, money in positive', () => {
    given(ready)
      .when(...(statement([{ date: '2025-01-07', amount: '-100' }], '994900') as [Step[0], unknown]))
      .yields({
        type: 'BankStatementImported',
        data: {
          statement: '2025-01',
          account: ACCOUNT,
          from: '2025-01-01',
          to: '2025-01-31',
          opening: '995000.00',
          closing: '994900.00',
          lines: [['L1', '2025-01-07', '-100.00', '']],
          known: 0,
          outstanding: [],
        },
      })
  })

  test('is of an account the co-op has registered, adds up, and is taken once', () => {
    refusedAs(
      ['ImportBankStatement', { ...(statement([], '995000')[1] as object), account: '102-张三' }],
      'BankUnknown',
    )
    refusedAs(statement([{ date: '2025-01-07', amount: '-100' }], '994800'), 'StatementDoesNotAddUp')
    refusedAs(statement([{ date: '2025-02-01', amount: '-100' }], '994900'), 'LineOutsidePeriod')
    refusedAs(statement([], '995000', { to: '2024-12-31' }), 'PeriodBackwards')
    refusedAs(statement([], '995000'), 'IdTaken', statement([], '995000'))
  })

  test('that comes first fits what the books held before it, less what the bank had not passed', () => {
    refusedAs(statement([], '1000', { opening: '1000' }), 'StatementGap')
    const late = { statement: '二月', from: '2025-02-01', to: '2025-02-28', opening: '995000' }
    refusedAs(statement([], '995000', late), 'StatementGap', paid('2025-01-30', '40'))
    const outstanding = [{ voucher: '2025-01-记-2', amount: '-40' }]
    const coop = new Coop().play([ready, paid('2025-01-30', '40'), statement([], '995000', { ...late, outstanding })])
    expect(reconcile(coop.state.bank, coop.state.books, ACCOUNT, '2025-02-28')).toMatchObject({
      bookOnly: [{ id: 'T1', amount: -4000, date: '2025-01-30' }],
    })
    refusedAs(statement([], '995000', { outstanding: [{ voucher: '2025-01-记-9', amount: '-40' }] }), 'VoucherUnknown')
  })

  test('that follows leaves no day out, and recognises what it repeats', () => {
    const second = { statement: '二', from: '2025-01-07', to: '2025-02-28', opening: '995000' }
    const known = { date: '2025-01-07', amount: '-100', reference: 'A1' }
    const interest = { date: '2025-01-21', amount: '5', reference: 'A2' }
    const fresh = { date: '2025-02-01', amount: '-100', reference: 'A1' }
    const coop = new Coop().play([ready, january])
    const told = coop.ask(...(statement([known, interest, fresh], '994805', second) as [Step[0], unknown]))
    expect(told).toMatchObject({ events: [{ data: { known: 2, lines: [['L3', '2025-02-01', '-100.00', 'A1']] } }] })
    const codes = (step: Step) => (coop.ask(step[0], step[1]) as { refusal: { code: string } }).refusal.code
    expect(codes(statement([known, fresh], '994800', second)), 'a line is missing').toBe('StatementDiffers')
    expect(codes(statement([], '994905', { ...second, from: '2025-02-02', opening: '994905' }))).toBe('StatementGap')
    expect(codes(statement([], '1', { ...second, from: '2025-02-01', opening: '1' }))).toBe('StatementGap')
    expect(codes(statement([], '995000', { ...second, from: '2024-12-01', opening: '995000' }))).toBe('StatementGap')
    const outstanding = [{ voucher: '2025-01-记-2', amount: '-40' }]
    const third = { ...second, from: '2025-02-01', opening: '994905', outstanding }
    expect(codes(statement([], '994905', third))).toBe('NotFirstStatement')
  })
})

describe('a match', () => {
  test('sets lines and vouchers of the same sum beside each other', () => {
    const coop = new Coop().play([ready, january, match(['L1'], ['2025-01-记-2'])])
    expect(reconcile(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')).toEqual({
      on: '2025-01-31',
      book: 99486000,
      bank: 99490500,
      bookOnly: [{ id: '2025-01-记-3', date: '2025-01-30', amount: -4000 }],
      bankOnly: [expect.objectContaining({ id: 'L2', amount: 500 })],
      adjustedBook: 99486500,
      adjustedBank: 99486500,
    })
  })

  test('is refused when it does not come out, takes something twice, or names what is not there', () => {
    refusedAs(match(['L1'], ['2025-01-记-2']), 'NoStatement')
    refusedAs(match(['L1'], ['2025-01-记-3']), 'MatchUnequal', ...january)
    refusedAs(match(['L1'], ['2025-01-记-1']), 'VoucherElsewhere', ...january)
    refusedAs(match(['L1'], []), 'NothingToMatch', ...january)
    refusedAs(match(['L1', 'L1'], ['2025-01-记-2']), 'MatchedTwice', ...january)
    refusedAs(match(['L9'], ['2025-01-记-2']), 'LineUnknown', ...january)
    refusedAs(match(['L1'], ['2025-01-记-9']), 'VoucherUnknown', ...january)
    refusedAs(match(['L1'], ['2025-01-记-2']), 'AlreadyMatched', ...january, match(['L1'], ['2025-01-记-2']))
    const cash: Step = [
      'PostVoucher',
      {
        date: '2025-01-09',
        summary: '罚没',
        lines: [
          { account: '101', debit: '1' },
          { account: '504', credit: '1' },
        ],
      },
    ]
    refusedAs(match(['L1'], ['2025-01-记-4']), 'VoucherElsewhere', ...january, cash)
  })

  test('is taken back with a reason, and what it held is open again', () => {
    const undo: Step = ['UnmatchBankLine', { account: ACCOUNT, match: 'D1', reason: '勾错了' }]
    refusedAs(undo, 'MatchUnknown', ...january)
    const coop = new Coop().play([
      ready,
      january,
      match(['L1'], ['2025-01-记-2']),
      undo,
      match(['L1'], ['2025-01-记-2']),
    ])
    expect([...coop.state.bank.accounts.get(ACCOUNT)!.matches.keys()]).toEqual(['D2'])
  })

  test('a voucher and the red one that took it back match each other', () => {
    const red: Step = ['ReverseVoucher', { number: '2025-01-记-3', date: '2025-01-31', reason: '重复' }]
    const coop = new Coop().play([ready, january, red, match([], ['2025-01-记-3', '2025-01-记-4'])])
    expect(reconcile(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')?.bookOnly).toHaveLength(1)
  })
})

describe('as of an earlier day', () => {
  test('what the bank passed later was still on its way, and the two adjusted balances are equal', () => {
    const february: Step[] = [
      statement([{ date: '2025-02-03', amount: '-40', reference: 'A3' }], '994865', {
        ...{ statement: '二', from: '2025-02-01', to: '2025-02-28', opening: '994905' },
      }),
      match(['L1'], ['2025-01-记-2']),
      match(['L3'], ['2025-01-记-3']),
    ]
    const { state } = new Coop().play([ready, january, february])
    const [then, now] = ['2025-01-31', '2025-02-28'].map(on => reconcile(state.bank, state.books, ACCOUNT, on)!)
    expect(then?.bookOnly).toEqual([{ id: '2025-01-记-3', date: '2025-01-30', amount: -4000 }])
    expect(now?.bookOnly).toEqual([])
    for (const each of [then, now]) expect(each?.adjustedBook).toBe(each?.adjustedBank)
    expect(suggestMatches(state.bank, state.books, ACCOUNT, '2025-01-31')).toEqual([])
  })

  test('nothing is booked before the day the statements begin with', () => {
    const late = statement([], '995000', { statement: '二月', from: '2025-02-01', to: '2025-02-28' })
    refusedAs(paid('2025-01-30', '40'), 'BeforeStatement', late)
  })
})

describe('suggestions', () => {
  test('pair equal amounts of near days, the nearest first', () => {
    const coop = new Coop().play([ready, january])
    const suggest = (on: string) => suggestMatches(coop.state.bank, coop.state.books, ACCOUNT, on)
    expect(suggest('2025-01-31')).toEqual([{ lines: ['L1'], vouchers: ['2025-01-记-2'] }])
    expect(suggestMatches(coop.state.bank, coop.state.books, '102-专户', '2025-01-31')).toEqual([])
  })

  test('join the lines of one day that together make a voucher', () => {
    const lines = ['-60', '-40'].map((amount, index) => ({ date: '2025-01-08', amount, reference: `B${index}` }))
    const coop = new Coop().play([ready, paid('2025-01-06', '100'), statement(lines, '994900')])
    const [batch] = suggestMatches(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')
    expect(batch).toEqual({ lines: ['L1', 'L2'], vouchers: ['2025-01-记-2'] })
  })

  test('whatever is paid, passed and matched, the two adjusted balances are equal', () => {
    const cents = fc.integer({ min: 1, max: 5 }).map(fen => `${fen}.00`)
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 8 }), fc.array(cents, { maxLength: 8 }), (booked, passed) => {
        const lines = passed.map((amount, index) => ({
          date: '2025-01-10',
          amount: `-${amount}`,
          reference: `${index}`,
        }))
        const closing = `${995000 - passed.reduce((sum, amount) => sum + Number(amount), 0)}`
        const coop = new Coop().play([
          ready,
          booked.map(amount => paid('2025-01-09', amount)),
          statement(lines, closing),
        ])
        const matches = suggestMatches(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')
        if (matches.length > 0) coop.run('MatchBankLines', { account: ACCOUNT, matches })
        const found = reconcile(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')!
        expect(found.adjustedBook).toBe(found.adjustedBank)
        expect(found.bank).toBe(fenOf(`${closing}.00`))
        expect(suggestMatches(coop.state.bank, coop.state.books, ACCOUNT, '2025-01-31')).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
