import { catalogue } from '../src/domain/events.ts'
import { invariant } from '../src/domain/refusal.ts'
import { checkVoucher } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import { type ProjectedEvent, type Projection, voucherOf } from './projection.ts'
import { createReadIndexes, createTables, dropTables, takersOf } from './rebuilding.ts'
import { dropRows, type Faults, prepareSetAside, putAside, takeBack } from './set-aside.ts'

const CHECKPOINTS = `CREATE TABLE IF NOT EXISTS checkpoints (
  projection TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID`
const LOWEST = 'SELECT min(position) AS low FROM checkpoints'
const SPAN = `SELECT min(position) AS low, max(position) AS high,
  EXISTS (SELECT 1 FROM set_aside WHERE coop = ?) AS aside FROM checkpoints`
const MOVE_ALL = 'UPDATE checkpoints SET position = ?'
const MOVE_ONE = 'UPDATE checkpoints SET position = ? WHERE projection = ? AND position < ?'
const ENTER = 'INSERT OR REPLACE INTO checkpoints (projection, version, position) VALUES (?, ?, ?)'

/** Makes the tables that are missing; returns the projections whose stored version is another, which need a rebuild. */
export function prepare(sql: Sql, projections: readonly Projection[]): Projection[] {
  return sql.transaction(() => {
    begin(sql)
    const stale: Projection[] = []
    for (const projection of projections) {
      const stored = sql.get<{ version: number }>(
        'SELECT version FROM checkpoints WHERE projection = ?',
        projection.name,
      )
      if (stored === undefined) {
        createTables(sql, projection)
        createReadIndexes(sql, projection)
        enter(sql, projection, 0)
      } else if (stored.version !== projection.version) stale.push(projection)
    }
    return stale
  })
}

/** The position up to which every projection has read; a runtime feeds what lies after it through `applyAll`. */
export function caughtUpTo(sql: Sql): number {
  return sql.get<{ low: number | null }>(LOWEST)?.low ?? 0
}

/**
 * Applies one event inside the caller's transaction, with its pair assertion, and moves the checkpoints. A projection
 * that has seen the position skips it, so that a repeated event changes nothing. Unknown event types, and events of a
 * co-op that is set aside, throw.
 */
export function applyAll(tx: Sql, event: ProjectedEvent, projections: readonly Projection[]): void {
  const span = tx.get<{ low: number | null; high: number; aside: number }>(SPAN, event.coop)
  invariant(span !== undefined && span.low !== null, 'projections are prepared before events are applied')
  if (event.position <= span.low) return
  invariant(span.aside === 0, `${event.coop} is set aside: its read models are incomplete`)
  check(event)
  if (event.position > span.high) {
    for (const projection of projections) projection.apply(tx, event)
    tx.run(MOVE_ALL, event.position)
    return
  }
  for (const projection of projections) if (position(tx, projection) < event.position) applyOne(tx, event, projection)
}

/**
 * Applies many events as `applyAll` does, in one transaction. A co-op whose event fails is set aside, its rows dropped;
 * the others go on.
 */
export function applyEach(
  sql: Sql,
  projections: readonly Projection[],
  events: Iterable<ProjectedEvent>,
  faults: Faults,
): void {
  sql.transaction(() => {
    for (const event of events) {
      if (faults.has(event.coop)) continue
      try {
        sql.transaction(() => applyAll(sql, event, projections))
      } catch (error) {
        faults.note(event.coop, event.position, error)
      }
    }
    putAside(sql, projections, faults)
  })
}

/**
 * Fills projections from zero: all co-ops, or `coop` alone. One transaction, so that readers see the old rows until the
 * new ones are complete, and a failure leaves the old; with `faults`, a co-op that fails is set aside and the others go
 * on. Returns how many events were applied.
 */
export function rebuild(
  sql: Sql,
  projections: readonly Projection[],
  events: Iterable<ProjectedEvent>,
  options: { coop?: string; onProgress?: (events: number) => void; faults?: Faults } = {},
): number {
  const { coop, faults, onProgress } = options
  return sql.transaction(() => {
    begin(sql)
    const limit = coop === undefined ? Number.MAX_SAFE_INTEGER : caughtUpTo(sql)
    if (coop === undefined) for (const projection of projections) emptied(sql, projection)
    else {
      dropRows(sql, projections, coop)
      takeBack(sql, coop)
    }
    const takers = takersOf(sql, projections)
    let count = 0
    let last = 0
    for (const event of events) {
      invariant(event.position > last, `events come in order of position: ${event.position} after ${last}`)
      if (event.position > limit) break
      last = event.position
      if ((coop !== undefined && event.coop !== coop) || faults?.has(event.coop)) continue
      try {
        check(event)
        takers.take(event)
      } catch (error) {
        if (!faults) throw error
        faults.note(event.coop, event.position, error)
      }
      count += 1
      if (count % PROGRESS_EVERY === 0) onProgress?.(count)
    }
    takers.finish()
    if (coop === undefined) {
      for (const projection of projections) {
        createReadIndexes(sql, projection, faults)
        enter(sql, projection, last)
      }
    }
    if (faults) putAside(sql, projections, faults)
    onProgress?.(count)
    return count
  })
}

const PROGRESS_EVERY = 500

/**
 * Every row of every table as text, table by table, the rows in one order whatever way they came in: what a rebuild and
 * the live tables are compared by. With `coop`, that co-op's rows alone.
 */
export function dump(sql: Sql, projections: readonly Projection[], coop?: string): Record<string, string> {
  const tables = projections.flatMap(projection => Object.keys(projection.tables)).sort()
  return Object.fromEntries(tables.map(table => [table, dumpTable(sql, table, coop)]))
}

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

function begin(sql: Sql): void {
  sql.run(CHECKPOINTS)
  prepareSetAside(sql)
}

function emptied(sql: Sql, projection: Projection): void {
  dropTables(sql, projection)
  createTables(sql, projection)
}

function enter(sql: Sql, projection: Projection, at: number): void {
  sql.run(ENTER, projection.name, projection.version, at)
}
