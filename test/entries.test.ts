import { describe, expect, test } from 'vitest'
import { balance } from '../src/domain/books/state.ts'
import { CHART, codeOf } from '../src/domain/chart.ts'
import type { CoopState } from '../src/domain/state.ts'
import type { Fact } from './entries/fact.ts'
import { GIFTS } from './entries/gifts.ts'
import { ENTRIES } from './entries.table.ts'
import { Coop, entryText, given } from './support/coop.ts'

describe.each(Object.entries(ENTRIES))('%s', (_, facts) => {
  test.each(facts.map(fact => [fact.what, fact] as const))('%s', (_what, { before, command, entry }) => {
    expect(entryText(given(before).when(...command).voucher)).toBe(entry)
  })
})

test('the table holds at least forty facts and no fact twice', () => {
  const whats = Object.values(ENTRIES).flatMap(facts => facts.map(({ what }) => what))
  expect(whats.length).toBeGreaterThanOrEqual(40)
  expect(new Set(whats).size).toBe(whats.length)
})

test('every account of the table is one of the 42 of 财会〔2023〕14号', () => {
  const accounts = Object.values(ENTRIES)
    .flat()
    .flatMap(({ entry }) => entry.split('\n').map(line => line.split(' ')[1] ?? ''))
  expect(accounts.filter(account => !CHART.has(codeOf(account)))).toEqual([])
})

test.each(
  GIFTS.map(fact => [fact.what, fact] as const),
)('a gift in or out leaves the distributable surplus unchanged: %s', (_what, { before, command }: Fact) => {
  const coop = new Coop()
  coop.play([before])
  const untouched = distributable(new Coop().play([before[0]!]).state)
  expect(distributable(coop.state)).toBe(untouched)
  coop.run(...command)
  expect(distributable(coop.state)).toBe(untouched)
})

// 可分配收益 of the co-op's own money: what 322 holds and what the year's income and expenses will bring it.
function distributable({ books }: CoopState): number {
  const codes = ['322', '321', '501', '502', '503', '504', '511', '512', '513', '514', '515', '521']
  return -codes.reduce((sum, code) => sum + balance(books, code, ''), 0)
}
