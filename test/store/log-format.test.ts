import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/store/hash.ts'
import type { Envelope } from '../../src/store/port.ts'
import { eventId } from '../../src/store/uuid.ts'
import { sampleCatalogue, sampleCodec } from './sample.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/log-format.md', import.meta.url)), 'utf8')
const vectors = [...page.matchAll(/```json\n(.*?)\n```/gs)].map(
  match => JSON.parse(match[1] ?? '') as { previousHash: string; event: Envelope },
)

describe('the published format', () => {
  test('has test vectors that chain from the first event of a stream', () => {
    expect(vectors.map(vector => vector.previousHash)).toEqual(['0'.repeat(64), vectors[0]?.event.hash])
  })

  test('gives each test vector the hash that is printed with it', () => {
    for (const { previousHash, event } of vectors) expect(hashOf(previousHash, event)).toBe(event.hash)
  })

  test('gives each test vector the id that is printed with it', () => {
    for (const { event } of vectors) expect(eventId(event.commandId, 0)).toBe(event.id)
  })

  test('covers every field: another value in any of them is another hash', () => {
    const { previousHash, event } = vectors[1] as { previousHash: string; event: Envelope }
    for (const [field, value] of Object.entries(event)) {
      if (field === 'hash') continue
      const other = typeof value === 'number' ? value + 1 : `${value} `
      expect(hashOf(previousHash, { ...event, [field]: other }), field).not.toBe(event.hash)
    }
    expect(hashOf('1'.repeat(64), event)).not.toBe(event.hash)
  })

  test('does not let text move from one field to the next', () => {
    const { previousHash, event } = vectors[0] as { previousHash: string; event: Envelope }
    const moved = { ...event, actor: `${event.actor}","x`, commandId: 'y' }
    const other = { ...event, actor: event.actor, commandId: 'x","y' }
    expect(hashOf(previousHash, moved)).not.toBe(hashOf(previousHash, other))
  })
})

test('an event frozen in an older version keeps its hash and reads as today’s version', () => {
  const { previousHash, event, payload } = JSON.parse(
    readFileSync(new URL('./fixtures/note-taken-v1.json', import.meta.url), 'utf8'),
  ) as { previousHash: string; event: Envelope; payload: unknown }
  expect(event.version).toBeLessThan(sampleCatalogue.NoteTaken?.version ?? 0)
  expect(hashOf(previousHash, event)).toBe(event.hash)
  expect(sampleCodec.decode(event)).toEqual(payload)
  expect(sampleCodec.decodeStrictly(event)).toEqual(payload)
})
