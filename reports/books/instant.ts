import { isDay } from '../../src/domain/calendar.ts'

const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)?)?$/

/** How an instant may be written, for people. */
export const INSTANT_FORMS = '时刻要写成 2026-01-05、"2026-01-05 10:00"（北京时间）或 2026-01-05T02:00:00Z。'

/**
 * The instant up to which something was known, as UTC: `2026-01-05` is the end of that day in Shanghai,
 * `2026-01-05 10:00` that minute there, and a time with `Z` or `+08:00` is what it says; undefined for anything else.
 */
export function instantOf(text: string): string | undefined {
  const [, day = '', minute, second = '00', part = '0', zone = '+08:00'] = WRITTEN.exec(text) ?? []
  const time = minute === undefined ? '23:59:59.999' : `${minute}:${second}.${part.padEnd(3, '0')}`
  const moment = isDay(day) ? Date.parse(`${day}T${time}${zone}`) : Number.NaN
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString()
}
