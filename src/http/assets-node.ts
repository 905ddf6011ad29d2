import { readFileSync } from 'node:fs'
import { assetsFrom } from './assets.ts'
import type { Asset } from './house.ts'

/** The few files the pages link to, read from the disk once. */
export function loadAssets(): Map<string, Asset> {
  return assetsFrom(name => readFileSync(new URL(`../web/${name}`, import.meta.url)))
}
