import { crc32, inflateRawSync } from 'node:zlib'
import { BadArchive } from './archive-check.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_SIZE = 22
const ENTRY_SIZE = 46
const LOCAL_SIZE = 30
const DEFLATED = 8
/** More than any year's archive; a file that says it unpacks to more is not read. */
const MOST_BYTES = 1 << 30

/** The files of a ZIP file as `zipped` makes it (deflated, no comment, no disks), by path; throws BadArchive for any other. */
export function unzipped(bytes: Uint8Array, path: string): Map<string, Uint8Array> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const refused = (reason: string) => new BadArchive('ArchiveUnreadable', path, reason)
  try {
    return filesIn(zip, refused)
  } catch (error) {
    if (error instanceof BadArchive) throw error
    throw refused('不是完整的 ZIP 文件，或里面有损坏')
  }
}

function filesIn(zip: Buffer, refused: (reason: string) => BadArchive): Map<string, Uint8Array> {
  const end = zip.length - END_SIZE
  if (zip.readUInt32LE(end) !== END) throw refused('末尾不是 ZIP 的目录，文件可能被截断')
  const files = new Map<string, Uint8Array>()
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  let total = 0
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== ENTRY || zip.readUInt16LE(at + 10) !== DEFLATED) throw refused('目录里有读不懂的一项')
    const [packed, size, named] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)]
    total += size
    if (total > MOST_BYTES) throw refused('解开后太大')
    const path = zip.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + named)
    if (files.has(path)) throw refused(`${path} 有两份`)
    const local = zip.readUInt32LE(at + 42)
    if (zip.readUInt32LE(local) !== LOCAL) throw refused('目录里有读不懂的一项')
    const from = local + LOCAL_SIZE + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = inflateRawSync(zip.subarray(from, from + packed), { maxOutputLength: Math.max(size, 1) })
    if (content.length !== size || crc32(content) !== zip.readUInt32LE(at + 16)) throw refused(`${path} 解不开`)
    files.set(path, content)
    at += ENTRY_SIZE + named + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}
