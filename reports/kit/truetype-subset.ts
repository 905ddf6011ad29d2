/** Flags of a composite glyph's component (OpenType specification, table glyf). */
const ARGS_ARE_WORDS = 0x0001
const HAS_SCALE = 0x0008
const MORE_COMPONENTS = 0x0020
const HAS_XY_SCALE = 0x0040
const HAS_MATRIX = 0x0080

/** A parsed font as the subset needs it. */
export interface Source {
  outline(glyph: number): Uint8Array
  advance(glyph: number): number
  bearing(glyph: number): number
  copy(tag: string): Uint8Array | undefined
}

/** A font file with these glyphs in this order; composites get their parts appended. */
export function writeSubset(wanted: readonly number[], source: Source): Uint8Array {
  const glyphs = [...wanted]
  const numbers = new Map(glyphs.map((glyph, index) => [glyph, index]))
  const renumber = (glyph: number) => {
    const known = numbers.get(glyph)
    if (known !== undefined) return known
    numbers.set(glyph, glyphs.length)
    return glyphs.push(glyph) - 1
  }
  const outlines: Uint8Array[] = []
  for (let i = 0; i < glyphs.length; i++) outlines.push(withParts(source.outline(glyphs[i]!), renumber))

  const loca = new DataView(new ArrayBuffer((glyphs.length + 1) * 4))
  const hmtx = new DataView(new ArrayBuffer(glyphs.length * 4))
  let length = 0
  glyphs.forEach((glyph, i) => {
    length += (outlines[i]!.length + 3) & ~3
    loca.setUint32((i + 1) * 4, length)
    hmtx.setUint16(i * 4, source.advance(glyph))
    hmtx.setInt16(i * 4 + 2, source.bearing(glyph))
  })
  const glyf = new Uint8Array(length)
  outlines.forEach((outline, i) => {
    glyf.set(outline, loca.getUint32(i * 4))
  })
  const patched = (tag: string, offset: number, value: number) => {
    const table = source.copy(tag) ?? new Uint8Array()
    new DataView(table.buffer).setUint16(offset, value)
    return table
  }
  return writeFile([
    ['cvt ', source.copy('cvt ')],
    ['fpgm', source.copy('fpgm')],
    ['glyf', glyf],
    ['head', patched('head', 50, 1)],
    ['hhea', patched('hhea', 34, glyphs.length)],
    ['hmtx', new Uint8Array(hmtx.buffer)],
    ['loca', new Uint8Array(loca.buffer)],
    ['maxp', patched('maxp', 4, glyphs.length)],
    ['prep', source.copy('prep')],
  ])
}

/** The outline itself, or for a composite a copy that names its parts by their new numbers. */
function withParts(outline: Uint8Array, renumber: (glyph: number) => number): Uint8Array {
  const isComposite = outline.length > 0 && outline[0]! >= 0x80
  if (!isComposite) return outline
  const own = outline.slice()
  const view = new DataView(own.buffer)
  let at = 10
  for (;;) {
    const flags = view.getUint16(at)
    view.setUint16(at + 2, renumber(view.getUint16(at + 2)))
    if (!(flags & MORE_COMPONENTS)) return own
    at += 4 + (flags & ARGS_ARE_WORDS ? 4 : 2)
    at += flags & HAS_SCALE ? 2 : flags & HAS_XY_SCALE ? 4 : flags & HAS_MATRIX ? 8 : 0
  }
}

/** Checksums stay 0: PDF readers do not look at them. */
function writeFile(parts: readonly (readonly [string, Uint8Array | undefined])[]): Uint8Array {
  const tables = parts.filter((part): part is readonly [string, Uint8Array] => part[1] !== undefined)
  const start = 12 + tables.length * 16
  const bytes = new Uint8Array(tables.reduce((sum, [, table]) => sum + ((table.length + 3) & ~3), start))
  const view = new DataView(bytes.buffer)
  const power = Math.floor(Math.log2(tables.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  view.setUint16(6, 2 ** power * 16)
  view.setUint16(8, power)
  view.setUint16(10, (tables.length - 2 ** power) * 16)
  let offset = start
  tables.forEach(([tag, table], i) => {
    const entry = 12 + i * 16
    for (let n = 0; n < 4; n++) bytes[entry + n] = tag.charCodeAt(n)
    view.setUint32(entry + 8, offset)
    view.setUint32(entry + 12, table.length)
    bytes.set(table, offset)
    offset += (table.length + 3) & ~3
  })
  return bytes
}
