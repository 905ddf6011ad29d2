import { describe, expect, test } from 'vitest'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { bank, declared, established, fund, gift, ready } from '../support/stories.ts'

const voucher = (date: string, amount = '100', side: 'in' | 'out' = 'out'): Step => [
  'PostVoucher',
  {
    date,
    summary: '收付',
    lines: [
      { account: side === 'out' ? '513-办公' : '102-基本户', debit: amount },
      { account: side === 'out' ? '102-基本户' : '504', credit: amount },
    ],
  },
  '2026-01-31',
]
const close = (...months: string[]): Story =>
  months.map(
    (month): Step => [
      'ClosePeriod',
      { month: `2025-${month}`, unreconciled: '对账单未到', uncounted: '未盘点' },
      '2026-01-31',
    ],
  )
const eleven = close('01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11')
const inJanuary = { today: '2026-01-31' }

describe('a month', () => {
  test('once closed takes no more vouchers, and says how to correct', () => {
    const { message } = given(ready, close('01', '02', '03'))
      .when('PostVoucher', voucher('2025-03-10')[1])
      .refused('PeriodClosed', '财会〔2024〕12号')
    expect(message).toContain('2025-03')
    expect(message).toContain('红字')
  })

  test('before a closed one is closed with it, even if it had no voucher', () => {
    given(ready, close('01', '03')).when('PostVoucher', voucher('2025-02-10')[1]).refused('PeriodClosed')
  })

  test('cannot be closed before it is over, twice, or while an earlier one with vouchers is open', () => {
    given(ready)
      .when(
        'ClosePeriod',
        { month: '2025-12', unreconciled: '对账单未到', uncounted: '未盘点' },
        { today: '2025-12-30' },
      )
      .refused('PeriodNotOver')
    given(ready, close('01'))
      .when('ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' })
      .refused('PeriodClosed')
    given(ready)
      .when('ClosePeriod', { month: '2025-03', unreconciled: '对账单未到', uncounted: '未盘点' })
      .refused('PriorPeriodOpen')
  })

  test('is closed with its number of vouchers and equal totals', () => {
    given(ready, voucher('2025-02-03'), voucher('2025-02-04', '50.5'), close('01'))
      .when('ClosePeriod', { month: '2025-02', unreconciled: '对账单未到', uncounted: '未盘点' })
      .yields({
        type: 'PeriodClosed',
        data: {
          ...{ month: '2025-02', vouchers: 2, debit: '150.50', credit: '150.50' },
          unreconciled: { accounts: ['102-基本户'], reason: '对账单未到' },
          uncounted: { accounts: ['101'], reason: '未盘点' },
        },
      })
  })

  test('is reopened from the last one backwards, by two people, and not once its quarter is published', () => {
    const reopen = { month: '2025-02', reason: '漏记一笔', secondPerson: '监事长' }
    given(ready, close('01', '02')).when('ReopenPeriod', reopen).makes('PeriodReopened')
    given(ready, close('01', '02', '03'))
      .when('ReopenPeriod', reopen)
      .refused('LaterPeriodClosed')
    given(ready, close('01', '02'))
      .when('ReopenPeriod', { ...reopen, secondPerson: 'M00001 via cli' })
      .refused('SamePerson')
    const published: Story = [
      { type: 'DisclosurePublished', data: disclosure('2025Q1') },
      // A quarter is published after its last month; what is tested is the earlier one.
    ]
    given(ready, close('01', '02'), published).when('ReopenPeriod', reopen).refused('PeriodPublished')
  })

  test('of December is closed after the year’s result has gone into 322', () => {
    given(ready, voucher('2025-05-01'), eleven)
      .when('ClosePeriod', { month: '2025-12', unreconciled: '对账单未到', uncounted: '未盘点' })
      .refused('YearNotClosed', '财会〔2023〕14号')
    given(ready, voucher('2025-05-01'), eleven, ['CloseYear', { year: 2025 }])
      .when('ClosePeriod', { month: '2025-12', unreconciled: '对账单未到', uncounted: '未盘点' })
      .makes('PeriodClosed')
  })
})

