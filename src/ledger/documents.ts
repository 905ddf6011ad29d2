import type { Refusal } from '../domain/refusal.ts'
import { type Blobs, blobName } from '../store/blobs.ts'
import type { EventStore } from '../store/port.ts'
import { type DocumentKind, documentKind } from './document-kind.ts'
import { foresee } from './foresee.ts'
import { type Ledger, streamOf } from './ledger.ts'

/** An original as the ledger's event names it; size in bytes. */
export type Original = { hash: string; kind: DocumentKind; size: number }

export type AttachOptions = {
  coop: string
  /** The voucher's number, `2025-03-记-15`. */
  voucher: string
  files: readonly Uint8Array[]
  /** 附件见×号凭证: the voucher that has these files already. */
  seeVoucher?: string
  actor: string
  commandId: string
}

export type DocumentPorts = {
  ledger: Pick<Ledger, 'state' | 'head' | 'execute'>
  store: Pick<EventStore, 'findCommand'>
  blobs: Blobs
  now: () => string
}

/**
 * Keeps files and attaches them to a voucher, all or none: each is on the disk before the ledger names it, and nothing is
 * kept of what the rules refuse. Throws DocumentRefused for a file that is no original.
 */
export async function attachOriginals(
  ports: DocumentPorts,
  { coop, voucher, files, seeVoucher, actor, commandId }: AttachOptions,
): Promise<{ originals: Original[]; repeated: boolean } | { refusal: Refusal }> {
  const originals = files.map(bytes => ({ hash: blobName(bytes), kind: documentKind(bytes), size: bytes.length }))
  const documents = originals.map(each => ({ ...each, ...(seeVoucher === undefined ? {} : { seeVoucher }) }))
  const request = { coop, name: 'AttachDocuments', body: { voucher, documents }, actor, commandId }
  const earlier = await ports.store.findCommand(streamOf(coop), commandId)
  const decision = earlier.length > 0 ? undefined : await foresee(ports, request)
  if (decision && 'refusal' in decision) return decision
  if (decision) for (const bytes of files) ports.blobs.put(bytes)
  const answer = await ports.ledger.execute(request)
  return 'refusal' in answer ? answer : { originals, repeated: answer.repeated }
}

/** A file the ledger names, and where: a voucher's original or the bank's own statement. */
export type Named = { coop: string; hash: string; where: string }
export type MissingFile = Named & { fault: 'missing' | 'damaged' }

/** Of the files a ledger names those that are not kept, or not as they were put in: what `verify` reports. */
export function missingFiles(blobs: Blobs, named: Iterable<Named>): MissingFile[] {
  const faults = new Map<string, MissingFile['fault'] | undefined>()
  const missing: MissingFile[] = []
  for (const each of named) {
    if (!faults.has(each.hash)) faults.set(each.hash, faultOf(blobs, each.hash))
    const fault = faults.get(each.hash)
    if (fault) missing.push({ ...each, fault })
  }
  return missing
}

/** Puts the files a ledger names into another store; gives those that could not be had. */
export function carried(from: Blobs, to: Blobs, named: readonly Named[]): MissingFile[] {
  const missing = missingFiles(from, named)
  const lost = new Set(missing.map(({ hash }) => hash))
  for (const { hash } of named) {
    const bytes = lost.has(hash) || to.has(hash) ? undefined : from.get(hash)
    if (bytes) to.put(bytes)
  }
  return missing
}

function faultOf(blobs: Blobs, hash: string): MissingFile['fault'] | undefined {
  try {
    return blobs.get(hash) === undefined ? 'missing' : undefined
  } catch {
    return 'damaged'
  }
}
