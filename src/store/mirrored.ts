import { Conflict, Unavailable } from './errors.ts'
import type { EventStoreDbStore } from './eventstoredb.ts'
import type { Mirror } from './mirror.ts'
import type { Appended, CaughtUp, EventStore, Head, NewEvent, RecordedEvent } from './port.ts'
import type { SqliteStore } from './sqlite.ts'

/** A log on a server that others write too, read from its mirror on this machine. */
export class MirroredStore implements EventStore {
  readonly #remote: EventStoreDbStore
  readonly #local: SqliteStore
  readonly #mirror: Mirror
  readonly #patience: number
  /** The latest unbroken run of own events of each stream. */
  readonly #own = new Map<string, { readonly from: number; readonly to: number }>()

  /** `patience`: milliseconds an append waits for its events to be readable here. */
  constructor(remote: EventStoreDbStore, local: SqliteStore, mirror: Mirror, patience: number) {
    this.#remote = remote
    this.#local = local
    this.#mirror = mirror
    this.#patience = patience
  }

  /**
   * Stores on the server and waits, for a time, until it can be read here; what is durable is a success even if that takes
   * longer. A Conflict is rejected with once what others wrote can be read here; Unavailable if that takes too long.
   */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    command: { readonly commandId: string },
  ): Promise<Appended> {
    return this.#append(stream, () => this.#remote.append(stream, expectedRevision, events, command))
  }

  /** The same for the events of several commands, all or none. */
  appendLot(stream: string, expectedRevision: number, events: readonly NewEvent[]): Promise<Appended> {
    return this.#append(stream, () => this.#remote.appendLot(stream, expectedRevision, events))
  }

  async *read(
    stream: string,
    range?: { readonly from?: number; readonly limit?: number },
  ): AsyncGenerator<RecordedEvent> {
    this.#mirror.check(stream)
    yield* this.#local.read(stream, range)
  }

  readAll(range?: { readonly after?: number; readonly limit?: number }): AsyncIterable<RecordedEvent> {
    return this.#local.readAll(range)
  }

  subscribe(options: {
    readonly after?: number
    readonly signal: AbortSignal
  }): AsyncIterable<RecordedEvent | CaughtUp> {
    return this.#local.subscribe(options)
  }

  /** Asks here first, then the server: another node may have written it just now. */
  async findCommand(stream: string, commandId: string): Promise<RecordedEvent[]> {
    this.#mirror.check(stream)
    const here = await this.#local.findCommand(stream, commandId)
    if (here.length > 0) return here
    const found = await this.#remote.findCommand(stream, commandId)
    const last = found.at(-1)
    if (last) await this.#readable(stream, last.revision)
    return found
  }

  /**
   * Whether nobody else has written to the stream after this head. If somebody has, returns when that can be read here;
   * rejects with Unavailable where it cannot.
   */
  async isLast(stream: string, head: Pick<Head, 'revision' | 'hash'>): Promise<boolean> {
    const server = await this.#remote.headOf(stream)
    if (server.revision === head.revision && server.hash === head.hash) return true
    const own = this.#own.get(stream)
    if (own && own.from <= head.revision + 1 && own.to >= server.revision) return true
    await this.level(stream, server.revision)
    return false
  }

  /** Returns when the stream can be read here up to a revision, by default the server's last; rejects with Unavailable. */
  async level(stream: string, revision?: number): Promise<void> {
    const goal = revision ?? (await this.#remote.headOf(stream)).revision
    if (await this.#readable(stream, goal)) return
    throw new Unavailable(`this node has not caught up with ${stream} on the server`)
  }

  async #append(stream: string, append: () => Promise<Appended>): Promise<Appended> {
    this.#mirror.check(stream)
    const appended = await append().catch(async error => {
      if (error instanceof Conflict) await this.level(stream)
      throw error
    })
    this.#note(appended)
    this.#mirror.waits.endsAt(stream, appended.revision)
    await this.#readable(stream, appended.revision)
    return appended
  }

  #note({ stream, first, revision }: Appended): void {
    const own = this.#own.get(stream)
    this.#own.set(stream, own?.to === first - 1 ? { from: own.from, to: revision } : { from: first, to: revision })
  }

  #readable(stream: string, revision: number): Promise<boolean> {
    const isHere = (): boolean => {
      this.#mirror.check(stream)
      return this.#mirror.headOf(stream).revision >= revision
    }
    return this.#mirror.waits.until(isHere, this.#patience)
  }
}
