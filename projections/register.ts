import { firstDay, lastDay, monthsOfQuarter } from '../src/domain/calendar.ts'
import { type MicroShares, sharesText } from '../src/domain/shares.ts'
import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/**
 * A day the register is shown as of, and what is known: records up to an instant (UTC ISO) and up to a revision of the
 * co-op's stream. What is left out means: everything there is.
 */
export type AsOf = { on?: string; knownAt?: string; revision?: number }
export type PersonRow = {
  person: string
  member: boolean
  memberFrom: string | undefined
  memberUntil: string | undefined
  birthMonth: string | undefined
  household: string | undefined
  relation: string | undefined
  sealed: boolean
  shares: string
}

const END_OF_TIME = '9999-12-31'

type When = [coop: string, on: string, knownAt: string, revision: number, person: string | null, same: string | null]

function known(coop: string, asOf: AsOf, person: string | null = null): When {
  const { on = END_OF_TIME, knownAt = END_OF_TIME, revision = Number.MAX_SAFE_INTEGER } = asOf
  return [coop, on, knownAt, revision, person, person]
}

const KNOWN = 'coop = ? AND on_day <= ? AND recorded_at <= ? AND revision <= ? AND (? IS NULL OR person = ?)'
// The household is what the latest change says: the greatest of day, revision and name put one after another.
const MEMBERSHIP = `SELECT person, max(on_day) FILTER (WHERE change = 'admitted') AS member_from,
  max(on_day) FILTER (WHERE change = 'ended') AS member_until,
  substr(max(on_day || printf('%012d', revision) || household) FILTER (WHERE household IS NOT NULL), 23) AS household
  FROM person_changes WHERE ${KNOWN} GROUP BY person`
const HOLDINGS = `SELECT person, sum(delta) AS micro FROM share_changes
  WHERE ${KNOWN} GROUP BY person HAVING sum(delta) <> 0`

type Raw = {
  person: string
  member_from: string | null
  member_until: string | null
  birth_month: string | null
  household: string | null
  relation: string | null
  sealed_on: string | null
  micro: MicroShares | null
}

/** Everybody in the register on a day as known at an instant, by code, with their shares; `person` alone if named. */
export function persons(sql: Sql, coop: string, asOf: AsOf = {}, person?: string): PersonRow[] {
  const when = known(coop, asOf, person)
  return sql
    .all<Raw>(
      `SELECT p.person, m.member_from, m.member_until, p.birth_month, m.household, p.relation, p.sealed_on, h.micro
        FROM persons p JOIN (${MEMBERSHIP}) m ON m.person = p.person LEFT JOIN (${HOLDINGS}) h ON h.person = p.person
        WHERE p.coop = ? ORDER BY p.person`,
      ...[...when, ...when, coop],
    )
    .map(row => personRow(row, asOf.on ?? END_OF_TIME))
}

/** Holders of shares at the end of a day as known at an instant, by code; shares as "12.5". */
export function holdings(sql: Sql, coop: string, asOf: AsOf = {}): { person: string; shares: string }[] {
  return sql
    .all<{ person: string; micro: MicroShares }>(`${HOLDINGS} ORDER BY person`, ...known(coop, asOf))
    .map(({ person, micro }) => ({ person, shares: sharesText(micro) }))
}

export type ShareChangeRow = {
  id: string
  on: string
  recordedAt: string
  change: string
  shares: string
  kind: string | undefined
  basis: string
  resolution: string | undefined
}

/** Every change of one person's shares, oldest first; shares given away are negative. */
export function shareChanges(sql: Sql, coop: string, person: string): ShareChangeRow[] {
  return sql
    .all(
      `SELECT id, on_day AS "on", recorded_at AS recordedAt, change, delta, kind, basis, resolution
        FROM share_changes WHERE coop = ? AND person = ? ORDER BY on_day, revision, ordinal`,
      ...[coop, person],
    )
    .map(({ delta, ...row }) => ({ ...presented<ShareChangeRow>(row), shares: signedShares(Number(delta)) }))
}

export type RegisterCounts = { members: number; others: number; households: number; holders: number; shares: string }

