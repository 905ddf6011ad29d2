/** What a column can hold and give back exactly on every SQL engine we run on. */
export type SqlValue = string | number | null | Uint8Array
export type Row = Record<string, SqlValue>

/** A synchronous SQLite database; one statement a call, positional parameters only. */
export interface Sql {
  run(sql: string, ...params: SqlValue[]): void
  /** Every row as an object. */
  all<T = Row>(sql: string, ...params: SqlValue[]): T[]
  /** The first row, if any. */
  get<T = Row>(sql: string, ...params: SqlValue[]): T | undefined
  /** Every row as an array of its columns: the fast way to read many. */
  rows(sql: string, ...params: SqlValue[]): SqlValue[][]
  /** Runs `work` whole or not at all; may be nested. `work` must be synchronous. */
  transaction<T>(work: () => T): T
}

/** The parameters, or a TypeError naming the first that SQLite would not store exactly. */
export function checkedParams(params: SqlValue[]): SqlValue[] {
  for (const value of params)
    if (!isStorable(value)) throw new TypeError(`not a value SQLite stores exactly: ${String(value)}`)
  return params
}

/** The result of a transaction's work, refusing a promise: it would commit before the work is done. */
export function settled<T>(result: T): T {
  const { then } = (result ?? {}) as { then?: unknown }
  if (typeof then === 'function') throw new TypeError('a transaction is synchronous')
  return result
}

/** Whether an error says that a row of the same unique key exists; alike on every engine. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('UNIQUE constraint failed')
}

/** Whether an error is the database's own: a full or failing disk, a file that cannot be read or is damaged. */
export function isDatabaseFault(error: unknown): error is Error & { errcode?: number } {
  return error instanceof Error && (error as { code?: unknown }).code === 'ERR_SQLITE_ERROR'
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return typeof value === 'string' || value === null || value instanceof Uint8Array
}
