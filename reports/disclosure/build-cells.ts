import { type Fen, fenOf, grouped, total, yuan } from '../../src/domain/money.ts'
import type { Column, TableData } from '../kit/table.ts'

/** Columns by what they hold; `width` is relative to the other columns of the table. */
export const text = (title: string, width: number): Column => ({ title, width, kind: 'text' })
export const money = (title: string, width = 14): Column => ({ title, width, kind: 'money' })
export const count = (title: string, width = 8): Column => ({ title, width, kind: 'count' })
export const date = (title: string, width = 12): Column => ({ title, width, kind: 'date' })

/** The sum of yuan amounts, as yuan. */
export const sum = <T>(rows: readonly T[], of: (row: T) => string): string => yuan(sumFen(rows, of))

/** The sum of yuan amounts, in fen. */
export const sumFen = <T>(rows: readonly T[], of: (row: T) => string): Fen => total(rows, row => fenOf(of(row)))

/** 1,234.50 元, within a sentence. */
export const written = (amount: string): string => `${grouped(amount)} 元`

/** A table in 元 with a 合计 row under the money columns; no total where there is at most one row to add. */
export function moneyTable(
  caption: string | undefined,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): TableData {
  const totals = columns.map((column, index) => (column.kind === 'money' ? sum(rows, row => row[index] || '0.00') : ''))
  return {
    ...(caption === undefined ? {} : { caption }),
    unit: '元',
    columns,
    rows,
    ...(rows.length > 1 ? { total: totals } : {}),
  }
}
