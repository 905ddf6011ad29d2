import { Decimal } from 'decimal.js'
import { invariant } from './refusal.ts'

/** Integer fen (分): the only form in which money is added. */
export type Fen = number

/** Largest amount a voucher line may carry: 99,999,999,999.99 yuan. */
export const MAX_FEN: Fen = 9_999_999_999_999

const YUAN = /^-?(0|[1-9]\d{0,10})(\.\d{1,2})?$/

/** Reads "1234.5" yuan into fen; undefined for anything but a plain decimal with at most two places. */
export function readYuan(text: string): Fen | undefined {
  if (!YUAN.test(text)) return undefined
  // At most thirteen digits: the nearest double is within a thousandth of a fen. Adding 0 turns -0 into 0.
  return Math.round(Number(text) * 100) + 0
}

/** Fen of an amount that a schema has already checked; throws on anything else. */
export function fenOf(text: string): Fen {
  const fen = readYuan(text)
  invariant(fen !== undefined, `not an amount: ${text}`)
  return fen
}

/** "1234.56" of integer fen. */
export function yuan(fen: Fen): string {
  invariant(Number.isSafeInteger(fen), `not whole fen: ${fen}`)
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** a + b in fen; throws beyond 2^53. */
export function add(a: Fen, b: Fen): Fen {
  const sum = a + b
  invariant(Number.isSafeInteger(sum), 'amount beyond 2^53')
  return sum
}

/** The sum of the fen that `of` reads from each item. */
export function total<T>(items: Iterable<T>, of: (item: T) => Fen): Fen {
  let sum = 0
  for (const item of items) sum = add(sum, of(item))
  return sum
}

/** The one rounding of the product: amount × rate to the nearest fen, halves away from zero (四舍五入). */
export function times(fen: Fen, rate: Decimal.Value): Fen {
  return new Decimal(fen).times(rate).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber()
}

/** fen × part ÷ whole, rounded as `times`, exact for any safe integers. */
export function share(fen: Fen, part: number, whole: number): Fen {
  invariant(whole > 0 && part >= 0 && fen >= 0, 'share of a whole')
  const scaled = BigInt(fen) * BigInt(part) * 2n + BigInt(whole)
  return Number(scaled / (2n * BigInt(whole)))
}

/** 1,234,567.80 for paper and screens, from "1234567.80". */
export function grouped(amount: string): string {
  const [whole = '0', cents = '00'] = amount.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}
