import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, count, day, key, party, personCode, signedAmount, text } from '../fields.ts'
import { cashEvents, denomination } from './events.ts'

const box = account.regex(/^101/, '要填库存现金科目，例如 101')
const money = account.regex(/^10[12]/, '要填现金或银行科目，例如 102-基本户')
const attachments = z.int().min(0).max(999).default(1)
const number = z.string().regex(/^\d{4}-\d{2}-记-\d+$/, '凭证号要写成 2025-03-记-15')
const receipt = z.string().regex(/^\d{4}-收-\d+$/, '收据号要写成 2025-收-15')

export const cashCommands = {
  SetCashLimit: {
    title: '核定库存现金和备用金限额',
    marks: [],
    schema: z.strictObject({ ...cashEvents.CashLimitSet.shape }),
  },
  CountCash: {
    title: '盘点库存现金（两人），差额记入待处理财产损溢',
    marks: ['money'],
    schema: z.strictObject({
      account: box.default('101'),
      on: day,
      pieces: z
        .array(z.strictObject({ value: denomination, pieces: count }))
        .max(13)
        .default([]),
      counters: z.tuple([personCode, personCode]),
      difference: signedAmount.default('0.00'),
    }),
  },
  SettleCashDifference: {
    title: '处理现金长短款（凭决议）',
    marks: ['money'],
    schema: z.strictObject({ count: key, date: day, resolution: key, person: personCode.optional(), attachments }),
  },
  AdvancePettyCash: {
    title: '支付备用金',
    marks: ['money'],
    schema: z.strictObject({ person: personCode, amount, from: money, date: day, purpose: text, attachments }),
  },
  AccountForPettyCash: {
    title: '备用金报销、交回',
    marks: ['money'],
    schema: z.strictObject({
      person: personCode,
      date: day,
      items: z
        .array(z.strictObject({ account, amount, item: text }))
        .max(100)
        .default([]),
      returned: z.strictObject({ amount, into: money }).optional(),
      attachments,
    }),
  },
  IssueReceipt: {
    title: '开收据',
    marks: [],
    schema: z.strictObject({ of: number, from: party, amount, item: text, on: day }),
  },
  VoidReceipt: {
    title: '作废收据（写明原因，存根保留）',
    marks: [],
    schema: z.strictObject({ no: receipt, reason: text, on: day }),
  },
} satisfies Record<string, CommandSpec>
