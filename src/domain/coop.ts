import { decideBank } from './bank/decide.ts'
import { decideBudget } from './books/budget.ts'
import { checkPlans } from './books/budget-check.ts'
import { decideCorrections } from './books/correction.ts'
import { decideBooks } from './books/decide.ts'
import { checkNotHandedOver, decideHandover } from './books/handover.ts'
import { decideOpening } from './books/opening.ts'
import { decidePapers } from './books/papers.ts'
import { decidePay } from './books/pay.ts'
import { decideTaxes } from './books/tax.ts'
import { decideCash } from './cash/decide.ts'
import { decideReceipts } from './cash/receipts.ts'
import type { CommandName } from './commands.ts'
import { type Context, type Desk, openDesk } from './desk.ts'
import { decideDistribution } from './distribution/decide.ts'
import { type CoopEvent, event } from './events.ts'
import { decideFunds } from './funds/decide.ts'
import { decideGovernance } from './governance/decide.ts'
import { decideOffices } from './governance/offices.ts'
import { reviewNeeded, submission, underReview } from './governance/review.ts'
import { decidePayments } from './payments/decide.ts'
import { decideProgrammes } from './programmes/decide.ts'
import { decideProjects } from './property/card-projects.ts'
import { decideCardRuns } from './property/card-runs.ts'
import { decideCards } from './property/cards.ts'
import { decideProperty } from './property/decide.ts'
import { type Refusal, Refused } from './refusal.ts'
import { decideRegister } from './register/decide.ts'
import type { CoopState } from './state.ts'

const decisions = {
  ...decideGovernance,
  ...decideOffices,
  ...decideBooks,
  ...decideOpening,
  ...decideHandover,
  ...decideCorrections,
  ...decidePapers,
  ...decideTaxes,
  ...decidePay,
  ...decideBudget,
  ...decideBank,
  ...decideCash,
  ...decideReceipts,
  ...decideRegister,
  ...decideProperty,
  ...decideCards,
  ...decideCardRuns,
  ...decideProjects,
  ...decideFunds,
  ...decideProgrammes,
  ...decideDistribution,
  ...decidePayments,
} satisfies Record<Exclude<CommandName, 'ApproveCommand'>, unknown>

export type Decision = { events: CoopEvent[] } | { refusal: Refusal }

/** Decides a command (its body already parsed and sealed) on a co-op's state: events, or a refusal; changes nothing. */
export function decide(state: CoopState, name: CommandName, body: unknown, context: Context): Decision {
  try {
    if (name !== 'ApproveCommand') checkNotHandedOver(state, name, context.actor)
    const events =
      name === 'ApproveCommand' ? approved(state, body as Approval, context) : reviewed(state, name, body, context)
    return { events }
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal }
    throw error
  }
}

type Approval = { id: string; officer: string }
type Plain = keyof typeof decisions

// Nothing enters a book unreviewed: what needs a second person waits, after it was found to be in order.
function reviewed(state: CoopState, name: Plain, body: unknown, context: Context): CoopEvent[] {
  const events = facts(state, name, body, context)
  const needed = reviewNeeded(state, name, events, context.actor)
  if (needed === undefined) return events
  if (needed !== 'person') return facts(state, name, body, { ...context, review: needed })
  const { reviewer, actor } = context
  if (!reviewer) return [event('CommandSubmitted', submission(state, name, body, events, actor))]
  return facts(state, name, body, { ...context, review: { person: reviewer, preparer: actor } })
}

// Decided again on what the books hold by now, in the name of whoever submitted it.
function approved(state: CoopState, { id, officer }: Approval, context: Context): CoopEvent[] {
  const { command, body, by } = underReview(state, id, officer)
  const results = reviewed(state, command as Plain, body, { ...context, actor: by, reviewer: officer })
  return [event('CommandApproved', { id, officer }), ...results]
}

function facts(state: CoopState, name: Plain, body: unknown, context: Context): CoopEvent[] {
  const { desk, events } = openDesk(state, context)
  const decision = decisions[name] as (desk: Desk, body: unknown) => void
  decision(desk, body)
  checkPlans(state, events)
  return events
}
