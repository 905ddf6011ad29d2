import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, count, day, key, party, text } from '../fields.ts'
import { fundsEvents, goodsItem, purpose } from './events.ts'

const cash = account.regex(/^10[12]/, '要填现金或银行科目，例如 102-基本户')
const attachments = z.int().min(0).max(999).default(1)
const valued = goodsItem.extend({ value: amount })
const counted = goodsItem.omit({ value: true })
const opened = fundsEvents.FundOpened.shape

export const fundsCommands = {
  OpenFund: {
    title: '设立专项资金、慈善资金或代管款',
    marks: [],
    schema: z.strictObject({ ...opened, through514: z.boolean().default(false) }),
  },
  ReceiveDonation: {
    title: '收到捐款',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      date: day,
      donor: party,
      mayBeNamed: z.boolean().default(false),
      amount,
      fund: key.optional(),
      intent: text.optional(),
      into: cash,
      attachments,
    }),
  },
  ReceiveGoods: {
    title: '收到捐赠物资',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      date: day,
      donor: party,
      mayBeNamed: z.boolean().default(false),
      fund: key,
      items: z.array(valued).min(1).max(200),
      valuation: z.enum(['invoice', 'appraisal', 'market', 'nominal']),
      attachments,
    }),
  },
  GiveGoods: {
    title: '发放捐赠物资',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      date: day,
      fund: key,
      purpose,
      items: z.array(counted).min(1).max(200),
      recipients: count.min(1),
      to: z.array(z.string()).max(5000).default([]),
      note: text,
      attachments,
    }),
  },
  NoteSharedGoods: { title: '登记邻里分享物资（备查簿）', marks: [], schema: fundsEvents.GoodsShared },
  ReturnDonation: {
    title: '退还捐款',
    marks: ['money'],
    schema: z.strictObject({ donation: key, amount, reason: text, date: day, from: cash }),
  },
  ReceiveSubsidy: {
    title: '收到财政补助（一般补助或专项）',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      date: day,
      from: text,
      project: text,
      amount,
      fund: key.optional(),
      into: cash,
      attachments,
    }),
  },
  RecordInvestmentIncome: {
    title: '投资收益：宣告或收到',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      date: day,
      company: text,
      stage: z.enum(['declared', 'received', 'received-declared']),
      amount,
      stake: text.optional(),
      into: cash.optional(),
      attachments,
    }),
  },
  ReceiveIncome: {
    title: '收到其他收入',
    marks: ['money'],
    schema: z.strictObject({ id: key, date: day, item: text, account, from: party, amount, into: cash, attachments }),
  },
  PayExpense: {
    title: '支付费用、税费、工资或专项款',
    marks: ['money'],
    schema: z.strictObject({
      id: key,
      date: day,
      item: text,
      account: account.optional(),
      payee: party,
      amount,
      from: cash,
      fund: key.optional(),
      purpose: purpose.optional(),
      programme: key.optional(),
      heads: count.optional(),
      resolution: key.optional(),
      attachments,
    }),
  },
} satisfies Record<string, CommandSpec>
