import { periodOf } from '../src/domain/calendar.ts'
import { accountName, codeOf } from '../src/domain/chart.ts'
import { add, type Fen, yuan } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { BalanceSums } from './balance-sums.ts'
import { type Projection, voucherOf } from './projection.ts'
import { periodOfLine, periodOfVoucher, sidesOf } from './vouchers.ts'

const ADD = `INSERT INTO balances VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit`

/** Debit and credit of every account by fund and month, in fen; a red amount is negative on its own side. */
export const trialBalance: Projection = {
  name: 'trial-balance',
  version: 1,
  tables: {
    balances: `coop TEXT NOT NULL, account TEXT NOT NULL, fund TEXT NOT NULL, month TEXT NOT NULL,
      debit INTEGER NOT NULL, credit INTEGER NOT NULL, PRIMARY KEY (coop, account, fund, month)`,
  },
  apply(tx, event) {
    const voucher = voucherOf(event)
    if (!voucher) return
    for (const [index, line] of voucher.lines.entries())
      tx.run(ADD, event.coop, line.account, line.fund ?? '', periodOfLine(event, voucher, index), ...sidesOf(line))
  },
  filling: () => {
    const sums = new BalanceSums()
    return {
      get held() {
        return sums.size
      },
      take(_, event) {
        const voucher = voucherOf(event)
        if (!voucher) return
        const ofMonth = sums.within(event.coop, periodOfVoucher(event, voucher))
        const opening = event.type === 'OpeningBalancesRecorded'
        for (const [index, line] of voucher.lines.entries()) {
          const [debit, credit] = sidesOf(line)
          const enter = opening ? sums.within(event.coop, periodOfLine(event, voucher, index)) : ofMonth
          enter(line.account, line.fund ?? '', debit, credit)
        }
      },
      write(tx) {
        for (const sum of sums.drain()) tx.run(ADD, ...sum)
      },
    }
  },
}

/** The last month with a voucher in it; undefined for books without one. */
export function lastBookedMonth(sql: Sql, coop: string): string | undefined {
  return (
    sql.get<{ month: string | null }>('SELECT max(month) AS month FROM balances WHERE coop = ?', coop)?.month ??
    undefined
  )
}

/** One account over a period: yuan, debit positive in `opening` and `closing`. */
export type TrialBalanceRow = {
  account: string
  name: string
  opening: string
  debit: string
  credit: string
  closing: string
}

type Sums = { opening: Fen; debit: Fen; credit: Fen }

/**
 * The trial balance of a period written `2025-12`, `2025Q4` or `2025`, first-level accounts each followed by its
 * sub-accounts, only those with anything on them; of one fund alone if named ('' = 一般资金).
 */
export function trialBalanceOf(sql: Sql, coop: string, period: string, fund?: string): TrialBalanceRow[] {
  const sums = new Map<string, Sums>()
  for (const row of accountSums(sql, coop, period, fund)) {
    const first = codeOf(row.account)
    if (row.account !== first) addTo(sums, row.account, row)
    addTo(sums, first, row)
  }
  return [...sums]
    .filter(([, { opening, debit, credit }]) => opening !== 0 || debit !== 0 || credit !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, { opening, debit, credit }]) => ({
      account,
      name: accountName(account),
      opening: yuan(opening),
      debit: yuan(debit),
      credit: yuan(credit),
      closing: yuan(opening + debit - credit),
    }))
}

/** Balance in fen, debit positive, at the end of a month: of an account with its sub-accounts, in one fund if named. */
export function balanceAt(sql: Sql, coop: string, account: string, month: string, fund?: string): Fen {
  const row = sql.get<{ balance: Fen }>(
    `SELECT coalesce(sum(debit - credit), 0) AS balance FROM balances
      WHERE coop = ? AND (account = ? OR (account > ? AND account < ?)) AND month <= ? AND (? IS NULL OR fund = ?)`,
    ...[coop, account, ...below(account), month, fund ?? null, fund ?? null],
  )
  return row?.balance ?? 0
}

/** Opening (debit positive), debit and credit in fen of every account as booked, over a period. */
export function accountSums(sql: Sql, coop: string, period: string, fund?: string): (Sums & { account: string })[] {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  return sql.all<Sums & { account: string }>(
    `SELECT account, coalesce(sum(debit - credit) FILTER (WHERE month < ?), 0) AS opening,
      coalesce(sum(debit) FILTER (WHERE month >= ?), 0) AS debit,
      coalesce(sum(credit) FILTER (WHERE month >= ?), 0) AS credit
      FROM balances WHERE coop = ? AND month <= ? AND (? IS NULL OR fund = ?) GROUP BY account ORDER BY account`,
    ...[months.from, months.from, months.from, coop, months.to, fund ?? null, fund ?? null],
  )
}

/** The bounds between which an account's sub-accounts sort: `102-` and what follows every `102-…`. */
export const below = (account: string): [string, string] => [`${account}-`, `${account}.`]

function addTo(sums: Map<string, Sums>, account: string, row: Sums): void {
  const before = sums.get(account) ?? { opening: 0, debit: 0, credit: 0 }
  sums.set(account, {
    opening: add(before.opening, row.opening),
    debit: add(before.debit, row.debit),
    credit: add(before.credit, row.credit),
  })
}
