import { z } from 'zod'
import { account, amount, booked, day, key, text } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** A tax as its sub-account of 214 is called: 房产税. */
export const tax = key
/** 0.12 of an amount, or 4.5 yuan a square metre. */
const taxRate = z.string().regex(/^(0|[1-9]\d{0,3})(\.\d{1,6})?$/, '税率要写成 0.12，定额税写成 4.5 的样子')
/** When a tax is due: so many days into the month after each month, quarter, half-year or year. */
const due = z.strictObject({ every: z.enum(['month', 'quarter', 'half-year', 'year']), day: z.int().min(1).max(28) })

export const taxEvents = {
  // `source` is the law or notice that says so; rates are local and change.
  TaxRateSet: z.strictObject({
    ...{ tax, rate: taxRate, basis: text, from: day, to: day.optional(), source: text },
    due: due.optional(),
  }),
  TaxPaid: z.strictObject({ tax, amount: booked, from: account, voucher }),
} as const

/** One tax of a month: its amount, or what it is counted on by the rate in force. */
export const accruedTax = z.strictObject({
  tax,
  amount: amount.optional(),
  basisAmount: amount.optional(),
  basis: text.optional(),
})
