import { heading, verificationBlock } from '../kit/blocks.ts'
import { drawChart } from '../kit/chart.ts'
import type { Sheet } from '../kit/document.ts'
import { INK, SIZE } from '../kit/ink.ts'
import { HEADING } from '../kit/notice.ts'
import { paragraph } from '../kit/text.ts'
import type { DisclosureData } from './data.ts'

/** The annex on pages of its own: charts, how to check, and a summary in English. */
export function drawAnnex(sheet: Sheet, data: DisclosureData): void {
  sheet.breakPage()
  sheet.text('附件', sheet.left, sheet.y, { size: SIZE.四号, bold: true })
  sheet.y += 24
  const title = '图表、核对方法与英文摘要'
  sheet.textCentre(title, (sheet.left + sheet.right) / 2, sheet.y, { size: SIZE.小二, bold: true })
  sheet.y += 40
  for (const chart of data.annex.charts) drawChart(sheet, chart)
  drawCheck(sheet, data)
  const [first, ...lines] = data.annex.english
  if (first === undefined) return
  heading(sheet, first, HEADING, 40)
  for (const line of lines) paragraph(sheet, line, { size: SIZE.五号, leading: 1.55, align: 'left', after: 2 })
}

function drawCheck(sheet: Sheet, { header }: DisclosureData): void {
  heading(sheet, '怎样核对', HEADING, 100)
  sheet.y += verificationBlock(sheet, header.verification, sheet.left + 6, sheet.width - 6) + 6
  const style = { size: SIZE.小五, leading: 1.5, align: 'left', color: INK.quiet } as const
  paragraph(sheet, `公开指纹（本公示全部数字的摘要）：${header.figuresHash}`, style)
}
