import type { Desk } from '../desk.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'

/**
 * Refuses the number of a run, award, request or dividend that another one of them bears: what is owed is known by
 * person and number, and two grants under one number would be paid as one, or twice.
 */
export function freshOrigin({ state }: Desk, id: string): void {
  const { runs, awards, requests } = state.programmes
  if (runs.has(id) || awards.has(id) || requests.has(id) || isTaken(state, id))
    refuse('IdTaken', `编号 ${id} 已经用过（名册、评定、申请、分红共用编号），请换一个。`)
}

const isTaken = ({ distribution, payments }: CoopState, id: string): boolean =>
  distribution.declarations.has(id) || payments.begun.has(id)
