import { periodOf } from '../src/domain/calendar.ts'
import { type Fen, yuan } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { below } from './trial-balance.ts'
import { numberOf } from './vouchers.ts'

/** One entry of an account (明细账): yuan; `balance` after the entry, debit positive. */
export type LedgerEntry = {
  date: string
  voucher: string
  summary: string
  account: string
  fund: string
  counterparty: string | undefined
  debit: string
  credit: string
  balance: string
}
export type AccountLedger = { account: string; opening: string; entries: LedgerEntry[]; closing: string }

/** Restricts an account ledger to one fund ('' = 一般资金) or one counterparty. */
export type LedgerFilter = { fund?: string; counterparty?: string }

type Row = {
  month: string
  seq: number
  date: string
  summary: string
  account: string
  fund: string
  counterparty: string | null
  debit: Fen
  credit: Fen
}

/**
 * The entries of an account and its sub-accounts over a period written `2025-12`, `2025Q4` or `2025`, in the order of
 * the vouchers, with opening, running and closing balance. `101` gives the cash journal, `102` the bank journals.
 */
export function accountLedger(
  sql: Sql,
  coop: string,
  account: string,
  period: string,
  filter: LedgerFilter = {},
): AccountLedger {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const where = `l.coop = ? AND (l.account = ? OR (l.account > ? AND l.account < ?))
    AND (? IS NULL OR l.fund = ?) AND (? IS NULL OR l.counterparty = ?)`
  const fund = filter.fund ?? null
  const party = filter.counterparty ?? null
  const params = [coop, account, ...below(account), fund, fund, party, party]
  const opening =
    sql.get<{ sum: Fen }>(
      `SELECT coalesce(sum(l.debit - l.credit), 0) AS sum FROM voucher_lines l WHERE ${where} AND l.period < ?`,
      ...[...params, months.from],
    )?.sum ?? 0
  const rows = sql.all<Row>(
    `SELECT l.month, l.seq, l.date, v.summary, l.account, l.fund, l.counterparty, l.debit, l.credit
      FROM voucher_lines l JOIN vouchers v ON v.coop = l.coop AND v.month = l.month AND v.seq = l.seq
      WHERE ${where} AND l.period BETWEEN ? AND ? ORDER BY l.month, l.seq, l.line`,
    ...[...params, months.from, months.to],
  )
  return { account, ...running(opening, rows) }
}

function running(opening: Fen, rows: Row[]): Omit<AccountLedger, 'account'> {
  let balance = opening
  const entries = rows.map(({ month, seq, counterparty, debit, credit, ...row }) => {
    balance += debit - credit
    return {
      ...row,
      voucher: numberOf(month, seq),
      counterparty: counterparty ?? undefined,
      debit: yuan(debit),
      credit: yuan(credit),
      balance: yuan(balance),
    }
  })
  return { opening: yuan(opening), entries, closing: yuan(balance) }
}
