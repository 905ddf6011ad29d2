import type { z } from 'zod'
import { bankEvents } from './bank/events.ts'
import { budgetEvents } from './books/budget-events.ts'
import { booksEvents } from './books/events.ts'
import { handoverEvents } from './books/handover-events.ts'
import { openingEvents } from './books/opening-events.ts'
import { payEvents } from './books/pay-events.ts'
import { taxEvents } from './books/tax-events.ts'
import { cashEvents } from './cash/events.ts'
import { distributionEvents } from './distribution/events.ts'
import { fundsEvents } from './funds/events.ts'
import { governanceEvents } from './governance/events.ts'
import { paymentEvents } from './payments/events.ts'
import { programmeEvents } from './programmes/events.ts'
import { cardEvents } from './property/card-events.ts'
import { propertyEvents } from './property/events.ts'
import { registerEvents } from './register/events.ts'

const schemas = {
  ...governanceEvents,
  ...booksEvents,
  ...openingEvents,
  ...handoverEvents,
  ...taxEvents,
  ...payEvents,
  ...budgetEvents,
  ...bankEvents,
  ...cashEvents,
  ...registerEvents,
  ...propertyEvents,
  ...cardEvents,
  ...fundsEvents,
  ...programmeEvents,
  ...distributionEvents,
  ...paymentEvents,
} as const

export type EventType = keyof typeof schemas
export type EventData<T extends EventType> = z.infer<(typeof schemas)[T]>
/** Every fact a co-op's stream can hold, as a union told apart by `type`. */
export type CoopEvent = { [T in EventType]: { type: T; data: EventData<T> } }[EventType]

type Upcast = (data: unknown) => unknown
type Entry = { version: number; schema: z.ZodType; upcast?: Record<number, Upcast> }

/** Older shapes of events and how each becomes the next one. Version 1 of a donation named its giver in one text. */
const UPCASTS: Partial<Record<EventType, Record<number, Upcast>>> = {
  DonationReceived: {
    1: data => {
      const { donor, ...rest } = data as { donor: string }
      const anonymous = donor === '匿名'
      return { ...rest, donor: anonymous ? { anonymous } : { organisation: donor }, mayBeNamed: !anonymous }
    },
  },
}

/** Type → current schema version, schema and upcasters: what the log's codec is given. */
export const catalogue: Record<string, Entry> = Object.fromEntries(
  Object.entries(schemas).map(([type, schema]) => {
    const upcast = UPCASTS[type as EventType]
    return [type, { version: 1 + Object.keys(upcast ?? {}).length, schema, ...(upcast ? { upcast } : {}) }]
  }),
)

/** Makes an event; the payload's shape is checked by the compiler here and by its schema on append. */
export function event<T extends EventType>(type: T, data: EventData<T>): CoopEvent {
  return { type, data } as CoopEvent
}
