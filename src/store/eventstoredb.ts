import { type AllStreamResolvedEvent, streamNameFilter } from '@eventstore/db-client'
import { checkAppend } from './append-check.ts'
import { Unavailable, Unreadable } from './errors.ts'
import { type Append, type AppendPorts, appendOnce } from './eventstoredb-append.ts'
import { Connection, withinDeadline } from './eventstoredb-connection.ts'
import { fromServer, positionOf } from './eventstoredb-envelope.ts'
import { readFailure } from './eventstoredb-errors.ts'
import { type FollowPorts, followAll, type Probe } from './eventstoredb-follow.ts'
import { Names } from './eventstoredb-names.ts'
import { type KnownStream, KnownStreams } from './eventstoredb-stream.ts'
import type { NewEvent, RecordedEvent } from './port.ts'
import { type Appended, type CaughtUp, type EventStore, maxAppendEvents } from './port.ts'

export interface EventStoreDbOptions {
  /** Before every stream's name on the server; by default none, and the ledger's streams are `coop-…` and `ledger…`. */
  readonly prefix?: string
  /** Milliseconds an append, or the next item of a read, may take; 5,000 by default. */
  readonly deadline?: number
  /** Milliseconds after which an append that failed is not tried again; 5,000 by default. */
  readonly persistence?: number
  /** Milliseconds an append may wait for those before it in its stream; 15,000 by default. */
  readonly patience?: number
  /** Quiet milliseconds after which a subscription is checked; 10,000 by default. */
  readonly heartbeat?: number
  /** First and longest pause before trying again, in milliseconds; 50 and 10,000 by default. */
  readonly backOff?: readonly [number, number]
  /** From 0 up to 1, at random, so that nodes do not come back in step; without it every pause is three quarters of its range. */
  readonly chance?: () => number
  /** Commands remembered over all streams before the longest unused streams are forgotten; 500,000 by default. */
  readonly rememberedCommands?: number
  /** Told why a subscription was dropped; it is replaced by itself. */
  readonly onDrop?: (cause: unknown) => void
}

/** Events of a page of `$all`, of which those of others are passed over here. */
const pageSize = 500

type Settings = Required<Omit<EventStoreDbOptions, 'onDrop'>> & Pick<EventStoreDbOptions, 'onDrop'>

const defaults: Settings = {
  prefix: '',
  deadline: 5_000,
  persistence: 5_000,
  patience: 15_000,
  heartbeat: 10_000,
  backOff: [50, 10_000],
  chance: () => 0.5,
  rememberedCommands: 500_000,
}

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
      eventsOf: (stream, commandId, first) => this.#eventsOf(stream, commandId, first),
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
    this.#names.onServer(stream)
    const known = this.#streams.of(stream)
    const since = performance.now()
    return known.inTurn(() => this.#append(known, { expectedRevision, events, commandId }, since))
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
      toRecorded: resolved => this.#recorded(resolved),
      onDrop: this.#options.onDrop,
    }
    yield* followAll(ports, this.#options, after, AbortSignal.any([signal, this.#closing.signal]))
  }

  async findCommand(stream: string, commandId: string): Promise<RecordedEvent[]> {
    const known = this.#streams.of(stream)
    // Another node may have written it, so what is known here does not say that it was not written.
    if (known.firstOf(commandId) === undefined) await known.catchUp()
    const first = known.firstOf(commandId)
    return first === undefined ? [] : this.#eventsOf(stream, commandId, first)
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

  async #eventsOf(stream: string, commandId: string, first: number): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = []
    for await (const event of this.read(stream, { from: first, limit: maxAppendEvents })) {
      if (event.commandId !== commandId) break
      events.push(event)
    }
    return events
  }

  async #probe(after: number): Promise<Probe> {
    const { position, atEnd, events } = await this.#page(after)
    return { position, atEnd, unseen: events.length > 0 }
  }

  /** Ours among the next events of `$all`, and how far they reach. A read starts at its position, not after it. */
  async #page(after: number): Promise<{ events: RecordedEvent[]; position: number; atEnd: boolean }> {
    const events: RecordedEvent[] = []
    let position = after
    let seen = 0
    try {
      for await (const resolved of this.#connection.readAll(after, pageSize)) {
        seen++
        if (resolved.event) position = Math.max(position, positionOf(resolved.event))
        const event = this.#recorded(resolved)
        if (event && event.position > after) events.push(event)
      }
    } catch (error) {
      throw readFailure('$all', error) ?? new Unavailable(error)
    }
    return { events, position, atEnd: seen < pageSize }
  }

  #recorded({ event }: AllStreamResolvedEvent): RecordedEvent | undefined {
    const stream = event && this.#names.ours(event.streamId)
    return event && stream !== undefined ? fromServer(stream, event) : undefined
  }
}
