import { crc32, deflateRawSync } from 'node:zlib'

/** 1 January 1980, the earliest day a ZIP file can name: the same files give the same bytes on every day. */
const DAY = 0x0021
const UTF8_NAMES = 0x0800
const DEFLATED = 8
/** Version 2.0, Unix: Info-ZIP reads the names of a file made elsewhere in an old code page, whatever the flag says. */
const MADE_ON_UNIX = 0x0314
/** An ordinary file, readable by everybody and writable by its owner, as Unix has it. */
const ORDINARY = (0o100644 << 16) >>> 0

/** A ZIP file of these files, in their order; the same content gives the same bytes. */
export function zipped(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [path, given] of files) {
    const content = typeof given === 'string' ? Buffer.from(given) : given
    const packed = deflateRawSync(content)
    const name = Buffer.from(path)
    const common = commonFields(content, packed, name)
    const head = Buffer.concat([bytes(4, 0x04034b50), common, name])
    directory.push(Buffer.concat([bytes(4, 0x02014b50), bytes(2, MADE_ON_UNIX), common, trailing(offset), name]))
    parts.push(head, packed)
    offset += head.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = [bytes(4, 0x06054b50), bytes(4, 0), bytes(2, files.size), bytes(2, files.size)]
  return Buffer.concat([...parts, list, ...end, bytes(4, list.length), bytes(4, offset), bytes(2, 0)])
}

// Version needed to read, flags, method, time and day, checksum, sizes, length of the name, no extra field.
function commonFields(content: Uint8Array, packed: Buffer, name: Buffer): Buffer {
  const how = [bytes(2, 20), bytes(2, UTF8_NAMES), bytes(2, DEFLATED), bytes(2, 0), bytes(2, DAY)]
  const sizes = [bytes(4, crc32(content)), bytes(4, packed.length), bytes(4, content.length)]
  return Buffer.concat([...how, ...sizes, bytes(2, name.length), bytes(2, 0)])
}

// No comment, one disk, the attributes, and where the file begins.
const trailing = (offset: number): Buffer => Buffer.concat([Buffer.alloc(6), bytes(4, ORDINARY), bytes(4, offset)])

function bytes(length: 2 | 4, value: number): Buffer {
  const buffer = Buffer.alloc(length)
  buffer.writeUIntLE(value, 0, length)
  return buffer
}
