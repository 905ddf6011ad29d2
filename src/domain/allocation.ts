import { Decimal } from 'decimal.js'
import { type Fen, total } from './money.ts'
import { invariant } from './refusal.ts'
import type { MicroShares } from './shares.ts'

export type Holder = { code: string; shares: MicroShares }
export type Allocated = { code: string; shares: MicroShares; amount: Fen }

/**
 * Divides a fixed pool of fen over the holders by largest remainder: the amounts sum to the pool exactly, and equal
 * remainders go in the order of `tieBreak(code)` (SHA-256 of run id ‖ code), so that no order of the list matters.
 */
export function allocatePool(pool: Fen, holders: readonly Holder[], tieBreak: (code: string) => string): Allocated[] {
  const all = holders.reduce((sum, holder) => sum + BigInt(holder.shares), 0n)
  invariant(all > 0n && pool >= 0, 'a pool needs shares')
  const cuts = holders.map(holder => {
    const exact = BigInt(pool) * BigInt(holder.shares)
    return { ...holder, amount: Number(exact / all), remainder: exact % all }
  })
  let left = pool - total(cuts, cut => cut.amount)
  const byRemainder = cuts
    .map(cut => ({ cut, key: tieBreak(cut.code) }))
    .sort((a, b) => compare(b.cut.remainder, a.cut.remainder) || compare(a.key, b.key))
  for (const { cut } of byRemainder) {
    if (left === 0) break
    cut.amount += 1
    left -= 1
  }
  invariant(left === 0 && total(cuts, cut => cut.amount) === pool, 'the pool is given out to the fen')
  return cuts.map(({ code, shares, amount }) => ({ code, shares, amount }))
}

/** A fixed amount per share ("3800.00" yuan): each holder's amount is rounded down to the fen; the rest stays undistributed. */
export function allocatePerShare(perShare: string, holders: readonly Holder[]): Allocated[] {
  const fenPerShare = new Decimal(perShare).times(100)
  return holders.map(holder => ({
    ...holder,
    amount: fenPerShare.times(holder.shares).dividedBy(1_000_000).toDecimalPlaces(0, Decimal.ROUND_DOWN).toNumber(),
  }))
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
