/** One stored fact. Every field but `hash` goes into the hash; see docs/log-format.md. */
export interface Envelope {
  /** UUIDv5 of the command id and the event's index within the command. */
  readonly id: string
  readonly stream: string
  /** 0-based place in the stream, gapless. */
  readonly revision: number
  readonly type: string
  /** Version of the payload's schema, from 1. */
  readonly version: number
  /** UTC instant (ISO, milliseconds), never earlier than the stream's last. */
  readonly recordedAt: string
  /** Who, and through which face: `M00012 via web`. */
  readonly actor: string
  readonly commandId: string
  /** HMAC of the command's input under the ledger's key, hex. */
  readonly inputHash: string
  /** The command id that began the whole affair. */
  readonly correlationId: string
  /** The command id, or event id, that led directly to this event. */
  readonly causationId: string
  /** SHA-256 over the previous hash, the fields above and `data`, hex. */
  readonly hash: string
  /** The payload's bytes as JSON text, exactly as hashed. */
  readonly data: string
}

/** An envelope on its way into a store, with what the store need not work out again. */
export interface NewEvent extends Envelope {
  /** Hash of the stream's event before this one; `emptyHead.hash` for the first. */
  readonly previousHash: string
  /** The payload `data` was made from, in its type's current version. */
  readonly payload: unknown
}

export interface RecordedEvent extends Envelope {
  /** Place in the total order of the whole store, from 1. */
  readonly position: number
}

/** Where a stream ends: what the next event is chained to. */
export interface Head {
  readonly revision: number
  readonly hash: string
  readonly recordedAt: string
}

/** The head of a stream that has no events yet. */
export const emptyHead: Head = { revision: -1, hash: '0'.repeat(64), recordedAt: '' }

/** What an append did; a repeated append gets the first answer again. */
export interface Appended {
  readonly stream: string
  /** Revision of the command's first event. */
  readonly first: number
  /** Revision of its last event: the next append's expected revision. */
  readonly revision: number
  /** Position of its last event. */
  readonly position: number
}

/** Yielded once by a subscription when it has read everything there was. */
export interface CaughtUp {
  readonly caughtUp: true
  readonly position: number
}

export interface EventStore {
  /**
   * Stores the events of one command together or not at all, and returns when they are durable.
   * Rejects with Conflict, CommandIdReused, TooLarge, Unavailable or OutcomeUnknown.
   */
  append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    command: { readonly commandId: string },
  ): Promise<Appended>
  /** The stream's events from revision `from` (inclusive, default 0), ascending; none for an unknown stream. */
  read(stream: string, range?: { readonly from?: number; readonly limit?: number }): AsyncIterable<RecordedEvent>
  /** The events of all streams after position `after` (exclusive, default 0), ascending. */
  readAll(range?: { readonly after?: number; readonly limit?: number }): AsyncIterable<RecordedEvent>
  /** Events after `after`, then CaughtUp once, then each new event as it is committed, until the signal aborts. */
  subscribe(options: { readonly after?: number; readonly signal: AbortSignal }): AsyncIterable<RecordedEvent | CaughtUp>
  /** The events a command wrote to the stream, in order; none if it wrote nothing there. */
  findCommand(stream: string, commandId: string): Promise<RecordedEvent[]>
}

/** Most payload bytes (UTF-8) one append may carry: with its envelopes it stays under EventStoreDB's 1 MiB. */
export const maxAppendBytes = 512 * 1024

/** Most events one append may carry: a thousand envelopes beside 512 KiB of payload stay under 1 MiB. */
export const maxAppendEvents = 1000

/** Tells the marker of a subscription from its events. */
export function isCaughtUp(item: RecordedEvent | CaughtUp): item is CaughtUp {
  return 'caughtUp' in item
}
