import { type AllStreamResolvedEvent, streamNameFilter } from '@eventstore/db-client'
import { checkAppend } from './append-check.ts'
import { Unavailable, Unreadable } from './errors.ts'
import { type Append, type AppendPorts, appendOnce } from './eventstoredb-append.ts'
import { Connection, withinDeadline } from './eventstoredb-connection.ts'
import { fromServer, positionOf } from './eventstoredb-envelope.ts'
import { readFailure } from './eventstoredb-errors.ts'
import { type FollowPorts, followAll, type Probe } from './eventstoredb-follow.ts'
import { Names } from './eventstoredb-names.ts'
import { defaults, type EventStoreDbOptions, type Settings } from './eventstoredb-options.ts'
import { type KnownStream, KnownStreams } from './eventstoredb-stream.ts'
import {
  type Appended,
  type CaughtUp,
  type EventStore,
  type Head,
  maxAppendEvents,
  type NewEvent,
  type RecordedEvent,
} from './port.ts'

export type { EventStoreDbOptions } from './eventstoredb-options.ts'

/** Events of a page of `$all`, of which those of others are passed over here. */
const pageSize = 500

/** The log on an EventStoreDB server or cluster (23.10 or later); a position is the event's commit position there. */
export class EventStoreDbStore implements EventStore {
  readonly #options: Settings
  readonly #connection: Connection
  readonly #names: Names
  readonly #streams: KnownStreams
  readonly #ports: AppendPorts
  readonly #closing = new AbortController()

