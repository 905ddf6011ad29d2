import { openingDay } from '../src/domain/books/opening-day.ts'
import { monthOf, plusDays } from '../src/domain/calendar.ts'
import { type Fen, fenOf } from '../src/domain/money.ts'
import { breakdownOf, type Voucher, type VoucherLine } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import { type ProjectedEvent, type Projection, voucherOf } from './projection.ts'
import { insert, insertEach, presented } from './rows.ts'

/** Vouchers, their lines and, person by person, what a line is split into. Fen; red vouchers are negative. */
export const vouchers: Projection = {
  name: 'vouchers',
  version: 1,
  tables: {
    vouchers: `coop TEXT NOT NULL, month TEXT NOT NULL, seq INTEGER NOT NULL, period TEXT NOT NULL, date TEXT NOT NULL,
      summary TEXT NOT NULL, attachments INTEGER NOT NULL, rule TEXT, authorised_by TEXT,
      reviewer TEXT, preparer TEXT NOT NULL,
      reference TEXT, reverses TEXT, reversed_by TEXT, type TEXT NOT NULL, revision INTEGER NOT NULL,
      recorded_at TEXT NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (coop, month, seq)`,
    voucher_lines: `coop TEXT NOT NULL, month TEXT NOT NULL, seq INTEGER NOT NULL, line INTEGER NOT NULL,
      period TEXT NOT NULL, date TEXT NOT NULL, account TEXT NOT NULL, fund TEXT NOT NULL, counterparty TEXT,
      debit INTEGER NOT NULL, credit INTEGER NOT NULL, PRIMARY KEY (coop, month, seq, line)`,
    voucher_parts: `coop TEXT NOT NULL, month TEXT NOT NULL, seq INTEGER NOT NULL, line INTEGER NOT NULL,
      ordinal INTEGER NOT NULL, person TEXT NOT NULL, amount INTEGER NOT NULL,
      PRIMARY KEY (coop, month, seq, line, ordinal)`,
  },
  indexes: ['CREATE INDEX voucher_lines_by_account ON voucher_lines (coop, account, period)'],
  apply(tx, event) {
    const voucher = voucherOf(event)
    if (!voucher) return
    const key = { coop: event.coop, ...keyOf(voucher.number) }
    const period = periodOfVoucher(event, voucher)
    insertVoucher(tx, event, voucher, period)
    voucher.lines.forEach((line, index) => {
      const [debit, credit] = sidesOf(line)
      const { account, fund = '', counterparty } = line
      const place = { ...key, line: index }
      const counts = { period: periodOfLine(event, voucher, index) }
      insert(tx, 'voucher_lines', {
        ...place,
        ...counts,
        date: voucher.date,
        account,
        fund,
        counterparty,
        debit,
        credit,
      })
      if (line.breakdown === undefined) return
      insertEach(tx, 'voucher_parts', place, ['person', 'amount'], breakdownOf(line, event.data))
    })
    if (voucher.reverses !== undefined) {
      const original = keyOf(voucher.reverses)
      tx.run(
        'UPDATE vouchers SET reversed_by = ? WHERE coop = ? AND month = ? AND seq = ?',
        ...[voucher.number, event.coop, original.month, original.seq],
      )
    }
  },
}

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
  return [fenOf(line.debit ?? '0.00'), fenOf(line.credit ?? '0.00')]
}

function insertVoucher(tx: Sql, event: ProjectedEvent, voucher: Voucher, period: string): void {
  const { date, summary, attachments, review, reference, reverses } = voucher
  insert(tx, 'vouchers', {
    ...{ coop: event.coop, ...keyOf(voucher.number), period, date, summary, attachments },
    ...('rule' in review
      ? { rule: review.rule, authorised_by: review.authorisedBy, preparer: event.actor }
      : { reviewer: review.person, preparer: review.preparer }),
    ...{ reference, reverses },
    ...{ type: event.type, revision: event.revision, recorded_at: event.recordedAt, actor: event.actor },
  })
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
    `SELECT month, seq, date, summary, attachments, rule, authorised_by AS authorisedBy, reviewer, preparer, reference, reverses,
      reversed_by AS reversedBy, type, revision, recorded_at AS recordedAt, actor
      FROM vouchers WHERE ${where} ORDER BY month, seq`,
    ...params,
  )
  const lines = sql.all(
    `SELECT month, seq, account, fund, counterparty, debit, credit
      FROM voucher_lines WHERE ${where} ORDER BY month, seq, line`,
    ...params,
  )
  let next = 0
  return rows.map(({ month, seq, ...row }) => {
    const own: VoucherLineView[] = []
    for (; lines[next]?.month === month && lines[next]?.seq === seq; next++) {
      const { month: _, seq: __, ...line } = lines[next]!
      own.push(presented<VoucherLineView>(line, ['debit', 'credit']))
    }
    return { ...presented<VoucherView>(row), number: numberOf(String(month), Number(seq)), lines: own }
  })
}
