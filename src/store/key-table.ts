/** A power of two, as every later length. */
const smallest = 1024

/**
 * Positions by keys of 48 random bits, several for one key if need be, in two arrays of numbers: a `Map` of a hundred
 * thousand small objects costs more to fill and to sweep than the whole of what it is asked. Position 0 is an empty place.
 */
export class KeyTable {
  #keys = new Float64Array(smallest)
  #positions = new Float64Array(smallest)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(key: number, position: number): void {
    if (this.#size * 2 >= this.#keys.length) this.#grow()
    const mask = this.#keys.length - 1
    let place = key & mask
    while (this.#positions[place] !== 0) place = (place + 1) & mask
    this.#keys[place] = key
    this.#positions[place] = position
    this.#size++
  }

  /** The positions of a key, in the order they were added. */
  of(key: number): number[] {
    const found: number[] = []
    const mask = this.#keys.length - 1
    let place = key & mask
    for (let position = this.#positions[place]; position; position = this.#positions[place]) {
      if (this.#keys[place] === key) found.push(position)
      place = (place + 1) & mask
    }
    return found
  }

  /** Each key once, ascending. */
  keys(): number[] {
    const held = this.#keys.filter((_, place) => this.#positions[place] !== 0).sort()
    return Array.from(held).filter((key, index) => index === 0 || key !== held[index - 1])
  }

  clear(): void {
    this.#keys = new Float64Array(smallest)
    this.#positions = new Float64Array(smallest)
    this.#size = 0
  }

  #grow(): void {
    const [keys, positions] = [this.#keys, this.#positions]
    this.#keys = new Float64Array(keys.length * 2)
    this.#positions = new Float64Array(keys.length * 2)
    this.#size = 0
    // From the first place after an empty one, so that positions of one key keep their order across the arrays' end.
    const from = positions.indexOf(0)
    for (let step = 0; step < keys.length; step++) {
      const place = (from + step) & (keys.length - 1)
      if (positions[place] !== 0) this.add(keys[place] as number, positions[place] as number)
    }
  }
}
