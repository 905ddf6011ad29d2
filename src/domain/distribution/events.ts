import { z } from 'zod'
import { booked, day, holderAmount, key, rate, text, year } from '../fields.ts'
import { voucher } from '../voucher.ts'

export const withholding = z.strictObject({ rate, basis: text, decidedBy: text })

export const distributionEvents = {
  SurplusComputed: z.strictObject({
    year,
    retained: booked,
    notDistributable: z.array(z.tuple([text, booked])),
    distributable: booked,
    on: day,
  }),
  ReserveSetAside: z.strictObject({ year, rate, base: booked, amount: booked, voucher }),
  // One line a holder: [code, shares, gross]; the gross amounts sum to `declared` to the fen.
  DividendDeclared: z.strictObject({
    run: key,
    year,
    resolution: key,
    mode: z.enum(['pool', 'per-share']),
    declared: booked,
    perShare: z.string().optional(),
    recordDate: day,
    registerShares: z.string(),
    registerHash: z.string(),
    withholding: withholding.optional(),
    members: z.array(holderAmount),
    outsiders: z.array(holderAmount),
    withheld: z.array(z.tuple([z.string(), booked])),
    basis: text,
    voucher,
  }),
  DividendWithdrawn: z.strictObject({ run: key, reason: text, resolution: key, voucher }),
} as const
