import { describe, expect, test } from 'vitest'
import { checkAppend } from '../../src/store/append-check.ts'
import type { NewEvent } from '../../src/store/port.ts'
import { note, sealed } from './sample.ts'

const [event] = sealed('a', 'c', [note('一')]) as [NewEvent]
const check = (changed: Partial<NewEvent>) => () => {
  const tried = { ...event, ...changed }
  checkAppend(tried.stream, tried.revision - 1, [tried], tried.commandId)
}

describe('an event that no store should try', () => {
  test('is told from one that is sound', () => {
    expect(check({})).not.toThrow()
  })

  test.each([
    'id',
    'stream',
    'type',
    'actor',
    'commandId',
    'inputHash',
    'correlationId',
    'causationId',
    'hash',
  ] as const)('is refused for what its %s does not give back unchanged', field => {
    const { length } = event[field]
    for (const text of [
      '',
      `${'a'.repeat(length - 1)}\n`,
      `${'a'.repeat(length - 1)}\u0085`,
      `\ud842${'a'.repeat(length - 1)}`,
    ]) {
      expect(check({ [field]: text })).toThrow(expect.objectContaining({ code: 'Unstorable', path: field }))
    }
  })

  test.each([
    'id',
    'inputHash',
    'hash',
  ] as const)('is refused for an %s of another length than the format says', field => {
    for (const text of [event[field].slice(1), `${event[field]}0`]) {
      expect(check({ [field]: text })).toThrow(expect.objectContaining({ code: 'Unstorable', path: field }))
    }
  })

  test('is refused for an instant that is not UTC in milliseconds', () => {
    for (const recordedAt of ['2025-03-01', '2025-03-01T08:00:00Z', '2025-03-01T08:00:00.000+08:00']) {
      expect(check({ recordedAt })).toThrow(expect.objectContaining({ code: 'Unstorable', path: 'recordedAt' }))
    }
  })
})
