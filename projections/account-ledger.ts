import { periodOf } from '../src/domain/calendar.ts'
import { type Fen, yuan } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { below } from './trial-balance.ts'
import { NUMBERED_WITHIN, numberOf } from './vouchers.ts'

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

type Sum = { sum: Fen | null }
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
  const { fund = null, counterparty = null } = filter
  const within = `coop = ? AND (account = ? OR (account > ? AND account < ?)) AND (? IS NULL OR fund = ?)`
  const params = [coop, account, ...below(account), fund, fund]
  // Sums by counterparty are kept nowhere; all others are in the trial balance.
  const opening =
    counterparty === null
      ? sql.get<Sum>(
          `SELECT sum(debit - credit) AS sum FROM balances WHERE ${within} AND month < ?`,
          ...params,
          months.from,
        )
      : sql.get<Sum>(
          `SELECT sum(debit - credit) AS sum FROM voucher_lines WHERE ${within} AND counterparty = ? AND period < ?`,
          ...[...params, counterparty, months.from],
        )
  const rows = sql.all<Row>(
    `SELECT month, seq, date, summary, account, fund, counterparty, debit, credit FROM voucher_lines
      WHERE ${within} AND (? IS NULL OR counterparty = ?) AND ${NUMBERED_WITHIN} AND period BETWEEN ? AND ?
      ORDER BY month, seq, line`,
    ...[...params, counterparty, counterparty, months.from, months.to, months.from, months.to],
  )
  return { account, ...running(opening?.sum ?? 0, rows) }
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
