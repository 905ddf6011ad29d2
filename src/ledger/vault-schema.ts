import type { Sql } from '../store/sql.ts'

export interface PersonRow {
  readonly code: string
  readonly identity_key: Uint8Array | null
  readonly sensitive_key: Uint8Array | null
  readonly name: string | null
  readonly id_number: string | null
  readonly bank_account: string | null
  readonly phone: string | null
}

/** The persons' table, unless the vault shares its database with the read models, which have one of that name. */
export const usualTable = 'persons'

/** The columns of a `PersonRow`. */
export const personColumns = 'code, identity_key, sensitive_key, name, id_number, bank_account, phone'

/**
 * The persons' keys lie beside their data, and the ledger's key beside both: the file itself is the secret. A wrapping key
 * in the same file would protect nothing; whoever needs one keeps the file on an encrypted disk.
 */
const statements = (persons: string) => [
  `CREATE TABLE IF NOT EXISTS ledger_key (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    key BLOB NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS ${persons} (
    number                 INTEGER PRIMARY KEY,
    code                   TEXT NOT NULL UNIQUE,
    id_mac                 TEXT UNIQUE,
    identity_key           BLOB,
    sensitive_key          BLOB,
    name                   TEXT,
    id_number              TEXT,
    bank_account           TEXT,
    phone                  TEXT,
    enrolled_at            TEXT NOT NULL,
    sensitive_destroyed_at TEXT,
    identity_destroyed_at  TEXT
  ) STRICT`,
]

/** Creates the vault's tables where they are missing, the persons' under a given name, and the ledger's key (256 bits) once. */
export function createVaultTables(sql: Sql, newKey: () => Uint8Array, persons: string): void {
  sql.transaction(() => {
    for (const statement of statements(persons)) sql.run(statement)
    if (!sql.get('SELECT 1 FROM ledger_key')) sql.run('INSERT INTO ledger_key (id, key) VALUES (1, ?)', newKey())
  })
}
