import { hash } from 'node:crypto'

/** Chance that repeats itself: everything follows from the seed it was made of. */
export type Chance = {
  bytes: (count: number) => Uint8Array
  /** A whole number from `from` to `to`, both included. */
  int: (from: number, to: number) => number
  pick: <T>(list: readonly T[]) => T
}

/** A generator from a text such as `1/people`: SHA-256 of the seed and a counter, block after block. */
export function chanceOf(seed: string): Chance {
  let block: Buffer = Buffer.alloc(0)
  let used = 0
  let counter = 0
  const byte = (): number => {
    if (used === block.length) {
      block = hash('sha256', `${seed}/${counter++}`, 'buffer')
      used = 0
    }
    return block[used++] ?? 0
  }
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, byte)
  const int = (from: number, to: number): number => {
    const number = bytes(6).reduce((sum, value) => sum * 256 + value, 0)
    return from + (number % (to - from + 1))
  }
  return { bytes, int, pick: list => list[int(0, list.length - 1)]! }
}
