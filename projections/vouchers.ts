import { openingDay } from '../src/domain/books/opening-day.ts'
import { monthOf, plusDays } from '../src/domain/calendar.ts'
import { type Fen, fenOf, yuan } from '../src/domain/money.ts'
import { breakdownOf, type Voucher, type VoucherLine } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import { type ProjectedEvent, type Projection, voucherOf } from './projection.ts'
import { insertEach, presented } from './rows.ts'

/**
 * Vouchers in the order of the log, each with its lines as one JSON text, and, person by person, what a line is split
 * into. Fen; red vouchers are negative. `voucher_lines` shows the lines as rows.
 */
export const vouchers: Projection = {
  name: 'vouchers',
  version: 2,
  tables: {
    vouchers: `coop TEXT NOT NULL, month TEXT NOT NULL, seq INTEGER NOT NULL, period TEXT NOT NULL, date TEXT NOT NULL,
      summary TEXT NOT NULL, attachments INTEGER NOT NULL, rule TEXT, authorised_by TEXT, reviewer TEXT,
      preparer TEXT NOT NULL, reference TEXT, reverses TEXT, corrects TEXT, type TEXT NOT NULL, revision INTEGER NOT NULL, recorded_at TEXT NOT NULL,
      actor TEXT NOT NULL, lines TEXT NOT NULL`,
    voucher_parts: `coop TEXT NOT NULL, month TEXT NOT NULL, seq INTEGER NOT NULL, line INTEGER NOT NULL,
      ordinal INTEGER NOT NULL, person TEXT NOT NULL, amount INTEGER NOT NULL,
      PRIMARY KEY (coop, month, seq, line, ordinal)`,
  },
  views: {
    voucher_lines: `SELECT v.coop, v.month, v.seq, l.key AS line,
      coalesce(l.value ->> 7, v.period) AS period, v.date, v.summary, v.type,
      l.value ->> 0 AS account, l.value ->> 1 AS fund, l.value ->> 2 AS counterparty, l.value ->> 3 AS debit,
      l.value ->> 4 AS credit FROM vouchers v, json_each(v.lines) l`,
  },
  readIndexes: [
    'CREATE UNIQUE INDEX vouchers_by_number ON vouchers (coop, month, seq)',
    'CREATE INDEX vouchers_by_original ON vouchers (coop, reverses) WHERE reverses IS NOT NULL',
  ],
  apply(tx, event) {
    const voucher = voucherOf(event)
    if (!voucher) return
    const { month, seq } = keyOf(voucher.number)
    const { date, summary, attachments, reference, reverses, corrects } = voucher
    tx.run(
      'INSERT INTO vouchers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[event.coop, month, seq, periodOfVoucher(event, voucher), date, summary, attachments],
      ...reviewOf(event, voucher),
      ...[reference ?? null, reverses ?? null, corrects ?? null],
      ...[event.type, event.revision, event.recordedAt, event.actor, linesOf(event, voucher)],
    )
    voucher.lines.forEach((line, index) => {
      if (line.breakdown === undefined) return
      const place = { coop: event.coop, month, seq, line: index }
      insertEach(tx, 'voucher_parts', place, ['person', 'amount'], breakdownOf(line, event.data))
    })
  },
}

/** Rule, who authorised it, the person who reviewed, who prepared. */
function reviewOf({ actor }: ProjectedEvent, { review }: Voucher): (string | null)[] {
  return 'rule' in review
    ? [review.rule, review.authorisedBy, null, actor]
    : [null, null, review.person, review.preparer]
}

type Money = [account: string, fund: string, counterparty: string | null, debit: Fen, credit: Fen]
type Named = [...Money, project: string | null, lease: string | null]
/** The further parts are there only on a line that needs them; the last is a month other than the voucher's. */
type StoredLine = Money | Named | [...Named, period: string]

function linesOf(event: ProjectedEvent, voucher: Voucher): string {
  const own = periodOfVoucher(event, voucher)
  const lines = voucher.lines.map((line, index) => {
    const period = periodOfLine(event, voucher, index)
    return period === own ? stored(line) : [...named(line), period]
  })
  return JSON.stringify(lines)
}

function stored(line: VoucherLine): StoredLine {
  return line.project === undefined && line.lease === undefined ? money(line) : named(line)
}

function money(line: VoucherLine): Money {
  const [debit, credit] = sidesOf(line)
  return [line.account, line.fund ?? '', line.counterparty ?? null, debit, credit]
}

const named = (line: VoucherLine): Named => [...money(line), line.project ?? null, line.lease ?? null]

/** The months of voucher numbers to look at for a span of periods: an opening counts in the month before its number's. */
export const NUMBERED_WITHIN = `month BETWEEN ? AND strftime('%Y-%m', ? || '-01', '+1 month')`

