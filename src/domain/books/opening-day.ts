import { type Day, plusDays, yearOf } from '../calendar.ts'

/**
 * The day on which a line of an opening counts: what the accounts hold is of the day before the books begin; in mid-year,
 * the lines before the year's movements are of the last day of the year before.
 */
export function openingDay({ on, yearToDate = 0 }: { on: Day; yearToDate?: number | undefined }, line: number): Day {
  return line < yearToDate ? `${yearOf(on) - 1}-12-31` : plusDays(on, -1)
}
