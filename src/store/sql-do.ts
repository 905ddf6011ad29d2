import { checkedParams, type Row, type Sql, type SqlValue, settled } from './sql.ts'

/** What a column comes back as: a blob is an ArrayBuffer here. */
type DurableValue = string | number | null | ArrayBuffer

interface Cursor {
  toArray(): Record<string, DurableValue>[]
  raw(): { toArray(): DurableValue[][] }
}

/** As much of a Durable Object's SQLite storage as we use. */
export interface DurableStorage {
  readonly sql: { exec(sql: string, ...params: SqlValue[]): Cursor }
  transactionSync<T>(work: () => T): T
  deleteAll(): Promise<void>
}

/** The platform's limit for one value or row, which its local stand-in does not hold to. */
const mostBytes = 2_000_000

/**
 * A Durable Object's storage as a `Sql`. What is written becomes durable before any answer leaves the object; every cursor
 * is read to its end at once, because an open one would make the next transaction fail.
 */
export function durableSql(storage: DurableStorage): Sql {
  const run = (sql: string, params: SqlValue[]): Cursor =>
    storage.sql.exec(sql, ...checkedParams(params).map(withinLimit))
  const all = (sql: string, params: SqlValue[]): Row[] => run(sql, params).toArray().map(rowFromDurable)
  return {
    run: (sql, ...params) => {
      run(sql, params).toArray()
    },
    all: <T = Row>(sql: string, ...params: SqlValue[]) => all(sql, params) as T[],
    get: <T = Row>(sql: string, ...params: SqlValue[]) => all(sql, params)[0] as T | undefined,
    rows: (sql, ...params) =>
      run(sql, params)
        .raw()
        .toArray()
        .map(row => row.map(fromDurable)),
    transaction: work => storage.transactionSync(() => settled(work())),
  }
}

function withinLimit(value: SqlValue): SqlValue {
  if (sizeOf(value) > mostBytes)
    throw new RangeError(`a value of ${sizeOf(value)} bytes, where ${mostBytes} are the most`)
  return value
}

/** UTF-8 bytes; counted only where the text is long enough to matter. */
function sizeOf(value: SqlValue): number {
  if (typeof value === 'string') return value.length * 3 > mostBytes ? Buffer.byteLength(value) : value.length
  return value instanceof Uint8Array ? value.byteLength : 0
}

function rowFromDurable(row: Record<string, DurableValue>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, fromDurable(value)]))
}

function fromDurable(value: DurableValue): SqlValue {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value
}
