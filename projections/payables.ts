import { fenOf, total, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { type EntitlementRow, entitlementRows } from './entitlement-rows.ts'
import { presented } from './rows.ts'

/** What a co-op still owes to persons, with the sum in yuan. */
export function payables(sql: Sql, coop: string): { rows: EntitlementRow[]; total: string } {
  const rows = entitlementRows(sql, { coop, owed: true })
  return { rows, total: yuan(total(rows, ({ net }) => fenOf(net))) }
}

/** Unpaid money of one origin. Amounts in yuan. */
export type PayableOrigin = { origin: string; kind: string; since: string; heads: number; amount: string }

/** What is still owed by origin, oldest first: what a payment batch is prepared from. */
export function payableOrigins(sql: Sql, coop: string): PayableOrigin[] {
  return sql
    .all(
      `SELECT e.origin, g.kind, g.date AS since, count(*) AS heads, sum(e.net) AS amount
        FROM entitlements e JOIN grants g ON g.coop = e.coop AND g.origin = e.origin AND g.revision = e.granted
        WHERE e.coop = ? AND e.status IN ('unpaid', 'returned', 'misdirected')
        GROUP BY e.origin ORDER BY since, e.origin`,
      coop,
    )
    .map(row => presented<PayableOrigin>(row, ['amount']))
}

export type BatchRow = {
  batch: string
  account: string
  preparedOn: string
  items: number
  total: string
  approvedOn: string | undefined
  approvedBy: string | undefined
  settledOn: string | undefined
  voucher: string | undefined
  failed: number
}

/** Payment batches (代发), newest first. */
export function batches(sql: Sql, coop: string): BatchRow[] {
  return sql
    .all(
      `SELECT batch, account, prepared_on AS preparedOn, items, total, approved_on AS approvedOn,
        approved_by AS approvedBy, settled_on AS settledOn, voucher, failed
        FROM batches WHERE coop = ? ORDER BY prepared_on DESC, batch DESC`,
      coop,
    )
    .map(row => presented<BatchRow>(row, ['total']))
}

export type BatchItem = { person: string; origin: string; amount: string }

/** The lines of a batch in the order of the lists they came from: what a bank file is written from. */
export function batchItems(
  sql: Sql,
  coop: string,
  batch: string,
): { person: string; origin: string; amount: string }[] {
  return sql
    .all(
      `SELECT person, origin, net AS amount FROM entitlements WHERE coop = ? AND batch = ? ORDER BY origin, ordinal`,
      ...[coop, batch],
    )
    .map(row => presented<BatchItem>(row, ['amount']))
}

/** Each step of what one person was granted by one origin, oldest first. */
export type HistoryRow = { on: string; change: string; voucher: string | undefined; note: string }

/** How one entitlement came to be as it is. */
export function entitlementHistory(sql: Sql, coop: string, origin: string, person: string): HistoryRow[] {
  return sql
    .all(
      `SELECT on_day AS "on", change, voucher, note FROM (
        SELECT g.date AS on_day, 'granted' AS change, g.voucher, g.basis AS note, g.revision FROM grants g
          WHERE g.coop = ? AND g.origin = ? AND g.state <> 'prepared'
        UNION ALL SELECT on_day, change, voucher, note, revision FROM entitlement_changes
          WHERE coop = ? AND origin = ? AND person = ?) ORDER BY revision`,
      ...[coop, origin, coop, origin, person],
    )
    .map(row => presented<HistoryRow>(row))
}
