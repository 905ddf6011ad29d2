import type { Day } from '../domain/calendar.ts'
import type { CommandName } from '../domain/commands.ts'
import type { EventData, EventType } from '../domain/events.ts'
import { invariant } from '../domain/refusal.ts'
import type { CoopState } from '../domain/state.ts'
import type { Answer, Fact, Ledger } from '../ledger/ledger.ts'

/** The counter at which the scenario hands in its commands for one co-op, as any face would. */
export type Face = {
  readonly coop: string
  readonly today: () => Day
  /** Hands in one command; a refusal ends the demonstration, for it has none to show. */
  readonly run: (name: CommandName, body: unknown) => Promise<Fact[]>
  /** Hands in several of a kind together, all or none. */
  readonly each: (name: CommandName, bodies: readonly unknown[]) => Promise<Fact[]>
  readonly state: () => Promise<CoopState>
}

/** Who keeps the books and who reviews them; undefined before they have taken office. */
export type Clerks = { accountant: string | undefined; reviewer: string | undefined }

const BEFORE = '演示会计 via cli'
const TOGETHER = 400

/** Opens the counter of a co-op, where what waits for a second person is reviewed at once; command ids are numbered, so that the same scenario asks the same questions. */
export function openFace(ledger: Ledger, coop: string, today: () => Day, clerks: () => Clerks): Face {
  let count = 0
  const acting = (code: string | undefined) => (code ? `${code} via cli` : BEFORE)
  const request = (name: CommandName, body: unknown, actor = acting(clerks().accountant)) => ({
    ...{ coop, name, body, actor },
    commandId: `demo-${coop}-${++count}`,
  })
  const answered = async (answer: Answer, name: string): Promise<Fact[]> => {
    const facts = accepted(answer, name, coop, today())
    const { reviewer } = clerks()
    const waiting = payloads(facts, 'CommandSubmitted')[0]
    if (!waiting || !reviewer) return facts
    const approve = request('ApproveCommand', { id: waiting.id, officer: reviewer }, acting(reviewer))
    return accepted(await ledger.execute(approve), name, coop, today())
  }
  const each = async (name: CommandName, bodies: readonly unknown[]): Promise<Fact[]> => {
    invariant(bodies.length > 0, `${coop} ${today()} ${name}: nothing to hand in`)
    const facts: Fact[] = []
    for (let from = 0; from < bodies.length; from += TOGETHER) {
      const answers = await ledger.executeTogether(bodies.slice(from, from + TOGETHER).map(body => request(name, body)))
      for (const answer of answers) facts.push(...(await answered(answer, name)))
    }
    return facts
  }
  return {
    coop,
    today,
    each,
    run: async (name, body) => answered(await ledger.execute(request(name, body)), name),
    state: () => ledger.state(coop),
  }
}

/** The payloads of one type among the facts of an answer. */
export function payloads<T extends EventType>(facts: readonly Fact[], type: T): EventData<T>[] {
  return facts.filter(fact => fact.type === type).map(fact => fact.data as EventData<T>)
}

function accepted(answer: Answer, name: string, coop: string, day: Day): Fact[] {
  const refusal = 'refusal' in answer ? answer.refusal : undefined
  invariant(!refusal, `${coop} ${day} ${name}: ${refusal?.code} ${refusal?.message} ${JSON.stringify(refusal?.detail)}`)
  return 'events' in answer ? answer.events : []
}
