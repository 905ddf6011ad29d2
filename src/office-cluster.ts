import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkVaultBeside, DirectoryRefused, lockDirectory, readHeads } from './directory-node.ts'
import { catalogue } from './domain/events.ts'
import { Ledger, streamOf } from './ledger/ledger.ts'
import { Persons } from './ledger/persons.ts'
import type { SharedLog } from './ledger/shared-log.ts'
import { openNodeVault } from './ledger/vault-node.ts'
import { VaultReplica } from './ledger/vault-replica.ts'
import { SharedVault, sharedLedgerKey } from './ledger/vault-shared.ts'
import { Troubles } from './node-troubles.ts'
import { catchUp, type Office, projectionHooks, replay } from './office.ts'
import { demoOf, type OfficePorts } from './office-node.ts'
import { createCodec } from './store/codec.ts'
import { makeFolder } from './store/disk-node.ts'
import { type EventStoreDbOptions, EventStoreDbStore } from './store/eventstoredb.ts'
import { pause } from './store/eventstoredb-follow.ts'
import { NoteStreams } from './store/eventstoredb-notes.ts'
import type { ServerAddress } from './store/eventstoredb-url.ts'
import { Mirror } from './store/mirror.ts'
import { isMirror, MirrorHeads } from './store/mirror-heads.ts'
import { MirroredStore } from './store/mirrored.ts'
import type { Sql } from './store/sql.ts'
import { type NodeSql, openNodeSql } from './store/sql-node.ts'
import { SqliteStore } from './store/sqlite.ts'

export type ClusterPorts = OfficePorts & {
  /** From 0 up to 1, at random: lengths of pauses, so that nodes do not go in step. */
  chance?: () => number
  /** Milliseconds a command waits until what it wrote can be read on this node; 10,000 by default. */
  patience?: number
  /** Of the connection to the server. */
  server?: Pick<EventStoreDbOptions, 'deadline' | 'persistence' | 'patience' | 'heartbeat' | 'backOff'>
  /** Told of what goes wrong with the server or the mirror. */
  onTrouble?: (cause: unknown) => void
}

/** The same ports, none left out. */
type Settings = Required<Omit<ClusterPorts, 'server'>> & Pick<ClusterPorts, 'server'>
type Closer = () => unknown

const PATIENCE = 10_000
const RETRY_MS = 500
/** With the pauses between, some seconds: by then the others are not racing, they are in the way. */
const MOST_ATTEMPTS = 60
const LONGEST_PAUSE = 100

/**
 * Opens (or begins) a data directory as one node of a ledger whose log is on a server: its mirror, read models, its part of
 * the vault. Needs the server only to begin; otherwise it can be read before the server answers. Throws DirectoryRefused,
 * rejects with Unavailable.
 */
