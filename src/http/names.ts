import { type Forgotten, isForgotten, type PersonDetails } from '../ledger/vault.ts'
import type { House } from './house.ts'

const CODE = /^M\d{5,}$/
const GONE = '已注销成员'

/** Gives names for codes, for the operator's eyes only; a text that is no code (an organisation) stays as it is. */
export function namesOf(house: House, texts: Iterable<string | undefined>): (text: string) => string {
  const codes = [...new Set(texts)].filter(text => text !== undefined && CODE.test(text))
  const known = house.office.vault.resolveMany(codes as string[])
  return text => (CODE.test(text) ? nameIn(known.get(text)) : text)
}

const nameIn = (person: PersonDetails | Forgotten | undefined): string =>
  person && !isForgotten(person) ? person.name : GONE
