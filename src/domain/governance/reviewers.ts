import type { Day } from '../calendar.ts'
import { type Decision, decide } from '../coop.ts'
import type { CoopEvent } from '../events.ts'
import type { CoopState } from '../state.ts'
import type { Role } from './events.ts'

/** Someone in office with all the offices held, in the order of their appointment. */
export type Officer = { person: string; roles: Role[] }

/** Everyone who holds an office now. */
export function officersOf({ governance }: CoopState): Officer[] {
  const officers = new Map<string, Officer>()
  for (const { person, role, until } of governance.officers) {
    if (until) continue
    const officer = officers.get(person) ?? { person, roles: [] }
    officer.roles.push(role)
    officers.set(person, officer)
  }
  return [...officers.values()]
}

/** The officers who may decide on a waiting command: never its own maker. */
export function mayReview(state: CoopState, id: string): Officer[] {
  const tried = { coop: '', today: '', actor: '', revision: 0, sha256: () => '' }
  const accepts = ({ person }: Officer) =>
    'events' in decide(state, 'RejectCommand', { id, officer: person, reason: '试行' }, tried)
  return officersOf(state).filter(accepts)
}

/** 已提交复核（S12），等陈某（理事长）复核后入账。 */
export function waitingText(id: string, reviewers: readonly string[]): string {
  if (reviewers.length === 0) return `已提交复核（${id}）；现在没有可以复核的人，请先任命理事或会计。`
  return `已提交复核（${id}），等${reviewers.join('或')}复核后入账。`
}

/** The same with officers by code, for a program's answer; undefined when the facts submit nothing, or it waits no more. */
export function waitsFor(state: CoopState, events: readonly CoopEvent[]): string | undefined {
  const [submitted] = events
  if (submitted?.type !== 'CommandSubmitted' || !state.governance.waiting.has(submitted.data.id)) return undefined
  const { id } = submitted.data
  return waitingText(
    id,
    mayReview(state, id).map(({ person, roles }) => `${person}（${roles.join('、')}）`),
  )
}

/** What a waiting command would book if the officer approved it today; a refusal when it no longer can be. */
export function ifApproved(
  state: CoopState,
  at: { coop: string; today: Day; revision: number; sha256: (text: string) => string },
  id: string,
  officer: string,
): Decision {
  return decide(state, 'ApproveCommand', { id, officer }, { ...at, actor: `${officer} via web` })
}
