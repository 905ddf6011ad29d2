import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, shares } from '../../src/domain/fields.ts'
import { fenOf, grouped, MAX_FEN, readYuan, share, times, yuan } from '../../src/domain/money.ts'
import { readShares, sharesText } from '../../src/domain/shares.ts'

const every = (values: fc.Arbitrary<number>, holds: (value: number) => void): void =>
  fc.assert(fc.property(values, value => void holds(value)))

const anyFen = fc.integer({ min: -MAX_FEN, max: MAX_FEN })

describe('amounts', () => {
  test('every amount survives being written and read again', () => {
    every(anyFen, fen => expect(readYuan(yuan(fen))).toBe(fen))
  })

  test('one and no decimal place are read as well', () => {
    expect([readYuan('12'), readYuan('12.5'), readYuan('0.05'), readYuan('-3.2')]).toEqual([1200, 1250, 5, -320])
  })

  test('minus nothing is nothing', () => {
    expect(Object.is(readYuan('-0.00'), 0)).toBe(true)
  })

  const WRONG =
    '1e3,１２３,12.345,0.001,NaN,0x10, 1 ,١٢,+5,1.,.5,--1,00.5,01,1 000,,Infinity,１．５,100000000000'.split(',')
  test.each([...WRONG, '12,34', '1,234.56'])('“%s” is no amount', text => {
    expect(readYuan(text)).toBeUndefined()
    expect(amount.safeParse(text).success).toBe(false)
  })

  test.each(['0', '0.00', '-0.00', '-5'])('“%s” is not above zero, so nobody can pay it', text => {
    expect(amount.safeParse(text).success).toBe(false)
  })

  test('an amount is kept as it is booked, with two places', () => {
    expect(amount.parse('1234.5')).toBe('1234.50')
    expect(amount.parse('99999999999.99')).toBe('99999999999.99')
  })

  test('thousands are grouped on paper and read back the same', () => {
    expect(grouped('1234567.80')).toBe('1,234,567.80')
    expect(grouped('-1234567.80')).toBe('-1,234,567.80')
    every(anyFen, fen => expect(fenOf(grouped(yuan(fen)).replaceAll(',', ''))).toBe(fen))
  })
})

describe('rounding', () => {
  test('a rate rounds half a fen away from zero (四舍五入)', () => {
    expect([times(5, '0.5'), times(15, '0.1'), times(-5, '0.5'), times(1005, '0.3')]).toEqual([3, 2, -3, 302])
  })

  test('a share of an amount is within half a fen of the exact fraction, at any size', () => {
    const part = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_FEN }), part, part, (fen, one, other) => {
        const [a, b] = [Math.min(one, other), Math.max(one, other, 1)]
        const doubledError = (BigInt(share(fen, a, b)) * BigInt(b) - BigInt(fen) * BigInt(a)) * 2n
        expect(doubledError <= BigInt(b) && doubledError > -BigInt(b)).toBe(true)
      }),
    )
  })
})

describe('shares', () => {
  test('any number of shares with six places survives being written and read again', () => {
    const micro = fc.integer({ min: 1, max: 999_999_999_999_999 })
    every(micro, value => expect(readShares(sharesText(value))).toBe(value))
  })

  test('trailing zeros are dropped, others are kept', () => {
    expect(['12.50', '10', '100.000000', '0.333333'].map(text => shares.parse(text))).toEqual([
      '12.5',
      '10',
      '100',
      '0.333333',
    ])
  })

  test.each(['0', '1/3', '-1', '1.0000001', '1e3', '１２'])('“%s” is no number of shares', text => {
    expect(shares.safeParse(text).success).toBe(false)
  })
})
