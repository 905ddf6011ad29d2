import { expect, test } from 'vitest'
import { faultsOf, type Held } from './faults.ts'

const event = (commandId: string, revision: number, number: number) => ({
  commandId,
  revision,
  data: JSON.stringify({ voucher: { number: `2025-12-记-${number}` } }),
})
const rows = { vouchers: [['yangguang', 1]] }
const sound: Held = {
  acknowledged: new Map([
    ['a', [0]],
    ['b', [1]],
  ]),
  stored: [event('a', 0, 1), event('b', 1, 2)],
  tables: [rows, structuredClone(rows)],
}

test('the checks of a cluster find nothing wrong where nothing is', () => {
  expect(faultsOf(sound)).toEqual([])
})

test.each([
  ['a lost command', { stored: sound.stored.slice(0, 1) }, 'b was acknowledged and lost'],
  ['a command stored twice', { stored: [...sound.stored, event('b', 2, 3)] }, 'b is at 1,2 and was said to be at 1'],
  ['a command somewhere else', { acknowledged: new Map([['a', [1]]]) }, 'a is at 0 and was said to be at 1'],
  ['a gap', { stored: [event('a', 0, 1), event('c', 2, 3)] }, 'revision 1 is missing'],
  ['a number used twice', { stored: [event('a', 0, 1), event('b', 1, 1)] }, 'a number was used twice'],
  ['a node that forgot an event', { tables: [rows, { vouchers: [] }] }, 'the tables differ'],
] as [string, Partial<Held>, string][])('the checks of a cluster find %s', (_, spoiled, fault) => {
  expect(faultsOf({ ...sound, ...spoiled })).toContain(fault)
})
