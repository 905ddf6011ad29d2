import { checkAppend } from '../store/append-check.ts'
import { OutcomeUnknown } from '../store/errors.ts'
import { type EventStore, maxAppendBytes, maxAppendEvents } from '../store/port.ts'
import type { Decided } from './decided.ts'
import type { SharedLog } from './shared-log.ts'

const RESENDS = 3

/**
 * Stores what was decided together, all or none: in one transaction, or on a shared log in one append. Only what one append
 * does not take goes there in several, in order.
 */
export async function appendDecided(
  store: EventStore,
  shared: SharedLog | undefined,
  decided: readonly Decided[],
): Promise<void> {
  // All are checked before one is handed over, so that none of a lot is stored when another is too large.
  for (const { stream, expected, events, commandId } of decided) checkAppend(stream, expected, events, commandId)
  if (shared) for (const lot of lotsOf(decided)) await resent(() => appendLot(store, shared, lot))
  else await Promise.all(decided.map(each => resent(() => appendOne(store, each))))
}

function appendLot(store: EventStore, shared: SharedLog, lot: readonly Decided[]): Promise<unknown> {
  const { stream, expected } = lot[0]!
  if (lot.length === 1) return appendOne(store, lot[0]!)
  const events = lot.flatMap(each => each.events)
  return shared.appendLot(stream, expected, events)
}

function appendOne(store: EventStore, { stream, expected, events, commandId }: Decided): Promise<unknown> {
  return store.append(stream, expected, events, { commandId })
}

/** Again with the same events: a re-decision on what may have been stored would turn a success into a refusal. */
async function resent(append: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await append()
      return
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) || attempt === RESENDS) throw error
    }
  }
}

function lotsOf(decided: readonly Decided[]): Decided[][] {
  const lots: Decided[][] = []
  let [bytes, count] = [0, 0]
  for (const each of decided) {
    const size = each.events.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0)
    const fits = bytes + size <= maxAppendBytes && count + each.events.length <= maxAppendEvents
    if (lots.length === 0 || !fits) {
      lots.push([])
      bytes = 0
      count = 0
    }
    lots.at(-1)!.push(each)
    bytes += size
    count += each.events.length
  }
  return lots
}
