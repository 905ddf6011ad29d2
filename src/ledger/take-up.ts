import type { EventStore, NewEvent } from '../store/port.ts'
import { isDatabaseFault } from '../store/sql.ts'
import type { Vault } from './vault.ts'
import { PERSONAL } from './vault-catch-up.ts'

/** Makes what is now in the log about persons what the vault shows of them. */
export class TakeUp {
  readonly #vault: Vault
  readonly #store: EventStore
  /** Whether somebody else does so for every event that is recorded, in the order of the log. */
  readonly #elsewhere: boolean
  #waiting: NewEvent[] = []
  #doubtful: NewEvent[] = []
  #changing: Promise<void> | undefined

  constructor(vault: Vault, store: EventStore, elsewhere = false) {
    this.#vault = vault
    this.#store = store
    this.#elsewhere = elsewhere
  }

  /** The change of details that is under way. The next builds on what the vault shows, so it has to wait for this one. */
  get changing(): Promise<void> | undefined {
    return this.#changing
  }

  /** To be called with the answer to a change of details, before anything else is awaited. */
  begin(answer: Promise<unknown>): void {
    this.#changing = Promise.allSettled([answer]).then(() => {
      this.#changing = undefined
    })
  }

  /**
   * To be called with the events of each append. A vault that cannot be written just now does not undo what is recorded:
   * it takes that up with the next, or when the directory is opened again.
   */
  take(events: readonly NewEvent[]): void {
    if (this.#elsewhere) return
    this.#waiting.push(...events.filter(({ type }) => PERSONAL.has(type)))
    if (this.#waiting.length === 0) return
    try {
      this.#vault.batch(() => {
        for (const { payload } of this.#waiting) {
          const { person, identity, sensitive } = payload as { person: string; identity?: string; sensitive?: string }
          if (identity !== undefined) this.#vault.absorb(person, identity, sensitive)
        }
      })
      this.#waiting = []
    } catch (error) {
      if (!isDatabaseFault(error)) throw error
    }
  }

  /** To be called with the events of an append that failed: they may be in the log all the same. */
  doubt(events: readonly NewEvent[]): void {
    if (this.#elsewhere) return
    this.#doubtful.push(...events.filter(({ type }) => PERSONAL.has(type)))
  }

  /** Takes up those of a stream's doubtful events that the log has; to be awaited before anything more is decided on it. */
  async settle(stream: string): Promise<void> {
    const doubtful = this.#doubtful.filter(event => event.stream === stream)
    for (const event of doubtful) {
      const stored = await this.#store.findCommand(stream, event.commandId)
      // Another caller may have settled it meanwhile, and later details been taken up since.
      if (!this.#doubtful.includes(event)) continue
      this.#doubtful = this.#doubtful.filter(each => each !== event)
      if (stored.some(({ id }) => id === event.id)) this.take([event])
    }
  }
}
