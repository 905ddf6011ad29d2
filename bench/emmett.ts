import { createRequire } from 'node:module'
import type { PlainRow } from './bare.ts'

const MOST_FAILURES = 20
const PATIENCE_MS = 20_000

/** The one call we time. */
export type EmmettStore = {
  appendToStream(stream: string, events: { type: string; data: unknown; metadata: unknown }[]): Promise<unknown>
}
type Emmett = {
  getSQLiteEventStore(options: {
    fileName: string
    schema: { autoMigration: 'CreateOrUpdate' }
    connectionOptions?: { singleton: true; connection: unknown }
  }): EmmettStore
  sqliteConnection(options: { fileName: string }): unknown
}

/** How the peer is named, with the versions of bench/peers/package.json. */
export const emmettName = 'emmett-sqlite 0.42.4'
export const emmettAbsent = `${emmettName}: not installed (npm install --prefix bench/peers)`

/** The peer from bench/peers, undefined where it is not installed. */
export async function loadEmmett(): Promise<Emmett | undefined> {
  try {
    const require = createRequire(new URL('peers/package.json', import.meta.url))
    return (await import(require.resolve('@event-driven-io/emmett-sqlite'))) as Emmett
  } catch {
    return undefined
  }
}

/** Its event store on a file: as shipped (a connection a call), or on one connection it keeps. */
export function openEmmett(emmett: Emmett, fileName: string, { shared }: { shared: boolean }): EmmettStore {
  // Without a connection of the caller's it opens one a call all the same.
  const connection = shared ? emmett.sqliteConnection({ fileName }) : undefined
  const kept = connection ? { connectionOptions: { singleton: true as const, connection } } : {}
  return emmett.getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' }, ...kept })
}

/** The peer has not answered; what it was doing cannot be stopped. */
export class PeerHung extends Error {
  constructor(patience: number) {
    super(`${emmettName}: no answer within ${patience / 1000} s`)
    this.name = 'PeerHung'
  }
}

/** Appends one event; throws PeerHung when it takes too long; gives how often it had to be sent again, for the peer now and then cannot commit its own. */
export async function appendToEmmett(
  store: EmmettStore,
  [stream, , type, data, metadata]: PlainRow,
  patience = PATIENCE_MS,
): Promise<number> {
  const event = { type, data: JSON.parse(data), metadata: { envelope: metadata } }
  for (let failed = 0; ; failed++) {
    try {
      await answered(store.appendToStream(stream, [event]), patience)
      return failed
    } catch (error) {
      if (failed === MOST_FAILURES || error instanceof PeerHung) throw error
    }
  }
}

async function answered(appending: Promise<unknown>, patience: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new PeerHung(patience)), patience)
  try {
    await Promise.race([appending, promise])
  } finally {
    clearTimeout(timer)
  }
}
