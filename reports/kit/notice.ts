import type { Sheet } from './document.ts'
import type { ObjectionWindow } from './facts.ts'
import { longDate } from './figures.ts'
import type { Row, Track } from './grid.ts'
import { drawRows, HAIRLINE, makeRow, THIN } from './grid.ts'
import type { Style } from './ink.ts'
import { INK, MM, SIZE } from './ink.ts'
import type { ParagraphStyle } from './text.ts'
import { titleLines } from './text.ts'

/** Page of an official notice: text 156 mm wide as in GB/T 9704, tables a little wider. */
export const NOTICE_MARGIN = { top: 30 * MM, right: 26 * MM, bottom: 27 * MM, left: 28 * MM } as const

const TABLE_OVERHANG = 8 * MM

/** Body text of a notice. */
export const BODY: ParagraphStyle = { size: SIZE.四号, leading: 1.7, indent: 2, after: 3 }

/** Explanations beside tables. */
export const NOTE: ParagraphStyle = { size: SIZE.小四, leading: 1.6, indent: 2, after: 3 }

/** First-level heading 一、 */
export const HEADING = { size: SIZE.四号, bold: true, before: 16, after: 4 } as const

/** Where the tables of a notice stand. */
export function noticeTablePlace(sheet: Sheet): { x: number; width: number } {
  return { x: sheet.left - TABLE_OVERHANG, width: sheet.width + TABLE_OVERHANG * 2 }
}

/** What stands at the head of a notice. */
export interface NoticeHead {
  readonly organisation: string
  readonly number: string
  readonly title: string
  /** Said below the title, e.g. 结果公开（公开版）. */
  readonly kind?: string
}

/** 红头: the organisation in red, its number below, a red rule; then the title. `air` scales the white space. */
export function drawNoticeHead(sheet: Sheet, head: NoticeHead, air = 1): void {
  const middle = (sheet.left + sheet.right) / 2
  const name: Style = { size: 26, bold: true, color: INK.red }
  const size = Math.min(26, (26 * sheet.width) / sheet.measure(head.organisation, name))
  sheet.textCentre(head.organisation, middle, sheet.y, { ...name, size })
  sheet.y += size + 14 * air
  sheet.textCentre(head.number, middle, sheet.y, { size: SIZE.四号 })
  sheet.y += SIZE.四号 + 9 * air
  sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, { width: 1.6, color: INK.red })
  sheet.y += 24 * air
  const style: Style = { size: SIZE.二号, bold: true }
  for (const line of titleLines(head.title, sheet.width, text => sheet.measure(text, style))) {
    sheet.textCentre(line, middle, sheet.y, style)
    sheet.y += SIZE.二号 * 1.45
  }
  if (head.kind) {
    sheet.textCentre(head.kind, middle, sheet.y + 2, { size: SIZE.小四, color: INK.quiet })
    sheet.y += 20
  }
  sheet.y += 14 * air
}

/** Labels and values in one or two pairs of columns. */
export function drawFacts(
  sheet: Sheet,
  facts: readonly (readonly [label: string, value: string])[],
  columns: 1 | 2,
  padding = 3.2,
): void {
  const place = noticeTablePlace(sheet)
  const label = 74
  const value = place.width / columns - label
  const tracks: Track[] = []
  for (let i = 0; i < columns; i++) {
    const x = place.x + i * (label + value)
    tracks.push({ x, width: label, align: 'left' }, { x: x + label, width: value, align: 'left' })
  }
  const rows: Row[] = []
  for (let i = 0; i < facts.length; i += columns) {
    const cells = facts
      .slice(i, i + columns)
      .flatMap(([name, text]) => [
        { parts: [{ text: name, style: { size: SIZE.五号, color: INK.quiet } }] },
        { parts: [{ text, style: { size: SIZE.五号 } }] },
      ])
    while (cells.length < tracks.length) cells.push({ parts: [] })
    const isLast = i + columns >= facts.length
    rows.push(
      makeRow(sheet, tracks, cells, {
        padding,
        ...(i === 0 ? { above: THIN } : {}),
        below: isLast ? THIN : HAIRLINE,
      }),
    )
  }
  drawRows(sheet, [], rows)
}

/** 自2026年1月16日至2026年1月25日，共10日 */
export function windowText(window: ObjectionWindow): string {
  return `自${longDate(window.from)}至${longDate(window.to)}，共${window.days}日`
}
