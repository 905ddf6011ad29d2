import { yuan } from '../src/domain/money.ts'
import type { Sql, SqlValue } from '../src/store/sql.ts'
import { presented } from './rows.ts'

export type ProgrammeRow = {
  programme: string
  name: string
  kind: string
  treatment: string
  fund: string | undefined
  resolution: string | undefined
  scope: string
  minAge: number | undefined
  monthly: string | undefined
  ceiling: string | undefined
  tiers: { tier: string; amount: string }[]
  from: string
  rule: string
}

/** The programmes of a co-op by their code; amounts in yuan. */
export function programmes(sql: Sql, coop: string): ProgrammeRow[] {
  return sql
    .all(
      `SELECT programme, name, kind, treatment, fund, resolution, scope, min_age AS minAge, monthly, ceiling, tiers,
        from_month AS "from", rule FROM programmes WHERE coop = ? ORDER BY programme`,
      coop,
    )
    .map(({ monthly, ceiling, ...row }) => ({
      ...presented<ProgrammeRow>(row),
      tiers: JSON.parse(String(row.tiers)) as ProgrammeRow['tiers'],
      monthly: standard(monthly),
      ceiling: standard(ceiling),
    }))
}

const standard = (fen: SqlValue | undefined): string | undefined => (typeof fen === 'number' ? yuan(fen) : undefined)

/** One run, award, relief or dividend as a whole; amounts in yuan. */
export type RunRow = {
  origin: string
  kind: string
  programme: string | undefined
  period: string | undefined
  state: 'prepared' | 'granted' | 'withdrawn' | 'reversed'
  date: string | undefined
  voucher: string | undefined
  resolution: string | undefined
  heads: number
  total: string
  paid: string
  owed: string
  basis: string
}

/** Runs of a co-op, newest first; of one programme if named. */
export function runs(sql: Sql, coop: string, programme?: string): RunRow[] {
  return sql
    .all(
      `SELECT g.origin, g.kind, g.programme, g.period, g.state, g.date, g.voucher, g.resolution, g.heads,
        g.total, g.basis,
        coalesce(sum(e.net) FILTER (WHERE e.status = 'paid'), 0) AS paid,
        coalesce(sum(e.net) FILTER (WHERE e.status IN ('unpaid', 'batched', 'returned', 'misdirected')), 0) AS owed
        FROM grants g LEFT JOIN entitlements e ON e.coop = g.coop AND e.origin = g.origin AND e.granted = g.revision
        WHERE g.coop = ? AND (? IS NULL OR g.programme = ?)
        GROUP BY g.origin, g.revision ORDER BY g.revision DESC`,
      ...[coop, programme ?? null, programme ?? null],
    )
    .map(row => presented<RunRow>(row, ['total', 'paid', 'owed']))
}

export type ReliefRequest = {
  request: string
  programme: string
  person: string
  category: string
  asked: string
  on: string
}

/** Relief asked for and not yet decided, oldest first; the reason stays in the vault's keeping. */
export function openRequests(sql: Sql, coop: string): ReliefRequest[] {
  return sql
    .all(
      `SELECT request, programme, person, category, asked, on_day AS "on" FROM relief_requests
        WHERE coop = ? AND approved = 0 ORDER BY on_day, request`,
      coop,
    )
    .map(row => presented<ReliefRequest>(row, ['asked']))
}
