import { z } from 'zod'
import { account, amount, booked, count, day, key, month, personAmount, personCode, sealed, text } from '../fields.ts'
import { goodsItem } from '../funds/events.ts'
import { voucher } from '../voucher.ts'

export const programmeKind = z.enum(['allowance', 'scholarship', 'relief', 'subsidy', 'insurance', 'gift'])

/** A 公益支出 514 (default) · B 收益分配 322 · C 公积公益金 311 · fund: gifts or money held for others. */
export const treatment = z.enum(['welfare', 'distribution', 'reserve', 'fund'])

export const tier = z.strictObject({ tier: text, amount })

export const programmeEvents = {
  ProgrammeAdopted: z.strictObject({
    programme: key,
    name: text,
    kind: programmeKind,
    treatment,
    fund: key.optional(),
    expense: account.optional(),
    resolution: key.optional(),
    scope: z.enum(['members', 'residents']),
    minAge: count.optional(),
    monthly: amount.optional(),
    tiers: z.array(tier).optional(),
    ceiling: amount.optional(),
    from: month,
    on: day,
    rule: text,
  }),
  RunPrepared: z.strictObject({
    run: key,
    programme: key,
    period: month,
    members: z.array(personAmount),
    outsiders: z.array(personAmount),
    basis: text,
    heads: count,
    total: booked,
  }),
  RunApproved: z.strictObject({
    run: key,
    programme: key,
    period: month,
    by: personCode.optional(),
    members: z.array(personAmount),
    outsiders: z.array(personAmount),
    basis: text,
    total: booked,
    voucher,
  }),
  ReliefRequested: z.strictObject({
    request: key,
    programme: key,
    person: personCode,
    category: z.enum(['医疗', '助学', '灾害', '临时']),
    asked: booked,
    on: day,
    confidential: sealed.optional(),
  }),
  ReliefApproved: z.strictObject({
    request: key,
    programme: key,
    person: personCode,
    category: z.string(),
    form: z.enum(['money', 'goods']),
    total: booked,
    items: z.array(goodsItem).optional(),
    members: z.array(personAmount),
    outsiders: z.array(personAmount),
    conflict: text,
    basis: text,
    voucher,
  }),
  ScholarshipAwarded: z.strictObject({
    award: key,
    programme: key,
    period: month,
    awards: z.array(z.tuple([personCode, text, booked])).min(1),
    members: z.array(personAmount),
    outsiders: z.array(personAmount),
    basis: text,
    total: booked,
    voucher,
  }),
  EntitlementStopped: z.strictObject({ programme: key, person: personCode, from: month, reason: text }),
} as const

export type ProgrammeKind = z.infer<typeof programmeKind>
