import { type BadEvent, ChainCheck, type CheckOptions } from './chain-check.ts'
import type { EventStore, Head } from './port.ts'

export interface VerifyOptions extends CheckOptions {
  /** Called now and then with the number of events checked so far. */
  readonly onProgress?: (events: number) => void
}

/** What a full scan found: everything in order up to the heads, or the first bad event. */
export interface Verification {
  readonly events: number
  readonly heads: Record<string, Head>
  readonly bad?: BadEvent
}

const progressEvery = 1000

/** Reads a whole store and checks every chain in it; stops at the first bad event. */
export async function verifyChain(store: EventStore, options: VerifyOptions = {}): Promise<Verification> {
  const check = new ChainCheck(options)
  let events = 0
  for await (const event of store.readAll()) {
    const bad = check.next(event)
    if (bad) return { events, heads: check.heads(), bad }
    if (++events % progressEvery === 0) options.onProgress?.(events)
  }
  options.onProgress?.(events)
  const bad = check.missing()
  return { events, heads: check.heads(), ...(bad ? { bad } : {}) }
}