/** How many members, other persons, households of members, holders and shares there are as of a day. */
export function registerCounts(sql: Sql, coop: string, asOf: AsOf = {}): RegisterCounts {
  const everybody = persons(sql, coop, asOf)
  const own = everybody.filter(row => row.member)
  const held = sql.get<{ holders: number; micro: MicroShares | null }>(
    `SELECT count(*) AS holders, sum(micro) AS micro FROM (${HOLDINGS})`,
    ...known(coop, asOf),
  )
  return {
    members: own.length,
    others: everybody.filter(row => row.memberFrom === undefined).length,
    households: new Set(own.flatMap(row => row.household ?? [])).size,
    holders: held?.holders ?? 0,
    shares: sharesText(held?.micro ?? 0),
  }
}

/** What happened to the register in a quarter, by kind: how many times, how many persons, how many shares moved. */
export type RegisterChange = { change: string; times: number; persons: number; shares: string }

/** Changes effective in a quarter and known at a revision, counts only; changes nobody was touched by are left out. */
export function registerChanges(
  sql: Sql,
  coop: string,
  quarter: string,
  revision = Number.MAX_SAFE_INTEGER,
): RegisterChange[] {
  const [first, , last] = monthsOfQuarter(quarter)
  const span = [coop, revision, firstDay(first), lastDay(last)]
  const people = sql.all<{ change: string; times: number; persons: number }>(
    `SELECT change, count(*) AS times, count(DISTINCT person) AS persons FROM person_changes
      WHERE coop = ? AND revision <= ? AND on_day BETWEEN ? AND ?
      AND change IN ('admitted', 'registered', 'ended', 'sealed', 'erased') GROUP BY change ORDER BY change`,
    ...span,
  )
  const shares = sql.all<{ change: string; times: number; persons: number; micro: MicroShares }>(
    `SELECT change, count(DISTINCT revision) AS times, count(DISTINCT person) AS persons, sum(abs(delta)) AS micro
      FROM share_changes WHERE coop = ? AND revision <= ? AND on_day BETWEEN ? AND ?
      AND change IN ('issued', 'received', 'inherited', 'cancelled') GROUP BY change ORDER BY change`,
    ...span,
  )
  return [
    ...people.map(row => ({ ...row, shares: '0' })),
    ...shares.map(({ micro, ...row }) => ({ ...row, shares: sharesText(micro) })),
  ]
}

export type HouseholdRow = { household: string; head: string; formedOn: string; changedOn: string; persons: string[] }

/** Households with the codes of the persons now in each. */
export function households(sql: Sql, coop: string): HouseholdRow[] {
  return sql
    .all<Omit<HouseholdRow, 'persons'> & { persons: string }>(
      `SELECT h.household, h.head, h.formed_on AS formedOn, h.changed_on AS changedOn,
        (SELECT json_group_array(person) FROM (SELECT person FROM persons p
          WHERE p.coop = h.coop AND p.household = h.household ORDER BY person)) AS persons
        FROM households h WHERE h.coop = ? ORDER BY h.household`,
      coop,
    )
    .map(row => ({ ...row, persons: JSON.parse(row.persons) as string[] }))
}

/** The co-ops in whose register a person stands, by code. */
export function coopsOfPerson(sql: Sql, person: string): string[] {
  return sql
    .all<{ coop: string }>('SELECT coop FROM persons WHERE person = ? ORDER BY coop', person)
    .map(({ coop }) => coop)
}

function personRow(row: Raw, on: string): PersonRow {
  const from = row.member_from ?? undefined
  // Who was admitted again after leaving is a member once more.
  const until =
    row.member_until !== null && from !== undefined && row.member_until < from
      ? undefined
      : (row.member_until ?? undefined)
  return {
    person: row.person,
    member: from !== undefined && (until === undefined || until >= on),
    memberFrom: from,
    memberUntil: until,
    birthMonth: row.birth_month ?? undefined,
    household: row.household || undefined,
    relation: row.relation ?? undefined,
    sealed: row.sealed_on !== null,
    shares: sharesText(row.micro ?? 0),
  }
}

const signedShares = (delta: MicroShares): string => (delta < 0 ? `-${sharesText(-delta)}` : sharesText(delta))