export async function openClusterOffice(
  directory: string,
  address: ServerAddress,
  ports: ClusterPorts = {},
): Promise<Office> {
  const settings: Settings = {
    now: () => new Date().toISOString(),
    random: bytes => randomBytes(bytes),
    chance: Math.random,
    patience: PATIENCE,
    onTrouble: () => undefined,
    ...ports,
  }
  makeFolder(directory)
  const closers: Closer[] = [lockDirectory(directory)]
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).reverse()) await each()
  }
  try {
    return { ...(await assembled(directory, address, settings, closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function assembled(
  directory: string,
  { url, prefix }: ServerAddress,
  settings: Settings,
  closers: Closer[],
): Promise<Omit<Office, 'close'>> {
  const { now, random, chance, patience, onTrouble } = settings
  checkVaultBeside(directory)
  const notes = new NoteStreams(url, prefix, { chance, ...timesOf(settings) })
  closers.push(() => notes.close())
  const { sql, vaultSql, ledgerKey } = await databases(directory, closers, () => sharedLedgerKey(notes, random))
  const replica = new VaultReplica(vaultSql, ledgerKey, now)
  const vault = openNodeVault(vaultSql, replica, { random, now })
  const shared = new SharedVault({ notes, replica, ledgerKey, random })
  const codec = createCodec(catalogue)
  const heads = new MirrorHeads(sql)
  const local = new SqliteStore(sql, mirrorHooks(heads))
  const persons = new Persons({ shared, vault, sql: vaultSql, local, codec })
  const events = (after?: number) => replay(local, codec, after)
  catchUp(sql, events)
  const troubles = new Troubles(now, onTrouble)
  persons.takeUp(cause => troubles.begin(cause))
  const published = readHeads(directory)
  const remote = new EventStoreDbStore(url, {
    prefix,
    chance,
    ...settings.server,
    onDrop: cause => troubles.begin(cause),
    onLive: () => {
      if (troubles.any) void mirror.recheck()
      troubles.end()
    },
    onUnreadable: (stream, cause) => mirror.stop(stream, cause.message),
  })
  const mirror: Mirror = new Mirror({
    remote,
    local,
    heads,
    codec,
    before: group => persons.meet(group),
    after: stored => {
      troubles.end()
      if (stored.some(persons.concerns)) persons.takeUp(cause => troubles.begin(cause))
      ledger.heard(stored)
    },
    onStopped: stream => ledger.forget(stream),
    onCaughtUp: () => stopThoseBehind(mirror, published),
    onTrouble: cause => troubles.begin(cause),
    pause: RETRY_MS,
  })
  const store = new MirroredStore(remote, local, mirror, patience)
  const ledger = new Ledger({
    store,
    codec,
    vault,
    now,
    demo: demoOf(sql),
    published,
    shared: sharing(store, shared, chance),
  })
  const leave = async (): Promise<void> => {
    mirror.waits.close()
    await remote.close()
  }
  closers.push(
    () => remote.close(),
    () => mirror.close(),
  )
  mirror.start()
  const caughtUp = async (milliseconds: number): Promise<boolean> => {
    await mirror.waits.until(() => mirror.caughtUp || mirror.refused !== undefined, milliseconds)
    return mirror.caughtUp
  }
  const enrol = (names: readonly string[]) => persons.enrol(names)
  const node = { faults: () => troubles.of(mirror), caughtUp, enrol, leave }
  return { ledger, store, codec, sql, vault, now, random, events, node }
}

function timesOf({ server = {} }: Settings): { deadline?: number } {
  return server.deadline === undefined ? {} : { deadline: server.deadline }
}

function mirrorHooks(heads: MirrorHeads): ReturnType<typeof projectionHooks> {
  const { inline, ...hooks } = projectionHooks()
  return {
    ...hooks,
    inline(tx, event, payload) {
      heads.note(tx, event)
      inline?.(tx, event, payload)
    },
  }
}

function sharing(store: MirroredStore, vault: SharedVault, chance: () => number): SharedLog {
  return {
    async prepare(requests) {
      // What changes is put together from what is known of the person, which has to be the latest.
      const changed = requests.find(({ name }) => name === 'ChangeMemberDetails')
      if (changed) await store.level(streamOf(changed.coop))
      return vault.prepare(requests)
    },
    isLast: (stream, head) => store.isLast(stream, head),
    async again(attempt) {
      if (attempt >= MOST_ATTEMPTS) return false
      await pause(Math.min(LONGEST_PAUSE, 4 * attempt) * (0.25 + chance()))
      return true
    },
    appendLot: (stream, expected, events) => store.appendLot(stream, expected, events),
  }
}

type Databases = { sql: NodeSql; vaultSql: NodeSql; ledgerKey: Uint8Array }

// The vault first: a kill in between must not leave a log without one.
async function databases(
  directory: string,
  closers: Closer[],
  sharedKey: () => Promise<Uint8Array>,
): Promise<Databases> {
  const begun = existsSync(join(directory, 'ledger.db'))
  const vaultSql = openNodeSql(join(directory, 'vault.db'), { secureDelete: true })
  closers.push(() => vaultSql.close())
  const known = keyIn(vaultSql)
  const ledgerKey = begun && known ? known : await sharedKey()
  if (known && !Buffer.from(known).equals(ledgerKey)) {
    throw new DirectoryRefused('OtherVault', `目录 ${directory} 里的密钥不是这个集群账本的，请换一个空目录。`)
  }
  const sql = openNodeSql(join(directory, 'ledger.db'))
  closers.push(() => sql.close())
  if (begun && !isMirror(sql) && sql.get(`SELECT 1 FROM sqlite_master WHERE name = 'events'`)) {
    throw new DirectoryRefused(
      'NotAMirror',
      `目录 ${directory} 是一本单独的账，不能接到集群上；请去掉 EVENTSTORE_URL 再打开它，或为集群换一个空目录。`,
    )
  }
  return { sql, vaultSql, ledgerKey }
}

function keyIn(vaultSql: Sql): Uint8Array | undefined {
  if (!vaultSql.get(`SELECT 1 FROM sqlite_master WHERE name = 'ledger_key'`)) return undefined
  return vaultSql.get<{ key: Uint8Array }>('SELECT key FROM ledger_key')?.key
}

// The server's log, read to its end, does not reach what was published from this directory.
function stopThoseBehind(mirror: Mirror, published: ReturnType<typeof readHeads>): void {
  for (const [stream, { revision }] of Object.entries(published)) {
    const reached = mirror.headOf(stream).revision
    if (reached < revision)
      mirror.stop(stream, `账本落后于已公开的指纹：已公开到第 ${revision} 号，服务器上只到第 ${reached} 号`)
  }
}
