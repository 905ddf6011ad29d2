import { drawBookTable, type PaperTable } from './book-table.ts'
import { Sheet } from './document.ts'
import type { DocumentFacts } from './facts.ts'
import type { FontSet } from './fonts.ts'
import { INK, MM, type Style } from './ink.ts'
import { breakLines } from './text.ts'

/** What stands on a book beside its tables. */
export type BookPaper = DocumentFacts & {
  readonly fonts: FontSet
  readonly title: string
  readonly organisation: string
  readonly period: string
  /** Up to what the books were known. */
  readonly known: string
  readonly tables: readonly PaperTable[]
  /** Sentences under the tables: the checks. */
  readonly notes: readonly string[]
}

// The left margin is for binding (装订).
const MARGIN = { top: 18 * MM, right: 11 * MM, bottom: 16 * MM, left: 20 * MM }
const SMALL: Style = { size: 9.5 }
const NOTE: Style = { size: 8, color: INK.quiet }

/** A book or statement as A4 pages: title, tables, checks, places to sign; the same data give the same bytes. */
export function renderBook(paper: BookPaper): Promise<Uint8Array> {
  const { title, organisation, period, known, tables, notes, ...facts } = paper
  const sheet = new Sheet({
    ...facts,
    title: `${organisation} ${title} ${period}`,
    margin: MARGIN,
    runningHead: `${organisation}　${title}　${period}（续）　单位：元`,
    foot: known,
  })
  drawTitle(sheet, paper)
  for (const table of tables) drawBookTable(sheet, table)
  drawNotes(sheet, notes)
  drawSigners(sheet)
  return sheet.toBytes()
}

function drawTitle(sheet: Sheet, { title, organisation, period }: BookPaper): void {
  const middle = (sheet.left + sheet.right) / 2
  const style: Style = { size: 18, bold: true, spacing: title.length < 8 ? 6 : 2 }
  const half = sheet.measure(title, style) / 2 + 10
  sheet.textCentre(title, middle, sheet.y, style)
  for (const y of [25, 27.4])
    sheet.rule(middle - half, sheet.y + y, middle + half, sheet.y + y, { width: 0.7, color: INK.text })
  sheet.text(`单位名称：${organisation}`, sheet.left, sheet.y + 36, SMALL)
  sheet.textRight(`${period}　单位：元`, sheet.right, sheet.y + 36, SMALL)
  sheet.y += 36 + SMALL.size + 2 * MM
}

function drawNotes(sheet: Sheet, notes: readonly string[]): void {
  sheet.y += 6
  for (const note of notes)
    for (const line of breakLines(note, sheet.width, text => sheet.measure(text, NOTE))) {
      sheet.ensure(NOTE.size * 1.5)
      sheet.text(line, sheet.left, sheet.y, NOTE)
      sheet.y += NOTE.size * 1.5
    }
}

function drawSigners(sheet: Sheet): void {
  sheet.ensure(30)
  sheet.y += 14
  const signers = ['单位负责人：', '会计主管：', '复核：', '制表：']
  for (const [index, signer] of signers.entries())
    sheet.text(signer, sheet.left + (sheet.width * index) / signers.length, sheet.y, SMALL)
}
