import { Unavailable } from './errors.ts'
import type { RecordedEvent } from './port.ts'
import type { Sql, SqlValue } from './sql.ts'
import { type EventKind, eventColumns, eventOf } from './sqlite-envelope.ts'

/** What is kept once and stored as a small integer: the names of streams, the types of events. */
export class Kept<T> {
  readonly #sql: Sql
  readonly #query: string
  readonly #read: (row: SqlValue[]) => T
  readonly #known = new Map<SqlValue, T>()

  /** Takes a query whose first column is the id, and what makes the thing kept out of one of its rows. */
  constructor(sql: Sql, query: string, read: (row: SqlValue[]) => T) {
    this.#sql = sql
    this.#query = query
    this.#read = read
  }

  /** What an id stands for, reading the table again for one not seen yet. */
  of(id: SqlValue | undefined): T {
    return this.#known.get(id ?? null) ?? this.#find(id ?? null)
  }

  /** Forgets all: after a rollback an id may be given to another. */
  clear(): void {
    this.#known.clear()
  }

  #find(id: SqlValue): T {
    for (const row of this.#sql.rows(this.#query)) this.#known.set(row[0] ?? null, this.#read(row))
    const found = this.#known.get(id)
    if (found === undefined) throw new Error(`no row ${id} in: ${this.#query}`)
    return found
  }
}

/** The names of a log's streams. */
export function keptStreams(sql: Sql): Kept<string> {
  return new Kept(sql, 'SELECT id, name FROM streams', row => row[1] as string)
}

/** The types of a log's events. */
export function keptTypes(sql: Sql): Kept<EventKind> {
  const kindOf = (row: SqlValue[]): EventKind => ({ type: row[1] as string, version: row[2] as number })
  return new Kept(sql, 'SELECT id, name, version FROM event_types', kindOf)
}

/** Reads events of a SQLite log, page by page. */
export class EventRows {
  readonly streams: Kept<string>
  readonly types: Kept<EventKind>
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
    this.streams = keptStreams(sql)
    this.types = keptTypes(sql)
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
    const found = this.#events(
      `SELECT ${eventColumns} FROM events
       WHERE position >= ? AND position < ? AND stream_id = ? AND instr(envelope, ?) ORDER BY position`,
      first,
      first + most,
      stream,
      `\n${commandId}\n`,
    )
    // It may be another command's correlation.
    return found.filter(event => event.commandId === commandId)
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
      return this.#sql.rows(sql, ...params).map(row => eventOf(row, this.streams.of(row[1]), this.types.of(row[3])))
    } catch (cause) {
      throw new Unavailable(cause)
    }
  }
}
