import type { Sheet } from '../kit/document.ts'
import { groupMoney } from '../kit/figures.ts'
import type { Cell, Row, RowLook, Track } from '../kit/grid.ts'
import { drawRows, GUTTER, HAIRLINE, makeRow, THICK, THIN } from '../kit/grid.ts'
import type { Style } from '../kit/ink.ts'
import { INK } from '../kit/ink.ts'
import type { StatementData, StatementGroup, StatementRow, StatementStatus, StatementSum } from './data.ts'

const BODY: Style = { size: 9.5 }
const BOLD: Style = { size: 9.5, bold: true }
const QUIET: Style = { size: 8.5, color: INK.quiet }

const STATUS_TEXT: Record<StatementStatus, string> = {
  paid: '已付',
  partly: '部分已付',
  unpaid: '未付',
  returned: '银行退回，待付',
  misdirected: '付错人，待付',
  reversed: '已冲销',
}

/** Everything this co-op awarded the person, kind by kind, with subtotals, total and 大写金额. */
export function drawEntitlements(sheet: Sheet, data: StatementData): void {
  const tracks = entitlementTracks(sheet, data)
  const titles = ['日期', '凭证号', '项目与计算依据', '应发', '代扣', '实发', '状态与付款日期']
  const head = makeRow(
    sheet,
    tracks,
    titles.map(text => ({ parts: [{ text, style: { ...BOLD, size: 9 } }] })),
    { padding: 4, fill: INK.tint, above: THICK, below: THIN },
  )
  const rows = data.groups.flatMap((group, i) => groupRows(sheet, tracks, group, i === data.groups.length - 1))
  if (rows.length === 0) {
    const cell: Cell = { parts: [{ text: '本年度没有发放记录', style: QUIET }], span: tracks.length, align: 'center' }
    rows.push(makeRow(sheet, tracks, [cell], { padding: 6, keepWithNext: true }))
  }
  rows.push(totalRow(sheet, tracks, data), wordsRow(sheet, tracks, data))
  drawRows(sheet, [head], rows)
}

/** Amounts, dates and voucher numbers get the width they need; the text takes the rest. */
function entitlementTracks(sheet: Sheet, data: StatementData): Track[] {
  const rows = data.groups.flatMap(group => group.rows)
  const widest = (texts: readonly string[], style: Style, least: number) =>
    Math.max(least, ...texts.map(text => sheet.measure(text, style))) + GUTTER * 2 + 1
  const sums = [...data.groups.map(group => group.subtotal), data.total]
  const money = (pick: (sum: StatementSum) => string) =>
    widest([...rows.map(pick), ...sums.map(pick)].map(groupMoney), BOLD, 42)
  const fixed = [
    widest(['2025-12-31'], BODY, 0),
    Math.min(
      widest(
        rows.map(row => row.voucher),
        BODY,
        30,
      ),
      84,
    ),
    money(sum => sum.gross),
    money(sum => sum.withheld),
    money(sum => sum.net),
    Math.min(widest(rows.map(statusText), BODY, 64), 80),
  ] as const
  const rest = sheet.width - fixed.reduce((sum, width) => sum + width, 0)
  const widths = [fixed[0], fixed[1], rest, ...fixed.slice(2)]
  let x = sheet.left
  return widths.map((width, i) => {
    const track: Track = { x, width, align: i >= 3 && i <= 5 ? 'right' : 'left' }
    x += width
    return track
  })
}

function statusText(row: StatementRow): string {
  return row.paidOn && row.status === 'paid' ? `已付 ${row.paidOn}` : STATUS_TEXT[row.status]
}

function groupRows(sheet: Sheet, tracks: readonly Track[], group: StatementGroup, isLast: boolean): Row[] {
  const rows = group.rows.flatMap((row, i) => entitlementRows(sheet, tracks, row, i === group.rows.length - 1))
  const title: Cell = { parts: [{ text: `${group.title}小计`, style: BOLD }], span: 3 }
  const subtotal = makeRow(sheet, tracks, [title, ...sumCells(group.subtotal, BOLD), { parts: [] }], {
    padding: 2.8,
    fill: '#faf9f7',
    below: THIN,
    keepWithNext: isLast,
  })
  return [...rows, subtotal]
}

/** The basis follows the item where there is room; otherwise it runs below, under the amounts. */
function entitlementRows(sheet: Sheet, tracks: readonly Track[], row: StatementRow, isLast: boolean): Row[] {
  const short = `${row.item}　${row.basis}`
  const isShort = sheet.measure(short, BODY) <= tracks[2]!.width - GUTTER * 2
  const cells: Cell[] = [
    { parts: [{ text: row.date, style: BODY }] },
    { parts: [{ text: row.voucher, style: BODY }] },
    { parts: [{ text: isShort ? short : row.item, style: BODY }] },
    ...sumCells(row, BODY),
    { parts: statusParts(row) },
  ]
  const look: RowLook = { padding: 2.6, valign: 'top' }
  if (isShort || row.basis === '') {
    return [makeRow(sheet, tracks, cells, { ...look, below: HAIRLINE, keepWithNext: isLast })]
  }
  const basis: Cell[] = [{ parts: [], span: 2 }, { parts: [{ text: row.basis, style: QUIET }], span: 4 }, { parts: [] }]
  return [
    makeRow(sheet, tracks, cells, { ...look, keepWithNext: true }),
    makeRow(sheet, tracks, basis, { padding: 0, after: 3, below: HAIRLINE, keepWithNext: isLast }),
  ]
}

function statusParts(row: StatementRow) {
  const open = row.status !== 'paid' && row.status !== 'reversed'
  const parts = [{ text: statusText(row), style: open ? { ...BODY, color: INK.red } : BODY }]
  if (row.status !== 'paid' && row.paidOn) parts.push({ text: `付款 ${row.paidOn}`, style: QUIET })
  if (row.outstanding) parts.push({ text: `未付 ${groupMoney(row.outstanding)}`, style: QUIET })
  if (row.note) parts.push({ text: row.note, style: QUIET })
  return parts
}

/** 应发, 代扣, 实发; what is taken back stands in red. */
export function sumCells(sum: StatementSum, style: Style): Cell[] {
  return [sum.gross, sum.withheld, sum.net].map(amount => ({
    parts: [{ text: groupMoney(amount), style: amount.startsWith('-') ? { ...style, color: INK.red } : style }],
  }))
}

function totalRow(sheet: Sheet, tracks: readonly Track[], data: StatementData): Row {
  const style: Style = { size: 10.5, bold: true }
  const cells: Cell[] = [{ parts: [{ text: '合计', style }], span: 3 }, ...sumCells(data.total, BOLD), { parts: [] }]
  return makeRow(sheet, tracks, cells, { padding: 4, fill: INK.tint, keepWithNext: true })
}

function wordsRow(sheet: Sheet, tracks: readonly Track[], data: StatementData): Row {
  const text = `实发合计（大写）：${data.total.netInWords}`
  const cell: Cell = { parts: [{ text, style: { size: 10.5, bold: true } }], span: tracks.length }
  return makeRow(sheet, tracks, [cell], { padding: 4, fill: INK.tint, above: HAIRLINE, below: THICK })
}
