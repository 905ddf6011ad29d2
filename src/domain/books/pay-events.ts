import { z } from 'zod'
import { account, booked, count, month } from '../fields.ts'
import { voucher } from '../voucher.ts'

export const payEvents = {
  // `amount` is gross; `withheld` of it is the income tax the co-op pays on for those who earned it.
  WagesPaid: z.strictObject({
    ...{ month, amount: booked, withheld: booked, from: account },
    heads: count.optional(),
    voucher,
  }),
} as const
