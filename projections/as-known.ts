import { invariant } from '../src/domain/refusal.ts'
import type { Row, Sql, SqlValue } from '../src/store/sql.ts'
import { vouchers } from './vouchers.ts'

/** The last event of a co-op recorded at or before an instant (UTC); undefined when there was none. */
export function revisionAt(sql: Sql, coop: string, instant: string): number | undefined {
  const row = sql.get<{ revision: number | null }>(
    'SELECT max(revision) AS revision FROM timeline WHERE coop = ? AND recorded_at <= ?',
    ...[coop, instant],
  )
  return row?.revision ?? undefined
}

/** When a co-op's event was recorded, UTC. */
export function recordedAt(sql: Sql, coop: string, revision: number): string {
  const row = sql.get<{ at: string }>(
    'SELECT recorded_at AS at FROM timeline WHERE coop = ? AND revision = ?',
    ...[coop, revision],
  )
  invariant(row, `no event ${revision} of ${coop}`)
  return row.at
}

// Tables of which every row stays as it was written.
const CUT = [...['asset_cards', 'card_uses', 'card_moves'], ...['bank_statements', 'bank_lines', 'bank_outstanding']]

// The tables the books are read from, each as it was; the view of the lines is the read model's own.
const AS_KNOWN = `WITH
  vouchers AS (SELECT * FROM main.vouchers WHERE coop = ? AND revision <= ?),
  voucher_lines AS (${vouchers.views?.voucher_lines}),
  balances AS (SELECT coop, account, fund, period AS month, sum(debit) AS debit, sum(credit) AS credit
    FROM voucher_lines GROUP BY coop, account, fund, period),
  funds AS (SELECT * FROM main.funds WHERE coop = ? AND revision <= ?),
  rent_entries AS (SELECT * FROM main.rent_entries WHERE coop = ? AND revision <= ?),
  ${CUT.map(table => `${table} AS (SELECT * FROM main.${table} WHERE coop = ? AND revision <= ?)`).join(', ')},
  bank_matches AS (SELECT coop, account, match, revision, CASE WHEN undone <= ? THEN undone END AS undone
    FROM main.bank_matches WHERE coop = ? AND revision <= ?)`

/**
 * The read models of one co-op as they stood after one of its events: every query on vouchers, balances, funds, rent,
 * asset cards and bank statements sees what was recorded up to it and nothing else. For reading the books; other tables
 * are as they are now.
 */
export function asKnown(sql: Sql, coop: string, revision: number): Sql {
  const cut = [coop, revision]
  const known = [...cut, ...cut, ...cut, ...CUT.flatMap(() => cut), revision, ...cut]
  const over = (query: string): string => {
    const own = /^\s*WITH\b([\s\S]*)$/.exec(query)?.[1]
    return own === undefined ? `${AS_KNOWN} ${query}` : `${AS_KNOWN}, ${own}`
  }
  return {
    run: () => invariant(false, 'what was known is not to be changed'),
    all: <T = Row>(query: string, ...params: SqlValue[]) => sql.all<T>(over(query), ...known, ...params),
    get: <T = Row>(query: string, ...params: SqlValue[]) => sql.get<T>(over(query), ...known, ...params),
    rows: (query, ...params) => sql.rows(over(query), ...known, ...params),
    transaction: work => sql.transaction(work),
  }
}
