import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { account, amount, day, key, month, text } from '../fields.ts'
import { leaseTerms, propertyEvents } from './events.ts'

const cashAccount = account.regex(/^10[12]/, '要填现金或银行科目，例如 102-基本户')

export const propertyCommands = {
  RegisterAsset: { title: '登记资产、资源', marks: [], schema: propertyEvents.AssetRegistered },
  SignLease: {
    title: '签订租赁合同',
    marks: [],
    schema: z.strictObject({ ...leaseTerms, obligations: leaseTerms.obligations.default([]), on: day }),
  },
  AmendLease: { title: '变更租赁合同', marks: [], schema: propertyEvents.LeaseAmended },
  EndLease: { title: '终止租赁合同', marks: [], schema: propertyEvents.LeaseEnded },
  AccrueRent: {
    title: '计提当月租金收入',
    marks: ['money'],
    schema: z.strictObject({ month, date: day, leases: z.array(key).max(5000).optional() }),
  },
  ReceiveRent: {
    title: '收到租金（先还欠租，余下作预收）',
    marks: ['money'],
    schema: z.strictObject({
      date: day,
      into: cashAccount,
      receipts: z
        .array(z.strictObject({ lease: key, amount }))
        .min(1)
        .max(5000),
      summary: text.optional(),
    }),
  },
  ReceiveDeposit: {
    title: '收到押金',
    marks: ['money'],
    schema: z.strictObject({ lease: key, amount, date: day, into: cashAccount }),
  },
  ReturnDeposit: {
    title: '退还押金',
    marks: ['money'],
    schema: z.strictObject({ lease: key, amount, date: day, from: cashAccount }),
  },
  KeepObligation: { title: '登记合同承诺已履行', marks: [], schema: propertyEvents.LeaseObligationKept },
  MissObligation: { title: '登记合同承诺未履行', marks: [], schema: propertyEvents.LeaseObligationMissed },
} satisfies Record<string, CommandSpec>