describe('the year-end close', () => {
  test('leaves every 5xx, 321 and 各项分配 at zero and the surplus in 322', () => {
    given(ready, declared, voucher('2025-05-01', '30000', 'in'), voucher('2025-06-01', '12000'), eleven)
      .when('CloseYear', { year: 2025 })
      .books({
        '501': '0.00',
        '504': '0.00',
        '513': '0.00',
        '321': '0.00',
        '322-各项分配': '0.00',
        '322-未分配收益': '-38000.00',
      })
  })

  test('says what the year brought and what may be distributed', () => {
    const { events } = given(ready, voucher('2025-05-01', '30000', 'in'), eleven).when('CloseYear', { year: 2025 })
    expect(events[0]?.data).toMatchObject({ year: 2025, surplus: '30000.00', distributable: '630000.00' })
  })

  test('keeps the result of a fund in the fund', () => {
    const used: Story = [
      fund('助困', 'restricted', ['relief'], { through514: true }),
      gift('助困', '9000'),
      [
        'PayExpense',
        {
          id: '支1',
          date: '2025-05-07',
          item: '救助',
          payee: { person: 'M00012' },
          amount: '1500',
          from: '102-基本户',
          fund: '助困',
          purpose: 'relief',
        },
      ],
    ]
    given(ready, used, eleven)
      .when('CloseYear', { year: 2025 })
      .books({ '322-未分配收益〔': '-600000.00', '322-未分配收益〔助困〕': '0.00', '514〔助困〕': '0.00' })
  })

  test('counts no voucher of the next January, which is open meanwhile', () => {
    const next = voucher('2026-01-10', '7000', 'in')
    const { events } = given(ready, voucher('2025-05-01', '30000', 'in'), next, eleven).when(
      'CloseYear',
      { year: 2025 },
      inJanuary,
    )
    expect(events[0]?.data).toMatchObject({ surplus: '30000.00', distributable: '630000.00' })
    given(ready, voucher('2025-05-01', '30000', 'in'), next, eleven)
      .when('CloseYear', { year: 2025 }, inJanuary)
      .books({ '504': '-7000.00' })
  })

  test('happens once, after eleven closed months and not before 31 December', () => {
    given(ready, voucher('2025-05-01'), eleven, ['CloseYear', { year: 2025 }])
      .when('CloseYear', { year: 2025 })
      .refused('YearClosed')
    given(ready, voucher('2025-05-01'), close('01', '02')).when('CloseYear', { year: 2025 }).refused('PeriodOpen')
    given(ready, voucher('2025-05-01'), eleven)
      .when('CloseYear', { year: 2025 }, { today: '2025-12-30' })
      .refused('PeriodNotOver')
    given(ready, eleven).when('CloseYear', { year: 2025 }).refused('NothingToClose')
  })

  test('shuts the year and every earlier one for vouchers and red vouchers', () => {
    const closed: Story = [voucher('2025-05-01'), eleven, ['CloseYear', { year: 2025 }]]
    given(ready, closed)
      .when('PostVoucher', voucher('2025-12-31')[1], inJanuary)
      .refused('YearClosed', '会计基础工作规范 art. 51')
    given(ready, closed)
      .when('ReverseVoucher', { number: '2025-05-记-1', date: '2026-01-05', reason: '记错' }, inJanuary)
      .refused('YearClosed', '会计基础工作规范 art. 51')
  })

  test('cannot go back behind a closed year', () => {
    given(ready).when('CloseYear', { year: 2023 }).refused('YearClosed')
  })
})

test('a month of imported history can be closed in its turn', () => {
  const vouchers = ['2024-11-05', '2024-12-05'].map(date => ({
    ...(voucher(date, '10', 'in')[1] as object),
    reference: date,
  }))
  const coop = new Coop().play([established, bank, ['ImportVouchers', { source: '旧账', vouchers }]])
  expect(coop.ask('ClosePeriod', { month: '2024-12', unreconciled: '对账单未到', uncounted: '未盘点' })).toMatchObject({
    refusal: { code: 'PriorPeriodOpen' },
  })
  coop.run('ClosePeriod', { month: '2024-11', unreconciled: '对账单未到', uncounted: '未盘点' })
  coop.run('CloseYear', { year: 2024 })
  coop.run('ClosePeriod', { month: '2024-12', unreconciled: '对账单未到', uncounted: '未盘点' })
  expect(coop.balance('322')).toBe('-20.00')
})

function disclosure(quarter: string) {
  return {
    quarter,
    version: 1,
    postedOn: '2025-04-10',
    objectionFrom: '2025-04-11',
    objectionTo: '2025-04-17',
    revision: 10,
    figuresHash: 'a'.repeat(64),
    closings: [],
  }
}

