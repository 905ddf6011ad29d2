import type { RecordedEvent } from '../../src/store/port.ts'
import { numbersOf } from '../support/ledger.ts'

export type Held = {
  /** What callers were told: a command's id, and the revisions of its events. */
  acknowledged: ReadonlyMap<string, readonly number[]>
  /** The log as one node has it. */
  stored: readonly Pick<RecordedEvent, 'commandId' | 'revision' | 'data'>[]
  /** The read models of each node, and those made anew from the log. */
  tables: readonly Readonly<Record<string, readonly unknown[]>>[]
}

/** What is wrong with a log of one co-op, its readers, and what was said about it. */
export function faultsOf({ acknowledged, stored, tables }: Held): string[] {
  const places = Map.groupBy(stored, ({ commandId }) => commandId)
  const faults: string[] = []
  for (const [id, revisions] of acknowledged) {
    const found = (places.get(id) ?? []).map(({ revision }) => revision)
    if (found.length === 0) faults.push(`${id} was acknowledged and lost`)
    else if (found.join() !== revisions.join()) faults.push(`${id} is at ${found} and was said to be at ${revisions}`)
  }
  const gap = stored.findIndex(({ revision }, index) => revision !== index)
  if (gap >= 0) faults.push(`revision ${gap} is missing`)
  const numbers = numbersOf(stored.map(({ data }) => ({ data: JSON.parse(data) as object })))
  if (new Set(numbers).size < numbers.length) faults.push('a number was used twice')
  const [first, ...others] = tables.map(table => JSON.stringify(table))
  if (others.some(other => other !== first)) faults.push('the tables differ')
  return faults
}
