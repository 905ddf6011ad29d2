/** Those who wait for a mirror to have what they know to be on the server. */
export class MirrorWaits {
  readonly #waiting = new Map<() => void, number>()
  /** Where the last own append to a stream ended: the command there is whole. */
  readonly #ends = new Map<string, number>()
  #closed = false

  /** How many have waited longer than so many milliseconds. */
  late(milliseconds: number): number {
    const begun = performance.now() - milliseconds
    return [...this.#waiting.values()].filter(since => since < begun).length
  }

  /** Notes that an append of this process ended at the revision. */
  endsAt(stream: string, revision: number): void {
    this.#ends.set(stream, revision)
  }

  /** Whether an append is known to have ended there. */
  isEnd(stream: string, revision: number): boolean {
    return this.#ends.get(stream) === revision
  }

  /** Whether the condition held within so many milliseconds; it is asked again whenever something was stored. A throw of it rejects. */
  async until(condition: () => boolean, milliseconds: number): Promise<boolean> {
    if (condition()) return true
    if (this.#closed) return false
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    const look = (): void => {
      try {
        if (condition()) resolve(true)
        else if (this.#closed) resolve(false)
      } catch (error) {
        reject(error)
      }
    }
    this.#waiting.set(look, performance.now())
    const timer = setTimeout(() => resolve(false), milliseconds)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#waiting.delete(look)
    }
  }

  /** Lets everyone look again. */
  wake(): void {
    for (const look of [...this.#waiting.keys()]) look()
  }

  /** From now on nobody waits. */
  close(): void {
    this.#closed = true
    this.wake()
  }
}
