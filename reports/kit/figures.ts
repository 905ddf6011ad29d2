import { chineseDay, isDay } from '../../src/domain/calendar.ts'
import { fenOf, grouped, times, yuan } from '../../src/domain/money.ts'

const MONEY = /^-?\d+\.\d{2}$/
const COUNT = /^-?\d+$/

/** `"1234567.80"` yuan → `1,234,567.80`; anything else is returned as it is. */
export function groupMoney(amount: string): string {
  return MONEY.test(amount) ? grouped(amount) : amount
}

/** `"1234.50"` yuan → `¥1,234.50`, `"-5.00"` → `-¥5.00`. */
export function yuanSign(amount: string): string {
  const text = groupMoney(amount)
  return text.startsWith('-') ? `-¥${text.slice(1)}` : `¥${text}`
}

/** `"11078"` → `11,078`; anything else (a fraction of a share, a dash) is returned as it is. */
export function groupCount(count: string): string {
  return COUNT.test(count) ? count.replace(/\B(?=(\d{3})+$)/g, ',') : count
}

/** `"252000.00"` yuan → `25.20` 万元. */
export function inTenThousands(amount: string): string {
  return grouped(yuan(times(fenOf(amount), '0.0001')))
}

/** `2025-03-05` → `2025年3月5日`; anything else is returned as it is. */
export function longDate(date: string): string {
  return isDay(date) ? chineseDay(date) : date
}

/** True for money that is exactly nothing. */
export function isZero(amount: string): boolean {
  return /^-?0+(\.0+)?$/.test(amount)
}

/** 1 → 一, 14 → 十四, 20 → 二十: the numbers of headings, up to 99. */
export function chineseNumber(n: number): string {
  const digits = '零一二三四五六七八九'
  const tens = Math.floor(n / 10)
  const ones = n % 10
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || n === 0 ? digits[ones] : ''}`
}

/** First sixteen digits of a hash in groups of four, as a person compares them. */
export function shortHash(hash: string): string {
  return (hash.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ')
}
