import { existsSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { flush } from './disk-node.ts'
import { checkedParams, type Row, type Sql, type SqlValue, settled } from './sql.ts'

export interface NodeSqlOptions {
  /** Opens for queries only; the file must exist. */
  readonly readOnly?: boolean
  /** Overwrites deleted content with zeros, for files that hold personal data. */
  readonly secureDelete?: boolean
}

export interface NodeSql extends Sql {
  /** Moves everything into the main file and empties the write-ahead log, so that overwritten content is in neither. */
  checkpoint(): void
  close(): void
}

/** A SQLite file (or ':memory:') as a durable `Sql`: WAL, and an fsync before every commit returns. */
export function openNodeSql(path: string, options: NodeSqlOptions = {}): NodeSql {
  const readOnly = options.readOnly ?? false
  const db = openedWith(pragmas(options), path, readOnly)
  const statements = new StatementCache(db)
  const begin = readOnly ? 'BEGIN' : 'BEGIN IMMEDIATE'
  const execute = (sql: string): void => {
    statements.prepare(sql).run()
  }
  let depth = 0
  return {
    run: (sql, ...params) => {
      statements.prepare(sql).run(...checkedParams(params))
    },
    all: <T = Row>(sql: string, ...params: SqlValue[]) => statements.prepare(sql).all(...checkedParams(params)) as T[],
    get: <T = Row>(sql: string, ...params: SqlValue[]) =>
      statements.prepare(sql).get(...checkedParams(params)) as T | undefined,
    rows: (sql, ...params) => statements.prepareRows(sql).all(...checkedParams(params)) as unknown as SqlValue[][],
    transaction: work => {
      const savepoint = depth > 0 ? `level${depth}` : undefined
      execute(savepoint ? `SAVEPOINT ${savepoint}` : begin)
      depth++
      try {
        const result = settled(work())
        execute(savepoint ? `RELEASE ${savepoint}` : 'COMMIT')
        return result
      } catch (error) {
        // A full disk has rolled back already; rolling back again would hide the real error.
        if (db.isTransaction) db.exec(savepoint ? `ROLLBACK TO ${savepoint}; RELEASE ${savepoint}` : 'ROLLBACK')
        throw error
      } finally {
        depth--
      }
    },
    checkpoint: () => {
      const [busy] = statements.prepareRows('PRAGMA wal_checkpoint(TRUNCATE)').all() as unknown as [SqlValue[]]
      if (busy[0] !== 0) throw new Error('the write-ahead log is in use by another connection')
      // SQLite does not flush what it has emptied: after a power cut the overwritten content would be back in the log.
      if (existsSync(`${path}-wal`)) flush(`${path}-wal`)
    },
    close: () => db.close(),
  }
}

// A file whose settings cannot be made, as on a full disk, is not left open.
function openedWith(settings: readonly string[], path: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly, timeout: 5000, enableForeignKeyConstraints: true, defensive: true })
  try {
    for (const setting of settings) db.exec(`PRAGMA ${setting}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Settings measured to be both durable and fast; defaults differ between SQLite builds, so each is set. */
function pragmas(options: NodeSqlOptions): string[] {
  const reading = ['cache_size = -65536', 'trusted_schema = OFF']
  if (options.readOnly) return [...reading, 'query_only = ON']
  const deleting = options.secureDelete ? 'ON' : 'OFF'
  return [
    'journal_mode = WAL',
    'synchronous = FULL',
    'wal_autocheckpoint = 4000',
    `secure_delete = ${deleting}`,
    ...reading,
  ]
}

/** Prepared statements by their text; preparing costs more than running most of ours. */
class StatementCache {
  readonly #db: DatabaseSync
  readonly #objects = new Map<string, StatementSync>()
  readonly #arrays = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  prepare(sql: string): StatementSync {
    return this.#objects.get(sql) ?? this.#keep(this.#objects, sql)
  }

  prepareRows(sql: string): StatementSync {
    const found = this.#arrays.get(sql)
    if (found) return found
    const statement = this.#keep(this.#arrays, sql)
    statement.setReturnArrays(true)
    return statement
  }

  #keep(cache: Map<string, StatementSync>, sql: string): StatementSync {
    const statement = this.#db.prepare(sql)
    cache.set(sql, statement)
    return statement
  }
}
