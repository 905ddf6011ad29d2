import { describe, expect, test } from 'vitest'
import { spentOn } from '../../src/domain/books/budget-check.ts'
import { yuan } from '../../src/domain/money.ts'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { adopted, fund, gift, paid, programme, ready } from '../support/stories.ts'

const board = adopted({ matter: 'budget', budget: '60000' })
const office = { item: '办公', title: '办公费', direction: 'out', amount: '1000', account: '513-办公' }
const plan = (more: object = {}): Step => [
  'AdoptBudget',
  { year: 2025, resolution: '2025-1', items: [office], ...more },
]
const binding = plan({ binding: true })
const second = adopted({ no: '2025-2', matter: 'budget', budget: '60000' })
const amend = (...items: object[]): Step => [
  'AmendBudget',
  { year: 2025, resolution: '2025-2', reason: '开支增加', items },
]
const spend = (amount: string, account = '513-办公', date = '2025-03-10'): Step => [
  'PostVoucher',
  {
    ...{ date, summary: '付费用' },
    lines: [
      { account, debit: amount },
      { account: '102-基本户', credit: amount },
    ],
  },
]
const when = (step: Step, ...before: Story) => given(ready, before).when(step[0], step[1])

describe('the year’s financial plan', () => {
  test('rests on a posted budget resolution, once a year', () => {
    when(plan(), board).makes('BudgetAdopted')
    when(plan()).refused('ResolutionUnknown')
    when(plan(), adopted({ matter: 'other' })).refused('ResolutionMatter', 'art. 26')
    when(plan(), board, plan()).refused('BudgetExists')
  })

  test('lets no more go out in all than the resolution says', () => {
    const much = { ...office, amount: '60000.01' }
    when(plan({ items: [much] }), board).refused('ResolutionAmountExceeded')
    const income = { item: '收入', title: '租金', direction: 'in', amount: '900000', account: '501' }
    when(plan({ items: [office, income] }), board).makes('BudgetAdopted')
    when(amend(much), board, plan(), second).refused('ResolutionAmountExceeded')
  })

  test('says of each item what counts as it, and counts nothing twice', () => {
    const items = (...more: object[]) => plan({ items: more })
    const { account: _, ...bare } = office
    when(items(bare), board).refused('MeasureMissing')
    when(items({ ...office, fund: '助学金' }), board).refused('MeasureMissing')
    when(items({ ...bare, fund: '助学金' }), board).refused('FundUnknown')
    when(items({ ...bare, programme: '无' }), board).refused('ProgrammeUnknown')
    when(items({ ...bare, direction: 'in', programme: 'allowance' }), board, programme('allowance', 'welfare')).refused(
      'MeasureMissing',
    )
    when(items({ ...bare, account: '102-基本户' }), board).refused('AccountUnknown')
    when(items({ ...bare, account: '599' }), board).refused('AccountUnknown')
    when(items(office, { ...office, item: '管理', account: '513' }), board).refused('ListedTwice')
    when(items(office, { ...office, account: '514' }), board).refused('ListedTwice')
    when(items(office, { ...office, item: '收', direction: 'in' }), board).makes('BudgetAdopted')
  })

  test('is amended by a further resolution, item by item', () => {
    when(amend(office), board, second).refused('BudgetUnknown')
    const again: Step = ['AmendBudget', { ...(amend(office)[1] as object), resolution: '2025-1' }]
    when(again, board, plan()).refused('ResolutionUsed')
    const more = { ...office, amount: '2500' }
    const coop = new Coop().play([
      ready,
      board,
      plan(),
      second,
      amend(more, { ...office, item: '维修', account: '513-维修' }),
    ])
    const items = [...coop.state.plans.get(2025)!.items.values()].map(({ item, amount }) => [item, amount])
    expect(items).toEqual([
      ['办公', '2500.00'],
      ['维修', '1000.00'],
    ])
    when(amend({ ...office, item: '管理', account: '513' }), board, plan(), second).refused('ListedTwice')
  })
})

