import { type Fen, total, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { type Cut, cutOf, quarterAfter } from './quarter.ts'
import { persons } from './register.ts'
import { presented } from './rows.ts'

/** A programme over a quarter: what was granted in it, to how many; yuan. Heads are persons, times are person-times. */
export type WelfareRow = {
  programme: string
  name: string
  kind: string
  treatment: string
  rule: string
  resolution: string | undefined
  heads: number
  times: number
  amount: string
  started: number
  stopped: number
}

/** Welfare of the quarter by programme, red vouchers taken off; services bought for people counted with their heads. */
export function welfareOf(sql: Sql, cut: Cut): WelfareRow[] {
  const { coop, from, to, revision } = cut
  const rows = sql.all(
    `SELECT p.programme, p.name, p.kind, p.treatment, p.rule, p.resolution, sum(x.heads) AS heads,
      sum(x.times) AS times, sum(x.amount) AS amount FROM (
        SELECT g.programme, count(DISTINCT e.person) AS heads, count(*) AS times, sum(e.gross) AS amount
          FROM grants g JOIN entitlements e ON e.coop = g.coop AND e.origin = g.origin AND e.granted = g.revision
          WHERE g.coop = ? AND g.date BETWEEN ? AND ? AND g.revision <= ? AND g.programme IS NOT NULL
          AND (g.ended_on IS NULL OR g.ended_on > ? OR g.ended_revision > ?) GROUP BY g.programme
        UNION ALL SELECT g.programme, 0, -g.heads, -g.total FROM grants g
          WHERE g.coop = ? AND g.date < ? AND g.ended_on BETWEEN ? AND ? AND g.ended_revision <= ?
        UNION ALL SELECT programme, heads, heads, amount FROM programme_expenses
          WHERE coop = ? AND date BETWEEN ? AND ? AND revision <= ?) x
      JOIN programmes p ON p.coop = ? AND p.programme = x.programme GROUP BY p.programme ORDER BY p.kind, p.programme`,
    ...[coop, from, to, revision, to, revision],
    ...[coop, from, from, to, revision],
    ...[coop, from, to, revision, coop],
  )
  const changes = startedAndStopped(sql, cut)
  return rows.map(row => ({
    ...presented<WelfareRow>(row, ['amount']),
    ...(changes.get(String(row.programme)) ?? { started: 0, stopped: 0 }),
  }))
}

// 新增: never granted before this quarter. 停发: granted in the quarter before and not in this one.
function startedAndStopped(sql: Sql, cut: Cut): Map<string, { started: number; stopped: number }> {
  const now = recipients(sql, cut, cut.from, cut.to)
  const before = recipients(sql, cut, '', cutOf(sql, cut.coop, quarterAfter(cut.quarter, -1)).to)
  const { from, to } = cutOf(sql, cut.coop, quarterAfter(cut.quarter, -1))
  const last = recipients(sql, cut, from, to)
  const programmes = new Set([...now.keys(), ...last.keys()])
  return new Map(
    [...programmes].map(programme => {
      const none = new Set<string>()
      const [today, ever, earlier] = [now, before, last].map(map => map.get(programme) ?? none)
      return [programme, { started: today!.difference(ever!).size, stopped: earlier!.difference(today!).size }]
    }),
  )
}

function recipients(sql: Sql, cut: Cut, from: string, to: string): Map<string, Set<string>> {
  const rows = sql.all<{ programme: string; person: string }>(
    `SELECT DISTINCT g.programme, e.person FROM grants g
      JOIN entitlements e ON e.coop = g.coop AND e.origin = g.origin AND e.granted = g.revision
      WHERE g.coop = ? AND g.kind = 'allowance' AND g.date BETWEEN ? AND ? AND g.revision <= ?
      AND (g.ended_on IS NULL OR g.ended_on > ? OR g.ended_revision > ?)`,
    ...[cut.coop, from, to, cut.revision, cut.to, cut.revision],
  )
  const sets = new Map<string, Set<string>>()
  for (const { programme, person } of rows) sets.set(programme, (sets.get(programme) ?? new Set()).add(person))
  return sets
}

/** A grant at the end of the quarter, as it stood then; yuan. */
export type GrantStanding = {
  origin: string
  kind: string
  programme: string | undefined
  year: number
  resolution: string | undefined
  mode: string | undefined
  perShare: string | undefined
  recordDate: string | undefined
  registerShares: string | undefined
  date: string
  voucher: string
  heads: number
  gross: string
  withheld: string
  net: string
  paid: string
  paidHeads: number
  returned: string
  returnedHeads: number
  owed: string
  owedHeads: number
}

/** Every grant made by the end of the quarter and not taken back, with what had been paid and was still owed then. */
export function standings(sql: Sql, cut: Cut): GrantStanding[] {
  const { coop, to, revision } = cut
  return sql
    .all(STANDING, ...[coop, to, revision, coop, to, revision, to, revision])
    .map(row => presented<GrantStanding>(row, ['gross', 'withheld', 'net', 'paid', 'returned', 'owed']))
}

const STANDING = `WITH last AS (SELECT origin, person, change, max(revision) AS revision FROM entitlement_changes
    WHERE coop = ? AND on_day <= ? AND revision <= ? GROUP BY origin, person),
  stood AS (SELECT g.*, e.person, e.gross, e.withheld, e.net,
    CASE WHEN g.form = 'goods' THEN 'paid' ELSE coalesce(last.change, 'unpaid') END AS stand
    FROM grants g JOIN entitlements e ON e.coop = g.coop AND e.origin = g.origin AND e.granted = g.revision
    LEFT JOIN last ON last.origin = e.origin AND last.person = e.person AND last.revision > e.granted
    WHERE g.coop = ? AND g.date <= ? AND g.revision <= ?
    AND (g.ended_on IS NULL OR g.ended_on > ? OR g.ended_revision > ?))
  SELECT origin, kind, programme, year, resolution, mode, per_share AS perShare, record_date AS recordDate,
    register_shares AS registerShares, date, voucher, count(*) AS heads, sum(gross) AS gross,
    sum(withheld) AS withheld, sum(net) AS net,
    coalesce(sum(net) FILTER (WHERE stand = 'paid'), 0) AS paid, count(*) FILTER (WHERE stand = 'paid') AS paidHeads,
    coalesce(sum(net) FILTER (WHERE stand IN ('returned', 'misdirected')), 0) AS returned,
    count(*) FILTER (WHERE stand IN ('returned', 'misdirected')) AS returnedHeads,
    coalesce(sum(net) FILTER (WHERE stand NOT IN ('paid', 'written-back')), 0) AS owed,
    count(*) FILTER (WHERE stand NOT IN ('paid', 'written-back')) AS owedHeads
  FROM stood GROUP BY origin, revision ORDER BY date, revision`

/** What one household, or one person without one, was granted by a programme or dividend in the quarter; yuan. */
export type HouseholdShare = {
  programme: string
  kind: string
  household: string | undefined
  /** The person's code where there is no household. */
  person: string | undefined
  heads: number
  amount: string
}

/** The members' list of the quarter: what went to each household, as the households stood at its end. */
export function grantsByHousehold(sql: Sql, cut: Cut): HouseholdShare[] {
  const { coop, from, to, revision } = cut
  const homes = new Map(persons(sql, coop, { on: to, revision }).map(row => [row.person, row.household]))
  const rows = sql.all<{ programme: string; kind: string; person: string; amount: Fen }>(
    `SELECT coalesce(g.programme, g.origin) AS programme, g.kind, e.person, sum(e.gross) AS amount FROM grants g
      JOIN entitlements e ON e.coop = g.coop AND e.origin = g.origin AND e.granted = g.revision
      WHERE g.coop = ? AND g.date BETWEEN ? AND ? AND g.revision <= ?
      AND (g.ended_on IS NULL OR g.ended_on > ? OR g.ended_revision > ?)
      GROUP BY 1, g.kind, e.person ORDER BY g.kind, 1, e.person`,
    ...[coop, from, to, revision, to, revision],
  )
  const home = ({ programme, person }: { programme: string; person: string }) =>
    `${programme}\n${homes.get(person) ?? person}`
  return [...Map.groupBy(rows, home).values()].map(own => {
    const { programme, kind, person } = own[0]!
    const household = homes.get(person)
    const amount = yuan(total(own, row => row.amount))
    return { programme, kind, household, person: household ? undefined : person, heads: own.length, amount }
  })
}

/** Rent owed at the end of the quarter by age, yuan. */
export type Ageing = { upTo30: string; upTo90: string; beyond: string }

/** Splits arrears by the age of the oldest unsettled month. */
export function ageing(rows: readonly { arrears: Fen; daysOverdue: number }[]): Ageing {
  const sums = { upTo30: 0, upTo90: 0, beyond: 0 }
  for (const { arrears, daysOverdue } of rows)
    sums[daysOverdue <= 30 ? 'upTo30' : daysOverdue <= 90 ? 'upTo90' : 'beyond'] += arrears
  return { upTo30: yuan(sums.upTo30), upTo90: yuan(sums.upTo90), beyond: yuan(sums.beyond) }
}
