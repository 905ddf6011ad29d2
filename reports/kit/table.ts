import type { Sheet } from './document.ts'
import { groupCount, groupMoney } from './figures.ts'
import type { Align, Cell, Row, RowLook, Track } from './grid.ts'
import { drawRows, GUTTER, HAIRLINE, makeRow, THICK, THIN } from './grid.ts'
import type { Style } from './ink.ts'
import { INK, SIZE } from './ink.ts'
import type { Claim } from './table-widths.ts'
import { shareWidth } from './table-widths.ts'

/** What a column holds decides how its cells are written. */
export type CellKind = 'text' | 'money' | 'count' | 'date'

export interface Column {
  readonly title: string
  /** Share of the table's width, relative to the other columns. */
  readonly width: number
  /** Default: money and count right, date centred, text left. */
  readonly align?: Align | undefined
  readonly kind: CellKind
}

/** Rows are strings as they come from the books: money `"1234.56"`, dates `YYYY-MM-DD`, counts `"1981"`, `""` for none. */
export interface TableData {
  readonly caption?: string | undefined
  /** Printed 单位：元 above the right edge. */
  readonly unit?: string | undefined
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
  /** 合计, a cell for each column; an empty first cell is printed 合计. */
  readonly total?: readonly string[] | undefined
  /** Said in the only row when there is none; default 本季度无. */
  readonly empty?: string | undefined
}

/** Where a table stands on the page, in points. */
export interface TablePlace {
  readonly x: number
  readonly width: number
}

/** Sizes tried until no figure has to be broken; the last is used whatever happens. */
const SIZES = [9.5, 9, 8.5, 8, 7.5, 7]

const CAPTION: Style = { size: SIZE.五号, bold: true }
const UNIT: Style = { size: SIZE.小五, color: INK.quiet }
const CAPTION_HEIGHT = 20

/** A table that takes less than this share of a page is not broken over two. */
const SMALL_TABLE = 0.35

const HEAD_LOOK: RowLook = { padding: 4, fill: INK.tint, above: THICK, below: THIN }
const ROW_LOOK: RowLook = { padding: 3.2, below: HAIRLINE }
const TOTAL_LOOK: RowLook = { padding: 4, fill: INK.tint, above: THIN, below: THICK }

interface LaidTable {
  readonly head: Row
  readonly rows: readonly Row[]
}

/** Draws a table at the cursor and moves the cursor below it. */
export function drawTable(sheet: Sheet, data: TableData, place: TablePlace): void {
  const table = layTable(sheet, data, place)
  sheet.ensure(openingHeight(sheet, data, table))
  drawCaption(sheet, data, place)
  drawRows(sheet, [table.head], table.rows)
}

/** Height of what may not be parted from a heading above: caption, head and first row, or the whole of a small table. */
export function tableOpening(sheet: Sheet, data: TableData, place: TablePlace): number {
  return openingHeight(sheet, data, layTable(sheet, data, place))
}

function openingHeight(sheet: Sheet, data: TableData, table: LaidTable): number {
  const caption = hasCaption(data) ? CAPTION_HEIGHT : 0
  const whole = table.rows.reduce((sum, row) => sum + row.height, caption + table.head.height)
  if (whole <= (sheet.bottom - sheet.top) * SMALL_TABLE) return whole
  const follower = table.rows[0]!.look.keepWithNext ? (table.rows[1]?.height ?? 0) : 0
  return caption + table.head.height + table.rows[0]!.height + follower
}

function hasCaption(data: TableData): boolean {
  return Boolean(data.caption || data.unit)
}

function drawCaption(sheet: Sheet, data: TableData, place: TablePlace): void {
  if (!hasCaption(data)) return
  if (data.caption) sheet.text(data.caption, place.x, sheet.y + 4, CAPTION)
  if (data.unit) sheet.textRight(`单位：${data.unit}`, place.x + place.width, sheet.y + 5, UNIT)
  sheet.y += CAPTION_HEIGHT
}

