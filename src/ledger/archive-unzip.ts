import { crc32, inflateRawSync } from 'node:zlib'
import { BadArchive } from './archive-check.ts'
import { DEFLATED, packedBytes, zipEntries } from './zip-entries.ts'

/** More than any year's archive; a file that says it unpacks to more is not read. */
const MOST_BYTES = 1 << 30

/** The files of a ZIP file as `zipped` makes it (deflated, no comment, no disks), by path; throws BadArchive for any other. */
export function unzipped(bytes: Uint8Array, path: string): Map<string, Uint8Array> {
  const refused = (reason: string) => new BadArchive('ArchiveUnreadable', path, reason)
  try {
    return filesIn(bytes, refused)
  } catch (error) {
    if (error instanceof BadArchive) throw error
    throw refused('不是完整的 ZIP 文件，或里面有损坏')
  }
}

function filesIn(zip: Uint8Array, refused: (reason: string) => BadArchive): Map<string, Uint8Array> {
  const entries = zipEntries(zip)
  if (!entries) throw refused('末尾不是 ZIP 的目录，文件可能被截断')
  if (entries.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw refused('解开后太大')
  const files = new Map<string, Uint8Array>()
  for (const entry of entries) {
    const { name, method, size, crc } = entry
    if (files.has(name)) throw refused(`${name} 有两份`)
    const packed = method === DEFLATED ? packedBytes(zip, entry) : undefined
    if (!packed) throw refused('目录里有读不懂的一项')
    const content = inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) })
    if (content.length !== size || crc32(content) !== crc) throw refused(`${name} 解不开`)
    files.set(name, content)
  }
  return files
}
