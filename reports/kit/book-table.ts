import type { Sheet } from './document.ts'
import { groupCount, groupMoney, yuanSign } from './figures.ts'
import { INK, type Style } from './ink.ts'
import { breakLines } from './text.ts'

/** A column of an account book; `width` is its share of the page. */
export interface PaperColumn {
  readonly title: string
  readonly width: number
  readonly kind: 'text' | 'code' | 'date' | 'money' | 'count' | 'side'
}

/**
 * How a row is set: `day`, `month`, `year` totals of a book (between red rules, the year's with a double one), `sum` and
 * `grand` totals of a statement (the last with a double rule).
 */
export type PaperLook = 'opening' | 'day' | 'month' | 'year' | 'sum' | 'grand'

export interface PaperRow {
  readonly cells: readonly string[]
  readonly look?: PaperLook | undefined
  /** Cells that are totals in a row that is none. */
  readonly strong?: readonly number[] | undefined
  /** What is carried over when the page ends below this row (过次页, 承前页). */
  readonly carry?: readonly string[] | undefined
}

export interface PaperTable {
  /** Which account it is, at the left above the table. */
  readonly heading?: string | undefined
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly PaperRow[]
  /** Said in the only row when there is none. */
  readonly empty?: string | undefined
}

interface Track {
  readonly x: number
  readonly width: number
  readonly column: PaperColumn
}

const SIZE = 8.5
const LEADING = 1.3
const PAD = 3
const HEADING: Style = { size: 10, bold: true }
const HEADING_HEIGHT = 18
const GAP = 16
const VERTICAL = { width: 0.4, color: INK.hairline }
const FRAME = { width: 0.9, color: INK.text }
const HAIR = { width: 0.35, color: INK.hairline }
const RED = { width: 0.7, color: INK.red }
const BLACK = { width: 0.7, color: INK.text }
const TOTALS: ReadonlySet<PaperLook> = new Set(['month', 'year', 'sum', 'grand'])

/** Draws one table of a book at the cursor, page after page, its heads repeated and its sums carried over. */
export function drawBookTable(sheet: Sheet, table: PaperTable): void {
  const tracks = tracksOf(sheet, table.columns)
  const rows = table.rows.length > 0 ? table.rows : [emptyRow(table)]
  if (sheet.y > sheet.top + 1) sheet.y += GAP
  const opening = HEADING_HEIGHT + headHeight(sheet, tracks) + heightOf(sheet, tracks, rows[0]!) * 3
  sheet.ensure(Math.min(opening, sheet.bottom - sheet.top))
  drawHeads(sheet, table, tracks, '')
  rows.forEach((row, index) => {
    const height = heightOf(sheet, tracks, row)
    const before = rows[index - 1]?.carry
    if (!sheet.fits(height + (row.carry ? lineHeight : 0))) {
      if (before) drawRow(sheet, tracks, carried(table.columns, '过次页', before))
      closeFrame(sheet, tracks)
      sheet.breakPage()
      drawHeads(sheet, table, tracks, '（续）')
      if (before) drawRow(sheet, tracks, carried(table.columns, '承前页', before))
    }
    drawRow(sheet, tracks, row)
  })
  closeFrame(sheet, tracks)
}

const lineHeight = SIZE * LEADING + PAD * 2

function carried(columns: readonly PaperColumn[], label: string, cells: readonly string[]): PaperRow {
  const at = labelAt(columns)
  return { cells: cells.map((cell, index) => (index === at ? label : cell)), look: 'opening' }
}

/** The column in which a row says what it is: the first of text. */
const labelAt = (columns: readonly PaperColumn[]): number =>
  Math.max(
    columns.findIndex(({ kind }) => kind === 'text'),
    0,
  )

function emptyRow({ columns, empty = '本期没有记录' }: PaperTable): PaperRow {
  return { cells: columns.map((_, index) => (index === labelAt(columns) ? empty : '')) }
}

function tracksOf(sheet: Sheet, columns: readonly PaperColumn[]): Track[] {
  const all = columns.reduce((sum, { width }) => sum + width, 0)
  let x = sheet.left
  return columns.map(column => {
    const width = (sheet.width * column.width) / all
    const track = { x, width, column }
    x += width
    return track
  })
}

