import type { Sheet } from '../kit/document.ts'
import { groupCount, isZero, longDate, yuanSign } from '../kit/figures.ts'
import type { Track } from '../kit/grid.ts'
import { drawRows, HAIRLINE, makeRow } from '../kit/grid.ts'
import type { Style } from '../kit/ink.ts'
import { INK, SIZE } from '../kit/ink.ts'
import type { ParagraphStyle } from '../kit/text.ts'
import { paragraph, paragraphHeight } from '../kit/text.ts'
import type { StatementData, StatementHolding } from './data.ts'

const SMALL: Style = { size: SIZE.小五, color: INK.quiet }
const LABEL: Style = { size: SIZE.五号, color: INK.quiet }
const VALUE: Style = { size: SIZE.五号 }

/** Organisation, title, whose statement it is, and the year in one sentence. */
export function drawHead(sheet: Sheet, data: StatementData, title: string): void {
  drawOrganisation(sheet, data)
  const middle = (sheet.left + sheet.right) / 2
  sheet.textCentre(title, middle, sheet.y + 13, { size: SIZE.二号, bold: true })
  sheet.textCentre('收益分配与福利发放对账单', middle, sheet.y + 41, { size: SIZE.五号, color: INK.quiet, spacing: 1 })
  sheet.y += 62
  drawPerson(sheet, data)
  drawSummary(sheet, data)
}

function drawOrganisation(sheet: Sheet, data: StatementData): void {
  const { name, creditCode } = data.organisation
  sheet.text(name, sheet.left, sheet.y, { size: SIZE.小四, bold: true })
  const facts = [creditCode && `统一社会信用代码 ${creditCode}`, data.number].filter(Boolean).join('　')
  sheet.textRight(facts, sheet.right, sheet.y + 3, SMALL)
  sheet.y += 18
  sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, { width: 1.4, color: INK.red })
}

function drawPerson(sheet: Sheet, data: StatementData): void {
  const { name, code, household } = data.person
  const tracks: Track[] = []
  let x = sheet.left
  for (const share of [0.1, 0.35, 0.11, 0.44]) {
    tracks.push({ x, width: sheet.width * share, align: 'left' })
    x += sheet.width * share
  }
  const label = (text: string) => ({ parts: [{ text, style: LABEL }] })
  const value = (texts: readonly string[], style = VALUE) => ({ parts: texts.map(text => ({ text, style })) })
  const look = { padding: 4, below: HAIRLINE, above: HAIRLINE }
  drawRows(
    sheet,
    [],
    [
      makeRow(
        sheet,
        tracks,
        [label('姓　名'), value([name], { size: SIZE.小四, bold: true }), label('成员码'), value([code])],
        look,
      ),
      makeRow(
        sheet,
        tracks,
        [label('所在户'), value([household ?? '—']), label('分红份额'), value(holdingsText(data.holdings))],
        look,
      ),
    ],
  )
}

function holdingsText(holdings: readonly StatementHolding[]): string[] {
  if (holdings.length === 0) return ['本年度没有份额']
  return holdings.map(
    ({ kind, shares, recordDate }) => `${kind ? `${kind} ` : ''}${groupCount(shares)} 股（基准日 ${recordDate}）`,
  )
}

/** The year in one sentence, large, on a tinted ground. */
function drawSummary(sheet: Sheet, data: StatementData): void {
  const x = sheet.left + 14
  const width = sheet.width - 26
  const large: ParagraphStyle = { size: SIZE.四号, bold: true, leading: 1.6, x, width, align: 'left' }
  const small: ParagraphStyle = { size: SIZE.五号, leading: 1.5, x, width, align: 'left', color: INK.quiet }
  const { received, settled, detail } = summaryText(data)
  const sentence = paragraphHeight(sheet, received, large) + (settled ? paragraphHeight(sheet, settled, large) : 0)
  const height = sentence + paragraphHeight(sheet, detail, small) + 18
  sheet.y += 10
  sheet.ensure(height)
  sheet.fill([[sheet.left, sheet.y, sheet.width, height]], INK.tint)
  sheet.fill([[sheet.left, sheet.y, 3, height]], INK.red)
  sheet.y += 8
  paragraph(sheet, received, large)
  if (settled) paragraph(sheet, settled, large)
  paragraph(sheet, detail, small)
  sheet.y += 10
}

function summaryText(data: StatementData): { received: string; settled: string; detail: string } {
  const { gross, withheld, net, paid, outstanding, netInWords } = data.total
  if (data.groups.length === 0) {
    const received = `${data.year}年，合作社没有应发给您的款项。`
    return { received, settled: '', detail: `账目截至${longDate(data.issueDate)}。` }
  }
  const settled = isZero(outstanding)
    ? '已全部付清。'
    : outstanding.startsWith('-')
      ? `已付 ${yuanSign(paid)}，多付 ${yuanSign(outstanding.slice(1))} 待退回。`
      : `已付 ${yuanSign(paid)}，还有 ${yuanSign(outstanding)} 未付。`
  const without = isZero(withheld) ? '没有代扣款项' : `代扣 ${yuanSign(withheld)}`
  return {
    received: `${data.year}年，合作社${isZero(outstanding) ? '共发给' : '应发给'}您 ${yuanSign(net)}（${netInWords}），`,
    settled,
    detail: `应发 ${yuanSign(gross)}，${without}，实发 ${yuanSign(net)}。账目截至${longDate(data.issueDate)}。`,
  }
}
