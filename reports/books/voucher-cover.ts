import type { Sheet } from '../kit/document.ts'
import { groupCount } from '../kit/figures.ts'
import { INK, MM, type Style } from '../kit/ink.ts'
import type { PrintedVoucher } from './printed-voucher.ts'
import { drawSlipTitle } from './voucher-slip.ts'

/** What a month's cover says. */
export type Cover = {
  readonly organisation: string
  /** `2025-03` */
  readonly month: string
  readonly vouchers: readonly PrintedVoucher[]
  /** Sheets printed for them. */
  readonly slips: number
}

const ROW = 13 * MM
const LABEL: Style = { size: 10.5, color: INK.quiet }
const VALUE: Style = { size: 11.5 }

/** The cover of a month's vouchers (凭证封面), with room for 册数, 装订人 and the date they are bound. */
export function drawCover(sheet: Sheet, { organisation, month, vouchers, slips }: Cover): void {
  drawSlipTitle(sheet, '记账凭证封面')
  sheet.y += 4
  const number = (at: number) => vouchers.at(at)?.number.split('-').at(-1) ?? ''
  const attachments = vouchers.reduce((sum, each) => sum + each.attachments, 0)
  const rows: readonly (readonly [string, string, string, string])[] = [
    ['单位名称', organisation, '', ''],
    ['所属时间', `${month.slice(0, 4)}年${Number(month.slice(5))}月`, '凭证种类', '记账凭证（记字）'],
    [
      '凭证号数',
      `自第 ${number(0)} 号至第 ${number(-1)} 号`,
      '凭证份数',
      `共 ${groupCount(String(vouchers.length))} 份`,
    ],
    ['凭证张数', `共 ${groupCount(String(slips))} 张`, '附件张数', `共 ${groupCount(String(attachments))} 张`],
    ['册　　数', '本月共　　　册', '本　　册', '第　　　册'],
    ['会计主管', '', '装订人', ''],
    ['装订日期', '　　　　年　　月　　日', '备　　注', ''],
  ]
  const { left, right, width } = sheet
  const columns = [left, left + width * 0.15, left + width * 0.5, left + width * 0.65]
  const top = sheet.y
  rows.forEach((cells, index) => {
    const y = top + index * ROW
    cells.forEach((text, column) => {
      const style = column % 2 === 0 ? LABEL : VALUE
      if (text !== '') sheet.text(text, columns[column]! + 6, y + (ROW - style.size) / 2, style)
    })
    if (index > 0) sheet.rule(left, y, right, y, { width: 0.5, color: INK.rule })
  })
  const bottom = top + rows.length * ROW
  for (const [index, x] of columns.entries())
    if (index > 0) sheet.rule(x, index === 1 ? top : top + ROW, x, bottom, { width: 0.5, color: INK.rule })
  sheet.path(
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ],
    { width: 1, color: INK.text },
  )
}
