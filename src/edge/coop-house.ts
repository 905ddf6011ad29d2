import { createHash } from 'node:crypto'
import type { HouseOptions } from '../http/house.ts'
import { path } from '../web/words.ts'
import type { Directory } from './directory.ts'

/**
 * What the pages of one co-op have of their own where each has its own ledger and sessions: the doors to its desk, the name
 * of its cookie, and the person's other payers. `origin`: the public address, if it is known.
 */
export function coopHouse(
  coop: string,
  directory: Directory,
  origin: string | undefined,
): Pick<HouseOptions, 'cookie' | 'doors' | 'otherPayers' | 'origin'> {
  const desk = path('staff', 'coops', coop)
  // All co-ops share a host name and thereby a place for cookies, and a code may have characters that no cookie's name has.
  const mark = createHash('sha256').update(coop).digest('hex').slice(0, 16)
  return {
    cookie: `mingzhang-session-${mark}`,
    doors: { desk, login: `${desk}/login`, logout: `${desk}/logout` },
    otherPayers: async person => {
      const others = await directory.others(coop, Number(person.slice(1)))
      return others.map(other => ({
        organisation: other.name,
        address: `${origin ?? ''}${path('coops', other.coop)}`,
      }))
    },
    ...(origin === undefined ? {} : { origin }),
  }
}
