import { createHash } from 'node:crypto'
import type { Asset } from './house.ts'

const FILES = [
  ['style.css', 'text/css; charset=utf-8'],
  ['desk.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
  ['voucher-entry.js', 'text/javascript; charset=utf-8'],
  ['entry-grid.js', 'text/javascript; charset=utf-8'],
  ['look-up.js', 'text/javascript; charset=utf-8'],
] as const

/** Name of a file the pages link to; it lies in src/web. */
export type AssetName = (typeof FILES)[number][0]

/** The few files the pages link to, each read once. */
export function assetsFrom(read: (name: AssetName) => Uint8Array): Map<string, Asset> {
  return new Map(
    FILES.map(([name, type]) => {
      const bytes = read(name)
      const version = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
      return [name, { type, bytes, version }]
    }),
  )
}
