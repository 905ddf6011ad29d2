import { Unavailable } from './errors.ts'
import type { RecordedEvent } from './port.ts'
import type { Sql, SqlValue } from './sql.ts'

/** The columns of an event in the order `eventOf` takes them. */
export const eventColumns =
  'position, stream_id, revision, id, type_id, version, recorded_at, actor, command_id, input_hash, correlation_id, causation_id, hash, data'

/** Names kept once and stored as small integers: streams or event types. */
export class Names {
  readonly #sql: Sql
  readonly #table: 'streams' | 'event_types'
  readonly #names = new Map<SqlValue, string>()

  constructor(sql: Sql, table: 'streams' | 'event_types') {
    this.#sql = sql
    this.#table = table
  }

  /** The name of an id, reading the table again for one not seen yet. */
  of(id: SqlValue | undefined): string {
    return this.#names.get(id ?? null) ?? this.#read(id ?? null)
  }

  /** Forgets all: after a rollback an id may be given to another name. */
  clear(): void {
    this.#names.clear()
  }

  #read(id: SqlValue): string {
    for (const [found, name] of this.#sql.rows(`SELECT id, name FROM ${this.#table}`)) {
      this.#names.set(found ?? null, name as string)
    }
    const name = this.#names.get(id)
    if (name === undefined) throw new Error(`${this.#table} has no row ${id}`)
    return name
  }
}

/** Reads events of a SQLite log, page by page. */
export class EventRows {
  readonly streams: Names
  readonly types: Names
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
    this.streams = new Names(sql, 'streams')
    this.types = new Names(sql, 'event_types')
  }

  /** At most `limit` events of all streams after a position, up to and including another. */
  page(after: number, upTo: number, limit: number): RecordedEvent[] {
    return this.#events(
      `SELECT ${eventColumns} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
      after,
      upTo,
      limit,
    )
  }

  /** At most `limit` events of one stream within positions, found by passing over the others between. */
  scan(stream: number, after: number, fromRevision: number, toRevision: number, limit: number): RecordedEvent[] {
    return this.#events(
      `SELECT ${eventColumns} FROM events
       WHERE position > ? AND stream_id = ? AND revision BETWEEN ? AND ? ORDER BY position LIMIT ?`,
      after,
      stream,
      fromRevision,
      toRevision,
      limit,
    )
  }

  /** The events at these positions, ascending. */
  at(positions: readonly number[]): RecordedEvent[] {
    return this.#events(
      `SELECT ${eventColumns} FROM events WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position`,
      JSON.stringify(positions),
    )
  }

  /** The events one command wrote, from the position of its first: an append's events lie side by side. */
  ofCommand(stream: number, first: number, commandId: string, most: number): RecordedEvent[] {
    return this.#events(
      `SELECT ${eventColumns} FROM events
       WHERE position >= ? AND position < ? AND stream_id = ? AND command_id = ? ORDER BY position`,
      first,
      first + most,
      stream,
      commandId,
    )
  }

  /** Positions of a stream's events from its end back to a revision, ascending. */
  walkBack(last: number, fromRevision: number): number[] {
    const rows = this.#sql.rows(
      `WITH RECURSIVE back (position, revision, prev) AS (
         SELECT position, revision, prev FROM events WHERE position = ?
         UNION ALL
         SELECT e.position, e.revision, e.prev FROM back JOIN events e ON e.position = back.prev WHERE back.revision > ?
       ) SELECT position FROM back`,
      last,
      fromRevision,
    )
    return rows.map(row => row[0] as number).reverse()
  }

  #events(sql: string, ...params: SqlValue[]): RecordedEvent[] {
    try {
      return this.#sql.rows(sql, ...params).map(row => eventOf(row, this.streams.of(row[1]), this.types.of(row[4])))
    } catch (cause) {
      throw new Unavailable(cause)
    }
  }
}

/** The event in a row of `eventColumns`, with the names its ids stand for. */
export function eventOf(row: readonly SqlValue[], stream: string, type: string): RecordedEvent {
  return {
    position: row[0] as number,
    stream,
    revision: row[2] as number,
    id: row[3] as string,
    type,
    version: row[5] as number,
    recordedAt: row[6] as string,
    actor: row[7] as string,
    commandId: row[8] as string,
    inputHash: row[9] as string,
    correlationId: row[10] as string,
    causationId: row[11] as string,
    hash: row[12] as string,
    data: row[13] as string,
  }
}
