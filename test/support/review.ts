import type { Role } from '../../src/domain/governance/events.ts'
import type { Answer, Ledger, Request } from '../../src/ledger/ledger.ts'

const REVIEWERS: readonly Role[] = ['理事长', '理事', '会计']

/** Gives a command, and has what then waits for a second person approved at once by an officer who is not its maker. */
export async function executeReviewed(ledger: Pick<Ledger, 'execute' | 'state'>, request: Request): Promise<Answer> {
  const answer = await ledger.execute(request)
  if ('refusal' in answer || answer.events[0]?.type !== 'CommandSubmitted') return answer
  const { governance } = await ledger.state(request.coop)
  const reviewer = governance.officers.find(
    ({ person, role, until }) => !until && REVIEWERS.includes(role) && !request.actor.startsWith(person),
  )
  if (!reviewer) return answer
  return ledger.execute({
    coop: request.coop,
    name: 'ApproveCommand',
    body: { id: answer.events[0].data.id, officer: reviewer.person },
    actor: `${reviewer.person} via test`,
    commandId: `${request.commandId}-review`,
  })
}
