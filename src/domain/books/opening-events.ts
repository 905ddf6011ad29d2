import { z } from 'zod'
import { booked, count, day, key, month, year } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** A lease at the start of the books: `[lease, deposit, prepaid, prepaid beyond a year, arrears]`. */
export const openingLease = z.tuple([key, booked, booked, booked, booked])

export const openingEvents = {
  OpeningBalancesRecorded: z.strictObject({
    on: day,
    priorYearClosed: z.boolean(),
    // From this line on the voucher holds the year's movements before the start; those before are what the year began with.
    yearToDate: count.optional(),
    // The year that an amount of a counterparty is of, by the line of the voucher that holds it.
    details: z.array(z.tuple([count, year])).optional(),
    // Claims that can be paid: the line's breakdown says whose.
    claims: z.array(z.strictObject({ line: count, origin: key, year })).optional(),
    leases: z.array(openingLease).optional(),
    nextNumber: z.array(z.tuple([month, z.int().min(1)])).optional(),
    voucher,
  }),
} as const
