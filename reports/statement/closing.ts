import { contactLines, LEAST_SEAL_HEIGHT, SEAL_HEIGHT, sealPlace, verificationBlock } from '../kit/blocks.ts'
import type { Sheet } from '../kit/document.ts'
import type { Track } from '../kit/grid.ts'
import { drawRows, makeRow } from '../kit/grid.ts'
import { MM, SIZE } from '../kit/ink.ts'
import type { StatementData } from './data.ts'

/** Legal basis, how to check, whom to ask, and where the seal goes. */
export function drawClosing(sheet: Sheet, data: StatementData): void {
  const label = 62
  const tracks: Track[] = [
    { x: sheet.left - 4, width: label, align: 'left' },
    { x: sheet.left - 4 + label, width: sheet.width + 8 - label, align: 'left' },
  ]
  const style = { size: SIZE.五号 }
  const row = (title: string, texts: readonly string[], bold = false) =>
    makeRow(
      sheet,
      tracks,
      [
        { parts: [{ text: title, style: { ...style, bold: true } }] },
        { parts: texts.map(text => ({ text, style: { ...style, bold } })) },
      ],
      { padding: 2, valign: 'top' },
    )
  drawRows(
    sheet,
    [],
    [
      row('代扣依据', [data.withholdingBasis]),
      row('怎样核对', data.howToCheck),
      row('咨询电话', contactLines(data.contacts), true),
    ],
  )
  sheet.y += 8
  sheet.ensure(LEAST_SEAL_HEIGHT)
  const top = sheet.y
  // A page of its own for the seal alone would double the paper of two thousand statements.
  const room = Math.min(SEAL_HEIGHT, sheet.bottom - top)
  const sealed = sealPlace(sheet, data.organisation.name, data.issueDate, { size: SIZE.小四 }, room)
  const checked = data.verification ? verificationBlock(sheet, data.verification, sheet.left, 96 * MM) : 0
  sheet.y = top + Math.max(sealed, checked)
}