function layTable(sheet: Sheet, data: TableData, place: TablePlace): LaidTable {
  for (const row of [...data.rows, ...(data.total ? [data.total] : [])]) {
    if (row.length !== data.columns.length) {
      throw new RangeError(`a row of ${row.length} cells in a table of ${data.columns.length} columns`)
    }
  }
  const { size, tracks } = fitTracks(sheet, data, place)
  const head = makeRow(
    sheet,
    tracks,
    data.columns.map(column => ({ parts: [{ text: column.title, style: { size, bold: true } }], isHead: true })),
    HEAD_LOOK,
  )
  const last = data.rows.length - 1
  const rows = data.rows.map((cells, i) => {
    const look = i < last ? ROW_LOOK : data.total ? { padding: 3.2, keepWithNext: true } : { ...ROW_LOOK, below: THICK }
    return makeRow(sheet, tracks, cellsOf(data, cells, { size }), look)
  })
  if (rows.length === 0) rows.push(emptyRow(sheet, data, tracks, size))
  if (data.total) {
    const total = data.total.map((text, i) => (i === 0 && text === '' ? '合计' : text))
    const [first, ...others] = cellsOf(data, total, { size, bold: true })
    rows.push(makeRow(sheet, tracks, [{ ...first!, align: 'left' }, ...others], TOTAL_LOOK))
  }
  return { head, rows }
}

function emptyRow(sheet: Sheet, data: TableData, tracks: readonly Track[], size: number): Row {
  const style = { size, color: INK.quiet }
  const cell: Cell = { parts: [{ text: data.empty ?? '本季度无', style }], span: tracks.length, align: 'center' }
  const look = data.total ? { padding: 3.2, keepWithNext: true } : { padding: 3.2, below: THICK }
  return makeRow(sheet, tracks, [cell], look)
}

function cellsOf(data: TableData, cells: readonly string[], style: Style): Cell[] {
  return cells.map((cell, i) => {
    const { kind } = data.columns[i]!
    const isRed = kind === 'money' && cell.startsWith('-')
    return { parts: [{ text: writeCell(kind, cell), style: isRed ? { ...style, color: INK.red } : style }] }
  })
}

function writeCell(kind: CellKind, cell: string): string {
  if (kind === 'money') return groupMoney(cell)
  return kind === 'count' ? groupCount(cell) : cell
}

function alignOf(column: Column): Align {
  if (column.align) return column.align
  if (column.kind === 'text') return 'left'
  return column.kind === 'date' ? 'center' : 'right'
}

/** Widths by weight between what a column needs and what it can use, at the largest size at which all needs are met. */
function fitTracks(sheet: Sheet, data: TableData, place: TablePlace): { size: number; tracks: Track[] } {
  for (const size of SIZES) {
    const claims = data.columns.map((column, i) => claimOf(sheet, data, column, i, size))
    const least = claims.reduce((sum, claim) => sum + claim.least, 0)
    if (least > place.width && size !== SIZES.at(-1)) continue
    let x = place.x
    const tracks = shareWidth(claims, place.width).map((width, i) => {
      const track = { x, width, align: alignOf(data.columns[i]!) }
      x += width
      return track
    })
    return { size, tracks }
  }
  throw new RangeError('no size to set a table in')
}

function claimOf(sheet: Sheet, data: TableData, column: Column, index: number, size: number): Claim {
  const title = sheet.measure(column.title, { size, bold: true })
  const rows = data.rows.map(row => sheet.measure(writeCell(column.kind, row[index]!), { size }))
  const total = data.total ? sheet.measure(writeCell(column.kind, data.total[index]!), { size, bold: true }) : 0
  const widest = Math.max(total, ...rows)
  const most = Math.max(widest, title) + GUTTER * 2 + 0.5
  const least = column.kind === 'text' ? size * 6 : Math.max(widest, Math.min(title, size * 3))
  return { weight: Math.max(column.width, 0.01), least: Math.min(least + GUTTER * 2 + 0.5, most), most }
}