describe('what is over the plan', () => {
  test('is booked all the same, unless the plan binds', () => {
    when(spend('1000.01'), board, plan()).makes('VoucherPosted')
    const { message } = when(spend('400'), board, binding, spend('600.01')).refused('BudgetExceeded', 'art. 26')
    expect(message).toContain('600.01')
    when(spend('400'), board, binding, spend('600')).makes('VoucherPosted')
    when(spend('9000', '513-运转'), board, binding).makes('VoucherPosted')
  })

  test('counts what was booked in the year before the plan was adopted, and nothing of another year', () => {
    when(spend('400'), spend('700', '513-办公', '2025-01-05'), board, binding).refused('BudgetExceeded')
    const [name, body] = spend('1000', '513-办公', '2026-01-05')
    given(ready, board, binding, spend('1000')).when(name, body, { today: '2026-01-31' }).makes('VoucherPosted')
  })

  test('is there again when a voucher is reversed, and there is more of it after an amendment', () => {
    const red: Step = ['ReverseVoucher', { number: '2025-03-记-1', date: '2025-03-31', reason: '重复' }]
    when(spend('1000'), board, binding, spend('1000'), red).makes('VoucherPosted')
    when(spend('1000'), board, binding, spend('1000'), second, amend({ ...office, amount: '2000' })).makes(
      'VoucherPosted',
    )
  })

  test('is found behind every command, for accounts and for programmes', () => {
    const expense = {
      id: '支1',
      date: '2025-03-01',
      item: '纸',
      account: '513-办公',
      payee: { organisation: '文具店' },
    }
    when(['PayExpense', { ...expense, amount: '1001', from: '102-基本户' }], board, binding).refused('BudgetExceeded')
    const elders = { item: '津贴', title: '老年津贴', direction: 'out', amount: '3599', programme: 'allowance' }
    const run = (id: string, month: string): Story => [
      ['PrepareRun', { run: id, programme: 'allowance', period: month }],
      ['ApproveRun', { run: id, date: `${month}-28` }],
    ]
    const given2 = [
      programme('allowance', 'welfare'),
      board,
      plan({ binding: true, items: [elders] }),
      run('津1', '2025-01'),
    ]
    when(['ApproveRun', { run: '津2', date: '2025-02-28' }], given2, run('津2', '2025-02')[0]!).refused(
      'BudgetExceeded',
    )
    const red: Step = ['ReverseVoucher', { number: '2025-01-记-2', date: '2025-02-01', reason: '重做' }]
    when(['ApproveRun', { run: '津2', date: '2025-02-28' }], given2, red, run('津2', '2025-02')[0]!).makes(
      'RunApproved',
    )
  })

  test('of a fund is what leaves the account that holds it, or the money where it is a grant', () => {
    const item = (name: string, direction: 'in' | 'out') => ({
      ...{ item: name, title: name, direction, amount: '100.00', fund: name },
    })
    const coop = new Coop().play([
      ready,
      [fund('助学金', 'restricted', ['scholarship']), gift('助学金', '20000'), fund('路灯', 'grant', ['project'])],
      programme('scholarship', 'fund', { fund: '助学金' }),
      [
        'AwardScholarship',
        {
          award: '奖1',
          programme: 'scholarship',
          period: '2025-03',
          awards: [{ person: 'M00010', tier: '本科' }],
          date: '2025-03-05',
        },
      ],
      paid('奖1', '2025-03-06', { total: '3000' }),
      [
        'ReceiveSubsidy',
        {
          id: '补1',
          date: '2025-03-01',
          from: '街道办',
          project: '路灯',
          amount: '8000',
          fund: '路灯',
          into: '102-基本户',
        },
      ],
      [
        'PayExpense',
        {
          id: '灯1',
          date: '2025-03-09',
          item: '灯杆',
          payee: { organisation: '某公司' },
          amount: '500',
          from: '102-基本户',
          fund: '路灯',
          purpose: 'project',
        },
      ],
    ])
    const found = (name: string, direction: 'in' | 'out') => yuan(spentOn(coop.state, item(name, direction), 2025))
    expect(found('助学金', 'out')).toBe('3000.00')
    expect(found('助学金', 'in')).toBe('20000.00')
    expect(found('路灯', 'out')).toBe('500.00')
    expect(found('路灯', 'in')).toBe('8000.00')
  })
})
