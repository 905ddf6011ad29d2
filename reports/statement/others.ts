import type { Sheet } from '../kit/document.ts'
import { isZero, yuanSign } from '../kit/figures.ts'
import { INK, SIZE } from '../kit/ink.ts'
import type { TableData } from '../kit/table.ts'
import { drawTable } from '../kit/table.ts'
import { paragraph } from '../kit/text.ts'
import { otherPayersText } from '../labels.ts'
import type { StatementData, StatementElsewhere, StatementStatus } from './data.ts'

const SHORT_STATUS: Record<StatementStatus, string> = {
  paid: '已付',
  partly: '部分已付',
  unpaid: '未付',
  returned: '退回待付',
  misdirected: '付错待付',
  reversed: '已冲销',
}

/** What is still owed, since when and why. */
export function drawOutstanding(sheet: Sheet, data: StatementData): void {
  const table: TableData = {
    columns: [
      { title: '应付日期', width: 12, kind: 'date', align: 'left' },
      { title: '凭证号', width: 14, kind: 'text' },
      { title: '项目', width: 28, kind: 'text' },
      { title: '未付原因', width: 32, kind: 'text' },
      { title: '未付（元）', width: 14, kind: 'money' },
    ],
    rows: data.outstanding.map(({ since, voucher, item, reason, amount }) => [since, voucher, item, reason, amount]),
    total: ['', '', '', '', data.total.outstanding],
  }
  drawTable(sheet, table, { x: sheet.left, width: sheet.width })
}

/** Other payers, each with its own table and sum; then one line that joins them with this co-op. */
export function drawElsewhere(sheet: Sheet, data: StatementData): void {
  paragraph(sheet, '以下由其他组织核算和发放，账目分开，不计入上面的合计。', {
    size: SIZE.小五,
    leading: 1.5,
    color: INK.quiet,
    after: 1,
  })
  for (const payer of data.elsewhere) {
    drawTable(sheet, payerTable(payer), { x: sheet.left, width: sheet.width })
    sheet.y += 4
  }
  const { joined } = data
  if (!joined) return
  const withheld = isZero(joined.withheld) ? '' : `，代扣 ${yuanSign(joined.withheld)}`
  const text = `连同上列组织，您${data.year}年共应发 ${yuanSign(joined.gross)}${withheld}，实发 ${yuanSign(joined.net)}（${joined.netInWords}）。`
  paragraph(sheet, text, { size: 11, bold: true, leading: 1.6, align: 'left' })
}

/** Organisations that keep their own ledgers, by name and address; or that they could not be asked. */
export function drawOtherPayers(sheet: Sheet, { otherPayers = [] }: StatementData): void {
  const style = { size: SIZE.五号, leading: 1.5, align: 'left' } as const
  paragraph(sheet, otherPayersText(otherPayers), { ...style, color: INK.quiet, after: 2 })
  if (otherPayers === 'unasked') return
  for (const { organisation, address } of otherPayers) paragraph(sheet, `${organisation}　${address}`, style)
}

function payerTable(payer: StatementElsewhere): TableData {
  return {
    caption: payer.organisation,
    unit: '元',
    columns: [
      { title: '日期', width: 12, kind: 'date', align: 'left' },
      { title: '凭证号', width: 13, kind: 'text' },
      { title: '项目', width: 24, kind: 'text' },
      { title: '应发', width: 12, kind: 'money' },
      { title: '代扣', width: 10, kind: 'money' },
      { title: '实发', width: 12, kind: 'money' },
      { title: '状态与付款日期', width: 17, kind: 'text' },
    ],
    rows: payer.rows.map(row => [
      row.date,
      row.voucher,
      row.item,
      row.gross,
      row.withheld,
      row.net,
      row.paidOn ? `${SHORT_STATUS[row.status]} ${row.paidOn}` : SHORT_STATUS[row.status],
    ]),
    total: ['小计', '', '', payer.subtotal.gross, payer.subtotal.withheld, payer.subtotal.net, ''],
    empty: '本年度没有发放记录',
  }
}
