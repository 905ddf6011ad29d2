import { chineseDay } from '../../src/domain/calendar.ts'
import { fenOf } from '../../src/domain/money.ts'
import { voucherLabel } from '../../src/domain/voucher.ts'
import { Sheet } from '../kit/document.ts'
import { INK, MM, type Style } from '../kit/ink.ts'
import type { PrintedVoucher } from './printed-voucher.ts'
import type { BookFrame } from './report.ts'
import { drawCover } from './voucher-cover.ts'
import { drawSlip, LINES_A_SLIP, type Slip } from './voucher-slip.ts'

// The left margin is for binding; what is below the second slip is the page's own foot.
const MARGIN = { top: 9 * MM, right: 12 * MM, bottom: 12 * MM, left: 23 * MM }
const HALF = 148.5 * MM
const NOTE: Style = { size: 6.5, color: INK.quiet }

/** The vouchers as A5 sheets (210 × 148 mm), two on an A4 page with a line to cut along, each month behind its cover. */
export function renderVouchers(vouchers: readonly PrintedVoucher[], frame: BookFrame): Promise<Uint8Array> {
  const sheet = new Sheet({
    ...{ issuedAt: frame.issuedAt, watermark: frame.watermark, fonts: frame.fonts },
    title: `${frame.organisation} 记账凭证 ${frame.period}`,
    margin: MARGIN,
    runningHead: '',
    foot: `${frame.organisation}　${frame.period}　${frame.known}`,
  })
  const months = Map.groupBy(vouchers, ({ number }) => number.slice(0, 7))
  const halves = [...months].flatMap(([month, list]) => {
    const slips = list.flatMap(slipsOf)
    return [
      () => drawCover(sheet, { organisation: frame.organisation, month, vouchers: list, slips: slips.length }),
    ].concat(slips.map(slip => () => drawSlip(sheet, slip, frame.organisation)))
  })
  halves.forEach((draw, index) => {
    if (index > 0 && index % 2 === 0) sheet.breakPage()
    sheet.y = MARGIN.top + (index % 2) * HALF
    if (index % 2 === 1) drawCut(sheet)
    draw()
  })
  if (halves.length === 0) sheet.text(`${frame.period}没有凭证。`, sheet.left, sheet.top, { size: 12 })
  return sheet.toBytes()
}

function drawCut(sheet: Sheet): void {
  sheet.rule(0, HALF, sheet.right + MARGIN.right, HALF, { width: 0.5, color: INK.hairline, dash: 4 })
  sheet.text('裁切线', 4 * MM, HALF - 9, NOTE)
}

// A voucher of many lines goes over several sheets, numbered 1/2, 2/2 (分号).
function slipsOf(voucher: PrintedVoucher): Slip[] {
  const count = Math.ceil(voucher.lines.length / LINES_A_SLIP)
  const { number, date, preparedBy, review, reference, reverses, reversedBy, eventHash } = voucher
  const red = voucher.lines.some(({ debit, credit }) => fenOf(debit) < 0 || fenOf(credit) < 0)
  return Array.from({ length: count }, (_, index) => ({
    label: `记字第 ${number.slice(number.lastIndexOf('-') + 1)} 号${count > 1 ? `　${index + 1}/${count}` : ''}`,
    ...{ date: chineseDay(date), summary: voucher.summary, attachments: voucher.attachments, preparedBy, review, red },
    lines: voucher.lines.slice(index * LINES_A_SLIP, (index + 1) * LINES_A_SLIP),
    total: index === count - 1 ? voucher.lines : undefined,
    notes: [
      ...(reference ? [`依据 ${reference}`] : []),
      ...(reverses ? [`冲销 ${voucherLabel(reverses)}`] : []),
      ...(reversedBy ? [`已由 ${voucherLabel(reversedBy)}冲销`] : []),
    ],
    ...{ eventHash, revision: voucher.revision },
  }))
}