  /** Connects when first used. `url`: `esdb://user:password@host:2113?…`; throws when it has no login and TLS is on. */
  constructor(url: string, options: EventStoreDbOptions = {}) {
    this.#options = { ...defaults, ...options }
    this.#connection = new Connection(url, this.#options.deadline)
    this.#names = new Names(this.#options.prefix)
    this.#streams = new KnownStreams((name, from) => this.read(name, { from }), this.#options.rememberedCommands)
    this.#ports = {
      connection: this.#connection,
      nameOf: stream => this.#names.onServer(stream),
      eventsOf: (stream, commandIds, first) => this.#eventsOf(stream, commandIds, first),
      persistence: this.#options.persistence,
      pace: this.#options,
    }
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    { commandId }: { readonly commandId: string },
  ): Promise<Appended> {
    checkAppend(stream, expectedRevision, events, commandId)
    return this.#inTurn(stream, { expectedRevision, events, commandId })
  }

  /** Stores the events of several commands, in one append: all or none. Rejects as `append` does. */
  async appendLot(stream: string, expectedRevision: number, events: readonly NewEvent[]): Promise<Appended> {
    let expected = expectedRevision
    for (const [commandId, ofCommand] of Map.groupBy(events, event => event.commandId)) {
      checkAppend(stream, expected, ofCommand, commandId)
      expected += ofCommand.length
    }
    return this.#inTurn(stream, { expectedRevision, events, commandId: events[0]?.commandId ?? '' })
  }

  /** Where the stream ends on the server now; rejects with Unavailable or Unreadable. */
  async headOf(stream: string): Promise<Pick<Head, 'revision' | 'hash'>> {
    const known = this.#streams.of(stream)
    await known.catchUp()
    return { revision: known.revision, hash: known.hash }
  }

  async #inTurn(stream: string, append: Append): Promise<Appended> {
    this.#names.onServer(stream)
    const known = this.#streams.of(stream)
    const since = performance.now()
    return known.inTurn(() => this.#append(known, append, since))
  }

  async *read(
    stream: string,
    { from = 0, limit = Number.MAX_SAFE_INTEGER }: { readonly from?: number; readonly limit?: number } = {},
  ): AsyncGenerator<RecordedEvent> {
    if (limit <= 0) return
    let revision = from
    try {
      for await (const { event } of this.#connection.read(this.#names.onServer(stream), from, limit)) {
        if (!event) continue
        const recorded = fromServer(stream, event)
        // A stream that was truncated on the server would otherwise read as a shorter history.
        if (recorded.revision !== revision++) {
          throw new Unreadable(`${stream}/${revision - 1}`, `the server goes on at revision ${recorded.revision}`)
        }
        yield recorded
      }
    } catch (error) {
      const failure = readFailure(stream, error)
      if (failure) throw failure
    }
  }

  async *readAll({
    after = 0,
    limit = Number.MAX_SAFE_INTEGER,
  }: {
    readonly after?: number
    readonly limit?: number
  } = {}): AsyncGenerator<RecordedEvent> {
    let left = limit
    for (let position = after; left > 0; ) {
      const page = await this.#page(position)
      for (const event of page.events.slice(0, left)) yield event
      left -= page.events.length
      if (page.atEnd) return
      position = page.position
    }
  }

  async *subscribe({
    after = 0,
    signal,
  }: {
    readonly after?: number
    readonly signal: AbortSignal
  }): AsyncGenerator<RecordedEvent | CaughtUp> {
    const ports: FollowPorts = {
      subscribe: (from, checkpointReached) =>
        this.#connection.subscribe(
          from,
          streamNameFilter({ prefixes: this.#names.prefixes, checkpointInterval: 10, checkpointReached }),
        ),
      probe: from => this.#probe(from),
      toRecorded: resolved => this.#readable(resolved),
      onDrop: this.#options.onDrop,
      onLive: this.#options.onLive,
    }
    yield* followAll(ports, this.#options, after, AbortSignal.any([signal, this.#closing.signal]))
  }

  async findCommand(stream: string, commandId: string): Promise<RecordedEvent[]> {
    const known = this.#streams.of(stream)
    // Another node may have written it, so what is known here does not say that it was not written.
    if (known.firstOf(commandId) === undefined) await known.catchUp()
    const first = known.firstOf(commandId)
    return first === undefined ? [] : this.#eventsOf(stream, new Set([commandId]), first)
  }

  /** Ends subscriptions, lets appends under way finish (five seconds at most) and leaves the server. */
  async close(): Promise<void> {
    this.#closing.abort()
    await withinDeadline(this.#streams.idle(), 5_000).catch(() => undefined)
    await this.#connection.close()
  }

  #append(known: KnownStream, append: Append, since: number): Promise<Appended> {
    if (this.#closing.signal.aborted) throw new Unavailable('the store is closed')
    // Behind a server that does not answer, each would wait for all those before it.
    if (performance.now() - since > this.#options.patience) throw new Unavailable('the appends before it took too long')
    return appendOnce(this.#ports, known, append)
  }

  async #eventsOf(stream: string, commandIds: ReadonlySet<string>, first: number): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const event of this.read(stream, { from: first, limit: maxAppendEvents })) {
      if (!commandIds.has(event.commandId)) break
      events.push(event)
    }
    return events
  }

  async #probe(after: number): Promise<Probe> {
    const { position, atEnd, events } = await this.#page(after, resolved => this.#readable(resolved))
    return { position, atEnd, unseen: events.length > 0 }
  }

  /** Ours among the next events of `$all`, and how far they reach. A read starts at its position, not after it. */
  async #page(
    after: number,
    read = (resolved: AllStreamResolvedEvent) => this.#recorded(resolved),
  ): Promise<{ events: RecordedEvent[]; position: number; atEnd: boolean }> {
    const events: RecordedEvent[] = []
    let position = after
    let seen = 0
    try {
      for await (const resolved of this.#connection.readAll(after, pageSize)) {
        seen++
        if (resolved.event) position = Math.max(position, positionOf(resolved.event))
        const event = read(resolved)
        if (event && event.position > after) events.push(event)
      }
    } catch (error) {
      throw readFailure('$all', error) ?? new Unavailable(error)
    }
    return { events, position, atEnd: seen < pageSize }
  }

  // One stream that somebody spoiled must not keep a follower from all the others.
  #readable(resolved: AllStreamResolvedEvent): RecordedEvent | undefined {
    try {
      return this.#recorded(resolved)
    } catch (error) {
      const stream = this.#names.ours(resolved.event?.streamId ?? '')
      if (!(error instanceof Unreadable) || stream === undefined || !this.#options.onUnreadable) throw error
      this.#options.onUnreadable(stream, error)
      return undefined
    }
  }

  #recorded({ event }: AllStreamResolvedEvent): RecordedEvent | undefined {
    const stream = event && this.#names.ours(event.streamId)
    return event && stream !== undefined ? fromServer(stream, event) : undefined
  }
}
