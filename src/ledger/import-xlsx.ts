import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { BadFile, type Column, escaped, readCsv } from './import-csv.ts'
import { BadCells, cellName, isWorkbook, type Sheet } from './workbook.ts'
import { readWorkbook } from './workbook-node.ts'
import { type SheetTable, type TableOptions, tableOf } from './workbook-table.ts'

/** A file as the importers of CSV take it, line by line as it was. */
export type TableFile = {
  bytes: Uint8Array
  /** What kind of file it was, when it was not CSV. */
  encoding?: 'XLSX'
  /** Its rows as they are understood, with their line in the file. */
  rows(): Record<string, string | number>[]
  /** The importer's error with the cell of every fault that names its column. */
  named(error: unknown): unknown
}
/** `sheet` picks one of several; `values` as in workbook-table.ts. */
export type FileOptions = TableOptions & { sheet?: string | undefined }

/** Takes a workbook or a CSV file to the importers of CSV; throws BadCells or BadWorkbook. */
export async function tableFile<N extends string>(
  bytes: Uint8Array,
  columns: readonly Column<N>[],
  options: FileOptions = {},
): Promise<TableFile> {
  if (!isWorkbook(bytes)) return plainFile(bytes, columns)
  const table = tableOf(chosen(await readWorkbook(bytes), options.sheet), columns, options)
  if (table.problems.length > 0) throw new BadCells(table.problems.map(({ sheet: _, ...problem }) => problem))
  const csv = csvOf(table, columns)
  return {
    bytes: csv,
    encoding: 'XLSX',
    rows: () => rowsOf(csv, columns),
    named: error => withCells(error, (line, name) => table.cellOf(line, name as N), columns),
  }
}

function plainFile<N extends string>(bytes: Uint8Array, columns: readonly Column<N>[]): TableFile {
  const place = (line: number, name: string): string => {
    const column = columns.find(each => each.name === name)
    const index = headingOf(bytes).findIndex(title => title.toLowerCase() === name || column?.titles.includes(title))
    return cellName(line, Math.max(0, index))
  }
  return { bytes, rows: () => rowsOf(bytes, columns), named: error => withCells(error, place, columns) }
}

function chosen(sheets: readonly Sheet[], name: string | undefined): Sheet {
  const filled = sheets.filter(({ hidden, rows }) => !hidden && rows.length > 0)
  const found = name === undefined ? filled[0] : sheets.find(sheet => sheet.name === name)
  const names = sheets.map(sheet => sheet.name).join('、')
  if (!found || (name === undefined && filled.length > 1)) {
    const reason = found ? '工作簿里有几张表，请用 --sheet 写明导入哪一张' : '工作簿里没有这张表，或表都是空的'
    throw new BadCells([{ line: 1, reason: `${reason}（${names}）。` }])
  }
  return found
}

// Every row on the line of its own number, so that what is said of a line is said of the sheet's row.
function csvOf<N extends string>({ rows }: SheetTable<N>, columns: readonly Column<N>[]): Uint8Array {
  const names = columns.map(({ name }) => name)
  const lines = [stringify([names])]
  for (const { row, cells } of rows) {
    while (lines.length < row - 1) lines.push('\n')
    lines.push(stringify([names.map(name => escaped(cells[name]))]))
  }
  return new TextEncoder().encode(lines.join(''))
}

const rowsOf = <N extends string>(bytes: Uint8Array, columns: readonly Column<N>[]) =>
  readCsv(bytes, columns).rows.map(({ line, cells }) => ({ line, ...(cells as Record<string, string>) }))

function withCells(
  error: unknown,
  cellOf: (line: number, name: string) => string,
  columns: readonly Column<string>[],
): unknown {
  if (!(error instanceof BadFile)) return error
  const problems = error.detail.problems.map(({ line, reason }) => {
    const name = columnOf(reason, columns)
    return name === undefined ? { line, reason } : { line, cell: cellOf(line, name), reason }
  })
  return new BadCells(problems.sort((a, b) => a.line - b.line || byColumn(a.cell) - byColumn(b.cell)))
}

// A reason begins with its column; what the co-op's books say against a row is told by what it speaks of.
function columnOf(reason: string, columns: readonly Column<string>[]): string | undefined {
  const said = reason.split('：')[0]?.split('、') ?? []
  const spoken = SPOKEN_OF.find(([words]) => words.test(reason))?.[1]
  return [...said, spoken].find(each => columns.some(({ name }) => name === each))
}

const SPOKEN_OF: readonly [RegExp, string][] = [
  [/^没有“.*”这个资金/, 'fund'],
  [/^科目 .*还没有开设|这个一级科目/, 'account'],
  [/凭证日期不能晚于|早于建账日|(年度|^\d{4}-\d\d) ?已经结账/, 'date'],
]

// Within a row from left to right, what names no cell last.
const byColumn = (cell = 'ZZZ'): number =>
  [...cell.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

// The heading row alone, whatever the encoding: the headings are found by the same names in each.
function headingOf(bytes: Uint8Array): string[] {
  for (const encoding of bytes[0] === 0xff ? ['utf-16le'] : ['utf-8', 'gbk']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return (parse(text, { to: 1, trim: true, relax_column_count: true }) as string[][])[0] ?? []
    } catch {
      // The next encoding; a file that is in none of them was refused before.
    }
  }
  return []
}
