/** One file in a zip as its directory names it; sizes in bytes, `at` where its own head lies. */
export type ZipEntry = {
  name: string
  method: number
  packed: number
  size: number
  crc: number
  at: number
  encrypted: boolean
}

/** The compression methods that are read: none, and deflate. */
export const STORED = 0
export const DEFLATED = 8

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const LOCAL_SIZE = 30
const END_SIZE = 22
const ENTRY_SIZE = 46
const COMMENT = 0xffff

/**
 * The directory of a zip file, without unpacking anything; undefined for bytes that do not end as a zip does. Files of 4 GiB
 * and more (zip64) and such in several parts are not zips to us.
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY) return undefined
    const length = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + length))
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1
    const method = view.getUint16(at + 10, true)
    const [crc, packed, size] = [16, 20, 24].map(place => view.getUint32(at + place, true)) as [number, number, number]
    entries.push({ name, method, packed, size, crc, at: view.getUint32(at + 42, true), encrypted })
    at += ENTRY_SIZE + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** A file's bytes as they are packed; undefined where its head is not. */
export function packedBytes(bytes: Uint8Array, { at, packed }: ZipEntry): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (at + LOCAL_SIZE > bytes.length || view.getUint32(at, true) !== LOCAL) return undefined
  const begin = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  return bytes.subarray(begin, begin + packed)
}

/** Whether bytes end as a zip does, whatever they begin with: how a zip hides behind a file of another kind. */
export const endsAsZip = (bytes: Uint8Array): boolean =>
  endOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) !== undefined

// The end record stands before a comment whose length it names, and the file ends with the comment.
function endOf(view: DataView): number | undefined {
  const size = view.byteLength
  for (let at = size - END_SIZE; at >= 0 && at >= size - END_SIZE - COMMENT; at--)
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === size) return at
  return undefined
}
