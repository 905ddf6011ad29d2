import { hash } from 'node:crypto'
import type { Context } from 'hono'
import type { CoopProfile } from '../../projections/profile.ts'
import { submissionById } from '../../projections/submissions.ts'
import { timelineOf } from '../../projections/timeline.ts'
import type { CommandName } from '../domain/commands.ts'
import { mayReview, type Officer, officersOf } from '../domain/governance/reviewers.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { CoopState } from '../domain/state.ts'
import type { Answer, Fact } from '../ledger/ledger.ts'
import type { Clerk, Done } from '../web/clerk-parts.ts'
import type { House } from './house.ts'
import { namesOf } from './names.ts'
import { readForm } from './read-body.ts'

/** Fields that every form of the desk carries: who does it, and the key under which it is done once. */
export const DESK_FIELDS = ['clerk', 'key'] as const

export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** A key for one form: posted twice, it is done once. */
export const freshKey = ({ office }: House): string =>
  `web-${[...office.random(15)].map(byte => byte.toString(16).padStart(2, '0')).join('')}`

/** Who may be named as having done something at this desk, the accountants first; names for the operator's eyes. */
export function clerksOf(house: House, state: CoopState): Clerk[] {
  const keeps = ({ roles }: Officer) => (roles.includes('会计') ? 0 : roles.includes('出纳') ? 1 : 2)
  return named(
    house,
    officersOf(state).sort((a, b) => keeps(a) - keeps(b)),
  )
}

/** The officers who may decide on a waiting command. */
export const reviewersOf = (house: House, state: CoopState, id: string): Clerk[] => named(house, mayReview(state, id))

function named(house: House, officers: readonly Officer[]): Clerk[] {
  const nameOf = namesOf(
    house,
    officers.map(({ person }) => person),
  )
  return officers.map(({ person, roles }) => ({ person, roles, name: nameOf(person) }))
}

type Given = { coop: string; name: CommandName; body: unknown; form: Record<string, string> }

/**
 * Gives a command that a form of the desk asks for, in the name of the clerk it names, once under the form's key; a
 * refusal comes back as a value, so that the form can be shown again as it was filled in.
 */
export async function give(
  house: House,
  { coop, name, body, form }: Given,
): Promise<{ did: string } | { refusal: Refusal }> {
  const clerk = form.clerk ?? ''
  const state = await house.office.ledger.state(coop)
  const officers = officersOf(state)
  if (officers.length > 0 && !officers.some(({ person }) => person === clerk))
    return { refusal: { code: 'ClerkMissing', message: '请选定经办人：要是现在任职的人员。' } }
  const actor = officers.length > 0 ? `${clerk} via web` : 'operator via web'
  const answer = await house.office.ledger.execute({ coop, name, body, actor, commandId: form.key || freshKey(house) })
  return told(answer)
}

// The last fact is what the reader waits for: of an approval, what was approved.
function told(answer: Answer): { did: string } | { refusal: Refusal } {
  if ('refusal' in answer) return answer
  const fact = answer.events.at(-1) as Fact
  return { did: fact.type === 'CommandSubmitted' ? fact.data.id : String(fact.revision) }
}

/** What the page that follows a form says was done; undefined for an address that names nothing. */
export async function doneOf(house: House, { coop }: CoopProfile, did: string | undefined): Promise<Done | undefined> {
  if (did === undefined) return undefined
  const { sql, ledger } = house.office
  if (/^S\d{1,9}$/.test(did)) {
    const submission = submissionById(sql, coop, did)
    if (submission?.status !== 'waiting') return undefined
    return { waiting: did, reviewers: reviewersOf(house, await ledger.state(coop), did) }
  }
  if (!/^\d{1,12}$/.test(did)) return undefined
  const [row] = timelineOf(sql, coop, { before: Number(did) + 1, limit: 1 })
  return row?.revision === Number(did) ? { what: row.what, voucher: row.voucher } : undefined
}

/** Answers a form that was done: the browser asks for the page again, so that reloading repeats nothing. */
export const seeDone = (c: Context, path: string, did: string, more: Record<string, string> = {}): Response =>
  c.redirect(`${path}?${new URLSearchParams({ ...more, did })}`, 303)

/** A form of the desk: its own fields besides those all have. */
export const readDeskForm = (c: Context, fields: readonly string[]): Promise<Record<string, string>> =>
  readForm(c, [...DESK_FIELDS, ...fields])
