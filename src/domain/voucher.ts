import { z } from 'zod'
import { account, booked, day, key, text } from './fields.ts'
import { add, type Fen, fenOf } from './money.ts'
import { invariant } from './refusal.ts'

/**
 * One line of an entry (分录). `breakdown` splits it over persons: a list of `[code, amount]`, or the name of the list in
 * the same event's data whose tuples begin with the code and end with the amount, so that 11,078 lines are stored once.
 */
export const voucherLine = z.strictObject({
  account,
  debit: booked.optional(),
  credit: booked.optional(),
  fund: key.optional(),
  counterparty: text.optional(),
  project: key.optional(),
  lease: key.optional(),
  breakdown: z.union([z.enum(['members', 'outsiders']), z.array(z.tuple([z.string(), booked]))]).optional(),
})
export type VoucherLine = z.infer<typeof voucherLine>

/**
 * Who reviewed a voucher before it entered the books (财会〔2024〕12号 arts. 21–22): an automatic rule and who authorised
 * it, or a second person, beside whoever prepared it.
 */
export const review = z.union([
  z.strictObject({ rule: key, authorisedBy: z.string() }),
  z.strictObject({ person: z.string(), preparer: z.string() }),
])
export type Review = z.infer<typeof review>

/** A voucher (记账凭证) inside the event it books. Numbers run gapless per month: `2025-03-记-15`. */
export const voucher = z.strictObject({
  number: z.string().regex(/^\d{4}-\d{2}-记-\d+$/),
  date: day,
  summary: text,
  attachments: z.int().min(0).max(999),
  lines: z.array(voucherLine).min(2),
  review,
  reference: text.optional(),
  reverses: z.string().optional(),
  corrects: z.string().optional(),
})
export type Voucher = z.infer<typeof voucher>

/** What a decision wants booked, before it has a number. Amounts in fen. */
export type Draft = {
  date: string
  summary: string
  attachments?: number
  reference?: string
  reverses?: string
  /** The voucher whose error this one makes good by its difference, or in a later year (会计基础工作规范 art. 51(5)). */
  corrects?: string
  lines: DraftLine[]
}
export type DraftLine = {
  account: string
  debit?: Fen
  credit?: Fen
  fund?: string | undefined
  counterparty?: string | undefined
  project?: string | undefined
  lease?: string | undefined
  breakdown?: VoucherLine['breakdown']
}

/** Signed fen of a line, debit positive. */
export function signed(line: VoucherLine): Fen {
  return line.debit !== undefined ? fenOf(line.debit) : -fenOf(line.credit ?? '0.00')
}

/** The persons a line is split over, with fen on the line's own side; `data` is the event's payload. */
export function breakdownOf(line: VoucherLine, data: Record<string, unknown>): [string, Fen][] {
  const list = typeof line.breakdown === 'string' ? (data[line.breakdown] as string[][]) : (line.breakdown ?? [])
  return list.map(tuple => [tuple[0]!, fenOf(tuple[tuple.length - 1]!)])
}

/** The pair assertion on folding: debits equal credits, in all and fund by fund, and every breakdown sums to its line. */
export function checkVoucher(entry: Voucher, data: Record<string, unknown>): void {
  const byFund = new Map<string, Fen>()
  for (const line of entry.lines) {
    invariant((line.debit === undefined) !== (line.credit === undefined), `${entry.number}: one side a line`)
    byFund.set(line.fund ?? '', add(byFund.get(line.fund ?? '') ?? 0, signed(line)))
    if (line.breakdown === undefined) continue
    const parts = breakdownOf(line, data).reduce((sum, [, fen]) => add(sum, fen), 0)
    invariant(parts === fenOf(line.debit ?? line.credit ?? '0.00'), `${entry.number}: breakdown of ${line.account}`)
  }
  for (const [fund, sum] of byFund) invariant(sum === 0, `${entry.number}: fund ${fund || '一般资金'} out by ${sum}`)
}

/** 2025年3月 记-15号 */
export function voucherLabel(number: string): string {
  const [year, month, kind, count] = number.split('-')
  return `${year}年${Number(month)}月 ${kind}-${count}号`
}
