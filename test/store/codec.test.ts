import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createCodec } from '../../src/store/codec.ts'
import { hashOf } from '../../src/store/hash.ts'
import { type Envelope, emptyHead } from '../../src/store/port.ts'
import { eventId } from '../../src/store/uuid.ts'
import { headOf, note, sampleCodec, sealed } from './sample.ts'

const sample = sealed('a', 'c1', [note('甲')])[0] as Envelope

describe('sealing the events of a command', () => {
  test('numbers them from the head and chains each to the one before', () => {
    const first = sealed('a', 'c1', [note('一'), note('二')])
    const [third] = sealed('a', 'c2', [note('三')], { head: headOf(first) })
    const chain = [...first, third!]
    expect(chain.map(event => event.revision)).toEqual([0, 1, 2])
    expect(chain.map(event => event.previousHash)).toEqual([emptyHead.hash, first[0]?.hash, first[1]?.hash])
    for (const event of chain) expect(hashOf(event.previousHash, event)).toBe(event.hash)
  })

  test('makes their ids from the command id and their index, so that a retry makes the same', () => {
    const events = sealed('a', '命令', [note('一'), note('二')])
    expect(events.map(event => event.id)).toEqual([eventId('命令', 0), eventId('命令', 1)])
    expect(eventId('c', 0)).toBe('c9bc7ee2-42fe-5ff1-8cbd-fffac097cc65')
  })

  test('never records an event earlier than the stream’s last', () => {
    const head = { ...emptyHead, revision: 0, recordedAt: '2025-03-01T08:00:00.001Z' }
    expect(sealed('a', 'c', [note('钟慢')], { head })[0]?.recordedAt).toBe('2025-03-01T08:00:00.001Z')
  })

  test('takes the command itself for its cause when none is named', () => {
    expect(sample).toMatchObject({ correlationId: 'c1', causationId: 'c1' })
  })

  test('refuses an unknown type, and a payload its schema does not allow', () => {
    expect(() => sealed('a', 'c', [{ type: 'Unheard', payload: {} }])).toThrow(/unknown event type/)
    expect(() => sealed('a', 'c', [{ type: 'toString', payload: {} }])).toThrow(/unknown event type/)
    const surplus = { type: 'NoteTaken', payload: { text: '甲', authors: [], more: 1 } }
    expect(() => sealed('a', 'c', [surplus])).toThrow(
      expect.objectContaining({ code: 'Unstorable', path: 'NoteTaken' }),
    )
  })
})

describe('reading a recorded event', () => {
  test('gives the payload back', () => {
    expect(sampleCodec.decode(sample)).toEqual({ text: '甲', authors: ['M00001'] })
  })

  test('brings an older version to today’s, step by step', () => {
    const codec = createCodec({
      Counted: {
        version: 3,
        schema: z.strictObject({ steps: z.array(z.number()) }),
        upcast: { 1: () => ({ steps: [1] }), 2: data => ({ steps: [...(data as { steps: number[] }).steps, 2] }) },
      },
    })
    expect(codec.decode({ ...sample, type: 'Counted', version: 1, data: '{}' })).toEqual({ steps: [1, 2] })
    expect(codec.decode({ ...sample, type: 'Counted', version: 3, data: '{"steps":[9]}' })).toEqual({ steps: [9] })
  })

  test.each([
    ['of an unknown type', { type: 'Unheard' }, /unknown event type/],
    ['of a version newer than the program', { version: 3 }, /newer/],
    ['of a version without a step to the next', { version: 0 }, /no step from version 0/],
    ['whose data is no JSON', { data: '{' }, /not JSON/],
  ])('%s is an error that names the event', (_, change, message) => {
    expect(() => sampleCodec.decode({ ...sample, ...change })).toThrow(message)
    expect(() => sampleCodec.decode({ ...sample, ...change })).toThrow(expect.objectContaining({ code: 'Unreadable' }))
  })

  test('strictly refuses bytes that are not the JSON text of their payload', () => {
    for (const data of [
      '{ "text":"a","authors":[]}',
      '{"text":"a","text":"b","authors":[]}',
      '{"text":"\\u0061","authors":[]}',
    ]) {
      expect(() => sampleCodec.decodeStrictly({ ...sample, data })).toThrow(/not the JSON text/)
    }
  })

  test('strictly refuses a payload its schema does not allow, which trusting reading does not look at', () => {
    const odd = { ...sample, data: '{"text":1,"authors":[]}' }
    expect(sampleCodec.decode(odd)).toEqual({ text: 1, authors: [] })
    expect(() => sampleCodec.decodeStrictly(odd)).toThrow(expect.objectContaining({ code: 'Unreadable' }))
  })
})
