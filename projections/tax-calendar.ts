import { type Month, plusMonths } from '../src/domain/calendar.ts'
import { type Fen, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { taxRates } from './tax.ts'

const MONTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const

/** One tax of one period: when it is due, what was booked for it and what of that is paid; yuan. */
export type TaxDue = { tax: string; period: string; due: string; accrued: string; paid: string; open: string }

/**
 * The taxes of a year that have a day on which they are due (SetTax), period by period: each on its day of the month
 * after the period. What was paid by the end of `until` settles the oldest first, what the year began with included.
 */
export function taxCalendar(sql: Sql, coop: string, year: number, until: Month = `${year + 1}-12`): TaxDue[] {
  const dues = new Map(taxRates(sql, coop).flatMap(rate => (rate.every && rate.day ? [[rate.tax, rate] as const] : [])))
  return [...dues.values()]
    .flatMap(({ tax, every, day }) => {
      const account = `214-${tax}`
      const months = MONTHS[every!]
      let left =
        movedUntil(sql, coop, account, 'debit', until) - movedUntil(sql, coop, account, 'credit', `${year - 1}-12`)
      return Array.from({ length: 12 / months }, (_, index): TaxDue => {
        const from = plusMonths(`${year}-01`, index * months)
        const to = plusMonths(from, months - 1)
        const accrued = credited(sql, coop, account, from, to)
        const paid = Math.min(Math.max(0, left), Math.max(0, accrued))
        left -= accrued
        const on = `${plusMonths(to, 1)}-${String(day).padStart(2, '0')}`
        const fen = { accrued: yuan(accrued), paid: yuan(paid), open: yuan(accrued - paid) }
        return { tax, period: from === to ? from : `${from}至${to}`, due: on, ...fen }
      })
    })
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.tax < b.tax ? -1 : 1))
}

const credited = (sql: Sql, coop: string, account: string, from: Month, to: Month): Fen =>
  movedUntil(sql, coop, account, 'credit', to) - movedUntil(sql, coop, account, 'credit', plusMonths(from, -1))

function movedUntil(sql: Sql, coop: string, account: string, side: 'debit' | 'credit', month: Month): Fen {
  const row = sql.get<{ fen: Fen }>(
    `SELECT coalesce(sum(${side}), 0) AS fen FROM balances WHERE coop = ? AND account = ? AND month <= ?`,
    ...[coop, account, month],
  )
  return row?.fen ?? 0
}
