import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/** A day at whose end more cash was there than the limit in force allowed; yuan. */
export type DayOverLimit = { date: string; held: string; limit: string; over: string }

/**
 * The days from one to another on which cash moved and stayed above the limit in force that day; what opening balances
 * brought counts from their day on.
 */
export function cashOverLimit(sql: Sql, coop: string, from: string, to: string): DayOverLimit[] {
  const rows = sql.all(
    `WITH moved AS (
        SELECT date, sum(debit - credit) AS fen FROM voucher_lines
        WHERE coop = ?1 AND (account = '101' OR (account > '101-' AND account < '101.')) AND date <= ?3 GROUP BY date),
      held AS (SELECT date, sum(fen) OVER (ORDER BY date) AS held FROM moved)
      SELECT date, held, most AS "limit", held - most AS over FROM (
        SELECT date, held, (SELECT most FROM cash_limits WHERE coop = ?1 AND from_day <= date
          ORDER BY from_day DESC, revision DESC LIMIT 1) AS most FROM held)
      WHERE held > most AND date >= ?2 ORDER BY date`,
    ...[coop, from, to],
  )
  return rows.map(row => presented<DayOverLimit>(row, ['held', 'limit', 'over']))
}

/** 备用金 advanced to a person, what was spent and given back of it, and what is left in his hands; yuan. */
export type PettyCash = {
  voucher: string
  person: string
  date: string
  purpose: string
  amount: string
  spent: string
  returned: string
  left: string
}

/** The advances of a co-op in the order they were made; only those with something left when `open`. */
export function pettyCashOf(sql: Sql, coop: string, { open = false } = {}): PettyCash[] {
  const rows = sql.all(
    `SELECT * FROM (SELECT p.voucher, person, p.date, purpose, amount, coalesce(sum(spent), 0) AS spent,
        coalesce(sum(returned), 0) AS returned, amount - coalesce(sum(spent + returned), 0) AS "left"
        FROM petty_cash AS p LEFT JOIN petty_cash_parts AS a ON a.coop = p.coop AND a.advance = p.voucher
        WHERE p.coop = ? GROUP BY p.voucher ORDER BY p.revision)
      WHERE ? = 0 OR "left" > 0`,
    ...[coop, open ? 1 : 0],
  )
  return rows.map(row => presented<PettyCash>(row, ['amount', 'spent', 'returned', 'left']))
}

/** A receipt; a void one is kept and says why. `fromKind` tells whether `from` is a person's code or an organisation. */
export type ReceiptRow = {
  no: string
  voucher: string
  fromKind: 'person' | 'organisation' | 'anonymous'
  from: string
  amount: string
  item: string
  on: string
  voidedOn: string | undefined
  reason: string | undefined
}

/** A year's receipts in the order of their numbers, void ones too; yuan. */
export function receiptsOf(sql: Sql, coop: string, year: number): ReceiptRow[] {
  const rows = sql.all(
    `SELECT no, voucher, from_kind AS fromKind, from_whom AS "from", amount, item, on_day AS "on", voided_on AS voidedOn,
      reason FROM receipts WHERE coop = ? AND year = ? ORDER BY seq`,
    ...[coop, year],
  )
  return rows.map(row => presented<ReceiptRow>(row, ['amount']))
}
