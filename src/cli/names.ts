import { isForgotten } from '../ledger/vault.ts'
import type { Office } from '../office.ts'

/** A person's name by code, undefined once it is forgotten: what the documents are built with. */
export function namesOf({ vault }: Office): (code: string) => string | undefined {
  return code => {
    const person = vault.resolve(code)
    return isForgotten(person) ? undefined : person.name
  }
}
