import { z } from 'zod'
import { account, booked, count, day, key, text } from '../fields.ts'

/** [id, day, amount, the bank's reference]: money in is positive. Texts of the bank name people and stay out of the log. */
export const bankLine = z.tuple([key, day, booked, z.string()])
/** [id, voucher, amount]: booked before the first statement began, not yet passed by the bank. */
export const outstanding = z.tuple([key, z.string(), booked])

export const bankEvents = {
  // `known`: lines that an earlier statement had already brought. `file`: SHA-256 of the bank's own file.
  BankStatementImported: z.strictObject({
    statement: key,
    account,
    from: day,
    to: day,
    opening: booked,
    closing: booked,
    lines: z.array(bankLine),
    known: count,
    outstanding: z.array(outstanding),
    file: z.string().optional(),
  }),
  BankLineMatched: z.strictObject({
    match: key,
    account,
    lines: z.array(key),
    vouchers: z.array(z.string()),
    amount: booked,
  }),
  BankLineUnmatched: z.strictObject({ match: key, account, reason: text }),
} as const
