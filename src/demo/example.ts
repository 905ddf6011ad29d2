import type { Role } from '../domain/governance/events.ts'
import { invariant } from '../domain/refusal.ts'
import type { Resident } from './people/households.ts'

/** One example co-op: what it is, who serves it, and the numbers its resolutions were given. */
export type Example = {
  code: string
  name: string
  level: '社区' | '小组' | '其他'
  creditCode: string
  charter: { reserveRate: string; objectionDays: number; representatives: number }
  contact: { address: string; phone: string; supervisorPhone: string }
  banks: { name: string; bank: string; kind: '基本户' | '一般户' | '专户'; lastFour: string }[]
  officers: { role: Role; resident: Resident }[]
  resolutions: Map<string, string>
}

/** The number a resolution was given, by the name the scenario knows it under. */
export function numberOf(example: Example, name: string): string {
  const no = example.resolutions.get(name)
  invariant(no, `resolution ${name} of ${example.code} has been proposed`)
  return no
}

/** The code of the first officer of a role. */
export function officerOf(example: Example, role: Role): string {
  const officer = example.officers.find(each => each.role === role)
  invariant(officer?.resident.code, `${example.code} has a ${role}`)
  return officer.resident.code
}

const BOARD: readonly Role[] = ['理事长', '理事', '理事', '监事长', '监事', '监事', '会计', '出纳']

/** Offices filled by grown people of different households, none of them near relatives. */
export function officersFrom(people: readonly Resident[], extraDirectors = 0): Example['officers'] {
  const roles = [...BOARD, ...Array.from({ length: extraDirectors }, (): Role => '理事')]
  const seen = new Set<string>()
  const able = people.filter(({ birth, household }) => {
    const suits = birth >= '1968' && birth < '1993' && !seen.has(household)
    if (suits) seen.add(household)
    return suits
  })
  return roles.map((role, index) => ({ role, resident: able[index * 3]! }))
}
