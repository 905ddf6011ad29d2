import type { Sql } from './sql.ts'
import { eventFields } from './sqlite-envelope.ts'

/** The version of the tables below; a log of another version is refused. */
const layoutVersion = 2

/**
 * The log's tables. An event points back to its stream's event before it (`prev`), and the stream's row guards its end:
 * the same guarantee as a unique index on stream and revision under SQLite's single writer, at a third of its cost.
 */
const statements = [
  `CREATE TABLE IF NOT EXISTS streams (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS event_types (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (name, version)
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS events (
    position  INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    prev      INTEGER NOT NULL,
    type_id   INTEGER NOT NULL,
    envelope  TEXT NOT NULL,
    data      TEXT NOT NULL
  ) STRICT`,
  `CREATE TRIGGER IF NOT EXISTS events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END`,
  `CREATE TRIGGER IF NOT EXISTS events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END`,
  // For people and other programs; the log itself never reads it.
  `CREATE VIEW IF NOT EXISTS event_fields AS ${eventFields}`,
  `CREATE TABLE IF NOT EXISTS command_index (
    key      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (key, position)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS log_settings (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // The layout's version; and up to which position commands are in command_index.
  `INSERT OR IGNORE INTO log_settings (name, value) VALUES ('layout', ${layoutVersion}), ('commands_indexed', 0)`,
]

/** Creates the log's tables where they are missing, and refuses a layout of another version. */
export function createLogTables(sql: Sql): void {
  sql.transaction(() => {
    for (const statement of statements) sql.run(statement)
  })
  checkLayout(sql)
}

/** Throws unless the database holds a log of this layout. */
export function checkLayout(sql: Sql): void {
  const layout = sql.get<{ value: number }>(`SELECT value FROM log_settings WHERE name = 'layout'`)
  if (layout?.value === layoutVersion) return
  throw new Error(`账本文件的版式 ${layout?.value} 不是本程序所知的 ${layoutVersion}（unknown log layout）`)
}
