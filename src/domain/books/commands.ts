import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, amountOrRed, count, day, key, month, text, year } from '../fields.ts'
import { booksEvents, document, use } from './events.ts'
import { accruedTax } from './tax-events.ts'

/** A line as an accountant writes it: exactly one of debit and credit. */
export const manualLine = z.strictObject({
  account,
  debit: amount.optional(),
  credit: amount.optional(),
  fund: key.optional(),
  counterparty: text.optional(),
  project: key.optional(),
  lease: key.optional(),
})
/** A line of a voucher posted elsewhere, which may have been a red one. */
const importedLine = manualLine.extend({ debit: amountOrRed.optional(), credit: amountOrRed.optional() })
const number = z.string().regex(/^\d{4}-\d{2}-记-\d+$/, '凭证号要写成 2025-03-记-15')
const attachments = z.int().min(0).max(999).default(1)
const entry = { date: day, summary: text, attachments, lines: z.array(manualLine).min(2).max(200) }

export const booksCommands = {
  OpenSubAccount: { title: '开设明细科目', marks: [], schema: z.strictObject({ account, on: day }) },
  RegisterBankAccount: {
    title: '登记银行账户（只能是本社名下）',
    marks: [],
    schema: z.strictObject({
      id: key,
      name: key,
      bank: text,
      kind: z.enum(['基本户', '一般户', '专户']),
      lastFour: z.string().regex(/^\d{4}$/, '只填账号后四位'),
      owner: text,
      on: day,
    }),
  },
  PostVoucher: { title: '录入记账凭证', marks: ['money'], schema: z.strictObject(entry) },
  ImportVouchers: {
    title: '整批导入历史凭证',
    marks: ['money'],
    schema: z.strictObject({
      source: key,
      openAccounts: z.array(account).default([]),
      vouchers: z
        .array(
          z.strictObject({
            ...entry,
            lines: z.array(importedLine).min(2).max(2000),
            attachments: z.int().min(0).max(999).default(0),
            reference: text,
          }),
        )
        .min(1)
        .max(1000),
    }),
  },
  ReverseVoucher: {
    title: '红字冲销',
    marks: ['money'],
    schema: z.strictObject({
      number,
      date: day,
      reason: text,
    }),
  },
  CorrectAmounts: {
    title: '差额更正（只错了金额）',
    marks: ['money'],
    schema: z.strictObject({
      ...{ number, date: day, reason: text },
      amounts: z
        .array(z.strictObject({ line: z.int().min(1).max(2000), amount }))
        .min(2)
        .max(200),
    }),
  },
  CorrectPriorYear: {
    title: '以前年度差错（本年蓝字更正）',
    marks: ['money'],
    schema: z.strictObject({ ...entry, number, reason: text, summary: text.optional() }),
  },
  AttachDocuments: {
    title: '附原始凭证（电子文件）',
    marks: [],
    schema: z.strictObject({ voucher: number, documents: z.array(document).min(1).max(50) }),
  },
  SaveTemplate: {
    title: '保存常用凭证',
    marks: [],
    schema: z.strictObject({ ...booksEvents.VoucherTemplateSaved.shape }),
  },
  RemoveTemplate: { title: '停用常用凭证', marks: [], schema: z.strictObject({ id: key }) },
  ChargeDepreciation: {
    title: '计提折旧',
    marks: ['money'],
    schema: z.strictObject({
      month,
      date: day,
      charges: z.array(z.strictObject({ use, amount, basis: text.optional() })).min(1),
    }),
  },
  AccrueTax: {
    title: '计提税费',
    marks: ['money'],
    schema: z.strictObject({
      month,
      date: day,
      taxes: z.array(accruedTax).min(1),
    }),
  },
  AccruePay: {
    title: '计提工资报酬',
    marks: ['money'],
    schema: z.strictObject({
      month,
      date: day,
      groups: z.array(z.strictObject({ title: text, heads: count, amount, account, officers: z.boolean() })).min(1),
    }),
  },
  ClosePeriod: {
    title: '月末结账（对账单未到、现金未盘点的要写明原因）',
    marks: ['close'],
    schema: z.strictObject({ month, unreconciled: text.optional(), uncounted: text.optional() }),
  },
  ReopenPeriod: {
    title: '重开未公开的月份（两人、写明原因）',
    marks: ['close'],
    schema: z.strictObject({ month, reason: text, secondPerson: text }),
  },
  CloseYear: { title: '年终结账', marks: ['close'], schema: z.strictObject({ year }) },
} satisfies Record<string, CommandSpec>
