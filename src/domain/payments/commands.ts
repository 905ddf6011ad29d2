import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, count, day, key, personCode, text } from '../fields.ts'

const bank = account.regex(/^102/, '代发要从银行账户付，例如 102-基本户')
const who = z.strictObject({ person: personCode, origin: key })
/** A bank's batch file holds at most this many lines; larger runs take several batches. */
export const BATCH_LIMIT = 5000

export const paymentCommands = {
  PreparePayments: {
    title: '编制付款批次（代发）',
    marks: ['money'],
    schema: z.strictObject({
      batch: key,
      from: bank,
      on: day,
      origins: z.array(key).min(1).max(50),
      persons: z.array(personCode).max(BATCH_LIMIT).optional(),
      except: z.array(personCode).max(BATCH_LIMIT).optional(),
    }),
  },
  ApprovePayments: {
    title: '核对笔数、总额并批准付款',
    marks: ['money'],
    schema: z.strictObject({ batch: key, on: day, by: text, count: count.min(1), total: amount }),
  },
  SettlePayments: {
    title: '银行回单：付款成功与失败',
    marks: ['money'],
    schema: z.strictObject({ batch: key, date: day, failed: z.array(who).max(BATCH_LIMIT).default([]) }),
  },
  ReturnPayments: {
    title: '登记退票',
    marks: ['money'],
    schema: z.strictObject({ batch: key, date: day, items: z.array(who).min(1).max(BATCH_LIMIT), reason: text }),
  },
  RecordMisdirected: {
    title: '登记误付（付给了别人）',
    marks: ['money'],
    schema: z.strictObject({
      batch: key,
      date: day,
      person: personCode,
      origin: key,
      paidTo: z.union([z.strictObject({ person: personCode }), z.strictObject({ organisation: text })]),
      reason: text,
    }),
  },
  PayCash: {
    title: '现金支付（两人经手、本人签收）',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      person: personCode,
      origin: key,
      date: day,
      from: account.regex(/^101/, '现金支付要从 101 库存现金付').default('101'),
      handlers: z.array(text).min(2).max(4),
      signedBy: text,
    }),
  },
  WriteBackPayables: {
    title: '核销无法支付的款项',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      items: z.array(who).min(1).max(BATCH_LIMIT),
      resolution: key,
      reason: text,
      date: day,
    }),
  },
} satisfies Record<string, CommandSpec>
