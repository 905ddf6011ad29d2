import type { EventStore } from '../store/port.ts'
import { streamOf } from './ledger.ts'

/** The hashes of a co-op's events by revision, at least of those asked for. */
export async function eventHashes(
  store: EventStore,
  coop: string,
  revisions: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const hashes = new Map<number, string>()
  if (revisions.length === 0) return hashes
  const last = revisions.reduce((a, b) => Math.max(a, b))
  const from = revisions.reduce((a, b) => Math.min(a, b))
  for await (const { revision, hash } of store.read(streamOf(coop), { from })) {
    if (revision > last) break
    hashes.set(revision, hash)
  }
  return hashes
}
