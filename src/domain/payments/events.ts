import { z } from 'zod'
import { account, booked, day, key, personCode, text } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** One thing to pay: `[person, origin (run, award or request), amount]`. */
export const paymentItem = z.tuple([personCode, key, booked])

export const paymentEvents = {
  PaymentBatchPrepared: z.strictObject({
    batch: key,
    from: account,
    on: day,
    items: z.array(paymentItem).min(1),
    total: booked,
  }),
  PaymentBatchApproved: z.strictObject({ batch: key, on: day, by: z.string(), count: z.int(), total: booked }),
  // `items` are what the bank paid; `failed` what it sent back at once, still owed.
  PaymentsSettled: z.strictObject({ batch: key, failed: z.array(paymentItem), items: z.array(paymentItem), voucher }),
  PaymentsReturned: z.strictObject({ batch: key, items: z.array(paymentItem).min(1), reason: text, voucher }),
  PaymentMisdirected: z.strictObject({
    batch: key,
    item: paymentItem,
    paidTo: z.union([z.strictObject({ person: personCode }), z.strictObject({ organisation: text })]),
    reason: text,
    voucher,
  }),
  CashPaid: z.strictObject({
    id: key,
    item: paymentItem,
    from: account,
    handlers: z.array(text).min(2),
    signedBy: text,
    voucher,
  }),
  PayableWrittenBack: z.strictObject({
    id: key,
    items: z.array(paymentItem).min(1),
    resolution: key,
    reason: text,
    voucher,
  }),
} as const

export type PaymentItem = z.infer<typeof paymentItem>
