import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocatePerShare, allocatePool, type Holder } from '../../src/domain/allocation.ts'
import { total } from '../../src/domain/money.ts'
import { sha256 } from '../support/coop.ts'

const tieBreak = (code: string): string => sha256(`分红2024${code}`)
const code = (index: number): string => `M${String(index + 1).padStart(5, '0')}`
const holders = fc
  .array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 1, maxLength: 60 })
  .map(list => list.map((shares, index): Holder => ({ code: code(index), shares })))
const pools = fc.integer({ min: 0, max: 999_999_999_999 })

describe('a pool is divided', () => {
  test('so that the parts sum to it exactly, to the fen', () => {
    fc.assert(
      fc.property(pools, holders, (pool, list) => {
        expect(total(allocatePool(pool, list, tieBreak), ({ amount }) => amount)).toBe(pool)
      }),
    )
  })

  test('the same whatever the order of the list', () => {
    fc.assert(
      fc.property(pools, holders, (pool, list) => {
        const found = Object.fromEntries(allocatePool(pool, list, tieBreak).map(({ code, amount }) => [code, amount]))
        const turned = allocatePool(pool, list.toReversed(), tieBreak)
        expect(Object.fromEntries(turned.map(({ code, amount }) => [code, amount]))).toEqual(found)
      }),
    )
  })

  test('and nobody is a whole fen away from the exact share, not even with 12.5 or 0.333333 shares', () => {
    fc.assert(
      fc.property(pools, holders, (pool, list) => {
        const all = BigInt(total(list, ({ shares }) => shares))
        for (const { shares, amount } of allocatePool(pool, list, tieBreak)) {
          const off = BigInt(amount) * all - BigInt(pool) * BigInt(shares)
          expect(off < all && off > -all).toBe(true)
        }
      }),
    )
  })

  test('equal shares differ by one fen at most: ¥1,000,000 over 1,981 is 504.79 or 504.80', () => {
    const list = Array.from({ length: 1981 }, (_, index) => ({ code: code(index), shares: 1_000_000 }))
    const amounts = allocatePool(100_000_000, list, tieBreak).map(({ amount }) => amount)
    expect(amounts.filter(amount => amount === 50_480)).toHaveLength(1101)
    expect(amounts.filter(amount => amount === 50_479)).toHaveLength(880)
  })

  test('the odd fen goes to the smallest SHA-256 of run and code, which anybody can work out', () => {
    const list = [code(0), code(1), code(2)].map(code => ({ code, shares: 1_000_000 }))
    const winner = allocatePool(100, list, tieBreak).find(({ amount }) => amount === 34)?.code
    const smallest = list.map(({ code }) => code).sort((a, b) => (tieBreak(a) < tieBreak(b) ? -1 : 1))[0]
    expect(winner).toBe(smallest)
  })

  test('a pool without shares is a broken promise, not a division by zero', () => {
    expect(() => allocatePool(100, [], tieBreak)).toThrow(/shares/)
  })
})

describe('a fixed amount per share', () => {
  test('is rounded down for each holder, and the rest stays with the co-op', () => {
    const list = [
      { code: 'M00001', shares: 333_333 },
      { code: 'M00002', shares: 12_500_000 },
    ]
    expect(allocatePerShare('3800.00', list).map(({ amount }) => amount)).toEqual([126_666, 4_750_000])
  })

  test('never gives more than shares times the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_000_000_000 }), fc.integer({ min: 1, max: 9_999 }), (shares, each) => {
        const [part] = allocatePerShare(`${each}.07`, [{ code: 'M00001', shares }])
        const exact = (BigInt(shares) * BigInt(each * 100 + 7)) / 1_000_000n
        expect(BigInt(part!.amount)).toBe(exact)
      }),
    )
  })
})
