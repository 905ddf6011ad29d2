import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, amountOrZero, count, day, month } from '../fields.ts'
import { tax, taxEvents } from './tax-events.ts'

const money = account.regex(/^10[12]/, '要填现金或银行科目，例如 102-基本户')
const attachments = z.int().min(0).max(999).default(1)

export const taxCommands = {
  SetTax: { title: '设定税率和申报期限', marks: [], schema: z.strictObject({ ...taxEvents.TaxRateSet.shape }) },
  PayTax: {
    title: '缴纳税费',
    marks: ['money'],
    schema: z.strictObject({ tax, amount, date: day, from: money, attachments }),
  },
  PayWages: {
    title: '发放工资报酬',
    marks: ['money'],
    schema: z.strictObject({
      ...{ month, date: day, from: money, withheld: amountOrZero.default('0.00') },
      heads: count.optional(),
      attachments,
    }),
  },
} satisfies Record<string, CommandSpec>
