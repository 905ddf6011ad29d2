import { z } from 'zod'
import type { CoopProfile } from '../../projections/profile.ts'
import { headOf } from '../../projections/profile.ts'
import { lastBookedMonth } from '../../projections/trial-balance.ts'
import { monthOf, monthsBetween, periodOf, plusMonths, quarterOf, shanghaiDay } from '../domain/calendar.ts'
import type { House } from './house.ts'

const MOST_MONTHS = 36

/** `2025-12`, `2025Q4` or `2025`. */
export const period = z.string().refine(text => periodOf(text) !== undefined, '期间要写成 2025-12、2025Q4 或 2025')

/** The business day it is, in Shanghai. */
export const todayOf = (house: House): string => shanghaiDay(house.office.now())

/** The month of the co-op's last record. */
export function lastMonth(house: House, coop: CoopProfile): string {
  const head = headOf(house.office.sql, coop.coop)
  return monthOf(head ? shanghaiDay(head.recordedAt) : coop.firstDay)
}

/** The month that books are opened at: the last one with a voucher, so that nobody meets an empty page. */
export function bookMonth(house: House, coop: CoopProfile): string {
  return lastBookedMonth(house.office.sql, coop.coop) ?? lastMonth(house, coop)
}

/** The periods a reader may choose from, newest first: each year, quarter and month since the books began (months: 36). */
export function periodsOf(house: House, coop: CoopProfile): string[] {
  const last = lastMonth(house, coop)
  const count = Math.max(0, monthsBetween(monthOf(coop.firstDay), last)) + 1
  const months = Array.from({ length: Math.min(count, MOST_MONTHS) }, (_, back) => plusMonths(last, -back))
  return [...new Set(months.flatMap(month => [month.slice(0, 4), quarterOf(month), month]))]
}

/** The months from the first day to the last record that nobody has closed, oldest first. */
export function openMonths(house: House, coop: CoopProfile, closed: readonly string[]): string[] {
  const first = monthOf(coop.firstDay)
  const count = monthsBetween(first, lastMonth(house, coop)) + 1
  const months = Array.from({ length: Math.max(0, count) }, (_, offset) => plusMonths(first, offset))
  return months.filter(month => !closed.includes(month))
}
