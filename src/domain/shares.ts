import { invariant } from './refusal.ts'

/** Shares are counted in millionths, so that 12.5 or 0.333333 shares are exact integers. */
export type MicroShares = number

const SHARES = /^(0|[1-9]\d{0,8})(\.\d{1,6})?$/

/** Reads "12.5" shares; undefined for anything but a plain decimal with at most six places. */
export function readShares(text: string): MicroShares | undefined {
  if (!SHARES.test(text)) return undefined
  const [whole = '0', part = ''] = text.split('.')
  return Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'))
}

/** Micro-shares of a text that a schema has already checked. */
export function sharesOf(text: string): MicroShares {
  const value = readShares(text)
  invariant(value !== undefined, `not a number of shares: ${text}`)
  return value
}

/** "12.5" of micro-shares, without trailing zeros. */
export function sharesText(micro: MicroShares): string {
  const digits = String(micro).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
}
