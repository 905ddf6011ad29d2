import type { Sql } from '../store/sql.ts'
import type { LogLot } from './import-log.ts'
import { VaultError } from './vault.ts'
import { PERSONAL } from './vault-catch-up.ts'
import { open } from './vault-cipher.ts'
import { usualTable } from './vault-schema.ts'

/**
 * Keeps in a vault the codes of persons whom an imported log names and whose keys did not come along: they show as
 * forgotten, and nobody enrolled later is given one of these codes. `at`: UTC instant.
 */
export function reserveCodes(sql: Sql, codes: Iterable<string>, at: string): void {
  sql.transaction(() => {
    for (const code of codes) {
      const number = Number(code.slice(1))
      sql.run(`INSERT OR IGNORE INTO ${usualTable} (number, code, enrolled_at) VALUES (?, ?, ?)`, number, code, at)
    }
  })
}

/** Lets a vault read the whole log again: up to where it had read was said of another one. */
export function forgetPlace(sql: Sql): void {
  if (sql.get(`SELECT 1 FROM sqlite_master WHERE name = 'log_read'`)) sql.run('DELETE FROM log_read')
}

/** A person of the log for whom the vault has a key that does not open what the log holds: the keys are another ledger's. */
export function wronglyKeyed(sql: Sql, lots: Iterable<LogLot>): string | undefined {
  const query = `SELECT identity_key AS key FROM ${usualTable} WHERE code = ?`
  for (const { events } of lots) {
    for (const { type, payload } of events) {
      const { person, identity } = payload as { person: string; identity?: string }
      if (!PERSONAL.has(type) || identity === undefined) continue
      const row = sql.get<{ key: Uint8Array | null }>(query, person)
      if (row?.key && !opens(row.key, person, identity)) return person
    }
  }
  return undefined
}

function opens(key: Uint8Array, person: string, identity: string): boolean {
  try {
    open(key, person, 'identity', identity)
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}
