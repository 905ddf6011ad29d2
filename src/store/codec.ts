import type { ZodType } from 'zod'
import { Unreadable, Unstorable } from './errors.ts'
import { hashOf } from './hash.ts'
import { encodePayload } from './payload.ts'
import type { Envelope, Head, NewEvent } from './port.ts'
import { eventId } from './uuid.ts'

/** How one event type is written now and how its older versions are read. */
export interface EventType {
  /** The version written now, from 1. */
  readonly version: number
  /** Checks a payload of that version; it must not transform it. */
  readonly schema: ZodType
  /** For each older version, what turns its payload into the next version's. */
  readonly upcast?: Readonly<Record<number, (data: unknown) => unknown>>
}

export type EventCatalogue = Readonly<Record<string, EventType>>

/** A decided fact that has no envelope yet. */
export interface Draft {
  readonly type: string
  readonly payload: unknown
}

/** What all events of one command share. */
export interface CommandContext {
  readonly stream: string
  /** The application's clock (UTC ISO, milliseconds); moved up to the stream's last if that is later. */
  readonly now: string
  readonly actor: string
  readonly commandId: string
  readonly inputHash: string
  readonly correlationId?: string
  readonly causationId?: string
}

export interface Codec {
  readonly catalogue: EventCatalogue
  /** Whole, checked and chained envelopes for what one command decided. */
  seal(head: Head, context: CommandContext, drafts: readonly Draft[]): NewEvent[]
  /** The payload in its type's current version, trusting the log: parsed and upcast. */
  decode(event: Envelope): unknown
  /** The same for bytes from outside: checked to be canonical, storable and true to the schema. */
  decodeStrictly(event: Envelope): unknown
}

/** A codec for the given event types. */
export function createCodec(catalogue: EventCatalogue): Codec {
  return {
    catalogue,
    seal: (head, context, drafts) => seal(catalogue, head, context, drafts),
    decode: event => upcast(catalogue, event, parse(event)),
    decodeStrictly: event => decodeStrictly(catalogue, event),
  }
}

/** The head a stream has after this event. */
export function headAfter(event: Envelope): Head {
  return { revision: event.revision, hash: event.hash, recordedAt: event.recordedAt }
}

function seal(catalogue: EventCatalogue, head: Head, context: CommandContext, drafts: readonly Draft[]): NewEvent[] {
  const { stream, now, actor, commandId, inputHash, correlationId = commandId, causationId = commandId } = context
  const recordedAt = now < head.recordedAt ? head.recordedAt : now
  let previousHash = head.hash
  return drafts.map(({ type, payload }, index) => {
    const { version, schema } = typeOf(catalogue, type)
    const event = {
      id: eventId(commandId, index),
      stream,
      revision: head.revision + 1 + index,
      type,
      version,
      recordedAt,
      actor,
      commandId,
      inputHash,
      correlationId,
      causationId,
      data: encode(type, schema, payload),
      hash: '',
      previousHash,
      payload,
    }
    event.hash = hashOf(previousHash, event)
    previousHash = event.hash
    return event
  })
}

function encode(type: string, schema: ZodType, payload: unknown): string {
  const checked = schema.safeParse(payload)
  if (!checked.success) throw new Unstorable(type, checked.error.message)
  return encodePayload(payload)
}

function decodeStrictly(catalogue: EventCatalogue, event: Envelope): unknown {
  const data = parse(event)
  if (encodePayload(data) !== event.data)
    throw new Unreadable(nameOf(event), 'data is not the JSON text of its payload')
  const payload = upcast(catalogue, event, data)
  const checked = typeOf(catalogue, event.type).schema.safeParse(payload)
  if (!checked.success) throw new Unreadable(nameOf(event), checked.error.message, checked.error)
  return payload
}

function parse(event: Envelope): unknown {
  try {
    return JSON.parse(event.data)
  } catch (cause) {
    throw new Unreadable(nameOf(event), 'data is not JSON', cause)
  }
}

function upcast(catalogue: EventCatalogue, event: Envelope, data: unknown): unknown {
  const { version, upcast: steps } = typeOf(catalogue, event.type)
  if (event.version > version) throw new Unreadable(nameOf(event), `version ${event.version} is newer than ${version}`)
  let payload = data
  for (let from = event.version; from < version; from++) {
    const step = steps?.[from]
    if (!step) throw new Unreadable(nameOf(event), `no step from version ${from} to ${from + 1}`)
    payload = step(payload)
  }
  return payload
}

function typeOf(catalogue: EventCatalogue, type: string): EventType {
  const found = Object.hasOwn(catalogue, type) ? catalogue[type] : undefined
  if (!found) throw new Unreadable(type, 'unknown event type')
  return found
}

function nameOf(event: Envelope): string {
  return `${event.stream}/${event.revision} ${event.type}`
}
