import { isUniqueViolation, type Sql } from '../src/store/sql.ts'
import type { Filling, ProjectedEvent, Projection } from './projection.ts'
import { dropRows, type Faults } from './set-aside.ts'

/** So many rows are held in memory at most before they are written: about a hundred megabytes. */
const MOST_HELD = 1_000_000

/** Hands events to several projections at once, and has written at the end what they hold. */
export interface Takers {
  take(event: ProjectedEvent): void
  finish(): void
}

/** What fills the projections: `filling` where a projection has one, `apply` where not. */
export function takersOf(tx: Sql, projections: readonly Projection[], mostHeld = MOST_HELD): Takers {
  const fillings: Filling[] = projections.map(projection => projection.filling?.() ?? writtenAtOnce(projection))
  return {
    take(event) {
      for (const filling of fillings) {
        filling.take(tx, event)
        if (filling.held > mostHeld) filling.write(tx)
      }
    },
    finish() {
      for (const filling of fillings) filling.write(tx)
    },
  }
}

const writtenAtOnce = (projection: Projection): Filling => ({
  held: 0,
  take: (tx, event) => projection.apply(tx, event),
  write: () => undefined,
})

/** Creates a projection's tables and views, and the indexes it works with itself. */
export function createTables(sql: Sql, { tables, views = {}, indexes = [] }: Projection): void {
  for (const [name, columns] of Object.entries(tables)) {
    const kept = columns.includes('PRIMARY KEY') ? 'STRICT, WITHOUT ROWID' : 'STRICT'
    sql.run(`CREATE TABLE ${name} (${columns}) ${kept}`)
  }
  for (const [name, query] of Object.entries(views)) sql.run(`CREATE VIEW ${name} AS ${query}`)
  for (const index of indexes) sql.run(index)
}

/** Drops what an older version of a projection may have left under the names of this one. */
export function dropTables(sql: Sql, { tables, views = {} }: Projection): void {
  for (const name of [...Object.keys(views), ...Object.keys(tables)]) {
    const found = sql.get<{ type: string }>(
      `SELECT type FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')`,
      name,
    )
    if (found) sql.run(`DROP ${found.type} ${name}`)
  }
}

/** Creates the indexes of full tables. With `faults`, a co-op with two rows of one unique key is set aside. */
export function createReadIndexes(sql: Sql, projection: Projection, faults?: Faults): void {
  for (const index of projection.readIndexes ?? []) {
    try {
      sql.run(index)
    } catch (error) {
      if (!faults || !isUniqueViolation(error)) throw error
      for (const coop of coopsWithDoubles(sql, index)) {
        faults.note(coop, 0, error)
        dropRows(sql, [projection], coop)
      }
      sql.run(index)
    }
  }
}

function coopsWithDoubles(sql: Sql, index: string): string[] {
  const [, table, columns] = /ON (\w+) \(([^)]+)\)/.exec(index) ?? []
  const rows = sql.all<{ coop: string }>(`SELECT coop FROM ${table} GROUP BY ${columns} HAVING count(*) > 1`)
  return [...new Set(rows.map(({ coop }) => coop))]
}
