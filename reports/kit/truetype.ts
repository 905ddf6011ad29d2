import { writeSubset } from './truetype-subset.ts'

/** A TrueType font (glyf outlines) reduced to what a PDF needs: which glyph, how wide, and a subset of outlines. */
export interface TrueType {
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  /** Height of x and of capitals, from table OS/2. */
  readonly xHeight: number
  readonly capHeight: number
  readonly box: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }
  /** Glyph of a code point, 0 when the font has none. */
  glyphOf(codePoint: number): number
  /** Advance width in font units. */
  advance(glyph: number): number
  /** A font file with these glyphs only, in this order; composites get their parts appended. */
  subset(glyphs: readonly number[]): Uint8Array
}

interface Table {
  readonly offset: number
  readonly length: number
}

/** Reads a font file; throws when it is not TrueType with glyf outlines. */
export function parseTrueType(bytes: Uint8Array): TrueType {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = readDirectory(view)
  const at = (tag: string) => {
    const table = tables.get(tag)
    if (!table) throw new Error(`the font has no table ${tag}: a TrueType file with glyf outlines is needed`)
    return table
  }
  const head = at('head').offset
  const hhea = at('hhea').offset
  const longOffsets = view.getInt16(head + 50) === 1
  const metrics = view.getUint16(hhea + 34)
  const os2 = at('OS/2').offset
  const hmtx = at('hmtx').offset
  const loca = at('loca').offset
  const glyf = at('glyf').offset
  const offsetOf = (glyph: number) =>
    longOffsets ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2
  const outline = (glyph: number) => bytes.subarray(glyf + offsetOf(glyph), glyf + offsetOf(glyph + 1))
  const metric = (glyph: number) => hmtx + Math.min(glyph, metrics - 1) * 4
  const bearing = (glyph: number) =>
    view.getInt16(glyph < metrics ? hmtx + glyph * 4 + 2 : hmtx + metrics * 4 + (glyph - metrics) * 2)
  const advance = (glyph: number) => view.getUint16(metric(glyph))
  const copy = (tag: string) => {
    const table = tables.get(tag)
    return table && bytes.slice(table.offset, table.offset + table.length)
  }
  return {
    unitsPerEm: view.getUint16(head + 18),
    ascent: view.getInt16(hhea + 4),
    descent: view.getInt16(hhea + 6),
    xHeight: view.getInt16(os2 + 86),
    capHeight: view.getInt16(os2 + 88),
    box: {
      minX: view.getInt16(head + 36),
      minY: view.getInt16(head + 38),
      maxX: view.getInt16(head + 40),
      maxY: view.getInt16(head + 42),
    },
    glyphOf: readCharacterMap(view, at('cmap').offset),
    advance,
    subset: glyphs => writeSubset(glyphs, { outline, advance, bearing, copy }),
  }
}

function readDirectory(view: DataView): Map<string, Table> {
  const tables = new Map<string, Table>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + i * 16
    const tag = String.fromCharCode(...[0, 1, 2, 3].map(n => view.getUint8(entry + n)))
    tables.set(tag, { offset: view.getUint32(entry + 8), length: view.getUint32(entry + 12) })
  }
  return tables
}

/** The format 12 map (all planes) of the cmap table, searched by halving. */
function readCharacterMap(view: DataView, cmap: number): (codePoint: number) => number {
  let groups = 0
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4)
    if (view.getUint16(at) === 12) groups = at + 16
  }
  if (groups === 0) throw new Error('the font has no character map of format 12')
  const count = view.getUint32(groups - 4)
  return codePoint => {
    let low = 0
    let high = count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const group = groups + middle * 12
      const start = view.getUint32(group)
      if (codePoint < start) high = middle - 1
      else if (codePoint > view.getUint32(group + 4)) low = middle + 1
      else return view.getUint32(group + 8) + codePoint - start
    }
    return 0
  }
}
