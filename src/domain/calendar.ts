// One by one: all of date-fns together are three hundred files, most of what starting the program would take.
import { addDays } from 'date-fns/addDays'
import { addMonths } from 'date-fns/addMonths'
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays'
import { format } from 'date-fns/format'
import { isValid } from 'date-fns/isValid'
import { lastDayOfMonth } from 'date-fns/lastDayOfMonth'
import { parse } from 'date-fns/parse'
import { invariant } from './refusal.ts'

/** A calendar day `YYYY-MM-DD` without a zone, a month `YYYY-MM`, a quarter `YYYYQn`. */
export type Day = string
export type Month = string
export type Quarter = string

const DAY = /^(19|20)\d\d-\d\d-\d\d$/

/** Whether the text is a day of the calendar between 1900 and 2099 (2025-02-30 is none). */
export function isDay(text: string): boolean {
  return DAY.test(text) && isValid(parse(text, 'yyyy-MM-dd', NOON)) && format(local(text), 'yyyy-MM-dd') === text
}

/** The day `days` after (or before) the given one. */
export const plusDays = (day: Day, days: number): Day => written(addDays(local(day), days))

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => differenceInCalendarDays(local(to), local(from))

/** The month a day lies in. */
export const monthOf = (day: Day): Month => day.slice(0, 7)

/** The month `count` months later. */
export const plusMonths = (month: Month, count: number): Month =>
  monthOf(written(addMonths(local(firstDay(month)), count)))

/** The first and the last day of a month. */
export const firstDay = (month: Month): Day => `${month}-01`
export const lastDay = (month: Month): Day => written(lastDayOfMonth(local(firstDay(month))))

/** Whole months from one month to another; negative when it lies before. */
export function monthsBetween(from: Month, to: Month): number {
  return (yearOf(to) - yearOf(from)) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
}

/** The calendar year, which is the fiscal year (会计法 art. 11). */
export const yearOf = (dayOrMonth: string): number => Number(dayOrMonth.slice(0, 4))

/** `2025Q4` of a day or month in it. */
export const quarterOf = (dayOrMonth: string): Quarter =>
  `${yearOf(dayOrMonth)}Q${Math.ceil(Number(dayOrMonth.slice(5, 7)) / 3)}`

/** The three months of a quarter. */
export function monthsOfQuarter(quarter: Quarter): [Month, Month, Month] {
  const [year, number] = quarter.split('Q') as [string, string]
  const month = (offset: number) => `${year}-${String((Number(number) - 1) * 3 + offset).padStart(2, '0')}`
  return [month(1), month(2), month(3)]
}

/** First and last month of a period written `2025-12`, `2025Q4` or `2025`; undefined for anything else. */
export function periodOf(text: string): { from: Month; to: Month } | undefined {
  if (/^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(text)) return { from: text, to: text }
  if (/^(19|20)\d\dQ[1-4]$/.test(text)) {
    const [from, , to] = monthsOfQuarter(text)
    return { from, to }
  }
  return /^(19|20)\d\d$/.test(text) ? { from: `${text}-01`, to: `${text}-12` } : undefined
}

/**
 * Whether a person born in `birthMonth` is `years` old for the rules from the *month after* the birthday on; only the
 * month of birth is kept in the clear, and that is how allowances are counted (次月起).
 */
export function hasReached(years: number, birthMonth: Month, month: Month): boolean {
  return monthsBetween(birthMonth, month) > years * 12
}

/** The day in Shanghai of an instant in UTC (+08:00 all year since 1991). */
export function shanghaiDay(instant: string): Day {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** 2025年3月5日 */
export function chineseDay(day: Day): string {
  return `${yearOf(day)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}

/** 2025年第三季度 */
export function chineseQuarter(quarter: Quarter): string {
  return `${quarter.slice(0, 4)}年第${'一二三四'[Number(quarter[5]) - 1]}季度`
}

// Noon keeps a calendar day itself in every time zone of the machine, summer time or not.
const NOON = new Date(2000, 0, 1, 12)

function local(day: Day): Date {
  const date = parse(day, 'yyyy-MM-dd', NOON)
  date.setHours(12)
  invariant(isValid(date), `not a day: ${day}`)
  return date
}

const written = (date: Date): Day => format(date, 'yyyy-MM-dd')
