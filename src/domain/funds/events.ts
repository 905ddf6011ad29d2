import { z } from 'zod'
import { account, booked, count, day, key, party, text } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** What money of a fund may be spent on; a fund names the ones it allows. */
export const PURPOSES = [
  'relief',
  'scholarship',
  'allowance',
  'elder-service',
  'project',
  'insurance',
  'culture',
  'festival',
  'return',
  'operation',
] as const
export const purpose = z.enum(PURPOSES)

export const goodsItem = z.strictObject({ item: text, quantity: count, unit: text, value: booked })

/**
 * restricted 311 受赠(限定) · held 211 代管 (owners', charity's, party branch's money: never income) · grant 241 专项应付款.
 * `through514`: where the township insists that gifts pass 514, the same voucher moves the amount 311 → 322 (其他转入).
 */
export const fundKind = z.enum(['restricted', 'held', 'grant'])

export const fundsEvents = {
  FundOpened: z.strictObject({
    fund: key,
    kind: fundKind,
    purpose: text,
    allows: z.array(purpose).min(1),
    through514: z.boolean(),
    owner: text.optional(),
    on: day,
  }),
  DonationReceived: z.strictObject({
    id: key,
    donor: party,
    mayBeNamed: z.boolean(),
    amount: booked,
    fund: key.optional(),
    intent: text.optional(),
    into: account,
    voucher,
  }),
  GoodsDonated: z.strictObject({
    id: key,
    donor: party,
    mayBeNamed: z.boolean(),
    fund: key,
    items: z.array(goodsItem).min(1),
    valuation: z.enum(['invoice', 'appraisal', 'market', 'nominal']),
    voucher,
  }),
  GoodsGiven: z.strictObject({
    id: key,
    fund: key,
    purpose,
    items: z.array(goodsItem).min(1),
    recipients: count,
    to: z.array(z.string()),
    note: text,
    voucher,
  }),
  // 备查簿: things neighbours share with each other and the co-op never owns; no voucher.
  GoodsShared: z.strictObject({ id: key, on: day, what: text, givers: count, note: text }),
  DonationReturned: z.strictObject({ donation: key, amount: booked, from: account, reason: text, voucher }),
  SubsidyReceived: z.strictObject({
    id: key,
    from: text,
    project: text,
    amount: booked,
    fund: key.optional(),
    into: account,
    voucher,
  }),
  InvestmentIncomeReceived: z.strictObject({
    id: key,
    company: text,
    stage: z.enum(['declared', 'received', 'received-declared']),
    amount: booked,
    stake: text.optional(),
    into: account.optional(),
    voucher,
  }),
  OtherIncomeReceived: z.strictObject({
    id: key,
    item: text,
    account,
    from: party,
    amount: booked,
    into: account,
    voucher,
  }),
  ExpensePaid: z.strictObject({
    id: key,
    item: text,
    account,
    payee: party,
    amount: booked,
    from: account,
    fund: key.optional(),
    purpose: purpose.optional(),
    programme: key.optional(),
    heads: count.optional(),
    resolution: key.optional(),
    voucher,
  }),
} as const

export type FundKind = z.infer<typeof fundKind>
export type Purpose = z.infer<typeof purpose>
export type GoodsItem = z.infer<typeof goodsItem>
