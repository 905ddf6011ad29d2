/** One file in a zip as its directory names it; sizes in bytes. */
export type ZipEntry = { name: string; packed: number; size: number; encrypted: boolean }

const END = 0x06054b50
const ENTRY = 0x02014b50
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
    entries.push({ name, packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), encrypted })
    at += ENTRY_SIZE + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
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
