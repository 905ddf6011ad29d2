import fc from 'fast-check'
import type { CommandName } from '../../src/domain/commands.ts'
import { fenOf, total, yuan } from '../../src/domain/money.ts'
import type { Coop } from '../support/coop.ts'

/** What a random step is made of: the command's kind, an amount in fen, and three small choices. */
export type Draw = { kind: number; fen: number; a: number; b: number; day: number }
export const draws = fc.array(
  fc.record({
    kind: fc.nat({ max: 999 }),
    fen: fc.integer({ min: 1, max: 3_000_000 }),
    a: fc.nat({ max: 999 }),
    b: fc.nat({ max: 999 }),
    day: fc.integer({ min: 1, max: 28 }),
  }),
  { minLength: 5, maxLength: 40 },
)

export type Wanted = { name: CommandName; body: unknown; gift: boolean }
type Make = (coop: Coop, draw: Draw & { id: string; date: string; amount: string }) => [CommandName, unknown]

const FUNDS = ['助学金', '近邻基金', '路灯', '助困']
const PURPOSES = ['relief', 'scholarship', 'festival', 'project']
const PERSONS = ['M00001', 'M00002', 'M00003', 'M00004', 'M00011', 'M00012']
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!
const cash = (index: number): string => pick(['102-基本户', '102-基本户', '101'], index)

const GIFTS: readonly Make[] = [
  (_, { id, date, amount, a, b }) => [
    'ReceiveDonation',
    { id, date, donor: { anonymous: true }, amount, into: cash(b), ...(a % 5 ? { fund: pick(FUNDS, a) } : {}) },
  ],
  (_, { id, date, amount, a, b }) => [
    'ReceiveGoods',
    {
      id,
      date,
      donor: { anonymous: true },
      fund: pick(FUNDS, a),
      items: [{ item: pick(['大米', '食用油'], b), quantity: 1 + (b % 7), unit: '份', value: amount }],
      valuation: 'market',
    },
  ],
  (_, { id, date, a, b }) => [
    'GiveGoods',
    {
      id,
      date,
      fund: pick(FUNDS, a),
      purpose: pick(PURPOSES, a),
      items: [{ item: pick(['大米', '食用油'], b), quantity: 1 + (b % 4), unit: '份' }],
      recipients: 1,
      note: '发放',
    },
  ],
  (coop, { date, amount, a, b }) => [
    'ReturnDonation',
    { donation: pick([...coop.state.funds.gifts.keys(), '无'], a), amount, reason: '退', date, from: cash(b) },
  ],
  (_, { id, date, amount, a, b }) => [
    'PayExpense',
    {
      id,
      date,
      item: '支出',
      payee: { person: pick(PERSONS, b) },
      amount,
      from: cash(b),
      fund: pick(FUNDS, a),
      purpose: pick(PURPOSES, b),
    },
  ],
]

const OTHERS: readonly Make[] = [
  (_, { date, amount, a, b }) => [
    'PostVoucher',
    {
      date,
      summary: '转账',
      lines: [
        { account: pick(['101', '513-办公', '102-基本户', '113-租金'], a), debit: amount },
        { account: pick(['102-基本户', '101', '504', '301'], b), credit: amount },
      ],
    },
  ],
  (_, { id, date, amount, b }) => [
    'ReceiveIncome',
    { id, date, item: '收入', account: '501-停车', from: { anonymous: true }, amount, into: cash(b) },
  ],
  (_, { date, amount, b }) => ['ReceiveRent', { date, into: cash(b), receipts: [{ lease: '租1', amount }] }],
  (_, { date }) => ['AccrueRent', { month: date.slice(0, 7), date }],
  (_, { id, date, a }) => [
    'PrepareRun',
    {
      run: id,
      programme: pick(['allowance', 'subsidy'], a),
      period: date.slice(0, 7),
      persons: [{ person: pick(PERSONS, a), tier: '入园' }],
    },
  ],
  (coop, { date, a }) => ['ApproveRun', { run: pick([...coop.state.programmes.runs.keys(), '无'], a), date }],
  (_, { id, date, a }) => [
    'AwardScholarship',
    {
      award: id,
      programme: 'scholarship',
      period: date.slice(0, 7),
      awards: [{ person: pick(PERSONS, a), tier: '本科' }],
      date,
    },
  ],
  (_, { id, date, amount, a }) => [
    'RequestRelief',
    { request: id, programme: 'relief', person: pick(PERSONS, a), category: '临时', asked: amount, on: date },
  ],
  (coop, { date, amount, a, b }) => [
    'ApproveRelief',
    {
      request: pick([...coop.state.programmes.requests.keys(), '无'], a),
      conflict: '无',
      date,
      ...(b % 2
        ? { form: 'money', amount }
        : { form: 'goods', items: [{ item: '大米', quantity: 1 + (b % 3), unit: '份' }] }),
    },
  ],
  (coop, { id, date, a, b }) => [
    'PayCash',
    { id, person: pick(PERSONS, b), origin: origin(coop, a), date, handlers: ['甲', '乙'], signedBy: '本人' },
  ],
  (coop, { date, a }) => [
    'ReverseVoucher',
    { number: pick([...coop.state.books.vouchers.keys()], a), date, reason: '记错' },
  ],
  (_, { id, date, amount }) => [
    'DeclareDividend',
    { run: id, year: 2024, resolution: '2025-1', pool: amount, recordDate: '2025-01-01', date },
  ],
  (coop, { date, a }) => [
    'WithdrawDividend',
    {
      run: pick([...coop.state.distribution.declarations.keys(), '无'], a),
      resolution: '2025-1',
      reason: '更正',
      date,
    },
  ],
  (coop, { id, date, a, b }) => [
    'WriteBackPayables',
    {
      id,
      items: [{ person: pick(PERSONS, b), origin: origin(coop, a) }],
      resolution: '2025-2',
      reason: '无法支付',
      date,
    },
  ],
  (_, { date, b }) => [
    'ClosePeriod',
    { month: b % 4 ? '无' : date.slice(0, 7), unreconciled: '对账单未到', uncounted: '未盘点' },
  ],
]

