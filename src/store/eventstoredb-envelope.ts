import {
  type AllStreamResolvedEvent,
  type EventData,
  type JSONType,
  jsonEvent,
  type ResolvedEvent,
} from '@eventstore/db-client'
import { z } from 'zod'
import { Unreadable, Unstorable } from './errors.ts'
import type { NewEvent, RecordedEvent } from './port.ts'

type StoredEvent = NonNullable<ResolvedEvent['event'] | AllStreamResolvedEvent['event']>

/** The envelope's fields that the server has no place for; the two with a dollar are names it knows. */
const metadataSchema = z.strictObject({
  id: z.string(),
  version: z.int().min(1),
  recordedAt: z.string(),
  actor: z.string(),
  commandId: z.string(),
  inputHash: z.string(),
  $correlationId: z.string(),
  $causationId: z.string(),
  hash: z.string(),
})

/** An event as the client sends it; throws Unstorable where the client, which writes the JSON text anew, would change it. */
export function toServer(event: NewEvent): EventData {
  const data = JSON.parse(event.data) as JSONType
  if (JSON.stringify(data) !== event.data) throw new Unstorable('data', 'not the JSON text of its payload')
  const metadata: z.infer<typeof metadataSchema> = {
    id: event.id,
    version: event.version,
    recordedAt: event.recordedAt,
    actor: event.actor,
    commandId: event.commandId,
    inputHash: event.inputHash,
    $correlationId: event.correlationId,
    $causationId: event.causationId,
    hash: event.hash,
  }
  return jsonEvent({ id: serverId(event.hash), type: event.type, data: data as Record<string, unknown>, metadata })
}

/**
 * The id an event has on the server: a UUIDv8 of its hash. The server takes an append for a repetition when the ids are the
 * same, whatever the data; two nodes that decide the same command at once write different events under the same command.
 */
export function serverId(hash: string): string {
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`
}

/** A stored event as the ledger reads it, `stream` being its name without the prefix; throws Unreadable. */
export function fromServer(stream: string, event: StoredEvent): RecordedEvent {
  const where = `${stream}/${event.revision} ${event.type}`
  if (!event.isJson || event.data instanceof Uint8Array) throw new Unreadable(where, 'the data is not JSON')
  const metadata = metadataSchema.safeParse(event.metadata)
  if (!metadata.success) throw new Unreadable(where, metadata.error.message, metadata.error)
  const { id, $correlationId, $causationId, version, recordedAt, actor, commandId, inputHash, hash } = metadata.data
  return {
    position: positionOf(event, where),
    id,
    stream,
    revision: Number(event.revision),
    type: event.type,
    version,
    recordedAt,
    actor,
    commandId,
    inputHash,
    correlationId: $correlationId,
    causationId: $causationId,
    hash,
    data: JSON.stringify(event.data),
  }
}

/** The commit position of an event, a number of bytes into the server's log; throws Unreadable beyond 2^53. */
export function positionOf(event: StoredEvent, where = event.streamId): number {
  const position = Number(event.position?.commit ?? -1n)
  if (position >= 0 && Number.isSafeInteger(position)) return position
  throw new Unreadable(where, `no usable commit position (${event.position?.commit}); the server must be 22.6 or later`)
}
