import { checkAppend } from './append-check.ts'
import { Commits, follow } from './follow.ts'
import type { Appended, CaughtUp, EventStore, NewEvent, RecordedEvent } from './port.ts'
import type { Sql } from './sql.ts'
import { EventRows } from './sqlite-rows.ts'
import { checkLayout, createLogTables } from './sqlite-schema.ts'
import { type InlineHooks, LogWriter, type PendingAppend } from './sqlite-writer.ts'

export interface SqliteStoreOptions extends InlineHooks {
  /** For a database opened for queries only: the tables must exist, and appends fail. */
  readonly readOnly?: boolean
  /** How many commands are put into their index at once; the default suits all but tests. */
  readonly commandLot?: number
  /** How many events are read at once: fewer where memory is short. */
  readonly pageSize?: number
}

/** What one transaction takes at most: appends queued in one tick stay together unless they are more. */
const maxEventsPerCommit = 20_000
const usualPageSize = 500
/** Reading a stream's event by its back pointer costs about as much as passing over this many events of others. */
const passedOverPerStep = 15

interface Waiting extends PendingAppend {
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

/** The log in a SQLite database: everything queued within one turn of the event loop shares one commit and one fsync. */
export class SqliteStore implements EventStore {
  readonly #sql: Sql
  readonly #rows: EventRows
  readonly #writer: LogWriter
  readonly #commits = new Commits()
  readonly #pageSize: number
  #queue: Waiting[] = []

  constructor(sql: Sql, options: SqliteStoreOptions = {}) {
    if (options.readOnly) checkLayout(sql)
    else createLogTables(sql)
    this.#sql = sql
    this.#pageSize = options.pageSize ?? usualPageSize
    this.#rows = new EventRows(sql)
    this.#writer = new LogWriter(sql, this.#rows, options, options.commandLot)
  }

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    { commandId }: { readonly commandId: string },
  ): Promise<Appended> {
    checkAppend(stream, expectedRevision, events, commandId)
    const { promise, resolve, reject } = Promise.withResolvers<Appended>()
    if (this.#queue.length === 0) setImmediate(() => this.#commit())
    this.#queue.push({ stream, expectedRevision, events, commandId, resolve, reject })
    return promise
  }

  async *read(stream: string, { from = 0, limit = Number.MAX_SAFE_INTEGER } = {}): AsyncGenerator<RecordedEvent> {
    const row = this.#sql.get<{ id: number; first: number; last: number; revision: number }>(
      'SELECT id, first, last, revision FROM streams WHERE name = ?',
      stream,
    )
    if (!row || row.revision < from) return
    const to = Math.min(row.revision, from + limit - 1)
    const passedOver = row.last - row.first - from
    if (passedOver <= (row.revision - from + 1) * passedOverPerStep) {
      // Positions are gapless, so revision r cannot lie before the stream's first position plus r.
      yield* this.#pages(row.first + from - 1, after => this.#rows.scan(row.id, after, from, to, this.#pageSize))
      return
    }
    const positions = this.#rows.walkBack(row.last, from).slice(0, to - from + 1)
    for (let index = 0; index < positions.length; index += this.#pageSize) {
      yield* this.#rows.at(positions.slice(index, index + this.#pageSize))
    }
  }

  async *readAll({ after = 0, limit = Number.MAX_SAFE_INTEGER } = {}): AsyncGenerator<RecordedEvent> {
    const upTo = Math.min(this.lastPosition(), after + limit)
    yield* this.#pages(after, from => this.#rows.page(from, upTo, this.#pageSize))
  }

  subscribe(options: {
    readonly after?: number
    readonly signal: AbortSignal
  }): AsyncIterable<RecordedEvent | CaughtUp> {
    return follow(options.after ?? 0, options.signal, this.#commits, after => this.page(after, this.#pageSize))
  }

  async findCommand(stream: string, commandId: string): Promise<RecordedEvent[]> {
    return this.#writer.findCommand(stream, commandId)
  }

  /** At most `limit` events after a position, at once: for rebuilds, which should not pay for an iterator. */
  page(after: number, limit: number): RecordedEvent[] {
    return this.#rows.page(after, Number.MAX_SAFE_INTEGER, limit)
  }

  /** Position of the last event, 0 in an empty log. */
  lastPosition(): number {
    return this.#sql.get<{ last: number }>('SELECT ifnull(max(position), 0) AS last FROM events')?.last ?? 0
  }

  *#pages(after: number, page: (after: number) => RecordedEvent[]): Generator<RecordedEvent> {
    let position = after
    for (let events = page(position); events.length > 0; events = page(position)) {
      yield* events
      position = events[events.length - 1]?.position ?? position
    }
  }

  #commit(): void {
    const batch = this.#takeBatch()
    if (this.#queue.length > 0) setImmediate(() => this.#commit())
    try {
      for (const [index, answer] of this.#writer.write(batch).entries()) {
        if (answer instanceof Error) batch[index]?.reject(answer)
        else batch[index]?.resolve(answer)
      }
      this.#commits.announce()
    } catch (error) {
      for (const append of batch) append.reject(error)
    }
  }

  #takeBatch(): Waiting[] {
    let events = 0
    const end = this.#queue.findIndex((append, index) => {
      events += append.events.length
      return events > maxEventsPerCommit && index > 0
    })
    const batch = end === -1 ? this.#queue : this.#queue.slice(0, end)
    this.#queue = end === -1 ? [] : this.#queue.slice(end)
    return batch
  }
}
