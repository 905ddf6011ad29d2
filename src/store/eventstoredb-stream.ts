import { Unreadable } from './errors.ts'
import { type Envelope, emptyHead } from './port.ts'

/** Reads a stream's events from a revision on, to its end. */
export type ReadOn = (stream: string, from: number) => AsyncIterable<Envelope>

/**
 * What this process knows of one stream: where it ends, and which command wrote from which revision on. It is complete up
 * to that end, so a command that is not in it can only lie behind, where an append at an exact revision cannot slip past.
 */
export class KnownStream {
  readonly name: string
  readonly #readOn: ReadOn
  readonly #commands = new Map<string, number>()
  #revision = emptyHead.revision
  #hash = emptyHead.hash
  #turn: Promise<unknown> = Promise.resolve()
  #reading: Promise<void> = Promise.resolve()
  #nextReading: Promise<void> | undefined
  #underWay = 0

  constructor(name: string, readOn: ReadOn) {
    this.name = name
    this.#readOn = readOn
  }

  get revision(): number {
    return this.#revision
  }

  get hash(): string {
    return this.#hash
  }

  /** How many commands it remembers. */
  get size(): number {
    return this.#commands.size
  }

  /** Whether appends are under way. */
  get busy(): boolean {
    return this.#underWay > 0
  }

  /** The revision of the first event the command wrote, if it is among what is known. */
  firstOf(commandId: string): number | undefined {
    return this.#commands.get(commandId)
  }

  /** Takes note of an event; one already known is passed over, and one that leaves a gap is Unreadable. */
  note(event: Envelope): void {
    if (event.revision <= this.#revision) return
    if (event.revision !== this.#revision + 1) {
      throw new Unreadable(`${this.name}/${event.revision}`, `events are missing after revision ${this.#revision}`)
    }
    if (!this.#commands.has(event.commandId)) this.#commands.set(event.commandId, event.revision)
    this.#revision = event.revision
    this.#hash = event.hash
  }

  /** Reads what was written since, by anyone. Whoever asks while a reading runs shares the next one. */
  catchUp(): Promise<void> {
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = undefined
        this.#reading = this.#read()
        return this.#reading
      })
    return this.#nextReading
  }

  /** Runs one append after the other, in the order they came. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++
    const result = this.#turn.then(work).finally(() => this.#underWay--)
    this.#turn = result.catch(() => undefined)
    return result
  }

  /** Returns when the appends handed in so far are done. */
  async idle(): Promise<void> {
    await this.#turn
  }

  async #read(): Promise<void> {
    for await (const event of this.#readOn(this.name, this.#revision + 1)) this.note(event)
  }
}

/** The streams a process works with; the longest unused are forgotten when they remember too many commands together. */
export class KnownStreams {
  readonly #readOn: ReadOn
  readonly #mostCommands: number
  readonly #streams = new Map<string, KnownStream>()

  constructor(readOn: ReadOn, mostCommands: number) {
    this.#readOn = readOn
    this.#mostCommands = mostCommands
  }

  /** The stream of that name, from now on the latest used; the others may be forgotten and read anew when needed. */
  of(name: string): KnownStream {
    const stream = this.#streams.get(name) ?? new KnownStream(name, this.#readOn)
    this.#streams.delete(name)
    this.#streams.set(name, stream)
    this.#forgetOldest()
    return stream
  }

  /** Returns when no append is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#streams.values()].map(stream => stream.idle()))
  }

  #forgetOldest(): void {
    let commands = [...this.#streams.values()].reduce((sum, stream) => sum + stream.size, 0)
    for (const [name, stream] of this.#streams) {
      if (commands <= this.#mostCommands || this.#streams.size === 1) return
      // Appends of one stream keep their order only among those that take turns.
      if (stream.busy) continue
      this.#streams.delete(name)
      commands -= stream.size
    }
  }
}
