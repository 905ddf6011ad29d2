import type { Day } from '../domain/calendar.ts'
import { invariant } from '../domain/refusal.ts'

/** The clock of a demonstration: it shows nine in the morning in Shanghai of the day the scenario has reached. */
export type DemoClock = { now: () => string; today: () => Day; set: (day: Day) => void }

/** A clock standing on `day`, which only the scenario moves, and only forward. */
export function demoClock(day: Day): DemoClock {
  let today = day
  return {
    now: () => `${today}T01:00:00.000Z`,
    today: () => today,
    set(next) {
      invariant(next >= today, `the demonstration goes forward, not from ${today} to ${next}`)
      today = next
    },
  }
}
