import { crc32, deflateSync } from 'node:zlib'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

/** Bytes one after the other. */
export const joined = (...parts: (Uint8Array | string)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map(part => (typeof part === 'string' ? text(part) : part))))

export const pdf = joined('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** A picture of one grey point. */
export const png = joined(
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  chunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)),
  chunk('IDAT', deflateSync(Uint8Array.of(0, 128))),
  chunk('IEND', new Uint8Array(0)),
)

/** As much of a JPEG as says that it is one: its head, a scan, its end. */
export const jpeg = joined(
  Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10),
  'JFIF\u0000\u0001\u0001\u0000\u0000\u0001\u0000\u0001\u0000\u0000',
  Uint8Array.of(0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xff, 0xd9),
)

export const xml = joined('<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Total>12.00</Total></EInvoice>\n')

/** A zip of these names, each holding a word, stored as it is. */
export function zip(...names: string[]): Uint8Array {
  const files = names.map(name => ({ name: text(name), data: text('x') }))
  const heads: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, data } of files) {
    const facts = [
      20,
      0,
      0,
      0,
      0,
      crc32(data) & 0xffff,
      crc32(data) >>> 16,
      data.length,
      0,
      data.length,
      0,
      name.length,
      0,
    ]
    const local = joined('PK\u0003\u0004', words(facts), name, data)
    directory.push(joined('PK\u0001\u0002', words([20, ...facts, 0, 0, 0, 0, 0, at & 0xffff, at >>> 16]), name))
    heads.push(local)
    at += local.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = words([0, 0, files.length, files.length, size, 0, at & 0xffff, at >>> 16, 0])
  return joined(...heads, ...directory, 'PK\u0005\u0006', end)
}

export const ofd = zip('OFD.xml', 'Doc_0/Document.xml')

function words(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap(value => [value & 0xff, value >>> 8]))
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined(type, data)
  const [length, sum] = [new Uint8Array(4), new Uint8Array(4)]
  new DataView(length.buffer).setUint32(0, data.length)
  new DataView(sum.buffer).setUint32(0, crc32(body))
  return joined(length, body, sum)
}
