import { z } from 'zod'
import { account, booked, count, day, month, personCode, text } from '../fields.ts'

const balances = z.array(z.tuple([account, booked]))

export const handoverEvents = {
  // What the books held at the end of the day; `vouchers`: the last number of each month of the year with vouchers.
  AccountantHandedOver: z.strictObject({
    ...{ from: personCode, to: personCode, witness: personCode, on: day },
    ...{ cash: balances, banks: balances },
    vouchers: z.array(z.tuple([month, count])),
    claims: z.strictObject({ count, total: booked }),
    submissions: z.array(z.string()),
    documents: count,
    list: z.array(text),
    unfinished: z.array(text),
  }),
} as const
