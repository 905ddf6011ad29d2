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
 * be dropped and filled again by itself; a table without a key is a list in the order of the log. `views` are the
 * queries that show tables in another form. `apply` touches its own tables only, so that one model can be filled alone.
 */
export interface Projection {
  readonly name: string
  readonly version: number
  readonly tables: Readonly<Record<string, string>>
  readonly views?: Readonly<Record<string, string>>
  readonly indexes?: readonly string[]
  /** Indexes that `apply` does without: a rebuild makes them when all rows are in, which sorts once. */
  readonly readIndexes?: readonly string[]
  apply(tx: Sql, event: ProjectedEvent): void
  /** What a rebuild uses in place of `apply`, for rows that many events change: they are written once. */
  filling?(): Filling
}

/** Gathers rows in memory while the log goes by; the rows it writes are those `apply` would leave. */
export interface Filling {
  take(tx: Sql, event: ProjectedEvent): void
  /** How many rows are held: when they are many, the runner has them written. */
  readonly held: number
  /** Writes what is held, and holds nothing. */
  write(tx: Sql): void
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

const OF_A_COOP = 'coop-'

/** What the read models get for a recorded event and its decoded payload; undefined for a stream that is no co-op's. */
export function projected(event: Recorded, data: unknown): ProjectedEvent | undefined {
  if (!event.stream.startsWith(OF_A_COOP) || event.stream === OF_A_COOP) return undefined
  const coop = event.stream.slice(OF_A_COOP.length)
  const { type, revision, position, recordedAt, actor, commandId, hash } = event
  return { coop, type, data, revision, position, recordedAt, actor, commandId, hash } as ProjectedEvent
}

/** The same for an event whose payload cannot be read: asking for its data throws the error. */
export function undecodable(event: Recorded, error: unknown): ProjectedEvent | undefined {
  const fact = projected(event, undefined)
  return (
    fact &&
    Object.defineProperty(fact, 'data', {
      get: () => {
        throw error
      },
    })
  )
}

/** The voucher an event carries, if it moves money or goods. */
export function voucherOf(event: ProjectedEvent): Voucher | undefined {
  return 'voucher' in event.data ? event.data.voucher : undefined
}
