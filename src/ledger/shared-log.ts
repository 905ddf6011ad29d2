import type { Head, NewEvent } from '../store/port.ts'
import type { Request } from './request.ts'

/** What a ledger needs besides on a log that other programs write too. */
export type SharedLog = {
  /**
   * Makes sure that the persons these commands bring are known to all before anything is decided; the returned function is
   * to be called once it is.
   */
  prepare(requests: readonly Request[]): Promise<() => void>
  /**
   * Whether nobody else has written to the stream after this head. If somebody has, it returns when that can be read here;
   * throws Unavailable where it cannot.
   */
  isLast(stream: string, head: Head): Promise<boolean>
  /** Whether to decide again what has failed so many times because others write too; returns after a pause. */
  again(attempt: number): Promise<boolean>
  /** Stores the events of several commands together or not at all. */
  appendLot(stream: string, expectedRevision: number, events: readonly NewEvent[]): Promise<unknown>
}
