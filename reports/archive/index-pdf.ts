import { chineseDay, shanghaiDay } from '../../src/domain/calendar.ts'
import { drawBookTable, type PaperTable } from '../kit/book-table.ts'
import { Sheet } from '../kit/document.ts'
import type { DocumentFacts } from '../kit/facts.ts'
import type { FontSet } from '../kit/fonts.ts'
import { INK, MM, type Style } from '../kit/ink.ts'
import { breakLines } from '../kit/text.ts'

/** One line of the index (归档目录). */
export type IndexLine = {
  readonly number: string
  readonly class: string
  readonly title: string
  readonly period: string
  readonly pages: string
  readonly keep: string
  readonly keepUntil: string
  readonly path: string
  readonly sha256: string
}

/** The index of a year's archive; `log` says which events it holds, `edition` whether persons are named. */
export type ArchiveIndex = DocumentFacts & {
  readonly fonts: FontSet
  readonly organisation: string
  readonly year: number
  readonly lines: readonly IndexLine[]
  readonly edition: string
  readonly log: { readonly from: number; readonly to: number; readonly before: string; readonly last: string }
}

const MARGIN = { top: 18 * MM, right: 11 * MM, bottom: 16 * MM, left: 20 * MM }
const SMALL: Style = { size: 9.5 }
const NOTE: Style = { size: 8, color: INK.quiet }
const TITLE = '会计档案归档目录'

/** The index as A4 pages, with the head of the log and places to sign; the same data give the same bytes. */
export function renderIndex(index: ArchiveIndex): Promise<Uint8Array> {
  const { organisation, year, fonts, issuedAt, watermark, lines, log } = index
  const sheet = new Sheet({
    ...{ fonts, issuedAt, watermark, margin: MARGIN },
    title: `${organisation} ${TITLE} ${year}年度`,
    runningHead: `${organisation}　${TITLE}　${year}年度（续）`,
    foot: `第 ${log.from} 至 ${log.to} 号事件　${year}年12月结账于${chineseDay(shanghaiDay(issuedAt))}`,
  })
  drawTitle(sheet, index)
  drawBookTable(sheet, tableOf(lines))
  drawNotes(sheet, index)
  drawSigners(sheet)
  return sheet.toBytes()
}

function drawTitle(sheet: Sheet, { organisation, year, lines, edition }: ArchiveIndex): void {
  const middle = (sheet.left + sheet.right) / 2
  sheet.textCentre(TITLE, middle, sheet.y, { size: 18, bold: true, spacing: 4 })
  sheet.text(`全宗（单位）：${organisation}`, sheet.left, sheet.y + 34, SMALL)
  sheet.textRight(`${year}年度　共 ${lines.length} 件　${edition}`, sheet.right, sheet.y + 34, SMALL)
  sheet.y += 34 + SMALL.size + 2 * MM
}

function tableOf(lines: readonly IndexLine[]): PaperTable {
  return {
    columns: [
      { title: '件号', width: 11, kind: 'code' },
      { title: '类别', width: 21, kind: 'text' },
      { title: '题名和文件', width: 34, kind: 'text' },
      { title: '期间', width: 14, kind: 'date' },
      { title: '页数', width: 9, kind: 'count' },
      { title: '保管期限', width: 19, kind: 'text' },
      { title: 'SHA-256', width: 52, kind: 'text' },
    ],
    rows: lines.map(({ number, class: kind, title, path, period, pages, keep, keepUntil, sha256 }) => ({
      cells: [
        number,
        kind,
        `${title} ${path.slice(path.lastIndexOf('.') + 1).toUpperCase()}`,
        period,
        pages,
        keepUntil === '' ? keep : `${keep} 至 ${keepUntil}`,
        sha256.replace(/(.{32})(?=.)/g, '$1 '),
      ],
    })),
  }
}

function drawNotes(sheet: Sheet, { log }: ArchiveIndex): void {
  const notes = [
    `账本日志：第 ${log.from} 至 ${log.to} 号事件；之前的指纹 ${log.before}；末尾的指纹 ${log.last}。`,
    '保管期限按《会计档案管理办法》附表1，自会计年度终了后第一天起算；账本日志附表没有列出，随年度财务会计报告永久保管。',
    '核对：mz archive --check，或 sha256sum -c SHA256SUMS。',
  ]
  sheet.y += 8
  for (const note of notes)
    for (const line of breakLines(note, sheet.width, text => sheet.measure(text, NOTE))) {
      sheet.ensure(NOTE.size * 1.6)
      sheet.text(line, sheet.left, sheet.y, NOTE)
      sheet.y += NOTE.size * 1.6
    }
}

function drawSigners(sheet: Sheet): void {
  sheet.ensure(30)
  sheet.y += 14
  const signers = ['单位负责人：', '会计主管：', '移交人：', '接收人：', '日期：']
  for (const [index, signer] of signers.entries())
    sheet.text(signer, sheet.left + (sheet.width * index) / signers.length, sheet.y, SMALL)
}
