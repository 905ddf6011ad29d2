import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type EventStore,
  emptyHead,
  isCaughtUp,
  maxAppendBytes,
  maxAppendEvents,
  type NewEvent,
} from '../../src/store/port.ts'
import { appendNotes, collect, envelopeOf, headOf, note, sealed } from './sample.ts'

export interface StoreUnderTest {
  readonly store: EventStore
  close(): Promise<void> | void
}

/** What every event store promises; each adapter runs it whole. `makeStore` gives an empty store. */
export function storeContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of an event store:`, () => {
    let made: StoreUnderTest
    beforeEach(async () => {
      made = await makeStore()
    })
    afterEach(() => made.close())

    appending(() => made.store)
    repeating(() => made.store)
    reading(() => made.store)
    subscribing(() => made.store)
  })
}

function append(store: EventStore, events: readonly NewEvent[], expected = (events[0]?.revision ?? 0) - 1) {
  const { stream, commandId } = events[0] as NewEvent
  return store.append(stream, expected, events, { commandId })
}

function appending(store: () => EventStore): void {
  test('the first event of a stream has revision 0, and each append tells the next expected revision', async () => {
    const first = sealed('a', 'c1', [note('一'), note('二')])
    expect(await append(store(), first)).toMatchObject({ stream: 'a', first: 0, revision: 1 })
    const second = sealed('a', 'c2', [note('三')], { head: headOf(first) })
    expect(await append(store(), second)).toMatchObject({ stream: 'a', first: 2, revision: 2 })
  })

  test('every field comes back as it was written, Chinese and emoji included', async () => {
    const written = sealed(
      '阳光社区 🌞',
      '命令-𠅤-1',
      [{ type: '记事', payload: { 内容: '䶮 "引号" \\ \u2028 👨‍👩‍👧' } }],
      {
        context: { actor: '会计 via 网页', correlationId: '缘起 🌱', causationId: '前因' },
      },
    )
    await append(store(), written)
    const [read] = await collect(store().read('阳光社区 🌞'))
    expect(envelopeOf(read!)).toEqual(envelopeOf(written[0]!))
  })

  test('a stale expected revision is a conflict that names both revisions, and stores nothing', async () => {
    const written = await appendNotes(store(), 'a', 3)
    const late = sealed('a', 'late', [note('迟')], { head: headOf(written.slice(0, 2)) })
    await expect(append(store(), late)).rejects.toMatchObject({ code: 'Conflict', stream: 'a', expected: 1, actual: 2 })
    expect(await collect(store().read('a'))).toHaveLength(3)
  })

  test('an expected revision ahead of the stream is a conflict, on an empty stream too', async () => {
    const ahead = sealed('a', 'c', [note('早')], { head: { ...emptyHead, revision: 4 } })
    await expect(append(store(), ahead)).rejects.toMatchObject({ code: 'Conflict', expected: 4, actual: -1 })
    expect(await collect(store().read('a'))).toEqual([])
  })

  test('a new stream is a conflict when it exists already', async () => {
    await appendNotes(store(), 'a', 1)
    await expect(append(store(), sealed('a', 'again', [note('又')]))).rejects.toMatchObject({ expected: -1, actual: 0 })
  })

  test('an event chained to another head than the stream has is a conflict even at the right revision', async () => {
    await appendNotes(store(), 'a', 1)
    const other = sealed('a', 'other', [note('岔')], { head: { ...emptyHead, revision: 0, hash: 'f'.repeat(64) } })
    await expect(append(store(), other)).rejects.toMatchObject({ code: 'Conflict', expected: 0, actual: 0 })
  })

  test('after a conflict the stream goes on at the right revision', async () => {
    const written = await appendNotes(store(), 'a', 1)
    await expect(append(store(), sealed('a', 'x', [note('x')]))).rejects.toThrow()
    const next = sealed('a', 'next', [note('续')], { head: headOf(written) })
    expect(await append(store(), next)).toMatchObject({ first: 1, revision: 1 })
  })

  test('an append carries a thousand events, and the next goes on after them', async () => {
    const many = sealed(
      'a',
      'many',
      Array.from({ length: maxAppendEvents }, (_, index) => note(`${index}`)),
    )
    expect(await append(store(), many)).toMatchObject({ first: 0, revision: maxAppendEvents - 1 })
    const next = sealed('a', 'next', [note('续')], { head: headOf(many) })
    expect(await append(store(), next)).toMatchObject({ revision: maxAppendEvents })
  })

  test('more events or bytes than an append may carry are refused, and nothing is stored', async () => {
    const tooMany = sealed(
      'a',
      'many',
      Array.from({ length: maxAppendEvents + 1 }, () => note('')),
    )
    await expect(append(store(), tooMany)).rejects.toMatchObject({ code: 'TooLarge', size: 1001, limit: 1000 })
    // Counted in UTF-8 bytes: a Chinese character is three.
    const tooLarge = sealed('a', 'large', [note('账'.repeat(maxAppendBytes / 3))])
    await expect(append(store(), tooLarge)).rejects.toMatchObject({ code: 'TooLarge', limit: maxAppendBytes })
    expect(await collect(store().readAll())).toEqual([])
  })

  test('an append just under the size limit is stored and comes back whole', async () => {
    const large = sealed('a', 'large', [note('a'.repeat(maxAppendBytes - 100))])
    await append(store(), large)
    expect((await collect(store().read('a')))[0]?.data).toBe(large[0]?.data)
  })

  test('of twenty writers racing for the same revision one is stored and nineteen are refused', async () => {
    const racing = Array.from({ length: 20 }, (_, index) =>
      append(store(), sealed('a', `racer-${index}`, [note('赛')])),
    )
    const settled = await Promise.allSettled(racing)
    expect(settled.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await collect(store().read('a'))).toHaveLength(1)
  })

  test('twenty writers of twenty streams are all stored, each stream gapless', async () => {
    const streams = Array.from({ length: 20 }, (_, index) => `s${index}`)
    await Promise.all(streams.map(stream => appendNotes(store(), stream, 5)))
    for (const stream of streams) {
      expect((await collect(store().read(stream))).map(event => event.revision)).toEqual([0, 1, 2, 3, 4])
    }
  })

  test('appends decided one on the other may be sent without waiting, and are stored in order', async () => {
    const first = sealed('a', 'c1', [note('一')])
    const second = sealed('a', 'c2', [note('二')], { head: headOf(first) })
    await Promise.all([append(store(), first), append(store(), second)])
    expect((await collect(store().read('a'))).map(event => event.commandId)).toEqual(['c1', 'c2'])
  })

  test('what was decided on a refused append is refused as well', async () => {
    await appendNotes(store(), 'a', 1)
    const stale = sealed('a', 'stale', [note('误')])
    const onStale = sealed('a', 'on-stale', [note('误二')], { head: headOf(stale) })
    const outcomes = await Promise.allSettled([append(store(), stale), append(store(), onStale)])
    expect(outcomes.map(outcome => outcome.status)).toEqual(['rejected', 'rejected'])
  })

  test('an envelope that would not come back unchanged is refused before it is stored', async () => {
    const broken = sealed('a', 'c', [note('x')], { context: { actor: 'two\nlines' } })
    await expect(append(store(), broken)).rejects.toMatchObject({ code: 'Unstorable', path: 'actor' })
    expect(await collect(store().readAll())).toEqual([])
  })

  test('an append without events is refused', async () => {
    await expect(store().append('a', -1, [], { commandId: 'c' })).rejects.toMatchObject({ code: 'Unstorable' })
  })
}

function repeating(store: () => EventStore): void {
  test('the same append again is answered as the first time and stores nothing, however far the stream has gone', async () => {
    const first = sealed('a', 'c1', [note('一'), note('二')])
    const answer = await append(store(), first)
    await appendNotes(store(), 'a', 2, headOf(first))
    expect(await append(store(), first)).toEqual(answer)
    expect(await collect(store().readAll())).toHaveLength(4)
  })

  test('the same append sent twice at once is stored once, and both get the same answer', async () => {
    const events = sealed('a', 'c1', [note('一')])
    const [one, two] = await Promise.all([append(store(), events), append(store(), events)])
    expect(one).toEqual(two)
    expect(await collect(store().readAll())).toHaveLength(1)
  })

  test('a command id used again with other input is refused, with its next revision too', async () => {
    const first = sealed('a', 'c1', [note('一')])
    await append(store(), first)
    const otherInput = sealed('a', 'c1', [note('一')], { context: { inputHash: 'cd'.repeat(32) } })
    await expect(append(store(), otherInput)).rejects.toMatchObject({ code: 'CommandIdReused', commandId: 'c1' })
    const decidedAgain = sealed('a', 'c1', [note('一')], { head: headOf(first) })
    await expect(append(store(), decidedAgain)).rejects.toMatchObject({ code: 'CommandIdReused' })
    expect(await collect(store().readAll())).toHaveLength(1)
  })

  test('a command id used again with only some of its events is refused', async () => {
    const events = sealed('a', 'c1', [note('一'), note('二')])
    await append(store(), events)
    await expect(append(store(), events.slice(0, 1))).rejects.toMatchObject({ code: 'CommandIdReused' })
  })

  test('a refused append is not remembered: its command id may be used afterwards', async () => {
    const written = await appendNotes(store(), 'a', 1)
    await expect(append(store(), sealed('a', 'c1', [note('误')]))).rejects.toMatchObject({ code: 'Conflict' })
    const right = sealed('a', 'c1', [note('正')], { head: headOf(written) })
    expect(await append(store(), right)).toMatchObject({ revision: 1 })
  })

  test('the same command id in two streams is two commands', async () => {
    await append(store(), sealed('a', 'c1', [note('甲')]))
    await append(store(), sealed('b', 'c1', [note('乙')]))
    const [found] = await store().findCommand('b', 'c1')
    expect(found).toMatchObject({ stream: 'b', revision: 0 })
  })

  test('the events of a command are found by its id, all of them and only in its stream', async () => {
    const before = await appendNotes(store(), 'a', 2)
    const events = sealed('a', '查', [note('一'), note('二'), note('三')], { head: headOf(before) })
    await append(store(), events)
    await appendNotes(store(), 'a', 1, headOf(events))
    expect((await store().findCommand('a', '查')).map(envelopeOf)).toEqual(events.map(envelopeOf))
    expect(await store().findCommand('b', '查')).toEqual([])
    expect(await store().findCommand('a', 'unknown')).toEqual([])
  })
}

function reading(store: () => EventStore): void {
  test('an unknown stream reads as empty', async () => {
    expect(await collect(store().read('none'))).toEqual([])
  })

  test('a stream is read from a revision on, inclusive, up to a limit, and past its end there is nothing', async () => {
    await appendNotes(store(), 'a', 5)
    const revisions = async (range: { from?: number; limit?: number }): Promise<number[]> =>
      (await collect(store().read('a', range))).map(event => event.revision)
    expect(await revisions({})).toEqual([0, 1, 2, 3, 4])
    expect(await revisions({ from: 2 })).toEqual([2, 3, 4])
    expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2])
    expect(await revisions({ from: 4, limit: 10 })).toEqual([4])
    expect(await revisions({ from: 5 })).toEqual([])
    expect(await revisions({ from: 0, limit: 0 })).toEqual([])
  })

  test('a stream longer than any page is read whole and in order', async () => {
    let head = emptyHead
    for (const command of ['c1', 'c2']) {
      const events = sealed(
        'a',
        command,
        Array.from({ length: 700 }, (_, index) => note(`${index}`)),
        { head },
      )
      await append(store(), events)
      head = headOf(events)
    }
    const revisions = (await collect(store().read('a', { from: 3 }))).map(event => event.revision)
    expect(revisions).toEqual(Array.from({ length: 1397 }, (_, index) => index + 3))
  })

  test('all streams together have one order, the same at every reading, and each stream keeps its own in it', async () => {
    await Promise.all([appendNotes(store(), 'a', 4), appendNotes(store(), 'b', 4)])
    const all = await collect(store().readAll())
    expect(await collect(store().readAll())).toEqual(all)
    const positions = all.map(event => event.position)
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
    expect(all.filter(event => event.stream === 'b').map(event => event.revision)).toEqual([0, 1, 2, 3])
  })

  test('everything is read after a position, exclusive, in pages that join without gap or repetition', async () => {
    await Promise.all([appendNotes(store(), 'a', 4), appendNotes(store(), 'b', 3)])
    const all = await collect(store().readAll())
    const paged = []
    for (let after = 0; ; after = paged.at(-1)?.position ?? after) {
      const page = await collect(store().readAll({ after, limit: 3 }))
      if (page.length === 0) break
      expect(page.length).toBeLessThanOrEqual(3)
      paged.push(...page)
    }
    expect(paged).toEqual(all)
  })

  test('a stream spread thinly among others is read whole, from its end as from its beginning', async () => {
    let head = emptyHead
    for (const round of [1, 2, 3]) {
      const one = sealed('thin', `thin-${round}`, [note('稀')], { head })
      await append(store(), one)
      head = headOf(one)
      await append(
        store(),
        sealed(
          `fat-${round}`,
          'fat',
          Array.from({ length: 60 }, () => note('密')),
        ),
      )
    }
    const revisions = async (from: number): Promise<number[]> =>
      (await collect(store().read('thin', { from }))).map(event => event.revision)
    expect(await revisions(0)).toEqual([0, 1, 2])
    expect(await revisions(2)).toEqual([2])
  })
}

function subscribing(store: () => EventStore): void {
  test('a subscription gives what was there, says once that it has caught up, then gives what comes', async () => {
    const before = await appendNotes(store(), 'a', 3)
    const stop = new AbortController()
    const seen: string[] = []
    for await (const item of store().subscribe({ signal: stop.signal })) {
      seen.push(isCaughtUp(item) ? 'caught up' : `${item.stream}${item.revision}`)
      if (isCaughtUp(item)) void appendNotes(store(), 'a', 2, headOf(before))
      if (seen.length === 6) stop.abort()
    }
    expect(seen).toEqual(['a0', 'a1', 'a2', 'caught up', 'a3', 'a4'])
  })

  test('a subscription from a position gives only what comes after it', async () => {
    await appendNotes(store(), 'a', 3)
    const [, second] = await collect(store().readAll())
    const stop = new AbortController()
    const seen: number[] = []
    for await (const item of store().subscribe({ after: second?.position ?? 0, signal: stop.signal })) {
      if (isCaughtUp(item)) stop.abort()
      else seen.push(item.revision)
    }
    expect(seen).toEqual([2])
  })

  test('a subscription misses nothing and repeats nothing while ten streams are written', async () => {
    const stop = new AbortController()
    const streams = Array.from({ length: 10 }, (_, index) => `s${index}`)
    const writing = Promise.all(streams.map(stream => appendNotes(store(), stream, 20)))
    const positions: number[] = []
    for await (const item of store().subscribe({ signal: stop.signal })) {
      if (!isCaughtUp(item)) positions.push(item.position)
      if (positions.length === 200) stop.abort()
    }
    await writing
    expect(positions).toEqual((await collect(store().readAll())).map(event => event.position))
  })

  test('a waiting subscription ends when its signal aborts', async () => {
    const stop = new AbortController()
    const items = []
    for await (const item of store().subscribe({ signal: stop.signal })) {
      items.push(item)
      setImmediate(() => stop.abort())
    }
    expect(items).toEqual([{ caughtUp: true, position: 0 }])
  })
}
