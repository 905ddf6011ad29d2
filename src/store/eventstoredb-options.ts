import type { Unreadable } from './errors.ts'

export interface EventStoreDbOptions {
  /** Before every stream's name on the server; by default none, and the ledger's streams are `coop-…` and `ledger…`. */
  readonly prefix?: string
  /** Milliseconds an append, or the next item of a read, may take; 5,000 by default. */
  readonly deadline?: number
  /** Milliseconds after which an append that failed is not tried again; 5,000 by default. */
  readonly persistence?: number
  /** Milliseconds an append may wait for those before it in its stream; 15,000 by default. */
  readonly patience?: number
  /** Quiet milliseconds after which a subscription is checked; 10,000 by default. */
  readonly heartbeat?: number
  /** First and longest pause before trying again, in milliseconds; 50 and 10,000 by default. */
  readonly backOff?: readonly [number, number]
  /** From 0 up to 1, at random, so that nodes do not come back in step; without it every pause is three quarters of its range. */
  readonly chance?: () => number
  /** Commands remembered over all streams before the longest unused streams are forgotten; 500,000 by default. */
  readonly rememberedCommands?: number
  /** Told why a subscription was dropped; it is replaced by itself. */
  readonly onDrop?: (cause: unknown) => void
  /** Told that a subscription, the first one or another, has given all there was. */
  readonly onLive?: () => void
  /** Told of an event that cannot be read; a subscription then passes it over, and ends at it when nobody is told. */
  readonly onUnreadable?: (stream: string, cause: Unreadable) => void
}

type Hearers = 'onDrop' | 'onLive' | 'onUnreadable'

/** Every option with a value, but for those who are told. */
export type Settings = Required<Omit<EventStoreDbOptions, Hearers>> & Pick<EventStoreDbOptions, Hearers>

/** What an option is when it is left out. */
export const defaults: Settings = {
  prefix: '',
  deadline: 5_000,
  persistence: 5_000,
  patience: 15_000,
  heartbeat: 10_000,
  backOff: [50, 10_000],
  chance: () => 0.5,
  rememberedCommands: 500_000,
}
