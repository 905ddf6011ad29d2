import { createHmac } from 'node:crypto'
import type { Sql } from '../store/sql.ts'
import { checkIdNumber } from './id-number.ts'
import {
  type Enrolled,
  type Forgotten,
  type PersonDetails,
  type SealedDetails,
  type Vault,
  VaultError,
} from './vault.ts'
import { open, type SealClass, seal, sealNonceBytes } from './vault-cipher.ts'
import { checkDetails, detailsIn, type IdentityDetails } from './vault-details.ts'
import { createVaultTables, type PersonRow, personColumns, usualTable } from './vault-schema.ts'

/** A database opened with secure deletion; `checkpoint` takes overwritten content out of its write-ahead log. */
export type VaultSql = Sql & { checkpoint?(): void }

export interface VaultPorts {
  /** Random bytes, for keys and nonces. */
  readonly random: (bytes: number) => Uint8Array
  /** The clock: a UTC instant. */
  readonly now: () => string
  /** The persons' table. */
  readonly table?: string
  /** The number of a new person's code, where others enrol into the same numbers; the next one here when left out. */
  readonly numberOf?: (idMac: string | undefined) => number
}

const keyBytes = 32
const mostFound = 100

/** The vault kept in a SQLite file of its own. */
export function openVault(sql: VaultSql, ports: VaultPorts): Vault {
  createVaultTables(sql, () => ports.random(keyBytes), ports.table ?? usualTable)
  return new SqliteVault(sql, ports)
}

class SqliteVault implements Vault {
  readonly #sql: VaultSql
  readonly #ports: VaultPorts
  readonly #ledgerKey: Uint8Array
  readonly #table: string
  #batches = 0
  #checkpointDue = false

  constructor(sql: VaultSql, ports: VaultPorts) {
    this.#sql = sql
    this.#ports = ports
    this.#table = ports.table ?? usualTable
    this.#ledgerKey = sql.get<{ key: Uint8Array }>('SELECT key FROM ledger_key')?.key as Uint8Array
  }

