import type { CoopEvent } from '../src/domain/events.ts'
import type { Voucher } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'

/** One recorded fact of a co-op, as a read model sees it: payload decoded and upcast, co-op named by its code. */
export type ProjectedEvent = CoopEvent & {
  coop: string
  revision: number
  position: number
  recordedAt: string
  actor: string
  commandId: string
  hash: string
}

/** The event of one type, with its payload's type. */
export type EventOf<T extends ProjectedEvent['type']> = Extract<ProjectedEvent, { type: T }>

/**
 * A read model. `tables` maps a table's name to its columns and keys; every key is led by `coop`, so that one co-op can
 * be dropped and filled again by itself. `apply` touches its own tables only, so that one model can be filled alone.
 */
export interface Projection {
  readonly name: string
  readonly version: number
  readonly tables: Readonly<Record<string, string>>
  readonly indexes?: readonly string[]
  apply(tx: Sql, event: ProjectedEvent): void
}

type Recorded = {
  readonly stream: string
  readonly revision: number
  readonly position: number
  readonly type: string
  readonly recordedAt: string
  readonly actor: string
  readonly commandId: string
  readonly hash: string
}

const STREAM = /^coop-(.+)$/

/** What the read models get for a recorded event and its decoded payload; undefined for a stream that is no co-op's. */
export function projected(event: Recorded, data: unknown): ProjectedEvent | undefined {
  const coop = STREAM.exec(event.stream)?.[1]
  if (coop === undefined) return undefined
  const { type, revision, position, recordedAt, actor, commandId, hash } = event
  return { coop, type, data, revision, position, recordedAt, actor, commandId, hash } as ProjectedEvent
}

/** The voucher an event carries, if it moves money or goods. */
export function voucherOf(event: ProjectedEvent): Voucher | undefined {
  return 'voucher' in event.data ? event.data.voucher : undefined
}
