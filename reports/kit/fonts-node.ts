import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FontSet } from './fonts.ts'
import { createFonts } from './fonts.ts'

const require = createRequire(import.meta.url)
let loaded: FontSet | undefined

/** The fonts of the installed package, read and parsed at the first call. */
export function loadFonts(): FontSet {
  loaded ??= createFonts(readWeight('400Regular'), readWeight('700Bold'))
  return loaded
}

function readWeight(weight: string): Uint8Array {
  return readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`))
}
