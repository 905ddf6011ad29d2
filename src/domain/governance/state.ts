import type { CoopEvent, EventData } from '../events.ts'
import { add, type Fen, fenOf } from '../money.ts'
import { signed } from '../voucher.ts'
import type { Resolution, Role } from './events.ts'

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
  officers: { person: string; role: Role }[]
  kin: [string, string][]
  resolutions: Map<string, ResolutionState>
  proposedIn: Map<string, number>
  quarters: Map<string, QuarterState>
  objections: Map<string, boolean>
  /** Which resolution a programme or dividend run rests on. */
  restsOn: Map<string, string>
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
      state.officers.push({ person: data.person, role: data.role })
      break
    case 'OfficerRemoved':
      state.officers = state.officers.filter(({ person, role }) => person !== data.person || role !== data.role)
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
    case 'DisclosurePublished':
      state.quarters.set(data.quarter, { version: data.version })
      break
    case 'ObjectionRaised':
      state.objections.set(data.id, false)
      break
    case 'ObjectionAnswered':
      state.objections.set(data.id, true)
      break
  }
}

/** Takes back what a reversed fact had cost its resolution. */
export const undoGovernance = (state: Governance, original: CoopEvent): void => spend(state, original, -1)

/** Whether the person holds one of the roles. */
export const holds = (state: Governance, person: string, roles: readonly Role[]): boolean =>
  state.officers.some(officer => officer.person === person && roles.includes(officer.role))

/** How many officers hold one of the roles. */
export const countOf = (state: Governance, roles: readonly Role[]): number =>
  new Set(state.officers.filter(({ role }) => roles.includes(role)).map(({ person }) => person)).size

// What a resolution has cost so far: every spending event names it, or the programme that rests on it.
function spend(state: Governance, { type, data }: CoopEvent, sign: 1 | -1): void {
  const no = resolutionOf(state, type, data)
  if (no === undefined || !('voucher' in data)) return
  const paid = data.voucher.lines.reduce((sum, line) => add(sum, Math.max(0, signed(line))), 0)
  const resolution = state.resolutions.get(no)
  if (resolution)
    resolution.spent = add(resolution.spent, sign * (type === 'DividendDeclared' ? fenOf(data.declared) : paid))
}

function resolutionOf(state: Governance, type: string, data: CoopEvent['data']): string | undefined {
  if (type === 'DividendWithdrawn' || type === 'PayableWrittenBack') return undefined
  if ('resolution' in data && data.resolution) return data.resolution
  return 'programme' in data && data.programme ? state.restsOn.get(data.programme) : undefined
}

function change(state: Governance, no: string, patch: Partial<ResolutionState>): void {
  const resolution = state.resolutions.get(no)
  if (resolution) Object.assign(resolution, patch)
}
