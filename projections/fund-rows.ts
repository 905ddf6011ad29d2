import { periodOf } from '../src/domain/calendar.ts'
import { type Fen, yuan } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'
import { accountSums, balanceAt } from './trial-balance.ts'

/** A fund over a period, yuan: what its holding account (311, 211 or 241) had, got, gave and has. */
export type FundRow = {
  fund: string
  kind: 'restricted' | 'held' | 'grant'
  account: string
  purpose: string
  owner: string | undefined
  openedOn: string
  opening: string
  received: string
  spent: string
  closing: string
  /** Of the closing balance, what lies in store as goods. */
  goods: string
}

/** Every fund opened by the end of a period written `2025-12`, `2025Q4` or `2025`, as known at a revision. */
export function fundsOver(sql: Sql, coop: string, period: string, revision = Number.MAX_SAFE_INTEGER): FundRow[] {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const funds = sql.all(
    `SELECT fund, kind, account, purpose, owner, opened_on AS openedOn FROM funds
      WHERE coop = ? AND substr(opened_on, 1, 7) <= ? AND revision <= ? ORDER BY kind, fund`,
    ...[coop, months.to, revision],
  )
  return funds.map(row => {
    const { fund, account } = row as { fund: string; account: string }
    const sums = accountSums(sql, coop, period, fund).find(line => line.account === account)
    const { opening = 0, debit = 0, credit = 0 } = sums ?? {}
    return {
      ...presented<FundRow>(row),
      opening: yuan(-opening),
      received: yuan(credit),
      spent: yuan(debit),
      closing: yuan(credit - opening - debit),
      goods: yuan(balanceAt(sql, coop, '121', months.to, fund)),
    }
  })
}

/** A day span and revision; what came later is not known yet. */
export type Span = { from: string; to: string; revision?: number }

export type GiftRow = {
  id: string
  fund: string
  form: 'money' | 'goods'
  donorKind: 'person' | 'organisation' | 'anonymous'
  donor: string
  mayBeNamed: boolean
  change: 'received' | 'returned'
  amount: string
  intent: string | undefined
  valuation: string | undefined
  date: string
  voucher: string
}

/** Gifts received, returned (negative) and taken back by a red voucher (negative) in a span, by date; yuan. */
export function giftsBetween(sql: Sql, coop: string, span: Span): GiftRow[] {
  return sql
    .all(
      `SELECT id, fund, form, donor_kind AS donorKind, donor, may_be_named AS mayBeNamed, change, amount, intent,
        valuation, date, voucher FROM gifts WHERE ${WITHIN} ORDER BY date, revision, id`,
      ...within(coop, span),
    )
    .map(row => ({ ...presented<GiftRow>(row, ['amount']), mayBeNamed: row.mayBeNamed === 1 }))
}

export type UseRow = {
  fund: string
  purpose: string
  programme: string | undefined
  form: 'money' | 'goods'
  heads: number
  amount: string
  date: string
  voucher: string
}

/** What funds were used for in a span, by date; yuan; a red voucher's rows are negative. */
export function usesBetween(sql: Sql, coop: string, span: Span): UseRow[] {
  return sql
    .all(
      `SELECT fund, purpose, programme, form, heads, amount, date, voucher FROM fund_uses
        WHERE ${WITHIN} ORDER BY date, revision`,
      ...within(coop, span),
    )
    .map(row => presented<UseRow>(row, ['amount']))
}

export type StockRow = {
  fund: string
  item: string
  unit: string
  opening: number
  received: number
  given: number
  closing: number
  value: string
}

/** Donated goods by fund and item over a span: counts, and the value in yuan of what is left. */
export function goodsStock(sql: Sql, coop: string, span: Span): StockRow[] {
  return sql
    .all(
      `SELECT fund, item, unit, coalesce(sum(quantity) FILTER (WHERE date < ?), 0) AS opening,
        coalesce(sum(quantity) FILTER (WHERE date >= ? AND change = 'donated'), 0) AS received,
        coalesce(-sum(quantity) FILTER (WHERE date >= ? AND change = 'given'), 0) AS given,
        sum(quantity) AS closing, sum(value) AS value FROM goods_moves
        WHERE coop = ? AND date <= ? AND revision <= ? GROUP BY fund, item, unit ORDER BY fund, item`,
      ...[span.from, span.from, span.from, coop, span.to, span.revision ?? Number.MAX_SAFE_INTEGER],
    )
    .map(row => presented<StockRow>(row, ['value']))
}

export type SharedRow = { id: string; on: string; what: string; givers: number; note: string }

/** The memorandum register (备查簿) of a span: things shared between neighbours, never the co-op's. */
export function sharedGoods(sql: Sql, coop: string, span: Span): SharedRow[] {
  return sql.all<SharedRow>(
    `SELECT id, on_day AS "on", what, givers, note FROM goods_shared
      WHERE coop = ? AND on_day BETWEEN ? AND ? AND revision <= ? ORDER BY on_day, id`,
    ...within(coop, span),
  )
}

export type SubsidyRow = {
  id: string
  giver: string
  project: string
  fund: string
  amount: string
  date: string
  voucher: string
}

/** Subsidies received in a span, by date; yuan. */
export function subsidiesBetween(sql: Sql, coop: string, span: Span): SubsidyRow[] {
  return sql
    .all(
      `SELECT id, giver, project, fund, amount, date, voucher FROM subsidies WHERE ${WITHIN} ORDER BY date, revision`,
      ...within(coop, span),
    )
    .map(row => presented<SubsidyRow>(row, ['amount']))
}

/** What one company in which the co-op holds a stake declared and paid in a span; `cost` at its end; yuan. */
export type InvestmentRow = {
  company: string
  stake: string | undefined
  cost: string
  declared: string
  received: string
}

type Income = { company: string; stage: string; stake: string | null; amount: Fen; date: string }

/** Investments over a span: companies with income in it, and those that stand on 141 by their own sub-account. */
export function investmentsOver(sql: Sql, coop: string, span: Span): InvestmentRow[] {
  const rows = new Map<string, { cost: Fen; declared: Fen; received: Fen }>()
  const row = (company: string) => {
    const known = rows.get(company) ?? { cost: 0, declared: 0, received: 0 }
    rows.set(company, known)
    return known
  }
  for (const { account, cost } of sql.all<{ account: string; cost: Fen }>(
    `SELECT account, sum(debit - credit) AS cost FROM balances
      WHERE coop = ? AND month <= ? AND account LIKE '141-%' GROUP BY account HAVING sum(debit - credit) <> 0`,
    ...[coop, span.to.slice(0, 7)],
  ))
    row(account.slice(4)).cost = cost
  // The stake is what was last said of it, also before the span.
  const stakes = new Map<string, string>()
  for (const income of sql.all<Income>(
    `SELECT company, stage, stake, amount, date FROM investment_income WHERE ${WITHIN} ORDER BY date, revision`,
    ...within(coop, { ...span, from: '' }),
  )) {
    if (income.stake) stakes.set(income.company, income.stake)
    if (income.date < span.from) continue
    const entry = row(income.company)
    if (income.stage !== 'received-declared') entry.declared += income.amount
    if (income.stage !== 'declared') entry.received += income.amount
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([company, { cost, declared, received }]) => ({
      company,
      stake: stakes.get(company),
      cost: yuan(cost),
      declared: yuan(declared),
      received: yuan(received),
    }))
}

const WITHIN = 'coop = ? AND date BETWEEN ? AND ? AND revision <= ?'

function within(coop: string, { from, to, revision }: Span): [string, string, string, number] {
  return [coop, from, to, revision ?? Number.MAX_SAFE_INTEGER]
}
