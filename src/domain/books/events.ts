import { z } from 'zod'
import { account, amount, booked, count, day, key, month, text, year } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** Use of a depreciated asset decides the expense: let 511, own use 513, public welfare 514. */
export const use = z.enum(['let', 'own', 'welfare'])

/** An electronic original by its content; its file's name may hold a person's and stays outside the log. */
export const document = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/, '文件指纹是 64 位十六进制数'),
  kind: z.enum(['pdf', 'jpeg', 'png', 'ofd', 'xml']),
  size: z.int().min(1).max(10_485_760),
  /** 附件见×号凭证: the voucher that has it already (会计基础工作规范 art. 51(4)). */
  seeVoucher: z.string().optional(),
})
const templateLine = z.strictObject({
  account,
  side: z.enum(['debit', 'credit']),
  amount: amount.optional(),
  fund: key.optional(),
  counterparty: text.optional(),
})

export const booksEvents = {
  // `source` names the file an imported voucher came from, so that one import can reach back before the first day.
  VoucherPosted: z.strictObject({ voucher, source: key.optional() }),
  DocumentsAttached: z.strictObject({ attachedTo: z.string(), documents: z.array(document).min(1) }),
  VoucherTemplateSaved: z.strictObject({
    id: key,
    title: text,
    summary: text,
    lines: z.array(templateLine).min(2).max(50),
  }),
  VoucherTemplateRemoved: z.strictObject({ id: key }),
  VoucherReversed: z.strictObject({ original: z.string(), reason: text, voucher }),
  // `unreconciled`: bank accounts closed without a statement up to the month's end, and why; `uncounted`: cash boxes.
  PeriodClosed: z.strictObject({
    ...{ month, vouchers: count, debit: booked, credit: booked },
    unreconciled: z.strictObject({ accounts: z.array(account).min(1), reason: text }).optional(),
    uncounted: z.strictObject({ accounts: z.array(account).min(1), reason: text }).optional(),
  }),
  PeriodReopened: z.strictObject({ month, reason: text, secondPerson: z.string() }),
  YearClosed: z.strictObject({ year, surplus: booked, distributable: booked, voucher }),
  // `cards`: what each asset card was charged, when the run was made from cards.
  DepreciationCharged: z.strictObject({
    month,
    charges: z.array(z.strictObject({ use, amount: booked, basis: text.optional() })).min(1),
    cards: z
      .array(z.tuple([key, booked]))
      .min(1)
      .optional(),
    voucher,
  }),
  // `basisAmount` and `rate` where the amount was counted by the setting in force in that month.
  TaxAccrued: z.strictObject({
    month,
    taxes: z
      .array(
        z.strictObject({
          ...{ tax: text, amount: booked, basis: text.optional() },
          ...{ basisAmount: booked.optional(), rate: z.string().optional() },
        }),
      )
      .min(1),
    voucher,
  }),
  PayAccrued: z.strictObject({
    month,
    groups: z
      .array(z.strictObject({ title: text, heads: count, amount: booked, account, officers: z.boolean() }))
      .min(1),
    voucher,
  }),
  SubAccountOpened: z.strictObject({ account, on: day }),
  BankAccountRegistered: z.strictObject({
    id: key,
    account,
    bank: text,
    kind: z.enum(['基本户', '一般户', '专户']),
    lastFour: z.string().regex(/^\d{4}$/),
    owner: text,
  }),
} as const
