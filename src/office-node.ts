import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { catalogue } from './domain/events.ts'
import { Ledger } from './ledger/ledger.ts'
import { openVault } from './ledger/vault-sqlite.ts'
import { catchUp, type Office, projectionHooks, replay } from './office.ts'
import { createCodec } from './store/codec.ts'
import { openNodeSql } from './store/sql-node.ts'
import { SqliteStore } from './store/sqlite.ts'

export type OfficePorts = { now?: () => string; random?: (bytes: number) => Uint8Array }

/** Somebody else is writing this directory. */
export class DirectoryInUse extends Error {
  readonly code = 'DirectoryInUse'
  constructor(directory: string) {
    super(`数据目录 ${directory} 正被另一个程序使用；请先停止它（例如正在运行的 serve），再试一次。`)
    this.name = 'DirectoryInUse'
  }
}

/** Opens (or begins) a data directory for writing: log, read models, vault, and the lock that keeps others out. */
export function openOffice(directory: string, ports: OfficePorts = {}): Office {
  mkdirSync(directory, { recursive: true })
  const unlock = lock(directory)
  const now = ports.now ?? (() => new Date().toISOString())
  const random = ports.random ?? (bytes => randomBytes(bytes))
  const sql = openNodeSql(join(directory, 'ledger.db'))
  const vaultSql = openNodeSql(join(directory, 'vault.db'), { secureDelete: true })
  const vault = openVault(vaultSql, { random, now })
  const codec = createCodec(catalogue)
  const store = new SqliteStore(sql, projectionHooks())
  const events = (after?: number) => replay(store, codec, after)
  catchUp(sql, events)
  const ledger = new Ledger({ store, codec, vault, now, demo: demoOf(events) })
  const close = () => {
    sql.close()
    vaultSql.close()
    unlock()
  }
  return { ledger, store, codec, sql, vault, now, random, events, close }
}

function demoOf(events: Office['events']): boolean | undefined {
  for (const event of events()) if (event.type === 'CoopEstablished') return event.data.demo
  return undefined
}

// A held transaction is freed by the kernel when its process dies, however it dies; a file with a number in it is not.
function lock(directory: string): () => void {
  const db = new DatabaseSync(join(directory, 'lock.db'))
  try {
    db.exec('PRAGMA busy_timeout = 200; BEGIN EXCLUSIVE')
  } catch {
    db.close()
    throw new DirectoryInUse(directory)
  }
  return () => db.close()
}
