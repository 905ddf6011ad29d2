import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Envelope } from '../src/store/port.ts'

const PLAIN = `CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
  type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision))`

/** What the plain layout stores of an event: the same bytes, what is not a column of its own as JSON text. */
export type PlainRow = readonly [stream: string, revision: number, type: string, data: string, metadata: string]

/** The bytes of an event as a row of the plain layout, made before the clock runs. */
export function plainRow({ stream, revision, type, data, ...rest }: Envelope): PlainRow {
  const { id, version, recordedAt, actor, commandId, inputHash, correlationId, causationId, hash } = rest
  const metadata = [id, version, recordedAt, actor, commandId, inputHash, correlationId, causationId, hash]
  return [stream, revision, type, data, JSON.stringify(metadata)]
}

/** The layout everybody begins with, on node:sqlite with the settings of our own log: no check, no chain, no guard. */
export class BareLog {
  readonly #db: DatabaseSync
  readonly #insert: StatementSync

  constructor(path: string) {
    this.#db = new DatabaseSync(path)
    for (const pragma of [
      'journal_mode = WAL',
      'synchronous = FULL',
      'wal_autocheckpoint = 4000',
      'cache_size = -65536',
    ])
      this.#db.exec(`PRAGMA ${pragma}`)
    this.#db.exec(PLAIN)
    this.#insert = this.#db.prepare(
      'INSERT INTO events (stream, revision, type, data, metadata) VALUES (?, ?, ?, ?, ?)',
    )
  }

  /** One durable transaction a row. */
  insertEach(rows: readonly PlainRow[]): void {
    for (const row of rows) this.#insert.run(...row)
  }

  /** One durable transaction for all. */
  insertTogether(rows: readonly PlainRow[]): void {
    this.#db.exec('BEGIN IMMEDIATE')
    for (const row of rows) this.#insert.run(...row)
    this.#db.exec('COMMIT')
  }

  close(): void {
    this.#db.close()
  }
}
