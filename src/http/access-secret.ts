import { createHash, timingSafeEqual } from 'node:crypto'
import { normalisedCode } from './access-code.ts'
import type { Access } from './house.ts'

/** A code this short could be found by trying: each co-op's object counts wrong tries for itself. */
const FEWEST = 20

/** Access by a code that the platform keeps as a secret; undefined where there is none, or one too short to withstand guessing. */
export function secretAccess(secret: string | undefined): Access | undefined {
  const code = normalisedCode(secret ?? '')
  if (code.length < FEWEST) return undefined
  const right = digest(code)
  return {
    id: digest(`id\n${code}`).toString('hex'),
    matches: async given => timingSafeEqual(right, digest(normalisedCode(given))),
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
