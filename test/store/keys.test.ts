import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexKey } from '../../src/store/command-index.ts'
import { KeyFilter } from '../../src/store/key-filter.ts'
import { KeyTable } from '../../src/store/key-table.ts'
import { eventId } from '../../src/store/uuid.ts'

/** Few enough, and alike enough in their low bits, that keys and places meet. */
const keys = fc.array(
  fc.nat(40).map(number => (number % 5) * 2 ** 40 + number * 2 ** 20 + 1023),
  { maxLength: 3000 },
)

describe('positions by key', () => {
  test('are those that were added, in that order, however the table has grown', () => {
    fc.assert(
      fc.property(keys, added => {
        const table = new KeyTable()
        const expected = new Map<number, number[]>()
        for (const [index, key] of added.entries()) {
          table.add(key, index + 1)
          expected.set(key, [...(expected.get(key) ?? []), index + 1])
        }
        expect(table.size).toBe(added.length)
        expect(table.keys()).toEqual([...expected.keys()].sort((a, b) => a - b))
        for (const [key, positions] of expected) expect(table.of(key)).toEqual(positions)
        expect(table.of(7)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('are gone when the table is cleared', () => {
    const table = new KeyTable()
    table.add(5, 1)
    table.clear()
    expect([table.size, table.keys(), table.of(5)]).toEqual([0, [], []])
  })
})

describe('a filter of keys', () => {
  const keyOf = (index: number): number => indexKey(eventId(`command-${index}`, 0))

  test('never denies a key that was added, and denies nearly all others', () => {
    const filter = new KeyFilter()
    const count = 20_000
    for (let index = 0; index < count; index++) filter.add(keyOf(index))
    let [denied, mistaken] = [0, 0]
    for (let index = 0; index < count; index++) {
      if (!filter.mayHold(keyOf(index))) denied++
      if (filter.mayHold(keyOf(count + index))) mistaken++
    }
    expect(denied).toBe(0)
    expect(mistaken).toBeLessThan(count / 1000)
  })
})

test('the key of a damaged id is a number like any other', () => {
  for (const id of ['', '-1234567-0000-5000-8000-000000000000', 'zzzzzzzz-zzzz-5000-8000-000000000000']) {
    const key = indexKey(id)
    expect(Number.isSafeInteger(key) && key >= 0 && key < 2 ** 48).toBe(true)
  }
})
