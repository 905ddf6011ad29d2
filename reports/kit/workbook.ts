import type { CellStyle, CellValue } from 'hucre/xlsx'

/** What a column's cells are: money becomes a number, everything else stays text (编码 keep their zeros). */
export type SheetColumn = {
  readonly key: string
  readonly title: string
  readonly kind: 'code' | 'text' | 'date' | 'money' | 'count'
  /** In characters. */
  readonly width: number
}

/** One table as a workbook of one sheet. */
export type WorkbookData = {
  readonly sheet: string
  /** Lines above the table: title, co-op, period, what was known. */
  readonly title: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** UTC; in place of the time of writing, so that the same rows give the same bytes. */
  readonly issuedAt: string
}

const HEAD: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F4F3F0' } },
  border: { bottom: { style: 'thin' }, top: { style: 'thin' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}
const TITLE: CellStyle = { font: { bold: true, size: 14 } }
const FORMATS = { money: '#,##0.00;[Red]-#,##0.00', count: '#,##0', code: '@', text: '@', date: '@' } as const

/** The bytes of an xlsx workbook: heads frozen, codes and days as text, money as numbers. */
export async function writeWorkbook({ sheet, title, columns, rows, issuedAt }: WorkbookData): Promise<Uint8Array> {
  const head = title.length
  const cells = new Map<string, { style: CellStyle }>()
  cells.set('0,0', { style: TITLE })
  for (const column of columns.keys()) cells.set(`${head},${column}`, { style: HEAD })
  rows.forEach((row, at) => {
    columns.forEach(({ key, kind }, column) => {
      if (row[key] !== '') cells.set(`${head + 1 + at},${column}`, { style: { numFmt: FORMATS[kind] } })
    })
  })
  const instant = new Date(issuedAt)
  // Loaded when a workbook is asked for, not with the server.
  const { writeXlsx } = await import('hucre/xlsx')
  return writeXlsx({
    sheets: [
      {
        name: sheet,
        columns: columns.map(({ width }) => ({ width })),
        rows: [
          ...title.map(line => [line]),
          columns.map(column => column.title),
          ...rows.map(row => cellsOf(columns, row)),
        ],
        cells,
        freezePane: { rows: head + 1 },
      },
    ],
    properties: { creator: 'Mingzhang 明账', title: title[0] ?? sheet, created: instant, modified: instant },
    defaultFont: { name: '宋体', size: 11 },
  })
}

function cellsOf(columns: readonly SheetColumn[], row: Readonly<Record<string, string>>): CellValue[] {
  return columns.map(({ key, kind }) => {
    const text = row[key] ?? ''
    if (text === '') return null
    return kind === 'money' || kind === 'count' ? Number(text) : text
  })
}
