import { expect, test } from 'vitest'
import { given } from '../support/coop.ts'
import { CORE, STORIES } from './stories.ts'

test('every command that moves money, closes or publishes has a story that can be made to fail', () => {
  expect(CORE.length).toBeGreaterThanOrEqual(38)
  expect(CORE.filter(name => !STORIES.has(name))).toEqual([])
})

test.each(CORE)('%s succeeds in its story when nothing fails', name => {
  const { before, command } = STORIES.get(name)!
  expect(given(before).when(...command).events.length).toBeGreaterThan(0)
})
