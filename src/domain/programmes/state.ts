import type { Month } from '../calendar.ts'
import type { CoopEvent, EventData } from '../events.ts'

export type Run = EventData<'RunPrepared'> & { approved: boolean }
export type Request = EventData<'ReliefRequested'> & { approved: boolean }
export type Programmes = {
  programmes: Map<string, EventData<'ProgrammeAdopted'>>
  runs: Map<string, Run>
  requests: Map<string, Request>
  awards: Set<string>
  /** Who has been granted what: `programme|period|person`, approved or merely prepared. */
  granted: Set<string>
  stopped: Map<string, Month>
}

/** No programmes yet. */
export const emptyProgrammes = (): Programmes => ({
  programmes: new Map(),
  runs: new Map(),
  requests: new Map(),
  awards: new Set(),
  granted: new Set(),
  stopped: new Map(),
})

/** Keeps programmes, their runs and who was granted which period. */
export function evolveProgrammes(state: Programmes, { type, data }: CoopEvent): void {
  switch (type) {
    case 'ProgrammeAdopted':
      state.programmes.set(data.programme, data)
      break
    case 'RunPrepared':
      state.runs.set(data.run, { ...data, approved: false })
      break
    case 'RunApproved': {
      const run = state.runs.get(data.run)
      if (run) run.approved = true
      grant(state, data.programme, data.period, [...data.members, ...data.outsiders])
      break
    }
    case 'ScholarshipAwarded':
      state.awards.add(data.award)
      grant(state, data.programme, data.period, [...data.members, ...data.outsiders])
      break
    case 'ReliefRequested':
      state.requests.set(data.request, { ...data, approved: false })
      break
    case 'ReliefApproved': {
      const request = state.requests.get(data.request)
      if (request) request.approved = true
      break
    }
    case 'EntitlementStopped':
      state.stopped.set(`${data.programme}|${data.person}`, data.from)
      break
  }
}

/** Makes a reversed grant possible again. */
export function undoProgrammes(state: Programmes, { type, data }: CoopEvent): void {
  if (type === 'RunApproved' || type === 'ScholarshipAwarded') {
    for (const [person] of [...data.members, ...data.outsiders]) {
      state.granted.delete(grantKey(data.programme, data.period, person))
    }
  }
  if (type === 'RunApproved') state.runs.delete(data.run)
  if (type === 'ReliefApproved') state.requests.delete(data.request)
}

/** The mark that a person has had a programme's period. */
export const grantKey = (programme: string, period: Month, person: string): string => `${programme}|${period}|${person}`

function grant(state: Programmes, programme: string, period: Month, lines: [string, string][]): void {
  for (const [person] of lines) state.granted.add(grantKey(programme, period, person))
}