// Twice as likely as the others: it takes three of them to pay anything.
const PAYING: readonly Make[] = [
  (coop, { id, date, a, b }) => [
    'PreparePayments',
    { batch: id, from: '102-基本户', on: date, origins: [origin(coop, a), origin(coop, b)] },
  ],
  (coop, { date, a }) => {
    const [batch, items] = openBatch(coop, a, 'approvedBy')
    return ['ApprovePayments', { batch, on: date, by: '理事长', ...items }]
  },
  (coop, { date, a, b }) => {
    const [batch] = openBatch(coop, a, 'settled')
    const first = coop.state.payments.batches.get(batch)?.items[0]
    const failed = first && b % 3 === 0 ? [{ person: first[0], origin: first[1] }] : []
    return ['SettlePayments', { batch, date, failed }]
  },
  (coop, { date, a, b }) => {
    const [batch, [person, from]] = anyItem(coop, a, b)
    return ['ReturnPayments', { batch, date, items: [{ person, origin: from }], reason: '退票' }]
  },
  (coop, { date, a, b }) => {
    const [batch, [person, from]] = anyItem(coop, a, b)
    const paidTo = b % 2 ? { person: pick(PERSONS, a) } : { organisation: '他人' }
    return ['RecordMisdirected', { batch, date, person, origin: from, paidTo, reason: '误付' }]
  },
]

/** The command a draw stands for in this state; many of them will be refused, which is part of the test. */
export function wanted(coop: Coop, draw: Draw, index: number): Wanted {
  const makes = [...GIFTS, ...OTHERS, ...PAYING, ...PAYING]
  const chosen = draw.kind % makes.length
  const month = String(2 + (draw.b % 11)).padStart(2, '0')
  const id = draw.b % 20 === 0 ? '重号' : `号${index}`
  const date = `2025-${month}-${String(draw.day).padStart(2, '0')}`
  const [name, body] = makes[chosen]!(coop, { ...draw, id, date, amount: (draw.fen / 100).toFixed(2) })
  return { name, body, gift: chosen < GIFTS.length }
}

const origin = (coop: Coop, index: number): string =>
  pick(['无', ...new Set([...coop.state.payments.claims.values()].map(claim => claim.origin))].toReversed(), index)

function openBatch(
  coop: Coop,
  index: number,
  what: 'approvedBy' | 'settled',
): [string, { count: number; total: string }] {
  const open = [...coop.state.payments.batches].filter(([, batch]) => !batch[what])
  if (open.length === 0) return ['无', { count: 1, total: '1' }]
  const [id, { items }] = pick(open, index)
  return [id, { count: items.length, total: yuan(total(items, ([, , amount]) => fenOf(amount))) }]
}

function anyItem(coop: Coop, index: number, item: number): [string, readonly [string, string, string]] {
  const batches = [...coop.state.payments.batches]
  if (batches.length === 0) return ['无', ['M00001', '无', '0.00']]
  const [id, batch] = pick(batches, index)
  return [id, pick(batch.items, item)]
}
