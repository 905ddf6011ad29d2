import type { Codec } from './codec.ts'
import type { EventStoreDbStore } from './eventstoredb.ts'
import type { MirrorHeads } from './mirror-heads.ts'
import type { NewEvent, RecordedEvent } from './port.ts'
import type { SqliteStore } from './sqlite.ts'

/** What a mirror works with, and whom it tells. */
export interface MirrorPorts {
  readonly remote: Pick<EventStoreDbStore, 'read' | 'subscribe'>
  /** The mirror itself; its hooks note each event in `heads`. */
  readonly local: SqliteStore
  readonly heads: MirrorHeads
  readonly codec: Codec
  /** Awaited before events are stored here; a rejection is tried again. */
  readonly before: (events: readonly RecordedEvent[]) => Promise<void>
  /** Told of events that are stored here now, in order. */
  readonly after: (events: readonly NewEvent[]) => void
  /** Told of a stream that is followed no more. */
  readonly onStopped: (stream: string) => void
  /** Told when everything that was on the server when following began is here. */
  readonly onCaughtUp: () => void
  /** Told of what keeps the mirror from following. */
  readonly onTrouble: (cause: unknown) => void
  /** Milliseconds before trying again what failed here. */
  readonly pause: number
}
