import { allCoops } from '../projections/profile.ts'
import { catalogue } from './domain/events.ts'
import { Ledger } from './ledger/ledger.ts'
import { openVault } from './ledger/vault-sqlite.ts'
import { catchUp, type Office, projectionHooks, replay } from './office.ts'
import { createCodec } from './store/codec.ts'
import { type DurableStorage, durableSql } from './store/sql-do.ts'
import { SqliteStore } from './store/sqlite.ts'

/** Fifty of the largest appends are 25 MiB: an object has 128 MB, and the fonts take a sixth of it. */
const PAGE = 50

/** The office of one co-op over the storage of its Durable Object: log, read models and vault in the one database. */
export function openDurableOffice(storage: DurableStorage): Office {
  const sql = durableSql(storage)
  const now = () => new Date().toISOString()
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const vault = openVault(sql, { random, now, table: 'vault_persons' })
  const codec = createCodec(catalogue)
  const store = new SqliteStore(sql, { ...projectionHooks(), pageSize: PAGE })
  const pages = { page: (after: number, limit: number) => store.page(after, Math.min(limit, PAGE)) }
  const events = (after?: number) => replay(pages, codec, after)
  catchUp(sql, events)
  const ledger = new Ledger({ store, codec, vault, now, demo: allCoops(sql)[0]?.demo })
  return { ledger, store, codec, sql, vault, now, random, events, close: () => undefined }
}
