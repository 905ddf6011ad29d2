import type { Day } from '../domain/calendar.ts'
import type { Face } from './face.ts'

/** Something that happens in a co-op on a day; on the same day the lower order comes first. */
export type Act = { on: Day; order: number; coop: string; what: string; run: (face: Face) => Promise<unknown> }

/** Orders within a day: the books are opened before anything else, and closed after it. */
export const ORDER = {
  establish: 0,
  register: 1,
  open: 2,
  usual: 5,
  statement: 7,
  closeYear: 8,
  closeMonth: 9,
} as const

/** Makes an act of the usual order. */
export function act(coop: string, on: Day, what: string, run: Act['run'], order: number = ORDER.usual): Act {
  return { on, order, coop, what, run }
}

/** Acts in the order of the calendar; those of the same day and order stay as they were written. */
export function inOrder(acts: readonly Act[]): Act[] {
  return [...acts].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.order - b.order))
}

/** The twelve months of the year shown. */
export const MONTHS: readonly string[] = Array.from(
  { length: 12 },
  (_, index) => `2025-${String(index + 1).padStart(2, '0')}`,
)
