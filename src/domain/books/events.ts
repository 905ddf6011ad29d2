import { z } from 'zod'
import { account, booked, count, day, key, month, text, year } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** Use of a depreciated asset decides the expense: let 511, own use 513, public welfare 514. */
export const use = z.enum(['let', 'own', 'welfare'])

export const booksEvents = {
  OpeningBalancesRecorded: z.strictObject({ on: day, priorYearClosed: z.boolean(), voucher }),
  // `source` names the file an imported voucher came from, so that one import can reach back before the first day.
  VoucherPosted: z.strictObject({ voucher, source: key.optional() }),
  VoucherReversed: z.strictObject({ original: z.string(), reason: text, voucher }),
  // `unreconciled`: bank accounts closed without a statement up to the month's end, and why.
  PeriodClosed: z.strictObject({
    ...{ month, vouchers: count, debit: booked, credit: booked },
    unreconciled: z.strictObject({ accounts: z.array(account).min(1), reason: text }).optional(),
  }),
  PeriodReopened: z.strictObject({ month, reason: text, secondPerson: z.string() }),
  YearClosed: z.strictObject({ year, surplus: booked, distributable: booked, voucher }),
  DepreciationCharged: z.strictObject({
    month,
    charges: z.array(z.strictObject({ use, amount: booked, basis: text.optional() })).min(1),
    voucher,
  }),
  TaxAccrued: z.strictObject({
    month,
    taxes: z.array(z.strictObject({ tax: text, amount: booked, basis: text.optional() })).min(1),
    voucher,
  }),
  PayAccrued: z.strictObject({
    month,
    groups: z
      .array(z.strictObject({ title: text, heads: count, amount: booked, account, officers: z.boolean() }))
      .min(1),
    voucher,
  }),
  SubAccountOpened: z.strictObject({ account, on: day }),
  BankAccountRegistered: z.strictObject({
    id: key,
    account,
    bank: text,
    kind: z.enum(['基本户', '一般户', '专户']),
    lastFour: z.string().regex(/^\d{4}$/),
    owner: text,
  }),
} as const
