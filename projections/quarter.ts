import { firstDay, lastDay, type Month, monthsOfQuarter, plusMonths, quarterOf } from '../src/domain/calendar.ts'
import type { Sql } from '../src/store/sql.ts'
import { publishedDisclosure } from './publications.ts'

/**
 * Where the figures of a quarter are cut off: its days, its months, and the revision of the co-op's stream up to which
 * facts are known. What is published is always cut at the revision it was drafted at, so that it comes out the same for
 * ever.
 */
export type Cut = {
  coop: string
  quarter: string
  from: string
  to: string
  fromMonth: Month
  toMonth: Month
  revision: number
}

/** The cut of a quarter: at a revision, else where it was published, else at everything there is. */
export function cutOf(sql: Sql, coop: string, quarter: string, revision?: number): Cut {
  const [fromMonth, , toMonth] = monthsOfQuarter(quarter)
  const known = revision ?? publishedDisclosure(sql, coop, quarter)?.atRevision ?? Number.MAX_SAFE_INTEGER
  return { coop, quarter, from: firstDay(fromMonth), to: lastDay(toMonth), fromMonth, toMonth, revision: known }
}

/** The quarter before or after. */
export function quarterAfter(quarter: string, count: number): string {
  return quarterOf(plusMonths(monthsOfQuarter(quarter)[0], count * 3))
}
