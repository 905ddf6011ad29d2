import { z } from 'zod'
import { account, amount, amountOrZero, booked, day, key, month, party, rate, text } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** What one lease earned in a month: `[lease, gross, net, vat, from prepaid, into arrears]`. */
export const accrued = z.tuple([key, booked, booked, booked, booked, booked])
/** What one receipt was used for: `[lease, received, arrears settled, kept as prepaid, prepaid beyond a year]`. */
export const received = z.tuple([key, booked, booked, booked, booked])

export const leaseTerms = {
  lease: key,
  asset: key,
  tenant: party,
  from: day,
  to: day,
  monthlyRent: amount,
  vatRate: rate,
  deposit: amountOrZero,
  income: z.enum(['501-物业租赁', '501-摊位', '501-场地', '501-停车']),
  obligations: z.array(z.strictObject({ id: key, promise: text })),
  resolution: key.optional(),
}

export const propertyEvents = {
  AssetRegistered: z.strictObject({
    asset: key,
    name: text,
    kind: z.enum(['店面', '厂房', '办公', '公用房', '摊位', '停车场', '场地', '其他']),
    area: z
      .string()
      .regex(/^\d{1,7}(\.\d{1,2})?$/)
      .optional(),
    location: text.optional(),
    use: z.enum(['let', 'own', 'welfare']),
    on: day,
  }),
  // Whether the tenant is a member decides between 113 and 112/211 for the whole lease.
  LeaseSigned: z.strictObject({ ...leaseTerms, on: day, tenantIsMember: z.boolean() }),
  LeaseAmended: z.strictObject({
    lease: key,
    on: day,
    from: month,
    monthlyRent: amount.optional(),
    to: day.optional(),
    reason: text,
  }),
  LeaseEnded: z.strictObject({ lease: key, on: day, reason: text }),
  RentAccrued: z.strictObject({ month, leases: z.array(accrued).min(1), voucher }),
  RentReceived: z.strictObject({ into: z.string(), receipts: z.array(received).min(1), voucher }),
  DepositReceived: z.strictObject({ lease: key, amount: booked, into: account, voucher }),
  DepositReturned: z.strictObject({ lease: key, amount: booked, from: account, voucher }),
  LeaseObligationKept: z.strictObject({ lease: key, obligation: key, on: day, how: text }),
  LeaseObligationMissed: z.strictObject({ lease: key, obligation: key, on: day, how: text }),
} as const
