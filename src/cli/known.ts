import { InvalidArgumentError } from 'commander'
import { INSTANT_FORMS, instantOf } from '../../reports/books/instant.ts'

/** Reads an option that is an instant, as UTC: a day (its end in Shanghai), a time there, or one with its zone. */
export function instant(text: string): string {
  const moment = instantOf(text)
  if (moment === undefined) throw new InvalidArgumentError(INSTANT_FORMS)
  return moment
}
