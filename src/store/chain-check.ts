import type { Codec } from './codec.ts'
import { hashOf } from './hash.ts'
import { emptyHead, type Head, type RecordedEvent } from './port.ts'
import { eventId } from './uuid.ts'

/** The first event that is not as it was written, or not there; `stream` is empty when no stream can be named. */
export interface BadEvent {
  readonly stream: string
  readonly revision: number
  readonly position: number
  readonly reason: string
}

/** Heads published earlier, by stream: the log must hold exactly these events, however far it has gone since. */
export type PublishedHeads = Readonly<Record<string, Pick<Head, 'revision' | 'hash'>>>

export interface CheckOptions {
  /** Checks each payload against its schema and each id as well; without it the chain alone. */
  readonly codec?: Codec
  readonly heads?: PublishedHeads
}

/** How far one stream has been checked. */
export interface CheckedStream extends Head {
  readonly first: number
  readonly last: number
}

/** The same while it is being checked: moved on with each event, for a new object an event would cost more than the check. */
type Moving = { -readonly [field in keyof CheckedStream]: CheckedStream[field] }

/** Checks events in the order of their positions, each against the one before it in its stream. */
export class ChainCheck {
  readonly #streams = new Map<string, Moving>()
  readonly #options: CheckOptions
  #position = 0
  /** The event checked last, and its index within its command. */
  #last: RecordedEvent | undefined
  #index = 0

  constructor(options: CheckOptions) {
    this.#options = options
  }

  /** How far each stream has been checked; moves on with the check. */
  get streams(): ReadonlyMap<string, CheckedStream> {
    return this.#streams
  }

  /** The position of the last event checked, which in an unbroken log is their number. */
  get events(): number {
    return this.#position
  }

  /** Whether the last event checked is the first of its command. */
  get begins(): boolean {
    return this.#index === 0
  }

  /** What is wrong with the next event, if anything. */
  next(event: RecordedEvent): BadEvent | undefined {
    const before = this.#streams.get(event.stream)
    const index = this.#continues(event) ? this.#index + 1 : 0
    const reason = this.#fault(event, before ?? emptyHead, index)
    if (reason) return badEvent(event, reason)
    const { position, revision, hash, recordedAt } = event
    this.#position = position
    this.#last = event
    this.#index = index
    if (before) moveOn(before, event)
    else this.#streams.set(event.stream, { revision, hash, recordedAt, first: position, last: position })
    return undefined
  }

  /** A published event that the log has not reached. */
  missing(): BadEvent | undefined {
    for (const [stream, { revision }] of Object.entries(this.#options.heads ?? {})) {
      const reached = this.streams.get(stream)?.revision ?? -1
      if (reached < revision) {
        return { stream, revision: reached + 1, position: 0, reason: `missing: published up to revision ${revision}` }
      }
    }
    return undefined
  }

  /** Where each stream ends. */
  heads(): Record<string, Head> {
    const entries = [...this.streams].map(([stream, { revision, hash, recordedAt }]): [string, Head] => [
      stream,
      { revision, hash, recordedAt },
    ])
    return Object.fromEntries(entries)
  }

  /** Whether the event is its command's next: the events of an append lie side by side in every store. */
  #continues({ stream, commandId }: RecordedEvent): boolean {
    return this.#last?.stream === stream && this.#last.commandId === commandId
  }

  #fault(event: RecordedEvent, before: Head, index: number): string | undefined {
    if (event.position <= this.#position) return `position ${event.position} comes after ${this.#position}`
    if (event.revision !== before.revision + 1) return `revision ${event.revision} follows ${before.revision}`
    if (event.recordedAt < before.recordedAt) return `recorded at ${event.recordedAt}, before ${before.recordedAt}`
    if (hashOf(before.hash, event) !== event.hash) return 'the hash does not match'
    const published = this.#options.heads?.[event.stream]
    if (published?.revision === event.revision && published.hash !== event.hash) return 'the published hash is another'
    return this.#options.codec ? strictFault(this.#options.codec, event, index) : undefined
  }
}

/** Names an event as bad. */
export function badEvent(event: Omit<BadEvent, 'reason'>, reason: string): BadEvent {
  return { stream: event.stream, revision: event.revision, position: event.position, reason }
}

function moveOn(stream: Moving, event: RecordedEvent): void {
  stream.revision = event.revision
  stream.hash = event.hash
  stream.recordedAt = event.recordedAt
  stream.last = event.position
}

function strictFault(codec: Codec, event: RecordedEvent, index: number): string | undefined {
  if (event.id !== eventId(event.commandId, index)) return 'the id is not that of its command and index'
  try {
    codec.decodeStrictly(event)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
