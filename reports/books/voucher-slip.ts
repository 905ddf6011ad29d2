import type { VoucherLineView } from '../../projections/vouchers.ts'
import { capitalAmount } from '../../src/domain/capital.ts'
import { accountName, codeOf } from '../../src/domain/chart.ts'
import type { Sheet } from '../kit/document.ts'
import { groupMoney, shortHash, yuanSign } from '../kit/figures.ts'
import { INK, MM, type Style } from '../kit/ink.ts'
import { breakLines } from '../kit/text.ts'
import { orBlank, sumOf } from './sides.ts'

/** Lines on one sheet; the form shows them all, used or not. */
export const LINES_A_SLIP = 7

/** One A5 sheet of a voucher. */
export type Slip = {
  /** 记字第 15 号 1/2 */
  readonly label: string
  readonly date: string
  readonly summary: string
  readonly attachments: number
  readonly preparedBy: string
  readonly review: string
  /** A red voucher: its figures are printed red. */
  readonly red: boolean
  readonly lines: readonly VoucherLineView[]
  /** All lines of the voucher on its last sheet; undefined on the others, which go on (续). */
  readonly total: readonly VoucherLineView[] | undefined
  readonly notes: readonly string[]
  readonly eventHash: string
  readonly revision: number
}

type Track = { readonly x: number; readonly width: number }

const COLUMNS = [
  ['摘　　要', 48],
  ['总账科目', 27],
  ['明细科目', 44],
  ['借方金额', 28],
  ['贷方金额', 28],
] as const
const HEAD = 7 * MM
const ROW = 11 * MM
const TOTAL = 9.5 * MM
const TEXT: Style = { size: 9 }
const SMALL: Style = { size: 8.5 }
const NOTE: Style = { size: 7, color: INK.quiet }
const LINE = { width: 0.5, color: INK.rule }
const FRAME = { width: 1, color: INK.text }

/** Draws one sheet of a voucher from the cursor down. */
export function drawSlip(sheet: Sheet, slip: Slip, organisation: string): void {
  drawSlipTitle(sheet, '记账凭证')
  drawHead(sheet, slip, organisation)
  const tracks = tracksOf(sheet)
  drawForm(sheet, tracks)
  const top = sheet.y + HEAD
  for (const [index, line] of slip.lines.entries()) drawLine(sheet, tracks, slip, line, top + index * ROW, index === 0)
  strikeEmpty(sheet, tracks, top, slip.lines.length)
  drawTotal(sheet, tracks, slip, top + LINES_A_SLIP * ROW)
  sheet.y = top + LINES_A_SLIP * ROW + TOTAL
  drawFoot(sheet, slip)
}

/** The title of a sheet with its double rule. */
export function drawSlipTitle(sheet: Sheet, title: string): void {
  const style: Style = { size: 17, bold: true, spacing: 9 }
  const middle = (sheet.left + sheet.right) / 2
  const half = sheet.measure(title, style) / 2 + 12
  sheet.textCentre(title, middle, sheet.y, style)
  for (const y of [23.5, 25.8])
    sheet.rule(middle - half, sheet.y + y, middle + half, sheet.y + y, { width: 0.7, color: INK.text })
  sheet.y += 31
}

function drawHead(sheet: Sheet, { label, date, attachments }: Slip, organisation: string): void {
  sheet.text(`单位：${organisation}`, sheet.left, sheet.y + 2, SMALL)
  sheet.textRight(`${label}　附件 ${attachments} 张`, sheet.right, sheet.y + 2, SMALL)
  const used = sheet.measure(`单位：${organisation}`, SMALL)
  const middle = (sheet.left + sheet.right) / 2
  const width = sheet.measure(date, TEXT)
  sheet.text(date, Math.max(middle - width / 2, sheet.left + used + 12), sheet.y + 1.7, TEXT)
  sheet.y += 16
}

function tracksOf(sheet: Sheet): Track[] {
  const all = COLUMNS.reduce((sum, [, width]) => sum + width, 0)
  let x = sheet.left
  return COLUMNS.map(([, share]) => {
    const track = { x, width: (sheet.width * share) / all }
    x += track.width
    return track
  })
}

function drawForm(sheet: Sheet, tracks: readonly Track[]): void {
  const top = sheet.y
  const bottom = top + HEAD + LINES_A_SLIP * ROW + TOTAL
  sheet.fill([[sheet.left, top, sheet.width, HEAD]], INK.tint)
  COLUMNS.forEach(([title], index) => {
    const { x, width } = tracks[index]!
    sheet.textCentre(title, x + width / 2, top + (HEAD - 9) / 2, { ...TEXT, bold: true })
  })
  for (let row = 0; row <= LINES_A_SLIP; row++) {
    const y = top + HEAD + row * ROW
    sheet.rule(sheet.left, y, sheet.right, y, row === 0 || row === LINES_A_SLIP ? { ...LINE, width: 0.8 } : LINE)
  }
  // The row of the total is one cell up to the amounts.
  for (const [index, { x }] of tracks.entries())
    if (index > 0) sheet.rule(x, top, x, index >= 3 ? bottom : bottom - TOTAL, LINE)
  for (const y of [top, bottom]) sheet.rule(sheet.left, y, sheet.right, y, FRAME)
  for (const x of [sheet.left, sheet.right]) sheet.rule(x, top, x, bottom, FRAME)
}

