import { Decimal } from 'decimal.js'
import { periodOf, yearOf } from '../src/domain/calendar.ts'
import { costOf } from '../src/domain/governance/state.ts'
import { type Fen, fenOf, yuan } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { type Projection, voucherOf } from './projection.ts'
import { insert, put, reverseRows } from './rows.ts'
import { below } from './trial-balance.ts'

/** The year's financial plan item by item, and what programmes have cost voucher by voucher. Fen. */
export const budget: Projection = {
  name: 'budget',
  version: 1,
  tables: {
    budgets: `coop TEXT NOT NULL, year INTEGER NOT NULL, revision INTEGER NOT NULL, resolution TEXT NOT NULL,
      binding INTEGER NOT NULL, reason TEXT, PRIMARY KEY (coop, year, revision)`,
    budget_items: `coop TEXT NOT NULL, year INTEGER NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL,
      ordinal INTEGER NOT NULL, title TEXT NOT NULL, direction TEXT NOT NULL, account TEXT, programme TEXT, fund TEXT,
      adopted INTEGER NOT NULL, planned INTEGER NOT NULL, PRIMARY KEY (coop, year, item)`,
    programme_costs: `coop TEXT NOT NULL, revision INTEGER NOT NULL, voucher TEXT NOT NULL, date TEXT NOT NULL,
      programme TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (coop, revision)`,
  },
  apply(tx, event) {
    const { coop, revision, type, data } = event
    if (type === 'BudgetAdopted' || type === 'BudgetAmended') {
      const { year, resolution, items } = data
      const [binding, reason] = type === 'BudgetAdopted' ? [data.binding ? 1 : 0, undefined] : [0, data.reason]
      insert(tx, 'budgets', { coop, year, revision, resolution, binding, reason })
      for (const [ordinal, { item, amount, ...rest }] of items.entries()) {
        const before = tx.get<{ adopted: Fen; revision: number; ordinal: number }>(
          'SELECT adopted, revision, ordinal FROM budget_items WHERE coop = ? AND year = ? AND item = ?',
          ...[coop, year, item],
        )
        const adopted = before?.adopted ?? (type === 'BudgetAdopted' ? fenOf(amount) : 0)
        const place = { revision: before?.revision ?? revision, ordinal: before?.ordinal ?? ordinal }
        put(tx, 'budget_items', { coop, year, item, ...place, ...rest, adopted, planned: fenOf(amount) })
      }
    }
    const voucher = voucherOf(event)
    if (voucher && 'programme' in data && data.programme && costOf(event) !== 0) {
      const { number, date } = voucher
      const cost = { programme: data.programme, amount: costOf(event) }
      insert(tx, 'programme_costs', { coop, revision, voucher: number, date, ...cost })
    }
    if (type === 'VoucherReversed') reverseRows(tx, 'programme_costs', event, ['programme'], ['amount'])
  },
}

/**
 * An item of the plan: as first adopted, as it stands, what was booked from January to the end of the period, what is left
 * and how much of it is used in percent; yuan. `over` where more was spent than planned.
 */
export type BudgetRow = {
  item: string
  title: string
  direction: 'in' | 'out'
  account: string | undefined
  programme: string | undefined
  fund: string | undefined
  adopted: string
  planned: string
  actual: string
  left: string
  percent: string
  over: boolean
}
export type BudgetReport = { year: number; resolutions: string[]; binding: boolean; rows: BudgetRow[] }

type Item = {
  item: string
  title: string
  direction: 'in' | 'out'
  account: string | null
  programme: string | null
  fund: string | null
  adopted: Fen
  planned: Fen
}

/** The plan of the year in which a period written `2025-12`, `2025Q4` or `2025` lies; undefined where none was adopted. */
export function budgetReport(sql: Sql, coop: string, period: string): BudgetReport | undefined {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const year = yearOf(months.to)
  const plans = sql.all<{ resolution: string; binding: number }>(
    'SELECT resolution, binding FROM budgets WHERE coop = ? AND year = ? ORDER BY revision',
    ...[coop, year],
  )
  if (plans.length === 0) return undefined
  const items = sql.all<Item>(
    `SELECT item, title, direction, account, programme, fund, adopted, planned FROM budget_items
      WHERE coop = ? AND year = ? ORDER BY revision, ordinal`,
    ...[coop, year],
  )
  const rows = items.map(item => rowOf(item, actualOf(sql, coop, item, `${year}-01`, months.to)))
  return { year, resolutions: plans.map(({ resolution }) => resolution), binding: plans[0]!.binding === 1, rows }
}

function rowOf({ adopted, planned, account, programme, fund, ...item }: Item, actual: Fen): BudgetRow {
  return {
    ...item,
    ...{ account: account ?? undefined, programme: programme ?? undefined, fund: fund ?? undefined },
    ...{ adopted: yuan(adopted), planned: yuan(planned), actual: yuan(actual), left: yuan(planned - actual) },
    percent: new Decimal(actual).times(100).div(planned).toFixed(1),
    over: item.direction === 'out' && actual > planned,
  }
}

// As the domain counts it (books/budget-check.ts), from the tables.
function actualOf(
  sql: Sql,
  coop: string,
  { direction, account, programme, fund }: Item,
  from: string,
  to: string,
): Fen {
  if (programme !== null)
    return fenIn(
      sql,
      'SELECT coalesce(sum(amount), 0) AS fen FROM programme_costs WHERE coop = ? AND programme = ? AND substr(date, 1, 7) BETWEEN ? AND ?',
      [coop, programme, from, to],
    )
  if (fund !== null) return actualOfFund(sql, coop, fund, direction, from, to)
  const sum = direction === 'out' ? 'debit - credit' : 'credit - debit'
  return booked(sql, coop, sum, account!, from, to)
}

function actualOfFund(sql: Sql, coop: string, fund: string, direction: 'in' | 'out', from: string, to: string): Fen {
  const held = sql.get<{ kind: string; account: string }>(
    'SELECT kind, account FROM funds WHERE coop = ? AND fund = ?',
    ...[coop, fund],
  )
  invariant(held, `the fund ${fund}`)
  if (held.kind !== 'grant' || direction === 'in')
    return booked(sql, coop, direction === 'out' ? 'debit' : 'credit', held.account, from, to)
  return booked(sql, coop, 'credit', '101', from, to, fund) + booked(sql, coop, 'credit', '102', from, to, fund)
}

function booked(sql: Sql, coop: string, sum: string, account: string, from: string, to: string, fund?: string): Fen {
  return fenIn(
    sql,
    `SELECT coalesce(sum(${sum}), 0) AS fen FROM voucher_lines AS l JOIN vouchers AS v USING (coop, month, seq)
      WHERE l.coop = ? AND (account = ? OR (account > ? AND account < ?)) AND (? IS NULL OR fund = ?)
      AND substr(l.date, 1, 7) BETWEEN ? AND ? AND v.type NOT IN ('YearClosed', 'OpeningBalancesRecorded')`,
    [coop, account, ...below(account), fund ?? null, fund ?? null, from, to],
  )
}

const fenIn = (sql: Sql, query: string, params: (string | null)[]): Fen =>
  sql.get<{ fen: Fen }>(query, ...params)?.fen ?? 0
