import { type Blobs, blobName, checkedBlob, isBlobName } from './blobs.ts'
import type { Sql } from './sql.ts'

/** A Durable Object's row holds 2 MB; half of that leaves room for whatever else a row costs. */
const CHUNK = 1_000_000

const TABLE = `CREATE TABLE IF NOT EXISTS kept_files (
  hash TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (hash, part)
) STRICT`

/** Files as rows of at most 1 MB in a SQL database, where there is no file system. The table is made by the first file. */
export function sqlBlobs(sql: Sql): Blobs {
  const isThere = (): boolean => sql.get("SELECT 1 FROM sqlite_master WHERE name = 'kept_files'") !== undefined
  const parts = (name: string) => sql.rows('SELECT bytes FROM kept_files WHERE hash = ? ORDER BY part', name)
  const read = (name: string): Uint8Array | undefined => {
    if (!isBlobName(name) || !isThere()) return undefined
    const found = parts(name).map(([bytes]) => bytes as Uint8Array)
    return found.length === 0 ? undefined : joined(found)
  }
  return {
    put(bytes) {
      const name = blobName(bytes)
      const kept = read(name)
      if (kept && blobName(kept) === name) return name
      sql.transaction(() => {
        sql.run(TABLE)
        sql.run('DELETE FROM kept_files WHERE hash = ?', name)
        for (let part = 0; part === 0 || part * CHUNK < bytes.length; part++)
          sql.run(
            'INSERT INTO kept_files (hash, part, bytes) VALUES (?, ?, ?)',
            ...[name, part, bytes.slice(part * CHUNK, (part + 1) * CHUNK)],
          )
      })
      return name
    },
    get(name) {
      const kept = read(name)
      return kept && checkedBlob(name, kept)
    },
    has: name => read(name) !== undefined,
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
