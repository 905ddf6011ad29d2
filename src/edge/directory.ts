import type { Sql } from '../store/sql.ts'

/** A co-op as others name it. */
export type Listed = { readonly coop: string; readonly name: string }

/** What a co-op knows of a person in its register: the number in the 成员码, and the HMAC of the ID number if there is one. */
export type Registered = { readonly number: number; readonly idMac: string | null; readonly forgotten: boolean }

/**
 * What the co-ops of one deployment share, each of which keeps its own ledger: the key of the HMACs, the numbers of the
 * persons, and who is in which register. No name of a person, no ID number, no amount. Rejects when it cannot be asked.
 */
export type Directory = {
  /** The ledgers' HMAC key, 256 bits. */
  key(): Promise<Uint8Array>
  /** A number for each: the one an HMAC has already, or a new one; always a new one without an HMAC. */
  numbers(idMacs: readonly (string | null)[]): Promise<number[]>
  /** The number that an HMAC has. */
  holder(idMac: string): Promise<number | undefined>
  /** Notes what a co-op is called and whom it has registered or forgotten since the last time. */
  note(listed: Listed, persons: readonly Registered[]): Promise<void>
  /** The other co-ops in whose register a person is, by code. */
  others(coop: string, number: number): Promise<Listed[]>
  /** Every co-op, by code. */
  coops(): Promise<Listed[]>
}

const KEY_BYTES = 32
const TABLES = [
  'CREATE TABLE IF NOT EXISTS ledger_key (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY, id_mac TEXT UNIQUE) STRICT',
  `CREATE TABLE IF NOT EXISTS registered (number INTEGER NOT NULL, coop TEXT NOT NULL, PRIMARY KEY (number, coop))
    STRICT, WITHOUT ROWID`,
  'CREATE TABLE IF NOT EXISTS coops (coop TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID',
]

/** The directory kept in a database of its own. */
export function openDirectory(sql: Sql, random: (bytes: number) => Uint8Array): Directory {
  sql.transaction(() => {
    for (const table of TABLES) sql.run(table)
    if (!sql.get('SELECT 1 FROM ledger_key')) sql.run('INSERT INTO ledger_key VALUES (1, ?)', random(KEY_BYTES))
  })
  return {
    key: async () => sql.get<{ key: Uint8Array }>('SELECT key FROM ledger_key')!.key,
    numbers: async idMacs => sql.transaction(() => idMacs.map(idMac => numberOf(sql, idMac))),
    holder: async idMac => holderOf(sql, idMac),
    note: async (listed, persons) =>
      sql.transaction(() => {
        sql.run('INSERT OR REPLACE INTO coops (coop, name) VALUES (?, ?)', listed.coop, listed.name)
        for (const person of persons) notePerson(sql, listed.coop, person)
      }),
    others: async (coop, number) =>
      sql.all<Listed>(
        `SELECT coop, name FROM registered JOIN coops USING (coop) WHERE number = ? AND coop <> ? ORDER BY coop`,
        ...[number, coop],
      ),
    coops: async () => sql.all<Listed>('SELECT coop, name FROM coops ORDER BY coop'),
  }
}

function numberOf(sql: Sql, idMac: string | null): number {
  const known = idMac === null ? undefined : holderOf(sql, idMac)
  if (known !== undefined) return known
  // The greatest number ever given is never deleted, so none is given twice.
  return sql.get<{ number: number }>('INSERT INTO numbers (id_mac) VALUES (?) RETURNING number', idMac)!.number
}

const holderOf = (sql: Sql, idMac: string): number | undefined =>
  sql.get<{ number: number }>('SELECT number FROM numbers WHERE id_mac = ?', idMac)?.number

// Whom one co-op forgets, the directory can find no more: the others know their own by their own HMACs.
function notePerson(sql: Sql, coop: string, { number, idMac, forgotten }: Registered): void {
  if (forgotten) {
    sql.run('UPDATE numbers SET id_mac = NULL WHERE number = ?', number)
    sql.run('DELETE FROM registered WHERE number = ? AND coop = ?', number, coop)
    return
  }
  sql.run('INSERT OR IGNORE INTO numbers (number) VALUES (?)', number)
  sql.run('INSERT OR IGNORE INTO registered (number, coop) VALUES (?, ?)', number, coop)
  // If the ID number came to belong to another person in between, that one keeps being found by it.
  sql.run('UPDATE OR IGNORE numbers SET id_mac = ? WHERE number = ?', idMac, number)
}
