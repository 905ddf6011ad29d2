import { type CaughtUp, isCaughtUp, type RecordedEvent } from './port.ts'

/** What a subscription has given since it was last asked for, and whether that was all there was. */
export type Taken = { readonly events: RecordedEvent[]; readonly caughtUp: boolean }

/** Between a subscription that gives events one by one and a store that takes many at once; holds a bounded number. */
export class Intake {
  readonly #most: number
  #events: RecordedEvent[] = []
  #caughtUp = false
  #over = false
  #wake: () => void = () => undefined
  #room: () => void = () => undefined

  constructor(most: number) {
    this.#most = most
  }

  /** Takes in what comes until the source or the intake ends. */
  async fill(source: AsyncIterable<RecordedEvent | CaughtUp>): Promise<void> {
    try {
      for await (const item of source) {
        if (isCaughtUp(item)) this.#caughtUp = true
        else this.#events.push(item)
        this.#wake()
        if (this.#over) return
        if (this.#events.length >= this.#most) await new Promise<void>(resolve => this.#await('room', resolve))
      }
    } finally {
      this.end()
    }
  }

  /** Waits until there is something to take; undefined once the intake has ended. */
  async next(): Promise<Taken | undefined> {
    if (this.#events.length === 0 && !this.#caughtUp && !this.#over) {
      await new Promise<void>(resolve => this.#await('wake', resolve))
    }
    if (this.#over) return undefined
    const taken = { events: this.#events, caughtUp: this.#caughtUp }
    this.#events = []
    this.#caughtUp = false
    this.#room()
    return taken
  }

  end(): void {
    this.#over = true
    this.#wake()
    this.#room()
  }

  #await(what: 'room' | 'wake', resolve: () => void): void {
    if (what === 'room') this.#room = resolve
    else this.#wake = resolve
  }
}
