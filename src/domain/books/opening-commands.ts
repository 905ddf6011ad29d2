import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, amountOrZero, day, key, month, personCode, text, year } from '../fields.ts'
import { manualLine } from './commands.ts'

const zero = amountOrZero.default('0.00')

export const openingCommands = {
  RecordOpeningBalances: {
    title: '录入期初余额',
    marks: ['money'],
    schema: z.strictObject({
      on: day,
      priorYearClosed: z.boolean(),
      /** What the accounts hold on the day; with `yearToDate`, what they held when the year began (年初数). */
      lines: z.array(manualLine).max(2000),
      /** 本年累计借方、本年累计贷方 of a start in mid-year; empty where nothing moved yet. */
      yearToDate: z
        .array(
          z
            .strictObject({ account, fund: key.optional(), debit: amount.optional(), credit: amount.optional() })
            .refine(
              ({ debit, credit }) => debit !== undefined || credit !== undefined,
              '本年累计借方和贷方至少要填一项',
            ),
        )
        .max(2000)
        .optional(),
      /** What an account holds on the day, counterparty by counterparty and year by year. */
      details: z
        .array(
          manualLine
            .pick({ account: true, debit: true, credit: true, fund: true })
            .extend({ counterparty: text, year }),
        )
        .max(5000)
        .optional(),
      /** What was granted to persons and is not paid yet. */
      claims: z
        .array(
          z.strictObject({
            origin: key,
            year,
            account,
            fund: key.optional(),
            items: z
              .array(z.tuple([personCode, amount]))
              .min(1)
              .max(12_000),
          }),
        )
        .max(200)
        .optional(),
      /** Per lease: deposit, rent paid ahead (of at most a year, and beyond) and arrears. */
      leases: z
        .array(z.strictObject({ lease: key, deposit: zero, prepaid: zero, later: zero, arrears: zero }))
        .max(2000)
        .optional(),
      /** The number the month's next voucher takes; the opening voucher itself is number 0 then. */
      nextNumber: z
        .array(z.strictObject({ month, number: z.int().min(1).max(99_999) }))
        .max(12)
        .optional(),
    }),
  },
} satisfies Record<string, CommandSpec>
