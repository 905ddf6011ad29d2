import type { Day } from '../../domain/calendar.ts'
import { checkDigitOf } from '../../ledger/id-number.ts'
import type { Chance } from '../random.ts'
import { namer, type Sex, surnameOf } from './names.ts'

/** An invented resident; `code` is the 成员码 once the register has given it. */
export type Resident = {
  name: string
  idNumber: string
  bankAccount: string
  phone: string
  birth: Day
  household: string
  code: string
}
type Place = { region: string; prefix: string }
type Born = { sex: Sex; born: number; ofHouse: boolean }

// No region begins with 999, no mobile number with 100, and no bank with 9990: nobody is met here by accident.
const BANK = '9990'
const PHONE = '100'

/** Makes invented people of one place, in households of plausible ages as of 2025. */
export function settlement(chance: Chance, { region, prefix }: Place) {
  const name = namer(chance)
  const numbers = new Set<string>()
  let houses = 0
  const person = ({ sex, born, ofHouse }: Born, surname: string, household: string): Resident => ({
    name: name(sex, ofHouse ? surname : undefined),
    ...citizen(chance, region, numbers, born, sex),
    bankAccount: `${BANK}${digits(chance, 15)}`,
    phone: `${PHONE}${digits(chance, 8)}`,
    household,
    code: '',
  })
  return {
    /** Exactly `count` people, household after household. */
    households(count: number): Resident[] {
      const people: Resident[] = []
      while (people.length < count) {
        const household = `${prefix}${String(++houses).padStart(4, '0')}`
        const surname = surnameOf(chance)
        const home = family(chance).slice(0, count - people.length)
        for (const each of home) people.push(person(each, surname, household))
      }
      return people
    },
    /** People living by themselves, born in the years given. */
    singles(count: number, [from, to]: [number, number]): Resident[] {
      return Array.from({ length: count }, () => {
        const household = `${prefix}${String(++houses).padStart(4, '0')}`
        const sex = chance.pick<Sex>(['m', 'f'])
        return person({ sex, born: chance.int(from, to), ofHouse: true }, surnameOf(chance), household)
      })
    },
    /** A child born into a household of this place. */
    newborn(parent: Resident, born: number): Resident {
      const sex = chance.pick<Sex>(['m', 'f'])
      return person({ sex, born, ofHouse: true }, [...parent.name][0]!, parent.household)
    },
  }
}

/** Whether a resident is `years` old on the day. */
export function isAged(resident: Resident, years: number, day: Day): boolean {
  return `${Number(resident.birth.slice(0, 4)) + years}${resident.birth.slice(4)}` <= day
}

function family(chance: Chance): Born[] {
  const parents = chance.int(1970, 1996)
  const couple: Born[] = [
    { sex: 'm', born: parents, ofHouse: true },
    { sex: 'f', born: parents + chance.int(-2, 4), ofHouse: false },
  ]
  const child = (from: number, to: number): Born => ({
    sex: chance.pick<Sex>(['m', 'f']),
    born: Math.min(2023, parents + chance.int(from, to)),
    ofHouse: true,
  })
  const elder: Born[] = [
    { sex: 'm', born: parents - chance.int(23, 28), ofHouse: true },
    { sex: 'f', born: parents - chance.int(20, 25), ofHouse: false },
  ]
  switch (chance.int(0, 4)) {
    case 0:
      return [...couple, child(25, 31)]
    case 1:
      return [...couple, child(24, 27), child(28, 33)]
    case 2:
      return [elder[0]!, ...couple, child(25, 30)]
    case 3:
      return [...elder, ...couple, child(25, 29)]
    default:
      return elder.map(each => ({ ...each, born: each.born + 4 }))
  }
}

function citizen(chance: Chance, region: string, taken: Set<string>, year: number, sex: Sex) {
  for (;;) {
    const month = String(chance.int(1, 12)).padStart(2, '0')
    const day = String(chance.int(1, 28)).padStart(2, '0')
    const order = chance.int(0, 499) * 2 + (sex === 'm' ? 1 : 0)
    const head = `${region}${year}${month}${day}${String(order).padStart(3, '0')}`
    if (taken.has(head)) continue
    taken.add(head)
    return { idNumber: head + checkDigitOf(head), birth: `${year}-${month}-${day}` }
  }
}

const digits = (chance: Chance, count: number): string => Array.from({ length: count }, () => chance.int(0, 9)).join('')
