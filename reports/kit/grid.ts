import type { Sheet } from './document.ts'
import type { Style } from './ink.ts'
import { INK } from './ink.ts'
import { breakLines, titleLines } from './text.ts'

export type Align = 'left' | 'center' | 'right'

/** A column on the paper, in points. */
export interface Track {
  readonly x: number
  readonly width: number
  readonly align: Align
}

/** Text of a cell; parts stand below each other, each wrapped by itself. */
export interface CellPart {
  readonly text: string
  readonly style: Style
}

export interface Cell {
  readonly parts: readonly CellPart[]
  /** How many tracks it covers; default 1. */
  readonly span?: number
  readonly align?: Align
  /** Broken like a title: in halves rather than filled. */
  readonly isHead?: boolean
}

export interface RowLook {
  /** Space above and below the text, in points. */
  readonly padding: number
  /** More space below the text. */
  readonly after?: number
  readonly fill?: string
  readonly above?: Pen
  readonly below?: Pen
  readonly valign?: 'top' | 'middle'
  /** Never the last row of a page: it belongs to the row after it. */
  readonly keepWithNext?: boolean
}

export interface Pen {
  readonly width: number
  readonly color: string
}

export const HAIRLINE: Pen = { width: 0.4, color: INK.hairline }
export const THIN: Pen = { width: 0.6, color: INK.rule }
export const THICK: Pen = { width: 1, color: INK.text }

/** Space between a track's edge and its text. */
export const GUTTER = 4

const LEADING = 1.36

interface PlacedCell {
  readonly x: number
  readonly width: number
  readonly align: Align
  readonly lines: readonly CellPart[]
}

/** A row whose text is already broken into lines. */
export interface Row {
  readonly cells: readonly PlacedCell[]
  readonly look: RowLook
  readonly height: number
}

/** Breaks the cells of a row into lines and knows its height. */
export function makeRow(sheet: Sheet, tracks: readonly Track[], cells: readonly Cell[], look: RowLook): Row {
  let column = 0
  const placed = cells.map(cell => {
    const first = tracks[column]!
    const last = tracks[column + (cell.span ?? 1) - 1]!
    column += cell.span ?? 1
    const width = last.x + last.width - first.x
    const split = cell.isHead ? titleLines : breakLines
    const lines = cell.parts
      .filter(part => part.text !== '')
      .flatMap(({ text, style }) =>
        split(text, width - GUTTER * 2, line => sheet.measure(line, style)).map(line => ({ text: line, style })),
      )
    return { x: first.x, width, align: cell.align ?? first.align, lines }
  })
  return finishRow(placed, look)
}

function finishRow(cells: readonly PlacedCell[], look: RowLook): Row {
  return {
    cells,
    look,
    height: Math.max(...cells.map(cell => heightOf(cell.lines))) + look.padding * 2 + (look.after ?? 0),
  }
}

function heightOf(lines: readonly CellPart[]): number {
  return lines.reduce((sum, line) => sum + line.style.size * LEADING, 0)
}

/** Draws rows from the cursor on; every new page begins with the head rows again. */
export function drawRows(sheet: Sheet, head: readonly Row[], rows: readonly Row[]): void {
  const headHeight = head.reduce((sum, row) => sum + row.height, 0)
  const pageHeight = sheet.bottom - sheet.top - headHeight
  for (const row of head) drawRow(sheet, row)
  const queue = rows.flatMap(row => (row.height > pageHeight ? cutRow(row, pageHeight) : [row]))
  queue.forEach((row, i) => {
    if (!sheet.fits(heightWithFollowers(queue, i, pageHeight))) {
      sheet.breakPage()
      for (const headRow of head) drawRow(sheet, headRow)
    }
    drawRow(sheet, row)
  })
}

/** The height of a row and of those it must stand with, as far as one page can hold them. */
function heightWithFollowers(rows: readonly Row[], index: number, pageHeight: number): number {
  let height = rows[index]!.height
  for (let i = index; rows[i]!.look.keepWithNext && i + 1 < rows.length; i++) height += rows[i + 1]!.height
  return height <= pageHeight ? height : rows[index]!.height
}

/** Only a row that no page could hold is cut, between its lines. */
function cutRow(row: Row, pageHeight: number): Row[] {
  const room = pageHeight - row.look.padding * 2 - (row.look.after ?? 0)
  const cut = row.cells.map(cell => {
    const lines = [...cell.lines]
    const taken = []
    let height = 0
    while (lines.length > 0 && height + lines[0]!.style.size * LEADING <= room) {
      height += lines[0]!.style.size * LEADING
      taken.push(lines.shift()!)
    }
    return { first: { ...cell, lines: taken }, rest: { ...cell, lines } }
  })
  const first = finishRow(
    cut.map(part => part.first),
    row.look,
  )
  const rest = finishRow(
    cut.map(part => part.rest),
    row.look,
  )
  return rest.height > pageHeight ? [first, ...cutRow(rest, pageHeight)] : [first, rest]
}

function drawRow(sheet: Sheet, row: Row): void {
  const first = row.cells[0]!
  const last = row.cells.at(-1)!
  const left = first.x
  const right = last.x + last.width
  if (row.look.fill) sheet.fill([[left, sheet.y, right - left, row.height]], row.look.fill)
  for (const cell of row.cells) drawCell(sheet, cell, row)
  const bottom = sheet.y + row.height
  if (row.look.above) sheet.rule(left, sheet.y, right, sheet.y, row.look.above)
  if (row.look.below) sheet.rule(left, bottom, right, bottom, row.look.below)
  sheet.y = bottom
}

function drawCell(sheet: Sheet, cell: PlacedCell, row: Row): void {
  const free = row.height - row.look.padding * 2 - (row.look.after ?? 0) - heightOf(cell.lines)
  let top = sheet.y + row.look.padding + (row.look.valign === 'top' ? 0 : free / 2)
  for (const { text, style } of cell.lines) {
    const lineTop = top + (style.size * (LEADING - 1)) / 2
    if (cell.align === 'right') sheet.textRight(text, cell.x + cell.width - GUTTER, lineTop, style)
    else if (cell.align === 'center') sheet.textCentre(text, cell.x + cell.width / 2, lineTop, style)
    else sheet.text(text, cell.x + GUTTER, lineTop, style)
    top += style.size * LEADING
  }
}
