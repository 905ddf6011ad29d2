import { allCoops } from '../projections/profile.ts'
import { catalogue } from './domain/events.ts'
import type { Directory } from './edge/directory.ts'
import { EdgeLedger } from './edge/edge-ledger.ts'
import { Enrolment } from './edge/enrolment.ts'
import { tellDirectory } from './edge/told.ts'
import { catchUpVault } from './ledger/vault-catch-up.ts'
import { createVaultTables } from './ledger/vault-schema.ts'
import { openVault } from './ledger/vault-sqlite.ts'
import { catchUp, type Office, projectionHooks, replay } from './office.ts'
import { createCodec } from './store/codec.ts'
import type { Sql } from './store/sql.ts'
import { type DurableStorage, durableSql } from './store/sql-do.ts'
import { SqliteStore } from './store/sqlite.ts'

/** Fifty of the largest appends are 25 MiB: an object has 128 MB, and the fonts take a sixth of it. */
const PAGE = 50
/** The read models have a `persons`, and all lies in the one database. */
const VAULT_TABLE = 'vault_persons'

export const now = (): string => new Date().toISOString()
export const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes))

/** The office of one co-op in a Durable Object; `tell` brings the directory level with it, and rejects when it cannot. */
export type DurableOffice = Office & { tell: () => Promise<void>; isEmpty: () => boolean }

/**
 * The office of one co-op over the storage of its Durable Object: log, read models and vault in the one database. A new one
 * rejects when the directory cannot be asked. `onUntold` is called with why the directory could not be told after a command.
 */
export async function openDurableOffice(
  storage: DurableStorage,
  directory: Directory,
  onUntold: (error: unknown) => void | Promise<void>,
): Promise<DurableOffice> {
  const sql = durableSql(storage)
  const key = await ledgerKey(sql, directory)
  const enrolment = new Enrolment({ directory, key, vault: () => vault })
  const vault = openVault(sql, { random, now, table: VAULT_TABLE, numberOf: idMac => enrolment.numberOf(idMac) })
  const codec = createCodec(catalogue)
  const store = new SqliteStore(sql, { ...projectionHooks(), pageSize: PAGE })
  const pages = {
    page: (after: number, limit: number) => store.page(after, Math.min(limit, PAGE)),
    lastPosition: () => store.lastPosition(),
  }
  const events = (after?: number) => replay(pages, codec, after)
  catchUp(sql, events)
  catchUpVault(sql, vault, pages, codec, VAULT_TABLE)
  const tell = () => tellDirectory(sql, VAULT_TABLE, directory)
  const ledger = new EdgeLedger({
    ...{ store, codec, vault, now, demo: allCoops(sql)[0]?.demo, enrolment },
    tell: () => tell().catch(onUntold),
  })
  const isEmpty = () => store.lastPosition() === 0
  return { ledger, store, codec, sql, vault, now, random, events, tell, isEmpty, close: () => undefined }
}

/** The deployment's key, kept here after the first time. */
async function ledgerKey(sql: Sql, directory: Directory): Promise<Uint8Array> {
  const laidOut = sql.get("SELECT 1 FROM sqlite_master WHERE name = 'ledger_key'")
  const shared = laidOut ? undefined : await directory.key()
  if (shared) createVaultTables(sql, () => shared, VAULT_TABLE)
  return sql.get<{ key: Uint8Array }>('SELECT key FROM ledger_key')!.key
}
