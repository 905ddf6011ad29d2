import { type BookEntry, bookEntries, monthSums } from '../../projections/book-entries.ts'
import { periodOf } from '../../src/domain/calendar.ts'
import { type Fen, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import { type LedgerOf, ledgerRows } from './ledger-rows.ts'
import { type BookData, type BookQuery, type BookRow, type Check, partyShown, same } from './report.ts'

/** Which accounts get a book each, and whether days are totalled. */
export type BooksWanted = {
  /** Those under this first-level account alone. */
  under?: string
  daily?: boolean
}

type Sum = { account: string; month: string; debit: Fen; credit: Fen }

/**
 * The books of a period, one for every account as booked that has anything on it, or a single one of the account asked
 * for with its sub-accounts; each is checked to end with what the trial balance has.
 */
export function accountBooks(query: BookQuery, { under, daily = false }: BooksWanted = {}): BookData {
  const { sql, coop, period, fund, account = under, resolve } = query
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const sums = monthSums(sql, coop, '0000-00', months.to, { account, fund })
  const entries = bookEntries(sql, coop, period, { account, fund }, daily).map(entry => ({
    ...entry,
    counterparty: partyShown(entry.counterparty, resolve),
  }))
  const single = under === undefined && account !== undefined
  const bookOf = (each: { account: string }) => (single ? account : each.account)
  const byBook = Map.groupBy(entries, bookOf)
  const books = [...Map.groupBy(sums, bookOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  const rows: BookRow[] = []
  const checks: Check[] = []
  for (const [name, list] of books) {
    const book = ledgerOf(name, months, list, byBook.get(name) ?? [], daily)
    if (book.opening === 0 && book.entries.length === 0) continue
    const lines = ledgerRows(book)
    rows.push(...lines)
    const closing = list.reduce((sum, { debit, credit }) => sum + debit - credit, 0)
    checks.push(same(`${name} 期末余额 = 余额表`, lines.at(-1)?.balance ?? '', yuan(closing)))
  }
  return { rows, checks }
}

function ledgerOf(
  account: string,
  { from, to }: { from: string; to: string },
  sums: readonly Sum[],
  entries: readonly BookEntry[],
  daily: boolean,
): LedgerOf {
  const opening = sums.filter(({ month }) => month < from).reduce((sum, { debit, credit }) => sum + debit - credit, 0)
  return { account, from, to, opening, entries, months: sums, daily }
}
