import { heading } from '../kit/blocks.ts'
import { Sheet } from '../kit/document.ts'
import { chineseNumber, shortHash } from '../kit/figures.ts'
import type { FontSet } from '../kit/fonts.ts'
import { INK, MM, SIZE } from '../kit/ink.ts'
import { drawClosing } from './closing.ts'
import type { StatementData } from './data.ts'
import { drawEntitlements } from './entitlements.ts'
import { drawHead } from './head.ts'
import { drawElsewhere, drawOtherPayers, drawOutstanding } from './others.ts'

const MARGIN = { top: 19 * MM, right: 16 * MM, bottom: 19 * MM, left: 16 * MM }

/** The statement (分红对账单) of one person for one year as a PDF; the same data give the same bytes. */
export function renderStatement(data: StatementData, fonts: FontSet): Promise<Uint8Array> {
  const title = `${data.year}年度分红对账单`
  const sheet = new Sheet({
    issuedAt: data.issuedAt,
    watermark: data.watermark,
    fonts,
    title: `${title} ${data.person.name} ${data.person.code}`,
    margin: MARGIN,
    runningHead: `${data.organisation.name}　${title}　${data.person.name}　${data.person.code}（续）`,
    foot: `账本事件 ${shortHash(data.asOf.eventHash)}（第 ${data.asOf.revision} 号）`,
  })
  drawHead(sheet, data, title)
  const parts = [
    { title: '本年发放明细', draw: drawEntitlements, keep: 110 },
    ...(data.outstanding.length > 0 ? [{ title: '尚未支付', draw: drawOutstanding, keep: 60 }] : []),
    ...(data.elsewhere.length > 0 ? [{ title: '本人在其他组织的收入', draw: drawElsewhere, keep: 90 }] : []),
    ...(data.otherPayers ? [{ title: '本人所在的其他组织', draw: drawOtherPayers, keep: 60 }] : []),
    { title: '说明与核对', draw: drawClosing, keep: 60 },
  ]
  for (const [i, part] of parts.entries()) {
    heading(sheet, `${chineseNumber(i + 1)}、${part.title}`, { size: 12, bold: true, before: 12, after: 3 }, part.keep)
    if (i === 0) sheet.textRight('单位：元', sheet.right, sheet.y - 14, { size: SIZE.小五, color: INK.quiet })
    part.draw(sheet, data)
  }
  return sheet.toBytes()
}
