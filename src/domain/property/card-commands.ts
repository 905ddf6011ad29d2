import { z } from 'zod'
import { use } from '../books/events.ts'
import type { CommandSpec } from '../command.ts'
import { account, amount, amountOrZero, day, key, month, text } from '../fields.ts'

const cash = account.regex(/^10[12]/, '要填现金或银行科目，例如 102-基本户')
const attachments = z.int().min(0).max(999).default(1)
const asset = {
  card: key,
  asset: key.optional(),
  name: text,
  residual: amountOrZero.default('0.00'),
  life: z.int('使用年限按月数填').min(0).max(1200, '使用年限不能超过 1200 个月'),
  use,
}

export const cardCommands = {
  OpenAssetCard: {
    title: '建立资产卡片',
    marks: [],
    schema: z.strictObject({
      ...asset,
      account: account.regex(/^(132|134|151|161|171)/, '卡片只用于 132、134、151、161、171 科目的资产'),
      cost: amount,
      inService: month,
      accumulated: amountOrZero.default('0.00'),
      chargedTo: month.optional(),
      fund: key.optional(),
      on: day,
    }),
  },
  WithdrawAssetCard: {
    title: '撤销建错的资产卡片',
    marks: [],
    schema: z.strictObject({ card: key, reason: text }),
  },
  ChangeAssetUse: {
    title: '变更资产用途（出租、自用、公益）',
    marks: [],
    schema: z.strictObject({ card: key, use, from: month, reason: text }),
  },
  RunDepreciation: {
    title: '按卡片计提当月折旧、摊销',
    marks: ['money'],
    schema: z.strictObject({ month, date: day }),
  },
  DisposeAsset: {
    title: '处置资产（出售、报废、毁损）',
    marks: ['money'],
    schema: z.strictObject({
      ...{ card: key, date: day, reason: text, attachments },
      proceeds: amount.optional(),
      into: cash.optional(),
      resolution: key.optional(),
    }),
  },
  CompleteProject: {
    title: '专项工程完工转入资产',
    marks: ['money'],
    schema: z.strictObject({
      ...asset,
      fund: key,
      date: day,
      amount,
      own: amountOrZero.default('0.00'),
      account: account.regex(/^(132|134|151|161)/, '完工的工程转入 151、161、132 或 134').default('151'),
      inService: month.optional(),
      attachments,
    }),
  },
  ReturnGrant: {
    title: '退回没有用完的专项补助',
    marks: ['money'],
    schema: z.strictObject({ fund: key, amount, to: text, reason: text, date: day, from: cash, attachments }),
  },
} satisfies Record<string, CommandSpec>