describe('the month-end checklist', () => {
  const line = (account: string, side: 'debit' | 'credit', amount: string) => ({ account, [side]: amount })
  const post = (date: string, ...lines: object[]): Step => ['PostVoucher', { date, summary: '凭证', lines }]
  const closeIt = { month: '2025-01' }
  const TWO = ['M00008', 'M00009']

  test('asks for the bank’s statement up to the month’s end, or the reason why there is none', () => {
    given(ready).when('ClosePeriod', closeIt).refused('BankNotReconciled')
    given(ready)
      .when('ClosePeriod', { ...closeIt, unreconciled: '银行柜面系统故障', uncounted: '未盘点' })
      .makes('PeriodClosed')
    const statement = { statement: '一', account: '102-基本户', from: '2025-01-01', to: '2025-01-31', lines: [] }
    const counted: Step = ['CountCash', { on: '2025-01-31', pieces: [{ value: '100', pieces: 50 }], counters: TWO }]
    given(ready, ['ImportBankStatement', { ...statement, opening: '995000', closing: '995000' }], counted)
      .when('ClosePeriod', closeIt)
      .yields({
        type: 'PeriodClosed',
        data: { month: '2025-01', vouchers: 1, debit: '1500000.00', credit: '1500000.00' },
      })
  })

  test('finds what still waits for its review', () => {
    const coop = new Coop().play([ready])
    const paid = post('2025-01-09', line('513-办公', 'debit', '9'), line('102-基本户', 'credit', '9'))
    coop.run(paid[0], paid[1], { reviewer: '' })
    const closed = coop.ask('ClosePeriod', { ...closeIt, unreconciled: '未到', uncounted: '未盘点' })
    expect(closed).toMatchObject({ refusal: { code: 'SubmissionsWaiting' } })
  })

  test('finds a day on which the cash box was below zero, though it never was when the vouchers were entered', () => {
    const story = [
      post('2025-01-20', line('101', 'debit', '1000'), line('504', 'credit', '1000')),
      post('2025-01-10', line('513-办公', 'debit', '5500'), line('101', 'credit', '5500')),
    ]
    const { message } = given(ready, story)
      .when('ClosePeriod', { ...closeIt, unreconciled: '未到', uncounted: '未盘点' })
      .refused('CashNegative')
    expect(message).toContain('2025年1月10日')
  })

  test('finds numbers with gaps, books out of balance and names that are owed more than their account', () => {
    const failing = (change: (coop: Coop) => void) => {
      const coop = new Coop().play([ready, paidOut()])
      change(coop)
      const told = coop.ask('ClosePeriod', { ...closeIt, unreconciled: '未到', uncounted: '未盘点' })
      return 'refusal' in told ? told.refusal.code : 'closed'
    }
    expect(failing(() => {})).toBe('closed')
    expect(failing(({ state }) => state.books.vouchers.delete('2025-01-记-2'))).toBe('NumbersWithGaps')
    expect(failing(({ state }) => void state.books.vouchers.get('2025-01-记-2')?.voucher.lines.pop())).toBe(
      'TrialBalanceOut',
    )
    expect(
      failing(({ state }) => {
        const claim = {
          person: 'M00001',
          origin: '无',
          account: '113-应付款',
          fund: '',
          amount: 1,
          state: 'open' as const,
        }
        state.payments.claims.set('无|M00001', claim)
      }),
    ).toBe('SubLedgerOut')
  })

  const paidOut = () => post('2025-01-09', line('513-办公', 'debit', '9'), line('102-基本户', 'credit', '9'))
})

test('a year is closed only when its December could be: what is missing there needs a voucher, which the closed year refuses', () => {
  const early: Step = [
    'PostVoucher',
    {
      ...{ date: '2025-12-10', summary: '付办公费' },
      lines: [
        { account: '513-办公', debit: '5500' },
        { account: '101', credit: '5500' },
      ],
    },
  ]
  const drawn: Step = [
    'PostVoucher',
    {
      ...{ date: '2025-12-20', summary: '提现' },
      lines: [
        { account: '101', debit: '1000' },
        { account: '102-基本户', credit: '1000' },
      ],
    },
  ]
  given(ready, drawn, early, eleven).when('CloseYear', { year: 2025 }, inJanuary).refused('CashNegative')
})
