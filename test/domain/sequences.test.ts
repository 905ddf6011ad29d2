import fc from 'fast-check'
import { expect, test } from 'vitest'
import { balance } from '../../src/domain/books/state.ts'
import { monthOf } from '../../src/domain/calendar.ts'
import { Coop, fen, type Story } from '../support/coop.ts'
import { adopted, fund, gift, lease, paid, programme, ready, reserve } from '../support/stories.ts'
import { draws, wanted } from './sequences.ts'

const FUNDS = { 助学金: '311-受赠(限定)', 近邻基金: '211-代管款', 路灯: '241', 助困: '311-受赠(限定)' }
const OWED = ['分红', '津贴', '奖学助学', '救助', '补助'].flatMap(what => [`113-${what}`, `211-${what}`])

const begun: Story = [
  ready,
  lease(),
  fund('助学金', 'restricted', ['scholarship', 'relief']),
  fund('近邻基金', 'held', ['relief', 'festival']),
  fund('路灯', 'grant', ['project']),
  fund('助困', 'restricted', ['relief'], { through514: true }),
  gift('助学金', '20000'),
  gift('助困', '20000', '捐2'),
  programme('allowance', 'welfare'),
  programme('subsidy', 'distribution'),
  programme('scholarship', 'fund', { fund: '助学金' }),
  programme('relief', 'fund', { fund: '助困' }),
  adopted({ budget: '100000' }),
  adopted({ no: '2025-2', matter: 'write-back' }),
  reserve,
  [
    'RequestRelief',
    { request: '救0', programme: 'relief', person: 'M00012', category: '临时', asked: '9000', on: '2025-01-20' },
  ],
  ['PrepareRun', { run: '津0', programme: 'allowance', period: '2025-01' }],
  ['ApproveRun', { run: '津0', date: '2025-01-31' }],
  paid('津0', '2025-01-31', { batch: '批0', count: 3, total: '1800' }),
  ['ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' }],
]

// fast-check shrinks a failure to the shortest sequence of commands that breaks the promise.
const always = (check: (coop: Coop) => void): void =>
  fc.assert(
    fc.property(draws, list => {
      const coop = new Coop().play([begun])
      for (const [index, draw] of list.entries()) {
        const { name, body } = wanted(coop, draw, index)
        const decision = coop.ask(name, body)
        if ('refusal' in decision) continue
        for (const event of decision.events) coop.fold(event)
      }
      check(coop)
    }),
    { numRuns: 150 },
  )

test('every voucher balances, in all and fund by fund, whatever is done', () => {
  always(coop => {
    for (const { voucher } of coop.state.books.vouchers.values()) {
      const sums = new Map<string, number>()
      for (const { fund = '', debit = '0.00', credit = '0.00' } of voucher.lines) {
        sums.set(fund, (sums.get(fund) ?? 0) + fen(debit) - fen(credit))
      }
      expect([...sums.values()].every(sum => sum === 0)).toBe(true)
    }
  })
})

test('voucher numbers run from one without a gap in every month', () => {
  always(coop => {
    const months = new Map<string, number>()
    for (const event of coop.events) {
      if (!('voucher' in event.data)) continue
      const { number, date } = event.data.voucher
      const next = (months.get(monthOf(date)) ?? 0) + 1
      months.set(monthOf(date), next)
      expect(number).toBe(`${monthOf(date)}-记-${next}`)
    }
  })
})

test('no fund, no bank account and no cash box is ever below zero', () => {
  always(({ state: { books } }) => {
    const left = ['101', '102-基本户'].map(account => balance(books, account))
    for (const [name, prefix] of Object.entries(FUNDS)) {
      left.push(balance(books, '101', name) + balance(books, '102', name), -balance(books, `${prefix}-${name}`, name))
    }
    expect(Math.min(...left)).toBeGreaterThanOrEqual(0)
  })
})

test('what is owed to persons, claim by claim, is what the books owe them, account by account', () => {
  always(({ state: { books, payments } }) => {
    for (const account of OWED) {
      const open = [...payments.claims.values()].filter(
        claim => claim.account === account && (claim.state === 'open' || claim.state === 'batched'),
      )
      expect([account, open.reduce((sum, { amount }) => sum + amount, balance(books, account))]).toEqual([account, 0])
    }
  })
})

test('what each tenant owes and has paid ahead is what the books say', () => {
  always(({ state: { books, property } }) => {
    const { arrears, prepaid, later } = property.leases.get('租1')!
    expect([arrears, prepaid, later]).toEqual([
      balance(books, '112-租金'),
      0 - balance(books, '211-预收租金'),
      0 - balance(books, '221-预收租金'),
    ])
    expect(Math.min(arrears, prepaid, later)).toBeGreaterThanOrEqual(0)
  })
})

test('what resolutions have cost never exceeds what they allow', () => {
  always(({ state: { governance } }) => {
    for (const { budget, spent } of governance.resolutions.values()) {
      expect(spent).toBeGreaterThanOrEqual(0)
      expect(spent).toBeLessThanOrEqual(fen(budget ?? '0.00'))
    }
  })
})

test('gifts in, out and back leave the distributable surplus where it was', () => {
  const codes = ['322', '321', '501', '502', '503', '504', '511', '512', '513', '514', '515', '521']
  const surplus = (coop: Coop): number => -codes.reduce((sum, code) => sum + balance(coop.state.books, code), 0)
  fc.assert(
    fc.property(draws, list => {
      const coop = new Coop().play([begun])
      for (const [index, draw] of list.entries()) {
        const { name, body, gift } = wanted(coop, draw, index)
        const before = surplus(coop)
        const decision = coop.ask(name, body)
        if ('refusal' in decision) continue
        for (const event of decision.events) coop.fold(event)
        if (gift) expect(surplus(coop)).toBe(before)
      }
    }),
    { numRuns: 150 },
  )
})

test('the sequences are worth something: each kind of event happens in some of them', () => {
  const seen = new Set<string>()
  for (const list of fc.sample(draws, { numRuns: 400, seed: 7 })) {
    const coop = new Coop().play([begun])
    for (const [index, draw] of list.entries()) {
      const { name, body } = wanted(coop, draw, index)
      const decision = coop.ask(name, body)
      if ('refusal' in decision) continue
      for (const event of decision.events) {
        coop.fold(event)
        seen.add(event.type)
      }
    }
  }
  const hoped = ['VoucherReversed', 'PaymentsSettled', 'PaymentsReturned', 'PaymentMisdirected', 'CashPaid']
  hoped.push('DividendDeclared', 'DividendWithdrawn', 'PayableWrittenBack', 'GoodsGiven', 'DonationReturned')
  expect([...seen]).toEqual(expect.arrayContaining([...hoped, 'ReliefApproved', 'RentAccrued']))
})
