import { decideBooks } from './books/decide.ts'
import type { CommandName } from './commands.ts'
import { type Context, type Desk, openDesk } from './desk.ts'
import { decideDistribution } from './distribution/decide.ts'
import type { CoopEvent } from './events.ts'
import { decideFunds } from './funds/decide.ts'
import { decideGovernance } from './governance/decide.ts'
import { decidePayments } from './payments/decide.ts'
import { decideProgrammes } from './programmes/decide.ts'
import { decideProperty } from './property/decide.ts'
import { type Refusal, Refused } from './refusal.ts'
import { decideRegister } from './register/decide.ts'
import type { CoopState } from './state.ts'

const decisions = {
  ...decideGovernance,
  ...decideBooks,
  ...decideRegister,
  ...decideProperty,
  ...decideFunds,
  ...decideProgrammes,
  ...decideDistribution,
  ...decidePayments,
} satisfies Record<CommandName, unknown>

export type Decision = { events: CoopEvent[] } | { refusal: Refusal }

/** Decides a command (its body already parsed and sealed) on a co-op's state: events, or a refusal; changes nothing. */
export function decide(state: CoopState, name: CommandName, body: unknown, context: Context): Decision {
  const { desk, events } = openDesk(state, context)
  try {
    const decision = decisions[name] as (desk: Desk, body: unknown) => void
    decision(desk, body)
    return { events }
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal }
    throw error
  }
}
