import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { checkVaultBeside, DirectoryRefused, lockDirectory, readHeads } from './directory-node.ts'
import { catalogue } from './domain/events.ts'
import { Ledger } from './ledger/ledger.ts'
import { catchUpVault } from './ledger/vault-catch-up.ts'
import { openVault } from './ledger/vault-sqlite.ts'
import { catchUp, type Office, projectionHooks, replay } from './office.ts'
import type { PublishedHeads } from './store/chain-check.ts'
import { createCodec } from './store/codec.ts'
import { makeFolder } from './store/disk-node.ts'
import { isMirror } from './store/mirror-heads.ts'
import { isDatabaseFault, type Sql } from './store/sql.ts'
import { type NodeSql, openNodeSql } from './store/sql-node.ts'
import { SqliteStore } from './store/sqlite.ts'

export type OfficePorts = { now?: () => string; random?: (bytes: number) => Uint8Array }

/**
 * Opens (or begins) a data directory for writing: log, read models, vault, and the lock that keeps others out. Throws
 * DirectoryRefused for a directory in use, without its vault, or whose log ends before what was published from it.
 */
export function openOffice(directory: string, ports: OfficePorts = {}): Office {
  makeFolder(directory)
  const closers = [lockDirectory(directory)]
  const close = () => {
    for (const each of closers.splice(0).reverse()) each()
  }
  try {
    checkVaultBeside(directory)
    const opened = (name: string, options = {}) => {
      const sql = openNodeSql(join(directory, name), options)
      closers.push(() => sql.close())
      return sql
    }
    // The vault first: a kill in between must not leave a log without one.
    const vaultSql = opened('vault.db', { secureDelete: true })
    const office = assembled(directory, opened('ledger.db'), vaultSql, ports)
    closers.push(() => leaveLevel(office, vaultSql))
    return { ...office, close }
  } catch (error) {
    close()
    throw error
  }
}

type Open = Omit<Office, 'close'> & { store: SqliteStore }

function assembled(directory: string, sql: NodeSql, vaultSql: NodeSql, ports: OfficePorts): Open {
  checkOwnLog(directory, sql)
  const now = ports.now ?? (() => new Date().toISOString())
  const random = ports.random ?? (bytes => randomBytes(bytes))
  const vault = openVault(vaultSql, { random, now })
  const codec = createCodec(catalogue)
  const store = new SqliteStore(sql, projectionHooks())
  const published = readHeads(directory)
  checkReached(sql, published)
  const events = (after?: number) => replay(store, codec, after)
  catchUp(sql, events)
  catchUpVault(vaultSql, vault, store, codec)
  const ledger = new Ledger({ store, codec, vault, now, demo: demoOf(sql), published })
  return { ledger, store, codec, sql, vault, now, random, events }
}

// So that the next opening finds nothing to do; on a failing disk it will.
function leaveLevel({ vault, store, codec }: Open, vaultSql: NodeSql): void {
  try {
    catchUpVault(vaultSql, vault, store, codec)
  } catch (error) {
    if (!isDatabaseFault(error)) throw error
  }
}

// Nothing may be written into the copy of a log that others go on writing.
function checkOwnLog(directory: string, sql: Sql): void {
  if (!isMirror(sql)) return
  throw new DirectoryRefused(
    'IsMirror',
    `目录 ${directory} 是集群账本在本机的副本，不能单独写入；请设好 EVENTSTORE_URL 再启动，或换一个目录。`,
  )
}

// An older copy in place of the newer: what was published from this directory is not in it any more.
function checkReached(sql: Sql, published: PublishedHeads): void {
  for (const [stream, { revision }] of Object.entries(published)) {
    const row = sql.get<{ revision: number }>('SELECT revision FROM streams WHERE name = ?', stream)
    const reached = row?.revision ?? -1
    if (reached >= revision) continue
    throw new DirectoryRefused(
      'LedgerBehind',
      `账本落后于已公开的指纹：${stream} 已公开到第 ${revision} 号，这里只到第 ${reached} 号，可能放回了旧的副本。` +
        '请换回最新的 ledger.db，或用 restore 从更新的备份恢复到另一个空目录。',
    )
  }
}

/** Whether the ledger of these read models is a demonstration; undefined while it has no co-op. */
export function demoOf(sql: Sql): boolean | undefined {
  const row = sql.get<{ demo: number }>('SELECT max(demo) AS demo FROM coops HAVING count(*) > 0')
  return row && row.demo === 1
}
