import { z } from 'zod'
import { account, amount, booked, count, day, key, party, personCode, text } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** The notes and coins of 人民币, in yuan. */
export const DENOMINATIONS = [
  ...['100', '50', '20', '10', '5', '2', '1'],
  ...['0.5', '0.2', '0.1', '0.05', '0.02', '0.01'],
] as const
export const denomination = z.enum(DENOMINATIONS)

const spent = z.strictObject({ account, amount: booked, item: text })

export const cashEvents = {
  // `pettyCash`: the most that one person may hold as 备用金; the limit of the cash box where it is left out.
  CashLimitSet: z.strictObject({ limit: amount, pettyCash: amount.optional(), from: day, reason: text }),
  // 盘点表. `difference` is what was counted less what the books say, at the end of the day.
  CashCounted: z.strictObject({
    ...{ count: key, account, on: day },
    pieces: z.array(z.tuple([denomination, count])),
    ...{ counted: booked, book: booked, difference: booked },
    counters: z.tuple([personCode, personCode]),
  }),
  CashDifferenceBooked: z.strictObject({ count: key, difference: booked, voucher }),
  CashDifferenceSettled: z.strictObject({
    ...{ count: key, difference: booked, resolution: key },
    person: personCode.optional(),
    voucher,
  }),
  PettyCashAdvanced: z.strictObject({ person: personCode, amount: booked, from: account, purpose: text, voucher }),
  // `left` is what the person still holds of the advance.
  PettyCashAccounted: z.strictObject({
    person: personCode,
    items: z.array(spent),
    returned: z.strictObject({ amount: booked, into: account }).optional(),
    left: booked,
    voucher,
  }),
  // `of` is the number of the voucher that brought the money in.
  ReceiptIssued: z.strictObject({ no: key, of: z.string(), from: party, amount: booked, item: text, on: day }),
  ReceiptVoided: z.strictObject({ no: key, reason: text, on: day }),
} as const
