import type { Column } from './import-csv.ts'
import { type CellProblem, cellName, type Sheet } from './workbook.ts'

/** A row of a sheet by its columns' names; a column the sheet lacks reads as ''. */
export type TableRow<N extends string> = { row: number; cells: Record<N, string> }
export type SheetTable<N extends string> = {
  /** The row of the headings, from 1. */
  head: number
  rows: TableRow<N>[]
  problems: CellProblem[]
  /** `B12` of a row and a column; of the heading for a column the sheet lacks. */
  cellOf(row: number, name: N): string
}
/** `values`: take what a formula's cell shows; otherwise it is refused. */
export type TableOptions = { values?: boolean | undefined }

/** Columns whose digits a number cell cannot be trusted with: 18 digits lose the last three, and zeros in front are gone. */
const DIGITS = new Set(['id_number', 'bank_account'])
/** Columns of months, in which a day stands for its month. */
const MONTHS = new Set(['birth_month', 'month'])

/** Reads a sheet with a heading row, its columns in any order by their names or headings. */
export function tableOf<N extends string>(
  { name: sheet, rows }: Sheet,
  columns: readonly Column<N>[],
  { values = false }: TableOptions = {},
): SheetTable<N> {
  const head = rows.findIndex(row => row.some(cell => cell !== undefined))
  const problems: CellProblem[] = []
  const wrong = (row: number, column: number, reason: string) =>
    problems.push({ sheet, cell: cellName(row, column), line: row, reason })
  if (head < 0) {
    wrong(1, 0, '表是空的。')
    return { head: 1, rows: [], problems, cellOf: row => cellName(row, 0) }
  }
  const places = placesOf(rows[head]!, columns, (column, reason) => wrong(head + 1, column, reason))
  const table: TableRow<N>[] = []
  for (const [index, cells] of rows.entries()) {
    if (index <= head || cells.every(cell => cell === undefined)) continue
    const known = [...places].map(([name, column]) => {
      const cell = cells[column]
      const fault = cell && faultOf(cell, name, values)
      if (fault) wrong(index + 1, column, fault)
      return [name, cell ? understood(cell, name) : ''] as const
    })
    for (const [column, cell] of cells.entries())
      if (cell && ![...places.values()].includes(column))
        wrong(index + 1, column, '这一列没有认得的表头，请删去或补上表头。')
    const empty = columns.map(({ name }) => [name, ''] as const)
    table.push({ row: index + 1, cells: Object.fromEntries([...empty, ...known]) as Record<N, string> })
  }
  return { head: head + 1, rows: table, problems, cellOf: (row, name) => cellName(row, places.get(name) ?? 0) }
}

function placesOf<N extends string>(
  heading: Sheet['rows'][number],
  columns: readonly Column<N>[],
  wrong: (column: number, reason: string) => void,
): Map<N, number> {
  const places = new Map<N, number>()
  for (const [column, cell] of heading.entries()) {
    if (!cell) continue
    const found = columns.find(({ name, titles }) => name === cell.text.toLowerCase() || titles.includes(cell.text))
    if (!found) wrong(column, `不认识的表头“${cell.text.slice(0, 20)}”。`)
    else if (places.has(found.name)) wrong(column, `表头“${cell.text}”重复了。`)
    else places.set(found.name, column)
  }
  for (const { name, titles, optional } of columns)
    if (!optional && !places.has(name)) wrong(0, `缺少表头“${titles[0] ?? name}”。`)
  return places
}

type Cell = NonNullable<Sheet['rows'][number][number]>

function faultOf({ kind, text, formula }: Cell, name: string, values: boolean): string | undefined {
  if (formula && !values)
    return '单元格是公式，程序不替您计算；请“粘贴为数值”后再导入，或加 --values 按表里保存的结果导入。'
  if (kind === 'other')
    return text === '' ? '公式还没有算出结果，请用表格软件打开并保存一次。' : `不能用“${text.slice(0, 20)}”。`
  if (kind !== 'number') return undefined
  if (DIGITS.has(name))
    return '这一格是数字格式：表格软件只保留15位，号码的末几位或开头的零已经丢了；请把这一列设为文本，重新填写号码。'
  return Math.abs(Number(text)) >= 1e15 ? '数字超过 15 位，表格软件已经改动了末几位；请设为文本后重新填写。' : undefined
}

const understood = ({ kind, text }: Cell, name: string): string =>
  kind === 'date' && MONTHS.has(name) ? text.slice(0, 7) : text
