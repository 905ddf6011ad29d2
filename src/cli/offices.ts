import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { READ_MODELS } from '../../projections/read-models.ts'
import { caughtUpTo, rebuild } from '../../projections/runner.ts'
import { Faults } from '../../projections/set-aside.ts'
import { catalogue } from '../domain/events.ts'
import { Ledger } from '../ledger/ledger.ts'
import { openVault } from '../ledger/vault-sqlite.ts'
import { type Office, replay } from '../office.ts'
import { openOffice } from '../office-node.ts'
import { createCodec } from '../store/codec.ts'
import { type ServerAddress, serverAddress } from '../store/eventstoredb-url.ts'
import { type NodeSql, openNodeSql } from '../store/sql-node.ts'
import { SqliteStore } from '../store/sqlite.ts'
import { CliError } from './output.ts'

/** Milliseconds a command waits for its node to have read the log on the server. */
const PATIENCE = 60_000

/** Whether the directory holds a ledger. */
export const holdsLedger = (directory: string): boolean => existsSync(join(directory, 'ledger.db'))

/** Refuses a directory without a ledger; gives the path of its log. */
export function ledgerFile(directory: string): string {
  if (!holdsLedger(directory)) {
    throw new CliError(
      'NoLedger',
      `目录 ${directory} 里没有账本；请用 --data 写明数据目录，或先用 serve、import 建账。`,
    )
  }
  return join(directory, 'ledger.db')
}

/** The server that `EVENTSTORE_URL` names; the log is in the data directory itself when it is not set. */
export function clusterAddress(): ServerAddress | undefined {
  const url = process.env.EVENTSTORE_URL
  return url === undefined || url === '' ? undefined : serverAddress(url)
}

/** Whether work in the directory would begin a ledger: there is none in it, nor on a server. */
export const wouldBegin = (directory: string): boolean => !holdsLedger(directory) && clusterAddress() === undefined

/** Opens a directory for writing: with its own log, or as a node of the ledger on the server. */
export async function opened(directory: string, onTrouble?: (cause: unknown) => void): Promise<Office> {
  const address = clusterAddress()
  if (!address) return openOffice(directory)
  // The client of the server is a third of all there is to load, and most ledgers have none.
  const { openClusterOffice } = await import('../office-cluster.ts')
  return openClusterOffice(directory, address, onTrouble ? { onTrouble } : {})
}

/** Opens a ledger's directory for one piece of writing, and closes it whatever happens. */
export async function writing<T>(directory: string, work: (office: Office) => Promise<T>): Promise<T> {
  return closing(await opened(directory), async office => {
    if (office.node && !(await office.node.caughtUp(PATIENCE))) {
      throw new CliError('NodeBehind', office.node.faults().join('\n') || '本机没有跟上集群的账本，请稍后再试。')
    }
    return work(office)
  })
}

/**
 * Opens a ledger's directory for reading beside whoever writes it. Read models an older program left behind are filled
 * anew in memory, and the directory stays as it is.
 */
export async function reading<T>(directory: string, work: (office: Office) => Promise<T> | T): Promise<T> {
  const log = openNodeSql(ledgerFile(directory), { readOnly: true })
  const vaultFile = join(directory, 'vault.db')
  if (!existsSync(vaultFile)) {
    log.close()
    throw new CliError('NoVault', `目录 ${directory} 里缺少 vault.db（姓名等个人资料），请从备份恢复。`)
  }
  return closing(assemble(log, openNodeSql(vaultFile, { readOnly: true }), true), work)
}

/** An empty ledger in memory, in which a dry run can try what it would do to a directory that does not exist yet. */
export async function nowhere<T>(work: (office: Office) => Promise<T>): Promise<T> {
  return closing(assemble(openNodeSql(':memory:'), openNodeSql(':memory:'), false), work)
}

function assemble(log: NodeSql, vaultSql: NodeSql, readOnly: boolean): Office {
  const now = () => new Date().toISOString()
  const random = (bytes: number) => randomBytes(bytes)
  const codec = createCodec(catalogue)
  const store = new SqliteStore(log, { readOnly })
  const events = (after?: number) => replay(store, codec, after)
  const vault = openVault(vaultSql, { random, now })
  const level = readOnly && isLevel(log, store.lastPosition())
  const sql = level ? log : openNodeSql(':memory:')
  if (!level) rebuild(sql, READ_MODELS, events(), { faults: new Faults() })
  const demo = sql.get<{ demo: number }>('SELECT max(demo) AS demo FROM coops HAVING count(*) > 0')
  const ledger = new Ledger({ store, codec, vault, now, demo: demo && demo.demo === 1 })
  const close = () => {
    for (const each of new Set([log, vaultSql, sql as NodeSql])) each.close()
  }
  return { ledger, store, codec, sql, vault, now, random, events, close }
}

function isLevel(sql: NodeSql, position: number): boolean {
  if (!sql.get(`SELECT 1 FROM sqlite_master WHERE name = 'checkpoints'`)) return false
  const stored = sql.all<{ projection: string; version: number }>('SELECT projection, version FROM checkpoints')
  const versions = new Map(stored.map(row => [row.projection, row.version]))
  return caughtUpTo(sql) >= position && READ_MODELS.every(({ name, version }) => versions.get(name) === version)
}

async function closing<T>(office: Office, work: (office: Office) => Promise<T> | T): Promise<T> {
  try {
    return await work(office)
  } finally {
    await office.close()
  }
}
