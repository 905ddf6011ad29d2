import type { Fen } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'

/** What moved one account of result (5xx, 321, 322) in a span of months; fen, debit positive. */
export type ResultSum = { account: string; moved: Fen }

/**
 * Movements of 5xx, 321 and 322 in a span of months, without the year-end entries: vouchers that book on 321, or on 322
 * alone. What opening balances brought to 321 and 322 was there before and moved nothing.
 */
export function resultSums(sql: Sql, coop: string, from: string, to: string): ResultSum[] {
  return sql.all<ResultSum>(
    `WITH lines AS (SELECT month, seq, type, account, debit - credit AS amount FROM voucher_lines
        WHERE coop = ? AND period BETWEEN ? AND ?),
      closing AS (SELECT month, seq FROM lines WHERE type <> 'OpeningBalancesRecorded' GROUP BY month, seq
        HAVING max(substr(account, 1, 3) = '321') OR min(substr(account, 1, 3) = '322'))
      SELECT account, sum(amount) AS moved FROM lines
        WHERE (account LIKE '5%' OR (account LIKE '32%' AND type <> 'OpeningBalancesRecorded'))
          AND (month, seq) NOT IN (SELECT month, seq FROM closing)
        GROUP BY account ORDER BY account`,
    ...[coop, from, to],
  )
}

/** What 5xx, 321 and 322 stood at before a month, in fen, credit positive: 未分配收益 with what is not closed yet. */
export function undistributedBefore(sql: Sql, coop: string, month: string): Fen {
  const row = sql.get<{ sum: Fen }>(
    `SELECT coalesce(sum(credit - debit), 0) AS sum FROM balances
      WHERE coop = ? AND month < ? AND (account LIKE '5%' OR account LIKE '32%')`,
    ...[coop, month],
  )
  return row?.sum ?? 0
}

/** What opening balances brought to 321 and 322 in a span of months; fen, credit positive. */
export function broughtIn(sql: Sql, coop: string, from: string, to: string): Fen {
  const row = sql.get<{ sum: Fen }>(
    `SELECT coalesce(sum(credit - debit), 0) AS sum FROM voucher_lines
      WHERE coop = ? AND period BETWEEN ? AND ? AND account LIKE '32%' AND type = 'OpeningBalancesRecorded'`,
    ...[coop, from, to],
  )
  return row?.sum ?? 0
}
