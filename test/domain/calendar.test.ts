import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chineseDay,
  chineseQuarter,
  daysBetween,
  firstDay,
  hasReached,
  isDay,
  lastDay,
  monthOf,
  monthsBetween,
  monthsOfQuarter,
  periodOf,
  plusDays,
  plusMonths,
  quarterOf,
  shanghaiDay,
} from '../../src/domain/calendar.ts'

const start = Date.UTC(1950, 0, 1)
const anyDay = fc
  .integer({ min: 0, max: 50_000 })
  .map(days => new Date(start + days * 86_400_000).toISOString().slice(0, 10))

describe('days', () => {
  test.each([
    '2025-02-30',
    '2025-13-01',
    '1899-12-31',
    '9999-01-01',
    '2025-2-3',
    '2023-02-29',
    '今天',
    '',
  ])('“%s” is no day of the calendar', text => expect(isDay(text)).toBe(false))

  test('every day of a century is one, the 29th of February in leap years too', () => {
    fc.assert(fc.property(anyDay, day => void expect(isDay(day)).toBe(true)))
    expect(isDay('2024-02-29')).toBe(true)
  })

  test('adding days and counting them are each other’s inverse, in every time zone of the machine', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
        expect(daysBetween(day, plusDays(day, count))).toBe(count)
      }),
    )
  })

  test('an instant late on New Year’s Eve in UTC is New Year’s Day in Shanghai', () => {
    expect(shanghaiDay('2025-12-31T15:59:59.999Z')).toBe('2025-12-31')
    expect(shanghaiDay('2025-12-31T16:00:00.000Z')).toBe('2026-01-01')
  })
})

describe('months and quarters', () => {
  test('a month begins on the 1st and ends the day before the next begins', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const month = monthOf(day)
        expect(firstDay(month) <= day && day <= lastDay(month)).toBe(true)
        expect(plusDays(lastDay(month), 1)).toBe(firstDay(plusMonths(month, 1)))
      }),
    )
  })

  test('adding months and counting them are each other’s inverse', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -500, max: 500 }), (day, count) => {
        expect(monthsBetween(monthOf(day), plusMonths(monthOf(day), count))).toBe(count)
      }),
    )
  })

  test('every month lies in the quarter that names it', () => {
    fc.assert(fc.property(anyDay, day => void expect(monthsOfQuarter(quarterOf(day))).toContain(monthOf(day))))
  })

  test('a period is a month, a quarter or a year, and nothing else', () => {
    expect(periodOf('2025-12')).toEqual({ from: '2025-12', to: '2025-12' })
    expect(periodOf('2025Q4')).toEqual({ from: '2025-10', to: '2025-12' })
    expect(periodOf('2025')).toEqual({ from: '2025-01', to: '2025-12' })
    expect(['2025-13', '2025Q5', '25', '2025-1', '1850'].map(periodOf)).toEqual(Array(5).fill(undefined))
  })

  test('people read a day and a quarter in Chinese without leading zeros', () => {
    expect(chineseDay('2025-03-05')).toBe('2025年3月5日')
    expect(chineseQuarter('2025Q3')).toBe('2025年第三季度')
  })
})

test('somebody is sixty for an allowance from the month after the birthday on (次月起)', () => {
  expect(hasReached(60, '1965-06', '2025-06')).toBe(false)
  expect(hasReached(60, '1965-06', '2025-07')).toBe(true)
  expect(hasReached(60, '1965-12', '2026-01')).toBe(true)
})
