import type { Charter } from '../src/domain/governance/events.ts'
import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

export type CoopProfile = {
  coop: string
  name: string
  creditCode: string | undefined
  level: string
  firstDay: string
  charter: Charter
  demo: boolean
  byImport: boolean
  address: string | undefined
  phone: string | undefined
  supervisorPhone: string | undefined
}

const PROFILE = `SELECT coop, name, credit_code AS creditCode, level, first_day AS firstDay, charter, demo,
  by_import AS byImport, address, phone, supervisor_phone AS supervisorPhone FROM coops`

/** Every co-op of the ledger by its code. */
export function allCoops(sql: Sql): CoopProfile[] {
  return sql.all(`${PROFILE} ORDER BY coop`).map(row => ({
    ...presented<CoopProfile>(row),
    charter: JSON.parse(String(row.charter)) as Charter,
    demo: row.demo === 1,
    byImport: row.byImport === 1,
  }))
}

/** One co-op; undefined when it has not been established. */
export function coopProfile(sql: Sql, coop: string): CoopProfile | undefined {
  return allCoops(sql).find(profile => profile.coop === coop)
}

/** The last event of a co-op that the read models have seen. */
export function headOf(sql: Sql, coop: string): { revision: number; hash: string; recordedAt: string } | undefined {
  return sql.get('SELECT revision, hash, recorded_at AS recordedAt FROM heads WHERE coop = ?', coop)
}

export type OfficerRow = { person: string; role: string; from: string; until: string | undefined }

/** Who holds (on a day: held) which office, by role and beginning; all there ever were without a day. */
export function officersOf(sql: Sql, coop: string, on?: string): OfficerRow[] {
  return sql
    .all(
      `SELECT person, role, from_day AS "from", until_day AS until FROM officers WHERE coop = ?
        AND (? IS NULL OR (from_day <= ? AND (until_day IS NULL OR until_day > ?))) ORDER BY role, from_day, person`,
      ...[coop, on ?? null, on ?? null, on ?? null],
    )
    .map(row => presented<OfficerRow>(row))
}

export type BankAccountRow = {
  account: string
  id: string
  bank: string
  kind: string
  lastFour: string
  owner: string
}

/** The co-op's registered bank accounts; the last four digits are for the co-op's own officers. */
export function bankAccounts(sql: Sql, coop: string): BankAccountRow[] {
  return sql
    .all(
      'SELECT account, id, bank, kind, last_four AS lastFour, owner FROM bank_accounts WHERE coop = ? ORDER BY account',
      coop,
    )
    .map(row => presented<BankAccountRow>(row))
}

/** Sub-accounts the co-op has opened besides the standard ones. */
export function subAccounts(sql: Sql, coop: string): { account: string; openedOn: string }[] {
  return sql.all('SELECT account, opened_on AS openedOn FROM sub_accounts WHERE coop = ? ORDER BY account', coop)
}

/** The months that are closed, in order. */
export function closedMonths(sql: Sql, coop: string): string[] {
  return sql
    .all<{ month: string }>('SELECT month FROM closed_months WHERE coop = ? ORDER BY month', coop)
    .map(({ month }) => month)
}

/** What was written down as 可分配收益 of a year, and the reserve set aside from it; yuan. */
export type DistributionFacts = {
  year: number
  distributable: string | undefined
  reserve: string | undefined
  reserveRate: string | undefined
}

/** The surplus of a year as computed and the reserve taken from it, as known at a revision. */
export function distributionFacts(
  sql: Sql,
  coop: string,
  year: number,
  revision = Number.MAX_SAFE_INTEGER,
): DistributionFacts {
  const computed = sql.get<{ distributable: string }>(
    'SELECT distributable FROM surplus WHERE coop = ? AND year = ? AND revision <= ? ORDER BY revision DESC LIMIT 1',
    ...[coop, year, revision],
  )
  const reserve = sql.get<{ amount: string; rate: string }>(
    'SELECT amount, rate FROM reserves WHERE coop = ? AND year = ? AND revision <= ?',
    ...[coop, year, revision],
  )
  return { year, distributable: computed?.distributable, reserve: reserve?.amount, reserveRate: reserve?.rate }
}
