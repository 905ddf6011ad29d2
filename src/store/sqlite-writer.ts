import { CommandIndex, indexKey } from './command-index.ts'
import { CommandIdReused, Conflict, OutcomeUnknown, type StoreError, Unavailable } from './errors.ts'
import { type Appended, emptyHead, maxAppendEvents, type NewEvent, type RecordedEvent } from './port.ts'
import { appendedOf, recordedOf, sameEvents } from './recorded.ts'
import type { Sql } from './sql.ts'
import { envelopeText, hashLength } from './sqlite-envelope.ts'
import type { EventRows } from './sqlite-rows.ts'
import { eventId } from './uuid.ts'

/** What moves in the append's own transaction; synchronous. A throw anywhere rejects every append of the transaction. */
export interface InlineHooks {
  /** Called for each stored event, with its payload in the current version. */
  readonly inline?: (tx: Sql, event: RecordedEvent, payload: unknown) => void
  /** Called once before the commit. */
  readonly inlineFlush?: (tx: Sql) => void
  /** Called when the transaction failed, to drop what `inline` gathered in memory. */
  readonly inlineRollback?: () => void
}

/** One append that waits for its transaction. */
export interface PendingAppend {
  readonly stream: string
  readonly expectedRevision: number
  readonly events: readonly NewEvent[]
  readonly commandId: string
}

/** Where a stream stands: its row, and its last event's hash. */
interface StreamEnd {
  readonly id: number
  last: number
  revision: number
  hash: string
}

const insertEvent =
  'INSERT INTO events (position, stream_id, revision, prev, type_id, envelope, data) VALUES (?, ?, ?, ?, ?, ?, ?)'

/** Writes appends into a SQLite log, many in one transaction. */
export class LogWriter {
  readonly #sql: Sql
  readonly #rows: EventRows
  readonly #hooks: InlineHooks
  readonly #commands: CommandIndex
  /** Ends known from the last reading or writing, for as long as no one else writes. */
  readonly #ends = new Map<string, StreamEnd>()
  /** Those that moved in this transaction: their rows are written once, before it ends. */
  readonly #moved = new Set<StreamEnd>()
  readonly #typeIds = new Map<string, number>()
  #position = 0

  constructor(sql: Sql, rows: EventRows, hooks: InlineHooks, commandLot?: number) {
    this.#sql = sql
    this.#rows = rows
    this.#hooks = hooks
    this.#commands = new CommandIndex(sql, commandLot)
  }

  /** One answer an append, in order, all durable; throws Unavailable or OutcomeUnknown for all of them together. */
  write(batch: readonly PendingAppend[]): (Appended | StoreError)[] {
    let committing = false
    try {
      const { answers, lotWritten } = this.#sql.transaction(() => {
        this.#notice()
        const answers = batch.map(append => this.#append(append))
        this.#writeEnds()
        this.#hooks.inlineFlush?.(this.#sql)
        const lotWritten = this.#commands.writeLot(this.#position)
        committing = true
        return { answers, lotWritten }
      })
      if (lotWritten) this.#commands.lotWritten()
      return answers
    } catch (cause) {
      this.#forget()
      this.#hooks.inlineRollback?.()
      throw committing ? new OutcomeUnknown(cause) : new Unavailable(cause)
    }
  }

  /** The events a command wrote to a stream. */
  findCommand(stream: string, commandId: string): RecordedEvent[] {
    this.#notice()
    const end = this.#end(stream)
    return end ? this.#ofCommand(end.id, commandId, indexKey(eventId(commandId, 0))) : []
  }

  /** Checks before it writes, so that a refusal leaves nothing to undo. */
  #append({ stream, expectedRevision, events, commandId }: PendingAppend): Appended | StoreError {
    const [first] = events as readonly [NewEvent, ...NewEvent[]]
    const end = this.#end(stream)
    const key = indexKey(first.id)
    const earlier = end ? this.#ofCommand(end.id, commandId, key) : []
    if (earlier.length > 0) {
      return sameEvents(earlier, events) ? appendedOf(earlier) : new CommandIdReused(stream, commandId)
    }
    const { revision, hash } = end ?? emptyHead
    if (revision !== expectedRevision || hash !== first.previousHash) {
      return new Conflict(stream, expectedRevision, revision)
    }
    return this.#store(end ?? this.#newStream(stream), events, key)
  }

  #store(end: StreamEnd, events: readonly NewEvent[], key: number): Appended {
    const first = events[0] as NewEvent
    this.#commands.add(key, this.#position + 1)
    for (const event of events) this.#insert(end, event)
    this.#moved.add(end)
    return { stream: first.stream, first: first.revision, revision: end.revision, position: end.last }
  }

  #insert(end: StreamEnd, event: NewEvent): void {
    const position = ++this.#position
    const typeId = this.#typeId(event.type, event.version)
    this.#sql.run(insertEvent, position, end.id, event.revision, end.last, typeId, envelopeText(event), event.data)
    end.last = position
    end.revision = event.revision
    end.hash = event.hash
    this.#hooks.inline?.(this.#sql, recordedOf(event, position), event.payload)
  }

  #writeEnds(): void {
    for (const { id, last, revision } of this.#moved) {
      this.#sql.run('UPDATE streams SET last = ?, revision = ? WHERE id = ?', last, revision, id)
    }
    this.#moved.clear()
  }

  /** Reads where the log ends; what is held in memory is void if another connection has written since. */
  #notice(): void {
    const position = this.#sql.get<{ last: number }>('SELECT ifnull(max(position), 0) AS last FROM events')?.last ?? 0
    if (position !== this.#position) this.#forget()
    this.#position = position
  }

  #end(stream: string): StreamEnd | undefined {
    const known = this.#ends.get(stream)
    if (known) return known
    const read = this.#sql.get<StreamEnd>(
      `SELECT s.id, s.last, s.revision, substr(e.envelope, 1, ${hashLength}) AS hash
       FROM streams s JOIN events e ON e.position = s.last WHERE s.name = ?`,
      stream,
    )
    if (read) this.#ends.set(stream, read)
    return read
  }

  #newStream(name: string): StreamEnd {
    this.#sql.run('INSERT INTO streams (name, first, last, revision) VALUES (?, ?, 0, -1)', name, this.#position + 1)
    const { id } = this.#sql.get<{ id: number }>('SELECT id FROM streams WHERE name = ?', name) as { id: number }
    const end = { id, last: 0, revision: emptyHead.revision, hash: emptyHead.hash }
    this.#ends.set(name, end)
    return end
  }

  #ofCommand(streamId: number, commandId: string, key: number): RecordedEvent[] {
    const first = this.#commands.find(streamId, commandId, key)
    return first === undefined ? [] : this.#rows.ofCommand(streamId, first, commandId, maxAppendEvents)
  }

  #typeId(type: string, version: number): number {
    const name = `${version} ${type}`
    const known = this.#typeIds.get(name)
    if (known !== undefined) return known
    this.#sql.run('INSERT OR IGNORE INTO event_types (name, version) VALUES (?, ?)', type, version)
    const { id } = this.#sql.get<{ id: number }>(
      'SELECT id FROM event_types WHERE name = ? AND version = ?',
      type,
      version,
    ) as { id: number }
    this.#typeIds.set(name, id)
    return id
  }

  /** After a rollback, or another's writing, an id may stand for another name and a command be where none was noted. */
  #forget(): void {
    this.#rows.streams.clear()
    this.#rows.types.clear()
    this.#ends.clear()
    this.#moved.clear()
    this.#typeIds.clear()
    this.#commands.reset()
  }
}