  enrol(details: PersonDetails): Enrolled {
    const person = checkDetails(details)
    return this.batch(() => {
      const code = person.idNumber === undefined ? undefined : this.findById(person.idNumber)
      const row = code === undefined ? this.#add(person) : this.#known(code)
      return { code: row.code, existed: code !== undefined, ...this.#sealed(row, person) }
    })
  }

  reseal(code: string, details: PersonDetails): SealedDetails {
    const person = checkDetails(details)
    const holder = person.idNumber === undefined ? undefined : this.findById(person.idNumber)
    if (holder !== undefined && holder !== code) throw new VaultError('InvalidPerson', `此身份证号已属于 ${holder}`)
    return this.#sealed(this.#known(code), person)
  }

  sealText(code: string, text: string): string {
    return this.#seal(this.#known(code), 'text', text)
  }

  openText(code: string, sealed: string): string {
    return open(keyOf(this.#known(code), 'text'), code, 'text', sealed)
  }

  resolve(code: string): PersonDetails | Forgotten {
    return detailsIn(this.#row(code))
  }

  resolveMany(codes: readonly string[]): Map<string, PersonDetails | Forgotten> {
    const rows = this.#sql.all<PersonRow>(
      `SELECT ${personColumns} FROM ${this.#table} WHERE code IN (SELECT value FROM json_each(?))`,
      JSON.stringify(codes),
    )
    const found = new Map(rows.map(row => [row.code, row]))
    return new Map(codes.map(code => [code, detailsIn(found.get(code))]))
  }

  absorb(code: string, identity: string, sensitive?: string): void {
    this.batch(() => {
      const row = this.#row(code)
      if (row?.identity_key) this.#takeUpIdentity(row, open(row.identity_key, code, 'identity', identity))
      if (row?.sensitive_key && sensitive !== undefined) {
        const { phone } = JSON.parse(open(row.sensitive_key, code, 'sensitive', sensitive)) as { phone: string }
        this.#sql.run(`UPDATE ${this.#table} SET phone = ? WHERE code = ?`, phone, code)
      }
    })
  }

  destroySensitive(code: string): void {
    this.#destroy(code, 'sensitive_key = NULL, phone = NULL, sensitive_destroyed_at = ?', [this.#ports.now()])
  }

  destroyIdentity(code: string): void {
    const gone = 'id_mac = NULL, identity_key = NULL, name = NULL, id_number = NULL, bank_account = NULL'
    const sensitive = 'sensitive_key = NULL, phone = NULL, sensitive_destroyed_at = ifnull(sensitive_destroyed_at, ?)'
    const now = this.#ports.now()
    this.#destroy(code, `${gone}, identity_destroyed_at = ?, ${sensitive}`, [now, now])
  }

  inputHash(text: string): string {
    return this.#mac('input', text)
  }

  findByName(text: string): string[] {
    const rows = this.#sql.rows(
      `SELECT code FROM ${this.#table} WHERE instr(name, ?) > 0 ORDER BY number LIMIT ?`,
      text,
      mostFound,
    )
    return rows.map(row => row[0] as string)
  }

  findById(idNumber: string): string | undefined {
    const mac = this.#mac('id-number', checkIdNumber(idNumber).idNumber)
    return this.#sql.get<{ code: string }>(`SELECT code FROM ${this.#table} WHERE id_mac = ?`, mac)?.code
  }

  batch<T>(work: () => T): T {
    this.#batches++
    try {
      return this.#sql.transaction(work)
    } finally {
      this.#batches--
      this.#checkpoint()
    }
  }

  /** A new person with the next code and two new keys. */
  #add(person: PersonDetails): PersonRow {
    const idMac = person.idNumber === undefined ? undefined : this.#mac('id-number', person.idNumber)
    const number = this.#ports.numberOf?.(idMac) ?? this.#nextNumber()
    const code = `M${String(number).padStart(5, '0')}`
    const [identityKey, sensitiveKey] = [this.#ports.random(keyBytes), this.#ports.random(keyBytes)]
    this.#sql.run(
      `INSERT INTO ${this.#table} (number, code, id_mac, identity_key, sensitive_key, name, id_number, bank_account, phone,
         enrolled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      number,
      code,
      idMac ?? null,
      identityKey,
      sensitiveKey,
      person.name,
      person.idNumber ?? null,
      person.bankAccount ?? null,
      person.phone ?? null,
      this.#ports.now(),
    )
    return this.#known(code)
  }

  #nextNumber(): number {
    const last = this.#sql.get<{ number: number }>(`SELECT ifnull(max(number), 0) AS number FROM ${this.#table}`)
    return (last?.number ?? 0) + 1
  }

  #takeUpIdentity(row: PersonRow, text: string): void {
    const { name, idNumber, bankAccount } = JSON.parse(text) as IdentityDetails
    this.#sql.run(
      `UPDATE ${this.#table} SET name = ?, id_number = ifnull(?, id_number), bank_account = ifnull(?, bank_account) WHERE code = ?`,
      name,
      idNumber ?? null,
      bankAccount ?? null,
      row.code,
    )
    // The event stands; if the number came to belong to another person in between, that one keeps being found by it.
    if (idNumber === undefined || this.findById(idNumber) !== undefined) return
    this.#sql.run(`UPDATE ${this.#table} SET id_mac = ? WHERE code = ?`, this.#mac('id-number', idNumber), row.code)
  }

  #sealed(row: PersonRow, { phone, ...identity }: PersonDetails): SealedDetails {
    const sealed = { identity: this.#seal(row, 'identity', JSON.stringify(identity)) }
    return phone === undefined
      ? sealed
      : { ...sealed, sensitive: this.#seal(row, 'sensitive', JSON.stringify({ phone })) }
  }

  #seal(row: PersonRow, kind: SealClass, text: string): string {
    return seal(keyOf(row, kind), this.#ports.random(sealNonceBytes), row.code, kind, text)
  }

  #destroy(code: string, assignments: string, values: string[]): void {
    this.#known(code)
    this.batch(() => {
      this.#sql.run(`UPDATE ${this.#table} SET ${assignments} WHERE code = ?`, ...values, code)
      this.#checkpointDue = true
    })
  }

  /** Outside every transaction, so that a destroyed key is in none of the vault's files when the call returns. */
  #checkpoint(): void {
    if (this.#batches > 0 || !this.#checkpointDue) return
    this.#checkpointDue = false
    this.#sql.checkpoint?.()
  }

  #known(code: string): PersonRow {
    const row = this.#row(code)
    if (!row) throw new VaultError('UnknownPerson', `没有成员码为 ${code} 的人`)
    return row
  }

  #row(code: string): PersonRow | undefined {
    return this.#sql.get<PersonRow>(`SELECT ${personColumns} FROM ${this.#table} WHERE code = ?`, code)
  }

  #mac(use: 'input' | 'id-number', text: string): string {
    return macOf(this.#ledgerKey, use, text)
  }
}

/** What the vault writes instead of a text that must be found or compared again: HMAC-SHA-256 (hex) under the ledger's key, each use apart. */
export function macOf(ledgerKey: Uint8Array, use: 'input' | 'id-number', text: string): string {
  return createHmac('sha256', ledgerKey).update(`${use}\n${text}`, 'utf8').digest('hex')
}

function keyOf(row: PersonRow, kind: SealClass): Uint8Array {
  const key = kind === 'identity' ? row.identity_key : row.sensitive_key
  if (!key) throw new VaultError('PersonForgotten', `${row.code} 的资料已被遗忘（this person's data was forgotten）`)
  return key
}
