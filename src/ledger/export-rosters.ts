import { stringify } from 'csv-stringify/sync'
import type { CoopEvent } from '../domain/events.ts'
import { emptyRegister, evolveRegister, holdingsOn, type ShareChange } from '../domain/register/state.ts'
import { sharesText } from '../domain/shares.ts'
import type { Codec } from '../store/codec.ts'
import type { Events } from './export-journal.ts'
import { escaped } from './import-csv.ts'
import { MEMBER_COLUMNS } from './import-members.ts'
import { SHARE_COLUMNS } from './import-shares.ts'
import { isForgotten, type PersonDetails, type Vault } from './vault.ts'

/** A roster as CSV, and how many persons are not on it because they were forgotten. */
export type Roster = { text: string; rows: number; forgotten: number }

type Admission = { on: string; basis: string }
type Resolve = Vault['resolve']

/** The present members in the columns that `import members` reads, by code: with all personal data the vault has. */
export async function membersCsv(events: Events, codec: Codec, resolve: Resolve): Promise<Roster> {
  const admitted = new Map<string, Admission>()
  const register = emptyRegister()
  for await (const event of decoded(events, codec)) {
    evolveRegister(register, event)
    if (event.type === 'MemberAdmitted') admitted.set(event.data.person, event.data)
    if (event.type === 'MembershipEnded') admitted.delete(event.data.person)
  }
  const known = [...admitted]
    .sort(([a], [b]) => byCode(a, b))
    .flatMap(([code, { on, basis }]) => {
      const person = resolve(code)
      if (isForgotten(person)) return []
      const { birthMonth = '', household = '' } = register.persons.get(code) ?? {}
      return [[...identity(person), birthMonth, household, person.bankAccount ?? '', person.phone ?? '', on, basis]]
    })
  return roster(MEMBER_COLUMNS, known, admitted.size - known.length)
}

/**
 * The shares in the columns that `import shares` reads: as they were issued, or, where some have changed hands since, what
 * everybody holds now as one issue. Holders are named by code, or with `resolve` by ID number, which another ledger knows.
 */
export async function sharesCsv(events: Events, codec: Codec, resolve?: Resolve): Promise<Roster> {
  const issued: string[][] = []
  const register = emptyRegister()
  for await (const event of decoded(events, codec)) {
    evolveRegister(register, event)
    if (event.type !== 'SharesIssued') continue
    const { holdings, kind, on, basis } = event.data
    for (const [code, shares] of holdings) issued.push([code, shares, kind, on, basis])
  }
  const changed = register.changes.length > issued.length
  const rows = changed ? held(register.changes) : issued
  return roster(
    SHARE_COLUMNS,
    rows.map(([code = '', ...rest]) => {
      const number = numberOf(code, resolve)
      return [number === '' ? code : '', number, ...rest]
    }),
    0,
  )
}

function held(changes: readonly ShareChange[]): string[][] {
  const on = changes.reduce((last, change) => (change.on > last ? change.on : last), '')
  const now = holdingsOn({ ...emptyRegister(), changes: [...changes] }, on)
  return [...now].map(([code, micro]) => [code, sharesText(micro), '现有股份', on, `截至${on}的股份登记`])
}

async function* decoded(events: Events, codec: Codec): AsyncGenerator<CoopEvent> {
  for await (const event of events) yield { type: event.type, data: codec.decode(event) } as CoopEvent
}

const identity = ({ name, idNumber = '' }: PersonDetails): string[] => [name, idNumber]

function numberOf(code: string, resolve: Resolve | undefined): string {
  const person = resolve?.(code)
  return person && !isForgotten(person) ? (person.idNumber ?? '') : ''
}

function roster(columns: readonly { name: string }[], rows: readonly string[][], forgotten: number): Roster {
  const text = stringify([columns.map(({ name }) => name), ...rows.map(row => row.map(escaped))])
  return { text, rows: rows.length, forgotten }
}

const byCode = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1))
