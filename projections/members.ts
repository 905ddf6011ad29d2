import type { Holding } from '../src/domain/register/events.ts'
import { sharesOf } from '../src/domain/shares.ts'
import type { Sql } from '../src/store/sql.ts'
import type { EventOf, ProjectedEvent, Projection } from './projection.ts'
import { insert, insertEach } from './rows.ts'

/**
 * Members and other persons, households, and every change of membership and shares with the day it takes effect and the
 * instant it was recorded, so that the register can be shown as of any day, as known at any time. Codes only; shares in
 * millionths.
 */
export const members: Projection = {
  name: 'members',
  version: 2,
  tables: {
    persons: `coop TEXT NOT NULL, person TEXT NOT NULL, birth_month TEXT, household TEXT, relation TEXT,
      sealed_on TEXT, erased_on TEXT, PRIMARY KEY (coop, person)`,
    person_changes: `coop TEXT NOT NULL, person TEXT NOT NULL, revision INTEGER NOT NULL, on_day TEXT NOT NULL,
      recorded_at TEXT NOT NULL, change TEXT NOT NULL, note TEXT NOT NULL, household TEXT,
      PRIMARY KEY (coop, person, revision)`,
    households: `coop TEXT NOT NULL, household TEXT NOT NULL, head TEXT NOT NULL, formed_on TEXT NOT NULL,
      changed_on TEXT NOT NULL, PRIMARY KEY (coop, household)`,
    share_changes: `coop TEXT NOT NULL, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
      on_day TEXT NOT NULL, recorded_at TEXT NOT NULL, person TEXT NOT NULL, delta INTEGER NOT NULL,
      change TEXT NOT NULL, kind TEXT, basis TEXT NOT NULL, resolution TEXT, PRIMARY KEY (coop, revision, ordinal)`,
  },
  indexes: [
    'CREATE INDEX persons_by_code ON persons (person)',
    // A household formed looks for those who were in it: without this, among everybody, for each household.
    'CREATE INDEX persons_by_household ON persons (coop, household)',
    'CREATE INDEX share_changes_by_person ON share_changes (coop, person)',
  ],
  apply(tx, event) {
    switch (event.type) {
      case 'MemberAdmitted':
        enter(tx, event, event.data.birthMonth, null)
        note(tx, event, event.data.person, 'admitted', event.data.basis, event.data.household)
        break
      case 'PersonRegistered':
        enter(tx, event, event.data.birthMonth, event.data.relation)
        note(tx, event, event.data.person, 'registered', event.data.relation, event.data.household)
        break
      case 'MembershipEnded':
        note(tx, event, event.data.person, 'ended', event.data.reason)
        break
      case 'MemberDetailsChanged':
        tx.run(
          'UPDATE persons SET birth_month = coalesce(?, birth_month) WHERE coop = ? AND person = ?',
          ...[event.data.birthMonth ?? null, event.coop, event.data.person],
        )
        note(tx, event, event.data.person, 'details', '')
        break
      case 'PersonSealed':
        tx.run(
          'UPDATE persons SET sealed_on = ? WHERE coop = ? AND person = ?',
          ...[event.data.on, event.coop, event.data.person],
        )
        note(tx, event, event.data.person, 'sealed', '')
        break
      case 'PersonErased':
        tx.run(
          'UPDATE persons SET erased_on = ? WHERE coop = ? AND person = ?',
          ...[event.data.on, event.coop, event.data.person],
        )
        note(tx, event, event.data.person, 'erased', event.data.list)
        break
      case 'HouseholdFormed':
      case 'HouseholdChanged':
        formHousehold(tx, event)
        break
      default:
        applyShares(tx, event)
    }
  },
}

function enter(
  tx: Sql,
  event: EventOf<'MemberAdmitted' | 'PersonRegistered'>,
  birthMonth: string | undefined,
  relation: string | null,
): void {
  tx.run(
    `INSERT INTO persons VALUES (?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT DO UPDATE SET
      birth_month = coalesce(excluded.birth_month, birth_month), household = coalesce(excluded.household, household),
      relation = coalesce(excluded.relation, relation)`,
    ...[event.coop, event.data.person, birthMonth ?? null, event.data.household ?? null, relation],
  )
}

function note(
  tx: Sql,
  event: ProjectedEvent & { data: { on: string } },
  person: string,
  change: string,
  text: string,
  household?: string,
): void {
  const { coop, revision, recordedAt } = event
  const when = { on_day: event.data.on, recorded_at: recordedAt }
  insert(tx, 'person_changes', { coop, person, revision, ...when, change, note: text, household })
}

// Whoever is not on the new list has left the household; '' in a change says so.
function formHousehold(tx: Sql, event: EventOf<'HouseholdFormed' | 'HouseholdChanged'>): void {
  const { coop, data } = event
  tx.run(
    `INSERT INTO households VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET head = excluded.head, changed_on = excluded.changed_on`,
    ...[coop, data.household, data.head, data.on, data.on],
  )
  const before = tx.all<{ person: string }>(
    'SELECT person FROM persons WHERE coop = ? AND household = ?',
    coop,
    data.household,
  )
  const gone = before.map(({ person }) => person).filter(person => !data.persons.includes(person))
  for (const person of gone) note(tx, event, person, 'household', '', '')
  for (const person of data.persons) note(tx, event, person, 'household', '', data.household)
  move(tx, coop, gone, null)
  move(tx, coop, data.persons, data.household)
}

function move(tx: Sql, coop: string, persons: readonly string[], household: string | null): void {
  tx.run(
    'UPDATE persons SET household = ? WHERE coop = ? AND person IN (SELECT value FROM json_each(?))',
    ...[household, coop, JSON.stringify(persons)],
  )
}

/** `[person, micro-shares, what happened]`, a row each. */
type ShareRow = [string, number, string]

function applyShares(tx: Sql, event: ProjectedEvent): void {
  switch (event.type) {
    case 'SharesIssued':
      record(tx, event, event.data.kind, rowsOf(event.data.holdings, 'issued'), event.data.resolution)
      break
    case 'SharesTransferred': {
      const { from, to, shares } = event.data
      record(tx, event, null, [...rowsOf([[from, `-${shares}`]], 'transferred'), ...rowsOf([[to, shares]], 'received')])
      break
    }
    case 'SharesInherited': {
      const given: Holding[] = event.data.heirs.map(([, shares]) => [event.data.from, `-${shares}`])
      record(tx, event, null, [...rowsOf(given, 'bequeathed'), ...rowsOf(event.data.heirs, 'inherited')])
      break
    }
    case 'SharesCancelled': {
      const { person, shares, resolution } = event.data
      record(tx, event, null, rowsOf([[person, `-${shares}`]], 'cancelled'), resolution)
      break
    }
  }
}

const rowsOf = (holdings: Holding[], change: string): ShareRow[] =>
  holdings.map(([person, shares]) => [person, microOf(shares), change])

const microOf = (shares: string): number => (shares.startsWith('-') ? -sharesOf(shares.slice(1)) : sharesOf(shares))

type ShareEvent = EventOf<'SharesIssued' | 'SharesTransferred' | 'SharesInherited' | 'SharesCancelled'>

function record(tx: Sql, event: ShareEvent, kind: string | null, rows: ShareRow[], resolution?: string): void {
  const { coop, revision, recordedAt, data } = event
  const when = { on_day: data.on, recorded_at: recordedAt }
  const shared = { coop, revision, id: data.id, ...when, kind, basis: data.basis, resolution }
  insertEach(tx, 'share_changes', shared, ['person', 'delta', 'change'], rows)
}
