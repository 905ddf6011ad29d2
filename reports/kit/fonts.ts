import { MISSING_MARK } from './characters.ts'
import type { TrueType } from './truetype.ts'
import { parseTrueType } from './truetype.ts'

/** A glyph as PDFKit asks for it. Frozen and kept per code point, so that no document can change another's text. */
interface Glyph {
  readonly id: number
  readonly advanceWidth: number
  readonly codePoints: readonly number[]
}

interface Position {
  xAdvance: number
  yAdvance: number
  xOffset: number
  yOffset: number
  advanceWidth: number
}

/**
 * A font parsed once and shared by every document. It has the members PDFKit looks for on a fontkit font, without
 * fontkit's layout: Chinese needs no ligatures, kerning or contextual forms.
 */
export interface DocumentFont {
  readonly postscriptName: string
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly lineGap: number
  readonly xHeight: number
  readonly capHeight: number
  readonly italicAngle: number
  readonly bbox: TrueType['box']
  readonly head: { readonly macStyle: { readonly italic: boolean } }
  readonly post: { readonly isFixedPitch: boolean }
  layout(text: string): { readonly glyphs: Glyph[]; readonly positions: Position[]; readonly advanceWidth: number }
  createSubset(): { includeGlyph(glyph: number): number; encode(): Uint8Array }
  getGlyph(glyph: number): { readonly advanceWidth: number }
  /** Width of a text in ems. */
  width(text: string): number
  has(codePoint: number): boolean
}

/** The two weights every document is set in. */
export interface FontSet {
  readonly regular: DocumentFont
  readonly bold: DocumentFont
}

/** Takes the bytes of the two TrueType files; throws when one is no such file or lacks the mark for missing characters. */
export function createFonts(regular: Uint8Array, bold: Uint8Array): FontSet {
  return {
    regular: createFont(regular, 'NotoSansSC-Regular'),
    bold: createFont(bold, 'NotoSansSC-Bold'),
  }
}

function createFont(bytes: Uint8Array, postscriptName: string): DocumentFont {
  const file = parseTrueType(bytes)
  if (file.glyphOf(MISSING_MARK.codePointAt(0)!) === 0) throw new Error(`the font lacks ${MISSING_MARK}`)
  const glyphs = new Map<number, Glyph>()
  const glyph = (codePoint: number): Glyph => {
    const known = glyphs.get(codePoint)
    if (known) return known
    const id = file.glyphOf(codePoint)
    const made = Object.freeze({ id, advanceWidth: file.advance(id), codePoints: Object.freeze([codePoint]) })
    glyphs.set(codePoint, made)
    return made
  }
  return {
    postscriptName,
    unitsPerEm: file.unitsPerEm,
    ascent: file.ascent,
    descent: file.descent,
    lineGap: 0,
    xHeight: file.xHeight,
    capHeight: file.capHeight,
    italicAngle: 0,
    bbox: file.box,
    head: { macStyle: { italic: false } },
    post: { isFixedPitch: false },
    layout: text => layOut(Array.from(text, character => glyph(character.codePointAt(0)!))),
    createSubset: () => createSubset(file),
    getGlyph: id => ({ advanceWidth: file.advance(id) }),
    width(text) {
      let units = 0
      for (const character of text) units += glyph(character.codePointAt(0)!).advanceWidth
      return units / file.unitsPerEm
    },
    has: codePoint => glyph(codePoint).id !== 0,
  }
}

/** PDFKit scales the positions in place, so the sum is taken when it is asked for. */
function layOut(glyphs: Glyph[]) {
  const positions: Position[] = glyphs.map(({ advanceWidth }) => ({
    xAdvance: advanceWidth,
    yAdvance: 0,
    xOffset: 0,
    yOffset: 0,
    advanceWidth,
  }))
  return {
    glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, position) => sum + position.advanceWidth, 0)
    },
  }
}

/** The glyphs one document uses, numbered in the order of their first use. Glyph 0 is always there. */
function createSubset(file: TrueType) {
  const order = [0]
  const numbers = new Map([[0, 0]])
  return {
    includeGlyph(glyph: number) {
      const known = numbers.get(glyph)
      if (known !== undefined) return known
      numbers.set(glyph, order.length)
      return order.push(glyph) - 1
    },
    encode: () => file.subset(order),
  }
}
