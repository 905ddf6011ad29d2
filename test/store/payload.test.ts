import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodePayload } from '../../src/store/payload.ts'

describe('a payload', () => {
  test('becomes the text JSON.stringify makes of it', () => {
    const payload = {
      摘要: '收到租金',
      lines: [
        ['M00001', '12.50'],
        ['M00002', null],
      ],
      count: 2,
      final: true,
    }
    expect(encodePayload(payload)).toBe(JSON.stringify(payload))
  })

  test.each([
    ['an undefined value', { a: { b: undefined } }, 'data.a.b'],
    ['a function', { a: [1, () => 1] }, 'data.a[1]'],
    ['a bigint', { amount: 1n }, 'data.amount'],
    ['a symbol', [Symbol('x')], 'data[0]'],
    ['a date', { at: new Date(0) }, 'data.at'],
    ['a map', { at: new Map() }, 'data.at'],
    ['an object with toJSON', { at: { toJSON: 1 } }, 'data.at'],
    ['a hole in an array', { list: new Array(1) }, 'data.list[0]'],
    ['a fraction', { rate: 0.5 }, 'data.rate'],
    ['an unsafe integer', { n: 2 ** 53 }, 'data.n'],
    ['NaN', { n: Number.NaN }, 'data.n'],
    ['infinity', { n: Number.POSITIVE_INFINITY }, 'data.n'],
    ['minus zero', { n: -0 }, 'data.n'],
    ['an integer-like key', { b: 1, accounts: { '112': '1.00' } }, 'data.accounts.112'],
    ['a key named __proto__', JSON.parse('{"__proto__":1}'), 'data.__proto__'],
    ['a lone surrogate', { name: '\ud842' }, 'data.name'],
    ['a lone surrogate in a key', { '\udfb7': 1 }, 'data.\udfb7'],
    ['nothing at all', undefined, 'data'],
  ])('with %s is refused, and the refusal says where', (_, payload, path) => {
    expect(() => encodePayload(payload)).toThrow(expect.objectContaining({ code: 'Unstorable', path }))
  })

  test('that is accepted comes back the same, and gives the same bytes again', () => {
    fc.assert(
      fc.property(storable, payload => {
        const text = encodePayload(payload)
        expect(JSON.parse(text)).toEqual(payload)
        expect(encodePayload(JSON.parse(text))).toBe(text)
      }),
    )
  })
})

const text = fc.string({ unit: 'grapheme' })
const key = text.filter(name => name !== '__proto__' && name !== 'toJSON' && !/^\d+$/.test(name))
const count = fc.maxSafeInteger().map(number => number + 0)
const { storable } = fc.letrec(tie => ({
  storable: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, true, false), text, count, tie('list'), tie('record')),
  list: fc.array(tie('storable')),
  record: fc.dictionary(key, tie('storable'), { noNullPrototype: true }),
}))
