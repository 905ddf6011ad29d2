import { daysBetween, lastDay } from '../src/domain/calendar.ts'
import { type Fen, fenOf, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/** One lease as of a day; amounts in yuan, `due` and `received` within the period asked for. */
export type RentRollRow = {
  lease: string
  asset: string
  assetName: string
  assetKind: string
  area: string | undefined
  tenantKind: 'person' | 'organisation' | 'anonymous'
  tenant: string
  from: string
  to: string
  monthlyRent: string
  annualRent: string
  due: string
  received: string
  arrears: string
  prepaid: string
  deposit: string
  daysOverdue: number
  /** Days to the end of the lease from the day asked for; negative when it has ended. */
  daysLeft: number
  ended: boolean
  resolution: string | undefined
}
/** The period rents are counted over, and the day and revision the roll is shown as of. */
export type RollSpan = { from: string; to: string; revision?: number }

/** The rent roll as of the last day of a span; what ended before the span and owes nothing is left out. */
export function rentRollOf(sql: Sql, coop: string, span: RollSpan): RentRollRow[] {
  const revision = span.revision ?? MAX
  const known = [coop, span.to, revision] as const
  const overdue = overdueDays(sql, known)
  return sql
    .all(ROLL, span.from, span.from, ...known, ...known, ...known, ...known, coop)
    .map(row => presented<RentRollRow>(row, ['monthlyRent', 'due', 'received', 'arrears', 'prepaid', 'deposit']))
    .filter(row => row.to >= span.from || row.arrears !== '0.00' || row.due !== '0.00' || row.received !== '0.00')
    .map(row => ({
      ...row,
      annualRent: yuan(fenOf(row.monthlyRent) * 12),
      daysOverdue: fenOf(row.arrears) > 0 ? (overdue.get(row.lease) ?? 0) : 0,
      daysLeft: daysBetween(span.to, row.to),
      ended: row.to < span.to,
    }))
}

const ROLL = `WITH
  entries AS (SELECT lease, sum(gross) FILTER (WHERE date >= ?) AS due,
    sum(received) FILTER (WHERE date >= ?) AS received, sum(arrears) AS arrears,
    sum(prepaid) AS prepaid, sum(deposit) AS deposit
    FROM rent_entries WHERE coop = ? AND date <= ? AND revision <= ? GROUP BY lease),
  rents AS (SELECT lease, monthly_rent, max(from_month || printf('%09d', revision)) FROM lease_terms
    WHERE coop = ? AND from_month <= substr(?, 1, 7) AND revision <= ? AND monthly_rent IS NOT NULL GROUP BY lease),
  terms AS (SELECT lease, to_day, max(revision) FROM lease_terms
    WHERE coop = ? AND on_day <= ? AND revision <= ? AND to_day IS NOT NULL AND change <> 'ended' GROUP BY lease),
  ends AS (SELECT lease, min(to_day) AS to_day FROM lease_terms
    WHERE coop = ? AND on_day <= ? AND revision <= ? AND change = 'ended' GROUP BY lease)
  SELECT l.lease, l.asset, a.name AS assetName, a.kind AS assetKind, a.area, l.tenant_kind AS tenantKind, l.tenant,
    l.from_day AS "from", min(terms.to_day, coalesce(ends.to_day, terms.to_day)) AS "to",
    coalesce(rents.monthly_rent, 0) AS monthlyRent, coalesce(entries.due, 0) AS due,
    coalesce(entries.received, 0) AS received, coalesce(entries.arrears, 0) AS arrears,
    coalesce(entries.prepaid, 0) AS prepaid, coalesce(entries.deposit, 0) AS deposit, l.resolution
    FROM leases l JOIN assets a ON a.coop = l.coop AND a.asset = l.asset JOIN terms ON terms.lease = l.lease
    LEFT JOIN ends ON ends.lease = l.lease LEFT JOIN rents ON rents.lease = l.lease
    LEFT JOIN entries ON entries.lease = l.lease
    WHERE l.coop = ? ORDER BY a.kind, l.asset, l.from_day, l.lease`

// Arrears are settled oldest first; a lease is overdue from the end of its oldest month that is not settled.
function overdueDays(sql: Sql, known: readonly [string, string, number]): Map<string, number> {
  const settled = new Map(
    sql
      .all<{ lease: string; settled: Fen }>(
        `SELECT lease, -sum(arrears) AS settled FROM rent_entries
          WHERE coop = ? AND date <= ? AND revision <= ? AND change = 'received' GROUP BY lease`,
        ...known,
      )
      .map(row => [row.lease, row.settled]),
  )
  const accrued = sql.all<{ lease: string; month: string; arrears: Fen }>(
    `SELECT lease, month, sum(arrears) AS arrears FROM rent_entries
      WHERE coop = ? AND date <= ? AND revision <= ? AND change = 'accrued'
      GROUP BY lease, month ORDER BY lease, month`,
    ...known,
  )
  const days = new Map<string, number>()
  for (const { lease, month, arrears } of accrued) {
    const left = (settled.get(lease) ?? 0) - arrears
    settled.set(lease, left)
    if (left < 0 && !days.has(lease)) days.set(lease, Math.max(0, daysBetween(lastDay(month), known[1])))
  }
  return days
}

export type ObligationRow = {
  lease: string
  obligation: string
  promise: string
  state: 'open' | 'kept' | 'missed'
  on: string | undefined
  how: string | undefined
}

/** The promises in the leases and whether each was last seen kept or missed, as of a day and revision. */
export function obligationsOf(sql: Sql, coop: string, on = '9999-12-31', revision = MAX): ObligationRow[] {
  return sql
    .all(
      `SELECT o.lease, o.obligation, o.promise, iif(c.kept IS NULL, 'open', iif(c.kept, 'kept', 'missed')) AS state,
        c.on_day AS "on", c.how FROM obligations o LEFT JOIN (SELECT lease, obligation, kept, on_day, how, max(revision)
          FROM obligation_checks WHERE coop = ? AND on_day <= ? AND revision <= ? GROUP BY lease, obligation) c
        ON c.lease = o.lease AND c.obligation = o.obligation
        WHERE o.coop = ? AND o.revision <= ? ORDER BY o.lease, o.obligation`,
      ...[coop, on, revision, coop, revision],
    )
    .map(row => presented<ObligationRow>(row))
}

export type AssetRow = {
  asset: string
  name: string
  kind: string
  area: string | undefined
  location: string | undefined
  use: 'let' | 'own' | 'welfare'
  on: string
  /** Whether a lease runs on the day asked for. */
  leased: boolean
}

/** The assets registered by a day and revision, each with whether it is let on that day. */
export function assetsOf(sql: Sql, coop: string, on: string, revision = MAX): AssetRow[] {
  const running = new Set(
    rentRollOf(sql, coop, { from: on, to: on, revision })
      .filter(row => row.from <= on && row.to >= on)
      .map(row => row.asset),
  )
  return sql
    .all(
      `SELECT asset, name, kind, area, location, use, on_day AS "on" FROM assets
        WHERE coop = ? AND on_day <= ? AND revision <= ? ORDER BY kind, asset`,
      ...[coop, on, revision],
    )
    .map(row => ({ ...presented<AssetRow>(row), leased: running.has(String(row.asset)) }))
}

const MAX = Number.MAX_SAFE_INTEGER
