import { accountName } from '../src/domain/chart.ts'
import { type Fen, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import type { Cut } from './quarter.ts'
import { citedResolutions } from './resolution-rows.ts'
import { accountSums } from './trial-balance.ts'
import { NUMBERED_WITHIN, numberOf } from './vouchers.ts'

/** An account over the quarter in yuan; opening and closing debit positive. */
export type MovementRow = {
  account: string
  name: string
  opening: string
  debit: string
  credit: string
  closing: string
}

/** Accounts of the given first-level codes as booked, only those with anything on them. */
export function movements(sql: Sql, cut: Cut, codes: readonly string[]): MovementRow[] {
  return accountSums(sql, cut.coop, cut.quarter)
    .filter(({ account }) => codes.includes(account.slice(0, 3)))
    .filter(({ opening, debit, credit }) => opening !== 0 || debit !== 0 || credit !== 0)
    .map(({ account, opening, debit, credit }) => ({
      account,
      name: accountName(account),
      opening: yuan(opening),
      debit: yuan(debit),
      credit: yuan(credit),
      closing: yuan(opening + debit - credit),
    }))
}

/** One line of income or expense with what is known of the fact behind it; yuan, a red line is negative. */
export type ProfitLine = {
  date: string
  voucher: string
  type: string
  summary: string
  account: string
  fund: string
  counterparty: string | undefined
  amount: string
  resolution: string | undefined
  /** For a grant: its programme's code and name and how many persons it went to. */
  programme: string | undefined
  programmeName: string | undefined
  heads: number | undefined
  /** For rent: how many leases it comes from, and which if it is one. */
  leases: number
  lease: string | undefined
}

type Raw = {
  date: string
  month: string
  seq: number
  type: string
  summary: string
  account: string
  fund: string
  counterparty: string | null
  debit: Fen
  credit: Fen
}

/** The quarter's lines on accounts of the given codes, voucher by voucher; closing entries left out. */
export function profitLines(sql: Sql, cut: Cut, codes: readonly string[], side: 'income' | 'expense'): ProfitLine[] {
  const rows = sql.all<Raw>(
    `SELECT l.date, l.month, l.seq, l.type, l.summary, l.account, l.fund, l.counterparty, l.debit, l.credit
      FROM voucher_lines l WHERE l.coop = ? AND l.${NUMBERED_WITHIN} AND l.period BETWEEN ? AND ? AND ${NOT_CLOSING}
      AND substr(l.account, 1, 3) IN (SELECT value FROM json_each(?)) ORDER BY l.month, l.seq, l.line`,
    ...[cut.coop, cut.fromMonth, cut.toMonth, cut.fromMonth, cut.toMonth, JSON.stringify(codes)],
  )
  const resolutions = citedResolutions(sql, cut.coop, cut.fromMonth, cut.toMonth)
  const grants = grantsByVoucher(sql, cut)
  const leases = leasesByVoucher(sql, cut)
  return rows.map(({ month, seq, counterparty, debit, credit, ...row }) => {
    const voucher = numberOf(month, seq)
    const grant = grants.get(voucher)
    const rent = leases.get(`${voucher} ${row.account}`)
    return {
      ...row,
      voucher,
      counterparty: counterparty ?? undefined,
      amount: yuan(side === 'income' ? credit - debit : debit - credit),
      resolution: resolutions.get(voucher),
      programme: grant?.programme,
      programmeName: grant?.name,
      heads: grant?.heads,
      leases: rent?.leases ?? 0,
      lease: rent?.leases === 1 ? rent.lease : undefined,
    }
  })
}

// An entry that carries 5xx over to 321 is no income or expense, whether we made it or it came with imported history.
const NOT_CLOSING = `NOT EXISTS (SELECT 1 FROM voucher_lines c WHERE c.coop = l.coop AND c.month = l.month
  AND c.seq = l.seq AND substr(c.account, 1, 3) = '321')`

type GrantOf = { voucher: string; programme: string; name: string; heads: number }

// A red voucher of a grant is told apart by the grant it ended.
function grantsByVoucher(sql: Sql, { coop }: Cut): Map<string, GrantOf> {
  const rows = sql.all<GrantOf>(
    `SELECT g.voucher, g.programme, p.name, g.heads FROM grants g
      JOIN programmes p ON p.coop = g.coop AND p.programme = g.programme WHERE g.coop = ? AND g.voucher IS NOT NULL
      UNION ALL SELECT v.month || '-记-' || v.seq, g.programme, p.name, g.heads FROM grants g
      JOIN programmes p ON p.coop = g.coop AND p.programme = g.programme
      JOIN vouchers v ON v.coop = g.coop AND v.reverses = g.voucher WHERE g.coop = ?`,
    ...[coop, coop],
  )
  return new Map(rows.map(row => [row.voucher, row]))
}

// Which leases a voucher's line on an income account comes from.
function leasesByVoucher(sql: Sql, cut: Cut): Map<string, { leases: number; lease: string }> {
  const rows = sql.all<{ voucher: string; income: string; leases: number; lease: string }>(
    `SELECT r.voucher, l.income, count(DISTINCT r.lease) AS leases, min(r.lease) AS lease FROM rent_entries r
      JOIN leases l ON l.coop = r.coop AND l.lease = r.lease
      WHERE r.coop = ? AND r.date BETWEEN ? AND ? GROUP BY r.voucher, l.income`,
    ...[cut.coop, cut.from, cut.to],
  )
  return new Map(rows.map(row => [`${row.voucher} ${row.income}`, row]))
}

/** How many vouchers of the quarter are red, and how many there are. */
export function voucherCounts(sql: Sql, cut: Cut): { all: number; red: number } {
  const row = sql.get<{ count: number; red: number }>(
    `SELECT count(*) AS count, count(reverses) AS red FROM vouchers WHERE coop = ? AND month BETWEEN ? AND ?`,
    ...[cut.coop, cut.fromMonth, cut.toMonth],
  )
  return { all: row?.count ?? 0, red: row?.red ?? 0 }
}

/** What officers owe the co-op at the end of the quarter, advances and rent alike; it should be nothing. Yuan. */
export function officersDebt(sql: Sql, cut: Cut): { persons: number; amount: string } {
  const { coop, to, toMonth, revision } = cut
  const row = sql.get<{ persons: number; amount: Fen | null }>(
    `SELECT count(*) AS persons, sum(debt) AS amount FROM (SELECT person, sum(debt) AS debt FROM (
        SELECT counterparty AS person, debit - credit AS debt FROM voucher_lines
          WHERE coop = ? AND period <= ? AND substr(account, 1, 3) IN ('112', '113') AND counterparty IS NOT NULL
        UNION ALL SELECT l.tenant, r.arrears FROM rent_entries r
          JOIN leases l ON l.coop = r.coop AND l.lease = r.lease WHERE r.coop = ? AND r.date <= ?)
      WHERE person IN (SELECT person FROM officers WHERE coop = ? AND from_day <= ?
        AND revision <= ? AND (until_day IS NULL OR until_day > ? OR until_revision > ?))
      GROUP BY person HAVING sum(debt) > 0)`,
    ...[coop, toMonth, coop, to, coop, to, revision, to, revision],
  )
  return { persons: row?.persons ?? 0, amount: yuan(row?.amount ?? 0) }
}
