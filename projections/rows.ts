import { type Fen, yuan } from '../src/domain/money.ts'
import type { Row, Sql, SqlValue } from '../src/store/sql.ts'
import type { EventOf } from './projection.ts'

/** A row by its columns' names; what is undefined becomes NULL. */
export type NewRow = Record<string, SqlValue | undefined>

/** Inserts one row. */
export function insert(tx: Sql, table: string, row: NewRow): void {
  write(tx, 'INSERT', table, row)
}

/** Inserts one row, or puts it in the place of the row with the same key. */
export function put(tx: Sql, table: string, row: NewRow): void {
  write(tx, 'INSERT OR REPLACE', table, row)
}

/**
 * Inserts a row for each item of a list with one statement, however long the list: `shared` is the same in every row,
 * `columns` take the item's parts in their order, and a column named `ordinal` counts the items from 0.
 */
export function insertEach(
  tx: Sql,
  table: string,
  shared: NewRow,
  columns: readonly string[],
  items: readonly (readonly (string | number | null)[])[],
): void {
  if (items.length === 0) return
  const names = [...Object.keys(shared), ...columns]
  const parts = [...Object.keys(shared).map(() => '?'), ...columns.map((_, index) => `value ->> ${index}`)]
  tx.run(
    `INSERT INTO ${table} (ordinal, ${names.join(', ')}) SELECT key, ${parts.join(', ')} FROM json_each(?)`,
    ...Object.values(shared).map(value => value ?? null),
    JSON.stringify(items),
  )
}

/**
 * What a red voucher does to a table of entries: the rows of the original are entered once more under the red voucher's
 * number, date and revision, the amounts negated. `keep` and `negate` name the other columns.
 */
export function reverseRows(
  tx: Sql,
  table: string,
  { coop, revision, data }: EventOf<'VoucherReversed'>,
  keep: readonly string[],
  negate: readonly string[],
): void {
  tx.run(
    `INSERT INTO ${table} (coop, revision, voucher, date, ${[...keep, ...negate].join(', ')})
      SELECT coop, ?, ?, ?, ${[...keep, ...negate.map(column => `-${column}`)].join(', ')}
      FROM ${table} WHERE coop = ? AND voucher = ?`,
    ...[revision, data.voucher.number, data.voucher.date, coop, data.original],
  )
}

function write(tx: Sql, verb: string, table: string, row: NewRow): void {
  const names = Object.keys(row)
  tx.run(
    `${verb} INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row).map(value => value ?? null),
  )
}

/** A stored row as its readers get it: NULL becomes undefined, and the columns named turn from fen into yuan. */
export function presented<T>(row: Row, money: readonly (keyof T & string)[] = []): T {
  const shown: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) shown[name] = value ?? undefined
  for (const name of money) shown[name] = yuan(row[name] as Fen)
  return shown as T
}
