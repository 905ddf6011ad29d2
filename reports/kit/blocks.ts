import type { Sheet } from './document.ts'
import type { Contact, Signature, Verification } from './facts.ts'
import { longDate } from './figures.ts'
import type { Style } from './ink.ts'
import { INK, MM, SIZE } from './ink.ts'
import { drawQr } from './qr.ts'
import { breakLines } from './text.ts'

const SMALL: Style = { size: SIZE.小五, color: INK.quiet }

/** A heading that stays with the next `keep` points of what follows it. */
export function heading(
  sheet: Sheet,
  text: string,
  style: Style & { before: number; after: number },
  keep: number,
): void {
  const lines = breakLines(text, sheet.width, line => sheet.measure(line, style))
  const height = lines.length * style.size * 1.4
  sheet.ensure(style.before + height + style.after + keep)
  if (sheet.y > sheet.top) sheet.y += style.before
  for (const line of lines) {
    sheet.text(line, sheet.left, sheet.y + style.size * 0.2, style)
    sheet.y += style.size * 1.4
  }
  sheet.y += style.after
}

/** Width and height of the place for the seal, in points: a round seal is stamped over name and date. */
const SEAL = { width: 76 * MM, height: 38 * MM }

/** 落款: organisation and date in a dashed place for the seal that ends at the right margin; gives its height. */
export function sealPlace(
  sheet: Sheet,
  organisation: string,
  date: string,
  wanted: Style,
  height: number = SEAL.height,
): number {
  // A name a little too long is set smaller rather than broken: a seal is stamped across one line.
  const fit = (SEAL.width - 12) / sheet.measure(organisation, wanted)
  const style = fit < 1 && fit > 0.72 ? { ...wanted, size: wanted.size * fit } : wanted
  const measure = (text: string) => sheet.measure(text, style)
  const lines = breakLines(organisation, SEAL.width - 12, measure)
  const x = sheet.right - SEAL.width
  const { y } = sheet
  const pen = { width: 0.5, color: '#a8a8a8', dash: 2.5 }
  const right = sheet.right
  const bottom = y + height
  sheet.path(
    [
      [x, y],
      [right, y],
      [right, bottom],
      [x, bottom],
      [x, y],
    ],
    pen,
  )
  sheet.text('（盖章处）', x + 5, y + 5, { size: SIZE.小五, color: '#8a8a8a' })
  const step = style.size * 1.7
  let top = y + (height - step * (lines.length + 1)) / 2 + 2
  for (const line of [...lines, longDate(date)]) {
    sheet.textCentre(line, x + SEAL.width / 2, top, style)
    top += step
  }
  return height
}

/** Height that `sealPlace` takes. */
export const SEAL_HEIGHT = SEAL.height
/** The least height in which a seal still has room over name and date. */
export const LEAST_SEAL_HEIGHT = 27 * MM

/** QR code with what to do with it at its right; gives the height taken. */
export function verificationBlock(sheet: Sheet, verification: Verification, x: number, width: number): number {
  const side = 24 * MM
  drawQr(sheet, verification.url, x, sheet.y + 6, side)
  const textX = x + side + 12
  let top = sheet.y + 8
  const put = (text: string, style: Style) => {
    for (const line of breakLines(text, x + width - textX, part => sheet.measure(part, style))) {
      sheet.text(line, textX, top, style)
      top += style.size * 1.5
    }
  }
  put(verification.text, { size: SIZE.小五 })
  if (verification.code) put(`校验码 ${verification.code}`, { size: SIZE.小五, bold: true })
  put(verification.url, { size: SIZE.六号, color: INK.quiet })
  return Math.max(side + 12, top - sheet.y)
}

/** `监事会监督电话 李四 0595-1234567` for each contact. */
export function contactLines(contacts: readonly Contact[]): string[] {
  return contacts.map(({ label, person, phone }) => `${label}${person ? `（${person}）` : ''}：${phone}`)
}

/** Height of a line of signatures, in ems. */
const SIGNATURE_LEADING = 2.1

/** Height that `signatureLines` takes. */
export function signaturesHeight(signatures: readonly Signature[], style: Style): number {
  return Math.ceil(signatures.length / 2) * style.size * SIGNATURE_LEADING
}

/** Signatures beside each other, two a line; a missing name or date leaves room to write it. */
export function signatureLines(sheet: Sheet, signatures: readonly Signature[], style: Style): void {
  const half = sheet.width / 2
  const step = style.size * SIGNATURE_LEADING
  sheet.ensure(signaturesHeight(signatures, style))
  for (let i = 0; i < signatures.length; i += 2) {
    sheet.ensure(step)
    for (const [column, signature] of signatures.slice(i, i + 2).entries()) {
      drawSignature(sheet, signature, sheet.left + half * column, half - (column === 0 ? 22 : 0), style)
    }
    sheet.y += step
  }
}

function drawSignature(sheet: Sheet, signature: Signature, x: number, width: number, style: Style): void {
  const top = sheet.y + style.size * 0.5
  const role = `${signature.role}：`
  const start = x + sheet.measure(role, style)
  sheet.text(role, x, top, style)
  const small: Style = { ...SMALL, color: INK.text }
  const date = signature.date ? longDate(signature.date) : '　　年　　月　　日'
  const dateX = x + width - sheet.measure(date, small)
  sheet.text(date, dateX, top + style.size - small.size, small)
  sheet.rule(start, top + style.size + 3, dateX - 8, top + style.size + 3, { width: 0.5 })
  if (signature.name) sheet.textCentre(signature.name, (start + dateX - 8) / 2, top, style)
}
