import { MISSING_MARK, printable } from './characters.ts'
import type { Stroke } from './content.ts'
import { fillOperators, strokeOperators, textOperators } from './content.ts'
import type { DocumentFont } from './fonts.ts'
import type { Style } from './ink.ts'
import { A4, INK, MM, SIZE } from './ink.ts'
import type { SheetSpec } from './pdf-file.ts'
import { collectBytes, encodeText, openPdf } from './pdf-file.ts'

/** The em box of the fonts stands this far above the baseline, in ems. */
const ASCENT = 0.88

const HEAD_STYLE: Style = { size: SIZE.小五, color: INK.quiet }
const FOOT_STYLE: Style = { size: 8, color: INK.quiet }

/**
 * A document being drawn: A4 pages, a cursor `y` that runs down the page, and text placed by its em box. Text that
 * comes in is made printable here, so that nothing that reaches the paper can be a silent box.
 */
export class Sheet {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  y: number
  readonly #spec: SheetSpec
  readonly #pdf: PDFKit.PDFDocument
  /** Characters the fonts lack, per page, in the order of their first appearance. */
  readonly #missing: Set<string>[] = []
  #page = -1

  constructor(spec: SheetSpec) {
    this.#spec = spec
    this.left = spec.margin.left
    this.right = A4.width - spec.margin.right
    this.top = spec.margin.top
    this.bottom = A4.height - spec.margin.bottom
    this.y = this.top
    this.#pdf = openPdf(spec)
    this.breakPage()
  }

  get width(): number {
    return this.right - this.left
  }

  get pages(): number {
    return this.#missing.length
  }

  /** True when `height` points are left on the page. */
  fits(height: number): boolean {
    return this.y + height <= this.bottom + 0.01
  }

  /** Starts a page unless `height` points are left on this one. */
  ensure(height: number): void {
    if (!this.fits(height)) this.breakPage()
  }

  /** Starts a page, its watermark first: whatever is drawn later lies above it. */
  breakPage(): void {
    this.#pdf.addPage()
    this.#page = this.#missing.push(new Set()) - 1
    this.y = this.top
    this.#drawWatermark()
    if (this.pages === 1 || this.#spec.runningHead === '') return
    const head = this.top - 28
    this.text(this.#spec.runningHead, this.left, head, HEAD_STYLE)
    this.rule(this.left, this.top - 13, this.right, this.top - 13, { color: INK.hairline })
  }

  /** Width of a text in points. */
  measure(text: string, style: Style): number {
    const line = this.#prepare(text)
    const gaps = style.spacing ? (Array.from(line).length - 1) * style.spacing : 0
    return this.#font(style).width(line) * style.size + gaps
  }

  /** One line of text, the upper left corner of its em box at (x, top). */
  text(text: string, x: number, top: number, style: Style): void {
    const line = this.#prepare(text, this.#missing[this.#page])
    if (line === '') return
    const { font, hex } = encodeText(this.#pdf, style.bold ? 'bold' : 'regular', line)
    const { size, color = INK.text, spacing = 0 } = style
    this.#pdf.addContent(textOperators({ font, hex, size, color, spacing, x, baseline: top + ASCENT * size }))
  }

  /** A line of text that ends at `right`. */
  textRight(text: string, right: number, top: number, style: Style): void {
    this.text(text, right - this.measure(text, style), top, style)
  }

  /** A line of text about `middle`. */
  textCentre(text: string, middle: number, top: number, style: Style): void {
    this.text(text, middle - this.measure(text, style) / 2, top, style)
  }

  /** A straight line. */
  rule(x1: number, y1: number, x2: number, y2: number, pen: Partial<Stroke> = {}): void {
    this.path(
      [
        [x1, y1],
        [x2, y2],
      ],
      { width: 0.5, ...pen },
    )
  }

  /** Straight lines from point to point. */
  path(points: readonly (readonly [number, number])[], pen: Partial<Stroke> & { width: number }): void {
    this.#pdf.addContent(strokeOperators(points, { color: INK.rule, ...pen }))
  }

  /** Filled rectangles of one colour. */
  fill(boxes: readonly (readonly [x: number, y: number, width: number, height: number])[], color: string): void {
    if (boxes.length > 0) this.#pdf.addContent(fillOperators(boxes, color))
  }

  /** Adds the foot of every page and gives the file's bytes. */
  async toBytes(): Promise<Uint8Array> {
    const count = this.pages
    for (let page = 0; page < count; page++) {
      this.#pdf.switchToPage(page)
      this.#page = page
      const top = this.#drawMissing(this.#missing[page]!)
      this.text(this.#spec.foot, this.left, top, FOOT_STYLE)
      this.textRight(`第 ${page + 1} 页　共 ${count} 页`, this.right, top, FOOT_STYLE)
    }
    return collectBytes(this.#pdf)
  }

  #font(style: Style): DocumentFont {
    return style.bold ? this.#spec.fonts.bold : this.#spec.fonts.regular
  }

  /** The text as it will stand on the paper; what the fonts lack becomes 〓 and is noted. */
  #prepare(text: string, missing?: Set<string>): string {
    const line = printable(text)
    const font = this.#spec.fonts.regular
    let out = ''
    for (const character of line) {
      const known = font.has(character.codePointAt(0)!)
      out += known ? character : MISSING_MARK
      if (!known) missing?.add(character)
    }
    return out
  }

  /** Says under the page what its 〓 stand for; gives the height at which the foot can go. */
  #drawMissing(missing: ReadonlySet<string>): number {
    const foot = this.bottom + 5 * MM
    if (missing.size === 0) return foot
    const names = Array.from(missing, character => `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`)
    const style: Style = { size: 7, color: INK.quiet }
    let line = `${MISSING_MARK}：字库未收的字，编码按出现先后为`
    let top = this.bottom + 3
    for (const [i, name] of names.entries()) {
      const next = `${line} ${name}${i < names.length - 1 ? '、' : '。'}`
      if (this.measure(next, style) > this.width) {
        this.text(line, this.left, top, style)
        top += 9
        line = `${name}${i < names.length - 1 ? '、' : '。'}`
      } else line = next
    }
    this.text(line, this.left, top, style)
    return Math.max(foot, top + 11)
  }

  #drawWatermark(): void {
    const { watermark } = this.#spec
    if (!watermark) return
    const style: Style = { size: 84, bold: true }
    const size = Math.min(84, (84 * 0.75 * A4.height) / this.measure(watermark, style))
    const width = this.measure(watermark, { ...style, size })
    const middle: [number, number] = [A4.width / 2, A4.height / 2]
    this.#pdf.save().fillOpacity(0.05).rotate(-52, { origin: middle })
    this.text(watermark, middle[0] - width / 2, middle[1] - size / 2, { ...style, size, color: INK.watermark })
    this.#pdf.restore()
  }
}
