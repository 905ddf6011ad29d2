import { emptyHead, type Head, type RecordedEvent } from './port.ts'
import type { Sql } from './sql.ts'

/** Where a stream of the mirror ends, and where that event lies on the server. */
export type MirrorHead = Head & { readonly position: number }

const TABLE = `CREATE TABLE IF NOT EXISTS mirror_heads (
  stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, hash TEXT NOT NULL, recorded_at TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT`
const STOPPED = 'CREATE TABLE IF NOT EXISTS mirror_stopped (stream TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT'
const COLUMNS = 'revision, hash, recorded_at AS recordedAt, position'
const nowhere: MirrorHead = { ...emptyHead, position: 0 }

/** What a mirror notes beside its events, in their own transactions: how far it is, and which streams it follows no more. */
export class MirrorHeads {
  readonly #sql: Sql
  /** Positions on the server of events on their way into the mirror, by hash. */
  readonly #positions = new Map<string, number>()

  constructor(sql: Sql) {
    sql.transaction(() => {
      sql.run(TABLE)
      sql.run(STOPPED)
    })
    this.#sql = sql
  }

  /** The last event mirrored of all. */
  last(): (MirrorHead & { readonly stream: string }) | undefined {
    return this.#sql.get(`SELECT stream, ${COLUMNS} FROM mirror_heads ORDER BY position DESC LIMIT 1`)
  }

  /** Where a stream ends in the mirror. */
  of(stream: string): MirrorHead {
    return this.#sql.get<MirrorHead>(`SELECT ${COLUMNS} FROM mirror_heads WHERE stream = ?`, stream) ?? nowhere
  }

  /** Says where events lie on the server before they are appended to the mirror. */
  expect(events: readonly RecordedEvent[]): void {
    for (const { hash, position } of events) this.#positions.set(hash, position)
  }

  /** Forgets what was expected, stored or not. */
  settle(): void {
    this.#positions.clear()
  }

  /** To be called within the transaction that stores the event. */
  note(tx: Sql, { stream, revision, hash, recordedAt }: RecordedEvent): void {
    const position = this.#positions.get(hash)
    if (position === undefined) throw new Error(`${stream}/${revision} was not read from the server`)
    tx.run('INSERT OR REPLACE INTO mirror_heads VALUES (?, ?, ?, ?, ?)', stream, revision, hash, recordedAt, position)
  }

  /** The streams that are followed no more, and why. */
  stopped(): Map<string, string> {
    const rows = this.#sql.all<{ stream: string; reason: string }>('SELECT stream, reason FROM mirror_stopped')
    return new Map(rows.map(({ stream, reason }) => [stream, reason]))
  }

  stop(stream: string, reason: string): void {
    this.#sql.run('INSERT OR REPLACE INTO mirror_stopped VALUES (?, ?)', stream, reason)
  }

  resume(stream: string): void {
    this.#sql.run('DELETE FROM mirror_stopped WHERE stream = ?', stream)
  }
}

/** Makes a copy of a mirror a log of its own. */
export const UNMIRROR = 'DROP TABLE IF EXISTS mirror_heads; DROP TABLE IF EXISTS mirror_stopped'

/** Whether a database is the mirror of a log kept elsewhere. */
export function isMirror(sql: Sql): boolean {
  return sql.get(`SELECT 1 FROM sqlite_master WHERE name = 'mirror_heads'`) !== undefined
}
