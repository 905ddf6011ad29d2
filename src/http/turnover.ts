import { vouchersBetween } from '../../projections/vouchers.ts'
import { monthsOfQuarter } from '../domain/calendar.ts'
import { accountName, CHART, codeOf } from '../domain/chart.ts'
import { add, fenOf, yuan } from '../domain/money.ts'
import type { Sql } from '../store/sql.ts'

export type TurnoverEntry = {
  account: string
  name: string
  date: string
  voucher: string
  debit: string
  credit: string
}
export type TurnoverRow = { account: string; name: string; debit: string; credit: string }

/** Welfare goes to persons: its totals stand in the disclosure, its entries are nobody else's business. */
const PERSONAL = '514'

/** Income and expense of a quarter entry by entry, yuan, without names or wording; the year's closing entry left out. */
export function turnoverEntries(sql: Sql, coop: string, quarter: string): TurnoverEntry[] {
  const [from, , to] = monthsOfQuarter(quarter)
  return vouchersBetween(sql, coop, from, to)
    .filter(({ type }) => type !== 'YearClosed')
    .flatMap(({ number, date, lines }) =>
      lines
        .filter(({ account }) => isPublic(account))
        .map(({ account, debit, credit }) => ({
          account,
          name: accountName(account),
          date,
          voucher: number,
          debit,
          credit,
        })),
    )
}

/** The same by account, in the order of the chart. */
export function turnoverRows(entries: readonly TurnoverEntry[]): TurnoverRow[] {
  const groups = [...Map.groupBy(entries, ({ account }) => account)].sort(([a], [b]) => (a < b ? -1 : 1))
  return groups.map(([account, own]) => ({
    account,
    name: accountName(account),
    debit: yuan(own.reduce((sum, { debit }) => add(sum, fenOf(debit)), 0)),
    credit: yuan(own.reduce((sum, { credit }) => add(sum, fenOf(credit)), 0)),
  }))
}

function isPublic(account: string): boolean {
  const kind = CHART.get(codeOf(account))?.kind
  return (kind === 'income' || kind === 'expense') && codeOf(account) !== PERSONAL
}
