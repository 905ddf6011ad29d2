import { catalogue } from '../src/domain/events.ts'
import { invariant } from '../src/domain/refusal.ts'
import { checkVoucher } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import { type ProjectedEvent, type Projection, voucherOf } from './projection.ts'

const CHECKPOINTS = `CREATE TABLE IF NOT EXISTS checkpoints (
  projection TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID`
const SPAN = 'SELECT min(position) AS low, max(position) AS high FROM checkpoints'
const MOVE_ALL = 'UPDATE checkpoints SET position = ?'
const MOVE_ONE = 'UPDATE checkpoints SET position = ? WHERE projection = ? AND position < ?'
const ENTER = 'INSERT OR REPLACE INTO checkpoints (projection, version, position) VALUES (?, ?, ?)'

/** Makes the tables that are missing; returns the projections whose stored version is another, which need a rebuild. */
export function prepare(sql: Sql, projections: readonly Projection[]): Projection[] {
  return sql.transaction(() => {
    sql.run(CHECKPOINTS)
    const stale: Projection[] = []
    for (const projection of projections) {
      const stored = sql.get<{ version: number }>(
        'SELECT version FROM checkpoints WHERE projection = ?',
        projection.name,
      )
      if (stored === undefined) create(sql, projection)
      else if (stored.version !== projection.version) stale.push(projection)
    }
    return stale
  })
}

/** The position up to which every projection has read; a runtime feeds what lies after it through `applyAll`. */
export function caughtUpTo(sql: Sql): number {
  return sql.get<{ low: number | null }>(SPAN)?.low ?? 0
}

/**
 * Applies one event inside the caller's transaction, with its pair assertion, and moves the checkpoints. A projection
 * that has seen the position skips it, so that a repeated event changes nothing. Unknown event types throw.
 */
export function applyAll(tx: Sql, event: ProjectedEvent, projections: readonly Projection[]): void {
  const span = tx.get<{ low: number; high: number }>(SPAN)
  invariant(span !== undefined && span.low !== null, 'projections are prepared before events are applied')
  if (event.position <= span.low) return
  check(event)
  if (event.position > span.high) {
    for (const projection of projections) projection.apply(tx, event)
    tx.run(MOVE_ALL, event.position)
    return
  }
  for (const projection of projections) if (position(tx, projection) < event.position) applyOne(tx, event, projection)
}

/**
 * Fills projections from zero: all co-ops, or `coop` alone. One transaction, so that readers see the old rows until the
 * new ones are complete, and a failure leaves the old. Returns how many events were applied.
 */
export function rebuild(
  sql: Sql,
  projections: readonly Projection[],
  events: Iterable<ProjectedEvent>,
  options: { coop?: string; onProgress?: (events: number) => void } = {},
): number {
  return sql.transaction(() => {
    sql.run(CHECKPOINTS)
    const limit = options.coop === undefined ? Number.MAX_SAFE_INTEGER : caughtUpTo(sql)
    for (const projection of projections) empty(sql, projection, options.coop)
    let count = 0
    let last = 0
    for (const event of events) {
      invariant(event.position > last, `events come in order of position: ${event.position} after ${last}`)
      if (event.position > limit) break
      last = event.position
      if (options.coop !== undefined && event.coop !== options.coop) continue
      check(event)
      for (const projection of projections) projection.apply(sql, event)
      count += 1
      if (count % PROGRESS_EVERY === 0) options.onProgress?.(count)
    }
    if (options.coop === undefined) for (const projection of projections) enter(sql, projection, last)
    options.onProgress?.(count)
    return count
  })
}

/**
 * Every row of every table as text, table by table, the rows in one order whatever way they came in: what a rebuild and
 * the live tables are compared by. With `coop`, that co-op's rows alone.
 */
export function dump(sql: Sql, projections: readonly Projection[], coop?: string): Record<string, string> {
  const tables = projections.flatMap(projection => Object.keys(projection.tables)).sort()
  return Object.fromEntries(tables.map(table => [table, dumpTable(sql, table, coop)]))
}

const PROGRESS_EVERY = 500

function dumpTable(sql: Sql, table: string, coop?: string): string {
  const rows =
    coop === undefined ? sql.rows(`SELECT * FROM ${table}`) : sql.rows(`SELECT * FROM ${table} WHERE coop = ?`, coop)
  return rows
    .map(row => JSON.stringify(row))
    .sort()
    .join('\n')
}

function check(event: ProjectedEvent): void {
  invariant(Object.hasOwn(catalogue, event.type), `unknown event type ${event.type} at position ${event.position}`)
  const voucher = voucherOf(event)
  if (voucher) checkVoucher(voucher, event.data)
}

function applyOne(tx: Sql, event: ProjectedEvent, projection: Projection): void {
  projection.apply(tx, event)
  tx.run(MOVE_ONE, event.position, projection.name, event.position)
}

function position(sql: Sql, projection: Projection): number {
  const row = sql.get<{ position: number }>('SELECT position FROM checkpoints WHERE projection = ?', projection.name)
  invariant(row !== undefined, `projection ${projection.name} is not prepared`)
  return row.position
}

function empty(sql: Sql, projection: Projection, coop?: string): void {
  const names = Object.keys(projection.tables)
  if (coop !== undefined) for (const name of names) sql.run(`DELETE FROM ${name} WHERE coop = ?`, coop)
  else {
    for (const name of names) sql.run(`DROP TABLE IF EXISTS ${name}`)
    create(sql, projection)
  }
}

function create(sql: Sql, projection: Projection): void {
  for (const [name, columns] of Object.entries(projection.tables))
    sql.run(`CREATE TABLE ${name} (${columns}) STRICT, WITHOUT ROWID`)
  for (const index of projection.indexes ?? []) sql.run(index)
  enter(sql, projection, 0)
}

function enter(sql: Sql, projection: Projection, at: number): void {
  sql.run(ENTER, projection.name, projection.version, at)
}
