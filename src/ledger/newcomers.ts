import { Refused } from '../domain/refusal.ts'
import { checkIdNumber } from './id-number.ts'
import type { Request } from './ledger.ts'
import { parse } from './parse.ts'

type Newcomer = { person: { idNumber?: string } }

/** The persons a command brings, as given. */
export function newcomers(request: Request): { idNumber?: string }[] {
  if (request.name !== 'AdmitMembers' && request.name !== 'RegisterPersons') return []
  const { members = [], persons = [] } = bodyOf<{ members?: Newcomer[]; persons?: Newcomer[] }>(request)
  return [...members, ...persons].map(({ person }) => person)
}

/** The ID number a command gives to somebody who is known already. */
export function changedNumber(request: Request): string[] {
  if (request.name !== 'ChangeMemberDetails') return []
  const idNumber = bodyOf<{ details?: { idNumber?: string } }>(request).details?.idNumber
  return idNumber === undefined ? [] : [checkIdNumber(idNumber).idNumber]
}

// What cannot be parsed brings nobody: it will be refused.
function bodyOf<T extends object>({ name, body }: Request): Partial<T> {
  try {
    return parse(name, body) as T
  } catch (error) {
    if (error instanceof Refused) return {}
    throw error
  }
}