/** `2025-03-记-15` → month and running number. */
export function keyOf(number: string): { month: string; seq: number } {
  return { month: number.slice(0, 7), seq: Number(number.slice(number.lastIndexOf('-') + 1)) }
}

/** The voucher's number of its key. */
export const numberOf = (month: string, seq: number): string => `${month}-记-${seq}`

/**
 * The month a voucher's amounts count in. Opening balances recorded on the first day of the books are what the month
 * before closed with, so that they show as 期初 and never as a movement.
 */
export function periodOfVoucher(event: ProjectedEvent, voucher: Voucher): string {
  return monthOf(event.type === 'OpeningBalancesRecorded' ? plusDays(voucher.date, -1) : voucher.date)
}

/**
 * The month a line's amounts count in: that of its voucher; but of an opening in mid-year what the year began with counts
 * before the year, so that the movements since show in the year.
 */
export function periodOfLine(event: ProjectedEvent, voucher: Voucher, index: number): string {
  return event.type === 'OpeningBalancesRecorded'
    ? monthOf(openingDay(event.data, index))
    : periodOfVoucher(event, voucher)
}

/** Debit and credit of a line in fen. */
export function sidesOf(line: VoucherLine): [Fen, Fen] {
  return line.debit === undefined ? [0, fenOf(line.credit ?? '0.00')] : [fenOf(line.debit), 0]
}

export type VoucherView = {
  number: string
  date: string
  summary: string
  attachments: number
  /** Who reviewed it: a person, or the rule and whoever authorised it. */
  reviewer: string | undefined
  rule: string | undefined
  authorisedBy: string | undefined
  preparer: string
  reference: string | undefined
  reverses: string | undefined
  /** The voucher whose error this one makes good. */
  corrects: string | undefined
  reversedBy: string | undefined
  type: string
  revision: number
  recordedAt: string
  actor: string
  lines: VoucherLineView[]
}
export type VoucherLineView = {
  account: string
  fund: string
  counterparty: string | undefined
  debit: string
  credit: string
  project: string | undefined
  lease: string | undefined
}

/** One voucher by its number, amounts in yuan; undefined when there is none. */
export function voucherByNumber(sql: Sql, coop: string, number: string): VoucherView | undefined {
  const { month, seq } = keyOf(number)
  return select(sql, 'coop = ? AND month = ? AND seq = ?', [coop, month, seq])[0]
}

/** The vouchers of the months from one to another, in the order of their numbers, amounts in yuan. */
export function vouchersBetween(sql: Sql, coop: string, from: string, to: string): VoucherView[] {
  return select(sql, 'coop = ? AND month BETWEEN ? AND ?', [coop, from, to])
}

/** Every voucher of the co-op in the order of its numbers, amounts in yuan: what a journal is exported from. */
export function journal(sql: Sql, coop: string): VoucherView[] {
  return select(sql, 'coop = ?', [coop])
}

export type VoucherPart = { line: number; person: string; amount: string }

/** Whom a voucher's lines are split over: line number, person, amount in yuan. */
export function partsOf(sql: Sql, coop: string, number: string): VoucherPart[] {
  const { month, seq } = keyOf(number)
  return sql
    .all(
      `SELECT line, person, amount FROM voucher_parts WHERE coop = ? AND month = ? AND seq = ? ORDER BY line, ordinal`,
      ...[coop, month, seq],
    )
    .map(row => presented<VoucherPart>(row, ['amount']))
}

function select(sql: Sql, where: string, params: (string | number)[]): VoucherView[] {
  const rows = sql.all(
    `SELECT month, seq, date, summary, attachments, rule, authorised_by AS authorisedBy, reviewer, preparer, reference,
      reverses, corrects,
      (SELECT r.month || '-记-' || r.seq FROM vouchers r WHERE r.coop = v.coop AND r.reverses = v.month || '-记-' || v.seq)
      AS reversedBy, type, revision, recorded_at AS recordedAt, actor, lines
      FROM vouchers v WHERE ${where} ORDER BY month, seq`,
    ...params,
  )
  return rows.map(({ month, seq, lines, ...row }) => ({
    ...presented<VoucherView>(row),
    number: numberOf(String(month), Number(seq)),
    lines: (JSON.parse(String(lines)) as StoredLine[]).map(shown),
  }))
}

function shown([account, fund, counterparty, debit, credit, project, lease]: StoredLine): VoucherLineView {
  return {
    ...{ account, fund, counterparty: counterparty ?? undefined, debit: yuan(debit), credit: yuan(credit) },
    ...{ project: project ?? undefined, lease: lease ?? undefined },
  }
}
