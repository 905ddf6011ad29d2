import { periodOf } from '../src/domain/calendar.ts'
import type { Fen } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { below } from './trial-balance.ts'
import { NUMBERED_WITHIN, numberOf } from './vouchers.ts'

/** Narrows a book: one account with its sub-accounts, one fund ('' = 一般资金). */
export type BookFilter = { account?: string | undefined; fund?: string | undefined }

/** One line of a voucher as the books list it; fen. */
export type BookEntry = {
  account: string
  period: string
  date: string
  voucher: string
  summary: string
  fund: string
  counterparty: string
  debit: Fen
  credit: Fen
}

type Row = Omit<BookEntry, 'voucher'> & { month: string; seq: number }

/**
 * The entries of a period written `2025-12`, `2025Q4` or `2025`, of every account or of one with its sub-accounts: by
 * month and then in the order of the vouchers, or of the days (`byDay`). Opening balances bear the day they stand for.
 */
export function bookEntries(sql: Sql, coop: string, period: string, filter: BookFilter, byDay = false): BookEntry[] {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const [within, params] = narrowed(filter)
  return sql
    .all<Row>(
      `SELECT month, seq, period, iif(type = 'OpeningBalancesRecorded', date(date, '-1 day'), date) AS date, summary,
        account, fund, coalesce(counterparty, '') AS counterparty, debit, credit FROM voucher_lines
        WHERE coop = ? AND ${NUMBERED_WITHIN} AND period BETWEEN ? AND ? AND ${within}
        ORDER BY period, ${byDay ? 'date, ' : ''}month, seq, line`,
      ...[coop, months.from, months.to, months.from, months.to, ...params],
    )
    .map(({ month, seq, ...row }) => ({ ...row, voucher: numberOf(month, seq) }))
}

export type MonthSum = { account: string; month: string; debit: Fen; credit: Fen }

/** Debit and credit in fen of every account as booked, month by month, from one month to another. */
export function monthSums(sql: Sql, coop: string, from: string, to: string, filter: BookFilter): MonthSum[] {
  const [within, params] = narrowed(filter)
  return sql.all<MonthSum>(
    `SELECT account, month, sum(debit) AS debit, sum(credit) AS credit FROM balances
      WHERE coop = ? AND month BETWEEN ? AND ? AND ${within} GROUP BY account, month ORDER BY account, month`,
    ...[coop, from, to, ...params],
  )
}

function narrowed({ account, fund }: BookFilter): [string, (string | null)[]] {
  const accounts = account === undefined ? 'TRUE' : '(account = ? OR (account > ? AND account < ?))'
  const names = account === undefined ? [] : [account, ...below(account)]
  return [`${accounts} AND (? IS NULL OR fund = ?)`, [...names, fund ?? null, fund ?? null]]
}
