import { type Day, hasReached, type Month, monthOf } from '../calendar.ts'
import type { CoopEvent } from '../events.ts'
import { invariant } from '../refusal.ts'
import { type MicroShares, sharesOf } from '../shares.ts'

/** One person the co-op deals with; `memberFrom` only for members. Names live in the vault. */
export type Person = {
  birthMonth?: Month
  memberFrom?: Day
  memberUntil?: Day
  diedIn?: Month
  household?: string
  /** Lives here without being a member: counts for programmes whose scope is residents. */
  resident?: boolean
  sealed: boolean
}
export type ShareChange = { on: Day; person: string; delta: MicroShares }
export type Register = {
  persons: Map<string, Person>
  households: Map<string, string[]>
  changes: ShareChange[]
  shareEvents: Set<string>
}

/** A register without anybody in it. */
export const emptyRegister = (): Register => ({
  persons: new Map(),
  households: new Map(),
  changes: [],
  shareEvents: new Set(),
})

/** Keeps members, other persons, households and every change of shares. */
export function evolveRegister(register: Register, { type, data }: CoopEvent): void {
  switch (type) {
    case 'MemberAdmitted': {
      const { memberUntil: _, diedIn: __, ...known } = register.persons.get(data.person) ?? {}
      register.persons.set(data.person, {
        ...known,
        birthMonth: data.birthMonth,
        memberFrom: data.on,
        sealed: false,
        ...(data.household ? { household: data.household } : {}),
      })
      break
    }
    case 'PersonRegistered':
      register.persons.set(data.person, {
        resident: data.resident,
        sealed: false,
        ...(data.birthMonth ? { birthMonth: data.birthMonth } : {}),
        ...(data.household ? { household: data.household } : {}),
      })
      break
    case 'MembershipEnded': {
      const person = known(register, data.person)
      person.memberUntil = data.on
      if (data.reason === 'death') person.diedIn = monthOf(data.on)
      break
    }
    case 'MemberDetailsChanged':
      if (data.birthMonth) known(register, data.person).birthMonth = data.birthMonth
      break
    case 'HouseholdFormed':
    case 'HouseholdChanged':
      register.households.set(data.household, data.persons)
      for (const code of data.persons) known(register, code).household = data.household
      break
    case 'SharesIssued':
      register.shareEvents.add(data.id)
      for (const [person, shares] of data.holdings) change(register, data.on, person, sharesOf(shares))
      break
    case 'SharesTransferred':
      register.shareEvents.add(data.id)
      change(register, data.on, data.from, -sharesOf(data.shares))
      change(register, data.on, data.to, sharesOf(data.shares))
      break
    case 'SharesInherited':
      register.shareEvents.add(data.id)
      for (const [heir, shares] of data.heirs) {
        change(register, data.on, data.from, -sharesOf(shares))
        change(register, data.on, heir, sharesOf(shares))
      }
      break
    case 'SharesCancelled':
      register.shareEvents.add(data.id)
      change(register, data.on, data.person, -sharesOf(data.shares))
      break
    case 'PersonSealed':
      known(register, data.person).sealed = true
      break
  }
}

/** Whether the person is a member on that day (the day of leaving included). */
export function isMember(person: Person | undefined, on: Day): boolean {
  if (!person?.memberFrom || person.memberFrom > on) return false
  return person.memberUntil === undefined || person.memberUntil >= on
}

/** Shares of each holder at the end of a day, holders of none left out, ordered by code. */
export function holdingsOn(register: Register, on: Day): Map<string, MicroShares> {
  const held = new Map<string, MicroShares>()
  for (const { on: day, person, delta } of register.changes) {
    if (day <= on) held.set(person, (held.get(person) ?? 0) + delta)
  }
  return new Map([...held].filter(([, micro]) => micro !== 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The least shares somebody holds on a day or any later one: what can still be given away with that date. */
export function leastHeldFrom(register: Register, person: string, on: Day): MicroShares {
  const days = register.changes.filter(change => change.person === person && change.on > on).map(change => change.on)
  return Math.min(...[on, ...days].map(day => holdingsOn(register, day).get(person) ?? 0))
}

/** Members of 18 and over on a day: those with full civil capacity unless a court says otherwise (民法典 arts. 17–18). */
export function adultMembers(register: Register, on: Day): number {
  let adults = 0
  for (const person of register.persons.values()) {
    if (isMember(person, on) && person.birthMonth && hasReached(18, person.birthMonth, monthOf(on))) adults += 1
  }
  return adults
}

function known(register: Register, code: string): Person {
  const person = register.persons.get(code)
  invariant(person, `person ${code} is in the register`)
  return person
}

function change(register: Register, on: Day, person: string, delta: MicroShares): void {
  register.changes.push({ on, person, delta })
}
