import { isDatabaseFault, type Sql } from '../src/store/sql.ts'
import type { Projection } from './projection.ts'

const TABLE = `CREATE TABLE IF NOT EXISTS set_aside (
  coop TEXT PRIMARY KEY, position INTEGER NOT NULL, reason TEXT NOT NULL
) STRICT, WITHOUT ROWID`

/** SQLite's primary result code for a row that breaks a constraint: what damaged data does, not a damaged disk. */
const CONSTRAINT = 19

/** A co-op whose events the read models could not take, from which position on, and why. */
export type SetAside = { readonly coop: string; readonly position: number; readonly reason: string }

/** The co-ops found faulty while the log is read; the others go on. */
export class Faults {
  readonly #found = new Map<string, SetAside>()

  /** Whether a co-op has been found faulty: nothing more of it is taken. */
  has(coop: string): boolean {
    return this.#found.has(coop)
  }

  /** Notes why a co-op's event could not be taken; throws the error again if it is the database's own. */
  note(coop: string, position: number, error: unknown): void {
    if (isDatabaseFault(error) && ((error.errcode ?? 0) & 0xff) !== CONSTRAINT) throw error
    this.#found.set(coop, { coop, position, reason: error instanceof Error ? error.message : String(error) })
  }

  [Symbol.iterator](): Iterator<SetAside> {
    return this.#found.values()
  }
}

/** Makes the table of the co-ops set aside where it is missing. */
export function prepareSetAside(sql: Sql): void {
  sql.run(TABLE)
}

/** The co-ops whose rows are away because their events could not be taken; nothing of them may be served. */
export function setAside(sql: Sql): SetAside[] {
  return sql.all<SetAside>('SELECT coop, position, reason FROM set_aside ORDER BY coop')
}

/** Whether a co-op is set aside. */
export function isSetAside(sql: Sql, coop: string): boolean {
  return sql.get('SELECT 1 FROM set_aside WHERE coop = ?', coop) !== undefined
}

/** Takes the faulty co-ops' rows out of the read models and notes why. */
export function putAside(sql: Sql, projections: readonly Projection[], faults: Faults): void {
  for (const { coop, position, reason } of faults) {
    dropRows(sql, projections, coop)
    sql.run('INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?)', coop, position, reason)
  }
}

/** A co-op that is tried again is no longer set aside. */
export function takeBack(sql: Sql, coop: string): void {
  sql.run('DELETE FROM set_aside WHERE coop = ?', coop)
}

/** Deletes one co-op's rows. */
export function dropRows(sql: Sql, projections: readonly Projection[], coop: string): void {
  for (const { tables } of projections)
    for (const table of Object.keys(tables)) sql.run(`DELETE FROM ${table} WHERE coop = ?`, coop)
}
