import type { Sheet } from './document.ts'
import type { Style } from './ink.ts'

/** Must not begin a line (避头). */
const NEVER_FIRST = new Set('，。、；：？！）》」』】〕〉〗’”％‰℃…—～·,.;:?!)]}%°々ー-/')

/** Must not end a line (避尾). */
const NEVER_LAST = new Set('（《「『【〔〈〖‘“￥¥$([{#№第')

/** Stays with the number before it. */
const COUNTED = new Set('年月日元角分股人户份号条款项件笔次页时天名岁票')

const WORD = /[\p{Script=Latin}\p{Nd}+\-_@#&=~/\\.,:%*'^|×–]/u
const DIGIT = /[\d一二三四五六七八九十百]/

/** A column made as wide as its text must hold it in spite of rounding. */
const TOLERANCE = 0.01

/** How wide a text is set, in points. */
export type Measure = (text: string) => number

/** Splits a text into lines no wider than `width`, without breaking words, figures or the rules of 避头尾. */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  if (measure(text) <= width + TOLERANCE) return [text]
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const piece of splitTooWide(unbreakable(text), width, measure)) {
    const pieceWidth = measure(piece)
    if (line !== '' && used + measure(piece.trimEnd()) > width + TOLERANCE) {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    if (line === '' && piece.trim() === '' && lines.length > 0) continue
    line += piece
    used += pieceWidth
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** A title is best broken after one of these. */
const TITLE_PAUSE = /[度年月的、，；：》）/／]$/

/** Lines of a centred title: two are broken where the sense pauses, or else in the middle; more are filled. */
export function titleLines(text: string, width: number, measure: Measure): string[] {
  const filled = breakLines(text, width, measure)
  if (filled.length !== 2) return filled
  const pieces = unbreakable(text)
  let best = { lines: filled, score: Number.POSITIVE_INFINITY }
  for (let cut = 1; cut < pieces.length; cut++) {
    const lines = [pieces.slice(0, cut).join('').trimEnd(), pieces.slice(cut).join('')]
    const [first = 0, second = 0] = lines.map(measure)
    const score = Math.abs(first - second) + (TITLE_PAUSE.test(lines[0]!) ? 0 : width / 2)
    if (Math.max(first, second) <= width && score < best.score) best = { lines, score }
  }
  return best.lines
}

/** The runs of a text between which a line may end. */
function unbreakable(text: string): string[] {
  const characters = Array.from(text)
  const pieces: string[] = []
  let piece = ''
  characters.forEach((character, i) => {
    piece += character
    const next = characters[i + 1]
    if (next === undefined || mayBreak(character, next)) {
      pieces.push(piece)
      piece = ''
    }
  })
  return pieces
}

function mayBreak(before: string, after: string): boolean {
  if (after === ' ') return false
  if (before === ' ') return !NEVER_FIRST.has(after)
  if (NEVER_FIRST.has(after) || NEVER_LAST.has(before)) return false
  if (DIGIT.test(before) && (COUNTED.has(after) || DIGIT.test(after))) return false
  if (before === '〕' && DIGIT.test(after)) return false
  return !(WORD.test(before) && WORD.test(after))
}

/** A run wider than the line (a web address, a hash) may be broken anywhere. */
function splitTooWide(pieces: readonly string[], width: number, measure: Measure): string[] {
  return pieces.flatMap(piece => (measure(piece.trimEnd()) <= width + TOLERANCE ? [piece] : Array.from(piece)))
}

/** How a paragraph is set. */
export interface ParagraphStyle extends Style {
  /** Height of a line, as a multiple of the size. */
  readonly leading: number
  /** First-line indent in ems (two in Chinese). */
  readonly indent?: number
  /** Space after the paragraph in points. */
  readonly after?: number
  /** Left edge and width, if not those of the page's text. */
  readonly x?: number
  readonly width?: number
  readonly align?: 'justify' | 'left' | 'centre'
}

/** A justified line may be stretched by at most this much at each character, in ems. */
const MAX_STRETCH = 0.09

/** Height in points of a paragraph as `paragraph` will set it. */
export function paragraphHeight(sheet: Sheet, text: string, style: ParagraphStyle): number {
  return linesOf(sheet, text, style).length * style.size * style.leading + (style.after ?? 0)
}

/** Sets a paragraph at the cursor and moves the cursor below it; breaks pages between lines, never leaving one alone. */
export function paragraph(sheet: Sheet, text: string, style: ParagraphStyle): void {
  const lines = linesOf(sheet, text, style)
  const height = style.size * style.leading
  lines.forEach((line, i) => {
    const isOrphan = i === 0 && lines.length > 1
    const isBeforeWidow = i === lines.length - 2 && i > 0
    sheet.ensure(isOrphan || isBeforeWidow ? height * 2 : height)
    setLine(sheet, line, i === lines.length - 1, style)
    sheet.y += height
  })
  sheet.y += style.after ?? 0
}

/** The indent takes part in the breaking as ideographic spaces; it is not drawn, so that it cannot be stretched. */
function linesOf(sheet: Sheet, text: string, style: ParagraphStyle): string[] {
  const indented = '　'.repeat(style.indent ?? 0) + text
  return breakLines(indented, style.width ?? sheet.width, line => sheet.measure(line, style))
}

function setLine(sheet: Sheet, line: string, isLast: boolean, style: ParagraphStyle): void {
  const text = line.replace(/^　+/, '')
  const indent = (line.length - text.length) * style.size
  const x = (style.x ?? sheet.left) + indent
  const width = (style.width ?? sheet.width) - indent
  const top = sheet.y + (style.size * (style.leading - 1)) / 2
  if (style.align === 'centre') {
    sheet.textCentre(text, x + width / 2, top, style)
    return
  }
  const slack = width - sheet.measure(text, style)
  const gaps = Array.from(text).length - 1
  const stretch = gaps > 0 ? slack / gaps : 0
  const isStretched = style.align !== 'left' && !isLast && stretch > 0 && stretch <= MAX_STRETCH * style.size
  sheet.text(text, x, top, isStretched ? { ...style, spacing: stretch } : style)
}
