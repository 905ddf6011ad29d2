import { type Day, quarterOf } from '../calendar.ts'
import type { CoopEvent, EventData } from '../events.ts'
import { add, type Fen, fenOf } from '../money.ts'
import type { PolicyRow, Resolution, Role } from './events.ts'

/** A resolution on its way: proposed → studied → voted → adopted or rejected → posted. `spent` in fen. */
export type ResolutionState = Resolution & {
  status: 'proposed' | 'voted' | 'adopted' | 'rejected'
  studiedOn?: string
  votedOn?: string
  posted?: { postedOn: string; objectionTo: string }
  spent: Fen
}
export type QuarterState = {
  drafted?: EventData<'DisclosureDrafted'>
  board?: string
  supervisors?: string
  version: number
}
export type Governance = {
  profile: EventData<'CoopEstablished'> | undefined
  /** Past ones too: a vote is counted on who was in office that day. */
  officers: { person: string; role: Role; from: Day; until?: Day }[]
  kin: [string, string][]
  resolutions: Map<string, ResolutionState>
  proposedIn: Map<string, number>
  quarters: Map<string, QuarterState>
  objections: Map<string, boolean>
  /** Which resolution a programme or dividend run rests on. */
  restsOn: Map<string, string>
  policy: readonly PolicyRow[]
  /** Commands that wait for a second person, by the number of their submission. */
  waiting: Map<string, EventData<'CommandSubmitted'>>
  submitted: number
}

/** A co-op that has not been established. */
export const emptyGovernance = (): Governance => ({
  profile: undefined,
  officers: [],
  kin: [],
  resolutions: new Map(),
  proposedIn: new Map(),
  quarters: new Map(),
  objections: new Map(),
  restsOn: new Map(),
  policy: [],
  waiting: new Map(),
  submitted: 0,
})

/** Keeps the co-op's profile, its officers, its resolutions and what it has published. */
export function evolveGovernance(state: Governance, event: CoopEvent): void {
  const { type, data } = event
  spend(state, event, 1)
  switch (type) {
    case 'CoopEstablished':
      state.profile = data
      break
    case 'OfficerAppointed':
      state.officers.push({ person: data.person, role: data.role, from: data.from })
      break
    case 'OfficerRemoved':
      for (const officer of state.officers)
        if (officer.person === data.person && officer.role === data.role) officer.until ??= data.on
      break
    case 'KinshipDeclared':
      state.kin.push([data.person, data.relative])
      break
    case 'ResolutionProposed': {
      state.resolutions.set(data.no, { ...data, status: 'proposed', spent: 0 })
      const year = data.proposedOn.slice(0, 4)
      state.proposedIn.set(year, (state.proposedIn.get(year) ?? 0) + 1)
      break
    }
    case 'ResolutionDeliberated':
      if (data.by === 'party-study') change(state, data.no, { studiedOn: data.on })
      break
    case 'ResolutionVoted':
      change(state, data.no, { status: 'voted', votedOn: data.on })
      break
    case 'ResolutionAdopted':
      change(state, data.no, { status: 'adopted' })
      break
    case 'ResolutionRejected':
      change(state, data.no, { status: 'rejected' })
      break
    case 'DecisionDisclosed':
      change(state, data.no, { posted: { postedOn: data.postedOn, objectionTo: data.objectionTo } })
      break
    case 'ProgrammeAdopted':
      if (data.resolution) state.restsOn.set(data.programme, data.resolution)
      break
    case 'DisclosureDrafted':
      state.quarters.set(data.quarter, { version: state.quarters.get(data.quarter)?.version ?? 0, drafted: data })
      break
    case 'DisclosureReviewed': {
      const quarter = state.quarters.get(data.quarter)
      if (quarter) quarter[data.by] = data.officer
      break
    }
    case 'PeriodReopened': {
      // What is drafted of a quarter rests on closed months: it is drafted and reviewed again.
      const quarter = quarterOf(data.month)
      state.quarters.set(quarter, { version: state.quarters.get(quarter)?.version ?? 0 })
      break
    }
    case 'DisclosurePublished':
      state.quarters.set(data.quarter, { version: data.version })
      break
    case 'ObjectionRaised':
      state.objections.set(data.id, false)
      break
    case 'ObjectionAnswered':
      state.objections.set(data.id, true)
      break
    case 'ReviewPolicySet':
      state.policy = data.rows
      break
    case 'CommandSubmitted':
      state.waiting.set(data.id, data)
      state.submitted += 1
      break
    case 'CommandApproved':
    case 'CommandRejected':
      state.waiting.delete(data.id)
      break
  }
}

/** Takes back what a reversed fact had cost its resolution. */
export const undoGovernance = (state: Governance, original: CoopEvent): void => spend(state, original, -1)

/** Whether the person holds one of the roles now. */
export const holds = (state: Governance, person: string, roles: readonly Role[]): boolean =>
  state.officers.some(({ until, ...officer }) => !until && officer.person === person && roles.includes(officer.role))

/** Everyone who holds an office now. */
export const inOffice = (state: Governance): Set<string> =>
  new Set(state.officers.filter(({ until }) => !until).map(({ person }) => person))

/** How many persons held one of the roles on a day, the day of leaving not included. */
export function countOf(state: Governance, roles: readonly Role[], on: Day): number {
  const inOffice = state.officers.filter(({ from, until }) => from <= on && (!until || on < until))
  return new Set(inOffice.filter(({ role }) => roles.includes(role)).map(({ person }) => person)).size
}

// What a resolution has cost so far: every spending fact names it, or the programme that rests on it.
function spend(state: Governance, event: CoopEvent, sign: 1 | -1): void {
  const resolution = state.resolutions.get(resolutionSpent(state, event) ?? '')
  if (resolution) resolution.spent = add(resolution.spent, sign * costOf(event))
}

/** Fen that a fact takes from its resolution's amount; 0 for facts that spend nothing. */
export function costOf({ type, data }: CoopEvent): Fen {
  switch (type) {
    case 'DividendDeclared':
      return fenOf(data.declared)
    case 'RunApproved':
    case 'ScholarshipAwarded':
    case 'ReliefApproved':
      return fenOf(data.total)
    case 'ExpensePaid':
      return fenOf(data.amount)
    default:
      return 0
  }
}

function resolutionSpent(state: Governance, { data }: CoopEvent): string | undefined {
  if ('resolution' in data && data.resolution) return data.resolution
  return 'programme' in data && data.programme ? state.restsOn.get(data.programme) : undefined
}

function change(state: Governance, no: string, patch: Partial<ResolutionState>): void {
  const resolution = state.resolutions.get(no)
  if (resolution) Object.assign(resolution, patch)
}
