import { allCoops } from '../../projections/profile.ts'
import type { Sql } from '../store/sql.ts'
import type { Directory, Registered } from './directory.ts'

/** What was said of each person, and under 0 what the co-op is called. */
const TABLE = 'CREATE TABLE IF NOT EXISTS directory_told (number INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT'
/** A message to the directory stays small, whatever was left over. */
const LOT = 500

type Untold = Registered & { said: string }

/**
 * Tells the directory what of a co-op it does not know yet: its name, who came into its register, whose ID number changed,
 * who was forgotten. What could not be told is told the next time. `vaultTable` as in the vault's ports.
 */
export async function tellDirectory(sql: Sql, vaultTable: string, directory: Directory): Promise<void> {
  const [profile] = allCoops(sql)
  if (!profile) return
  const { coop, name } = profile
  sql.run(TABLE)
  for (;;) {
    const untold = untoldOf(sql, vaultTable)
    if (untold.length === 0 && saidOf(sql, 0) === name) return
    await directory.note(
      { coop, name },
      untold.map(({ number, idMac, forgotten }) => ({ number, idMac, forgotten })),
    )
    sql.transaction(() => {
      for (const { number, said } of [{ number: 0, said: name }, ...untold]) {
        sql.run('INSERT OR REPLACE INTO directory_told (number, said) VALUES (?, ?)', number, said)
      }
    })
  }
}

const saidOf = (sql: Sql, number: number): string | undefined =>
  sql.get<{ said: string }>('SELECT said FROM directory_told WHERE number = ?', number)?.said

function untoldOf(sql: Sql, vaultTable: string): Untold[] {
  const said = "iif(v.identity_destroyed_at IS NULL, ifnull(v.id_mac, ''), 'forgotten')"
  return sql
    .all<Omit<Untold, 'forgotten'>>(
      `SELECT v.number, v.id_mac AS idMac, ${said} AS said FROM persons p JOIN ${vaultTable} v ON v.code = p.person
        LEFT JOIN directory_told t ON t.number = v.number WHERE t.said IS NOT ${said} ORDER BY v.number LIMIT ?`,
      LOT,
    )
    .map(row => ({ ...row, forgotten: row.said === 'forgotten' }))
}
