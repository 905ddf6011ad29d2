import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Asset } from './house.ts'

const FILES = [
  ['style.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
] as const

/** The few files the pages link to, read once. */
export function loadAssets(): Map<string, Asset> {
  return new Map(
    FILES.map(([name, type]) => {
      const bytes = readFileSync(new URL(`../web/${name}`, import.meta.url))
      const version = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
      return [name, { type, bytes, version }]
    }),
  )
}
