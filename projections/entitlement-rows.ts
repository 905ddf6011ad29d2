import type { Row, Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/** One thing one person was granted, with its terms and how far it is paid. Amounts in yuan. */
export type EntitlementRow = {
  coop: string
  person: string
  member: boolean
  origin: string
  kind: string
  programme: string | undefined
  programmeName: string | undefined
  period: string | undefined
  year: number
  resolution: string | undefined
  form: 'money' | 'goods'
  category: string | undefined
  fund: string
  tier: string | undefined
  mode: 'pool' | 'per-share' | undefined
  perShare: string | undefined
  recordDate: string | undefined
  registerShares: string | undefined
  shares: string | undefined
  total: string
  basis: string
  rate: string | undefined
  rateBasis: string | undefined
  decidedBy: string | undefined
  date: string
  voucher: string
  gross: string
  withheld: string
  net: string
  status: EntitlementStatus
  settledOn: string | undefined
  settledVoucher: string | undefined
  batch: string | undefined
  /** What the last step says, its day and its voucher; present when it is not a plain grant or payment. */
  last: { on: string; voucher: string | undefined; note: string } | undefined
}
export type EntitlementStatus =
  | 'unpaid'
  | 'batched'
  | 'paid'
  | 'returned'
  | 'misdirected'
  | 'written-back'
  | 'withdrawn'
  | 'reversed'

/** Still owed: a payable. */
export const OWED: readonly EntitlementStatus[] = ['unpaid', 'batched', 'returned', 'misdirected']

/** Whether the co-op still has to pay it. */
export const isOwed = (row: { status: EntitlementStatus }): boolean => OWED.includes(row.status)

/** Which rows: of one co-op or of all but one, of a person, of an origin, granted between two days. */
export type EntitlementFilter = {
  coop?: string
  notCoop?: string
  inRegisterOf?: string
  person?: string
  origin?: string
  from?: string
  to?: string
  owed?: boolean
}

/** Entitlements by person and date; without a filter's part there is no limit on it. */
export function entitlementRows(sql: Sql, filter: EntitlementFilter): EntitlementRow[] {
  const where = [`g.state <> 'prepared'`]
  const params: string[] = []
  const add = (condition: string, value: string | undefined) => {
    if (value === undefined) return
    where.push(condition)
    params.push(value)
  }
  add('e.coop = ?', filter.coop)
  add('e.coop <> ?', filter.notCoop)
  add('EXISTS (SELECT 1 FROM persons p WHERE p.coop = ? AND p.person = e.person)', filter.inRegisterOf)
  add('e.person = ?', filter.person)
  add('e.origin = ?', filter.origin)
  add('g.date >= ?', filter.from)
  add('g.date <= ?', filter.to)
  if (filter.owed) where.push(`e.status IN (${OWED.map(status => `'${status}'`).join(', ')})`)
  return sql
    .all(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY e.person, e.coop, g.date, g.revision`, ...params)
    .map(present)
}

const SELECT = `SELECT e.coop, e.person, e.member, e.origin, g.kind, g.programme, p.name AS programmeName, g.period,
  g.year, g.resolution, g.form, g.category, g.fund, e.tier, g.mode, g.per_share AS perShare,
  g.record_date AS recordDate, g.register_shares AS registerShares, e.shares, g.total, g.basis, g.rate,
  g.rate_basis AS rateBasis, g.decided_by AS decidedBy, g.date, g.voucher, e.gross, e.withheld, e.net, e.status,
  e.settled_on AS settledOn, e.settled_voucher AS settledVoucher, e.batch,
  CASE WHEN e.status IN ('unpaid', 'paid') THEN NULL ELSE (SELECT json_array(c.on_day, c.voucher, c.note)
    FROM entitlement_changes c WHERE c.coop = e.coop AND c.origin = e.origin AND c.person = e.person
    AND c.revision >= e.granted ORDER BY c.revision DESC LIMIT 1) END AS last
  FROM entitlements e JOIN grants g ON g.coop = e.coop AND g.origin = e.origin AND g.revision = e.granted
  LEFT JOIN programmes p ON p.coop = g.coop AND p.programme = g.programme`

function present(row: Row): EntitlementRow {
  const last = row.last === null ? undefined : (JSON.parse(String(row.last)) as [string, string | null, string])
  return {
    ...presented<EntitlementRow>(row, ['total', 'gross', 'withheld', 'net']),
    member: row.member === 1,
    last: last && { on: last[0], voucher: last[1] ?? undefined, note: last[2] },
  }
}
