import type { Sql } from '../store/sql.ts'
import { createVaultTables, usualTable } from './vault-schema.ts'

/** A person as all nodes share them: what opens their data, and by what they are found; a destroyed key is null. */
export type SharedPerson = {
  code: string
  idMac: string | null
  identityKey: Uint8Array | null
  sensitiveKey: Uint8Array | null
}

const RESERVED = 'CREATE TABLE IF NOT EXISTS reserved (number INTEGER PRIMARY KEY) STRICT'

/** A node's own copy of what the nodes share of the vault, in the vault's tables. */
export class VaultReplica {
  readonly #sql: Sql
  readonly #now: () => string

  /** Makes the tables where they are missing, with the ledger's key. */
  constructor(sql: Sql, ledgerKey: Uint8Array, now: () => string) {
    createVaultTables(sql, () => ledgerKey, usualTable)
    sql.run(RESERVED)
    this.#sql = sql
    this.#now = now
  }

  /** The code under which a person's ID number is known here, by its HMAC. */
  codeOf(idMac: string): string | undefined {
    return this.#sql.get<{ code: string }>(`SELECT code FROM ${usualTable} WHERE id_mac = ?`, idMac)?.code
  }

  /** The HMAC of a person's ID number and the key to their name, as far as this node has them. */
  person(code: string): { idMac: string | null; identityKey: Uint8Array | null } | undefined {
    return this.#sql.get(`SELECT id_mac AS idMac, identity_key AS identityKey FROM ${usualTable} WHERE code = ?`, code)
  }

  /** Takes persons in, all or none; one who is known stays as is. */
  add(...persons: readonly SharedPerson[]): void {
    if (persons.length === 0) return
    this.#sql.transaction(() => {
      for (const person of persons) this.#add(person)
    })
  }

  /** Takes new persons in; those without an ID number are reserved for the next who come without one. */
  keep(persons: readonly SharedPerson[]): void {
    this.#sql.transaction(() => {
      this.add(...persons)
      for (const { code, idMac } of persons) {
        if (idMac === null) this.#sql.run('INSERT OR IGNORE INTO reserved (number) VALUES (?)', Number(code.slice(1)))
      }
    })
  }

  /** How many are reserved. */
  reserved(): number {
    return this.#sql.get<{ count: number }>('SELECT count(*) AS count FROM reserved')?.count ?? 0
  }

  /** The code of the first reserved person, who is reserved no longer. */
  take(): string | undefined {
    return this.#sql.transaction(() => {
      const number = this.#sql.get<{ number: number | null }>('SELECT min(number) AS number FROM reserved')?.number
      if (number === null || number === undefined) return undefined
      this.#sql.run('DELETE FROM reserved WHERE number = ?', number)
      return personCode(number)
    })
  }

  #add({ code, idMac, identityKey, sensitiveKey }: SharedPerson): void {
    const destroyed = (key: Uint8Array | null) => (key === null ? this.#now() : null)
    this.#sql.run(
      `INSERT OR IGNORE INTO ${usualTable} (number, code, id_mac, identity_key, sensitive_key, enrolled_at,
         sensitive_destroyed_at, identity_destroyed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      Number(code.slice(1)),
      code,
      // Who was found by this number first keeps being found by it.
      idMac !== null && this.codeOf(idMac) !== undefined ? null : idMac,
      identityKey,
      sensitiveKey,
      this.#now(),
      destroyed(sensitiveKey),
      destroyed(identityKey),
    )
  }
}

/** The 成员码 of a number. */
export const personCode = (number: number): string => `M${String(number).padStart(5, '0')}`
