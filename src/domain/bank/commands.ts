import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amountOrRed, day, key, signedAmount, text } from '../fields.ts'

const bank = account.regex(/^102-/, '要写明银行账户，例如 102-基本户')
const number = z.string().regex(/^(\d{4}-\d{2}-记-\d+|T\d+)$/, '凭证号要写成 2025-03-记-15')

export const bankCommands = {
  ImportBankStatement: {
    title: '录入银行对账单',
    marks: [],
    schema: z.strictObject({
      statement: key,
      account: bank,
      from: day,
      to: day,
      opening: signedAmount,
      closing: signedAmount,
      lines: z
        .array(z.strictObject({ date: day, amount: amountOrRed, reference: z.string().max(60).default('') }))
        .max(5000),
      outstanding: z
        .array(z.strictObject({ voucher: number, amount: amountOrRed }))
        .max(500)
        .default([]),
      file: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
  },
  MatchBankLines: {
    title: '对账：银行流水与凭证勾对',
    marks: [],
    schema: z.strictObject({
      account: bank,
      matches: z
        .array(z.strictObject({ lines: z.array(key).max(5000), vouchers: z.array(number).max(500) }))
        .min(1)
        .max(500),
    }),
  },
  UnmatchBankLine: {
    title: '取消勾对（写明原因）',
    marks: [],
    schema: z.strictObject({ account: bank, match: key, reason: text }),
  },
} satisfies Record<string, CommandSpec>
