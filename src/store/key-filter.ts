const half = 2 ** 24

/**
 * Tells of most keys that they were never added, in 2 MB whatever their number (a Bloom filter): with a million keys it is
 * wrong about one new key in seventy, and then only asks for a search. Keys are 48 bits of a SHA-1, so their halves are
 * as good as hashes of them.
 */
export class KeyFilter {
  readonly #bits = new Uint32Array(half / 32)

  add(key: number): void {
    this.#set(key & (half - 1))
    this.#set(Math.floor(key / half))
  }

  /** False only if the key was never added. */
  mayHold(key: number): boolean {
    return this.#has(key & (half - 1)) && this.#has(Math.floor(key / half))
  }

  #set(bit: number): void {
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
  }

  #has(bit: number): boolean {
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }
}