function drawHeads(sheet: Sheet, { heading }: PaperTable, tracks: readonly Track[], more: string): void {
  if (heading) {
    sheet.text(`${heading}${more}`, sheet.left, sheet.y + 3, HEADING)
    sheet.y += HEADING_HEIGHT
  }
  const height = headHeight(sheet, tracks)
  sheet.fill([[sheet.left, sheet.y, sheet.width, height]], INK.tint)
  for (const { x, width, column } of tracks) {
    const lines = breakLines(column.title, width - 4, text => sheet.measure(text, { size: SIZE, bold: true }))
    let top = sheet.y + (height - lines.length * SIZE * LEADING) / 2
    for (const line of lines) {
      sheet.textCentre(line, x + width / 2, top + SIZE * 0.15, { size: SIZE, bold: true })
      top += SIZE * LEADING
    }
  }
  sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, FRAME)
  drawVerticals(sheet, tracks, height)
  sheet.y += height
  sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, BLACK)
}

function headHeight(sheet: Sheet, tracks: readonly Track[]): number {
  const measure = (text: string) => sheet.measure(text, { size: SIZE, bold: true })
  const lines = Math.max(...tracks.map(({ column, width }) => breakLines(column.title, width - 4, measure).length))
  return lines * SIZE * LEADING + 8
}

function drawVerticals(sheet: Sheet, tracks: readonly Track[], height: number): void {
  for (const { x } of tracks.slice(1)) sheet.rule(x, sheet.y, x, sheet.y + height, VERTICAL)
  for (const x of [sheet.left, sheet.right]) sheet.rule(x, sheet.y, x, sheet.y + height, BLACK)
}

function closeFrame(sheet: Sheet, tracks: readonly Track[]): void {
  if (tracks.length > 0) sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, FRAME)
}

const isTotal = ({ look, strong }: PaperRow, index: number): boolean =>
  (look !== undefined && TOTALS.has(look)) || strong?.includes(index) === true

function written({ kind }: PaperColumn, cell: string, total: boolean): string {
  if (kind === 'count') return groupCount(cell)
  if (kind !== 'money' || cell === '') return cell
  return total ? yuanSign(cell) : groupMoney(cell)
}

function styleOf({ kind }: PaperColumn, cell: string, bold: boolean): Style {
  return kind === 'money' && cell.startsWith('-') ? { size: SIZE, bold, color: INK.red } : { size: SIZE, bold }
}

function linesOf(sheet: Sheet, { column, width }: Track, cell: string, style: Style): string[] {
  return column.kind === 'text' ? breakLines(cell, width - PAD * 2, text => sheet.measure(text, style)) : [cell]
}

function heightOf(sheet: Sheet, tracks: readonly Track[], row: PaperRow): number {
  const lines = tracks.map((track, index) => {
    const cell = row.cells[index] ?? ''
    return linesOf(sheet, track, cell, styleOf(track.column, cell, isTotal(row, index))).length
  })
  return Math.max(...lines) * SIZE * LEADING + PAD * 2
}

function drawRow(sheet: Sheet, tracks: readonly Track[], row: PaperRow): void {
  const height = heightOf(sheet, tracks, row)
  for (const [index, track] of tracks.entries())
    drawCell(sheet, track, row.cells[index] ?? '', isTotal(row, index), height)
  drawVerticals(sheet, tracks, height)
  const top = sheet.y
  sheet.y += height
  underline(sheet, row.look, top)
}

function drawCell(sheet: Sheet, track: Track, cell: string, total: boolean, height: number): void {
  if (cell === '') return
  const { x, width, column } = track
  const style = styleOf(column, cell, total)
  if (column.kind === 'text') {
    const lines = linesOf(sheet, track, cell, style)
    let top = sheet.y + (height - lines.length * SIZE * LEADING) / 2 + SIZE * 0.15
    for (const line of lines) {
      sheet.text(line, x + PAD, top, style)
      top += SIZE * LEADING
    }
    return
  }
  const text = written(column, cell, total)
  const room = width - PAD * 2 + 1
  const fitted = { ...style, size: SIZE * Math.min(1, room / sheet.measure(text, style)) }
  const top = sheet.y + (height - fitted.size) / 2 - SIZE * 0.02
  if (column.kind === 'money' || column.kind === 'count') sheet.textRight(text, x + width - PAD, top, fitted)
  else if (column.kind === 'code') sheet.text(text, x + PAD, top, fitted)
  else sheet.textCentre(text, x + width / 2, top, fitted)
}

function underline(sheet: Sheet, look: PaperLook | undefined, top: number): void {
  const line = (y: number, pen: { width: number; color: string }) => sheet.rule(sheet.left, y, sheet.right, y, pen)
  if (look === 'month' || look === 'day' || look === 'year') {
    line(top, RED)
    line(sheet.y, RED)
    if (look === 'year') line(sheet.y - 1.8, RED)
  } else if (look === 'sum' || look === 'grand') {
    line(top, BLACK)
    line(sheet.y, BLACK)
    if (look === 'grand') line(sheet.y - 1.8, BLACK)
  } else line(sheet.y, HAIR)
}