function drawLine(
  sheet: Sheet,
  tracks: readonly Track[],
  slip: Slip,
  line: VoucherLineView,
  y: number,
  first: boolean,
) {
  const { account, fund, counterparty } = line
  const [general = '', ...sub] = accountName(account).split('-')
  const detail = [sub.join('-'), fund && `〔${fund}〕`, counterparty].filter(Boolean).join(' ')
  const texts = [first ? slip.summary : '', `${codeOf(account)} ${general}`, detail]
  for (const [index, text] of texts.entries()) drawText(sheet, tracks[index]!, text, y)
  drawAmount(sheet, tracks[3]!, groupMoney(orBlank(line.debit)), y, ROW, {})
  drawAmount(sheet, tracks[4]!, groupMoney(orBlank(line.credit)), y, ROW, {})
}

// The largest size at which the text fits its cell; what does not fit the smallest ends in ….
function drawText(sheet: Sheet, { x, width }: Track, text: string, y: number): void {
  if (text === '') return
  for (const size of [9, 8, 7, 6.2]) {
    const style = { size }
    const lines = breakLines(text, width - 6, part => sheet.measure(part, style))
    const room = Math.floor((ROW - 2) / (size * 1.25))
    if (lines.length > room && size > 6.2) continue
    const shown = lines.length > room ? [...lines.slice(0, room - 1), `${lines[room - 1]?.slice(0, -1)}…`] : lines
    let top = y + (ROW - shown.length * size * 1.25) / 2 + size * 0.12
    for (const line of shown) {
      sheet.text(line, x + 3, top, style)
      top += size * 1.25
    }
    return
  }
}

function drawAmount(sheet: Sheet, track: Track, text: string, y: number, height: number, style: Partial<Style>): void {
  if (text === '') return
  const red = text.startsWith('-') ? { color: INK.red } : {}
  const full: Style = { size: 9.5, ...style, ...red }
  const size = full.size * Math.min(1, (track.width - 6) / sheet.measure(text, full))
  sheet.textRight(text, track.x + track.width - 3, y + (height - size) / 2, { ...full, size })
}

// Rows that nobody filled are struck out, so that nobody can (会计基础工作规范 art. 51(6)).
function strikeEmpty(sheet: Sheet, tracks: readonly Track[], top: number, used: number): void {
  if (used >= LINES_A_SLIP) return
  const from = top + used * ROW + 3
  const to = top + LINES_A_SLIP * ROW - 3
  const last = tracks.at(-1)!
  sheet.rule(last.x + last.width - 6, from, tracks[3]!.x + 6, to, { width: 0.7, color: INK.rule })
}

function drawTotal(sheet: Sheet, tracks: readonly Track[], { total, red }: Slip, y: number): void {
  const at = y + (TOTAL - 9) / 2
  if (total === undefined) {
    sheet.text('（续下页）', sheet.left + 5, at, { ...TEXT, color: INK.quiet })
    return
  }
  const [debit, credit] = (['debit', 'credit'] as const).map(side => sumOf(total.map(line => line[side])))
  // A red voucher's 大写 is printed red, without 负.
  const words = `人民币${capitalAmount((debit ?? '0.00').replace('-', ''))}${red ? '（红字）' : ''}`
  const style: Style = { size: 9.5, bold: true, ...(red ? { color: INK.red } : {}) }
  sheet.text('合计（大写）', sheet.left + 5, at, TEXT)
  const room = tracks[3]!.x - sheet.left - 66
  const size = style.size * Math.min(1, room / sheet.measure(words, style))
  sheet.text(words, sheet.left + 62, y + (TOTAL - size) / 2, { ...style, size })
  drawAmount(sheet, tracks[3]!, yuanSign(debit ?? ''), y, TOTAL, { bold: true })
  drawAmount(sheet, tracks[4]!, yuanSign(credit ?? ''), y, TOTAL, { bold: true })
}

function drawFoot(sheet: Sheet, { preparedBy, review, notes, eventHash, revision }: Slip): void {
  const y = sheet.y + 6
  const signers = [
    ['会计主管：', 0],
    ['记账：', 0.18],
    ['出纳：', 0.34],
    [`审核：${review}`, 0.5],
    [`制单：${preparedBy}`, 0.82],
  ] as const
  signers.forEach(([text, share], index) => {
    const x = sheet.left + sheet.width * share
    const room = sheet.width * ((signers[index + 1]?.[1] ?? 1) - share) - 4
    sheet.text(text, x, y, { size: SMALL.size * Math.min(1, room / sheet.measure(text, SMALL)) })
  })
  const hash = eventHash === '' ? '' : `事件指纹 ${shortHash(eventHash)}　`
  sheet.text([`${hash}第 ${revision} 号事件`, ...notes].join('　'), sheet.left, y + 17, NOTE)
}
