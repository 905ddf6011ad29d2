import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { OutcomeUnknown, type StoreError } from '../../../src/store/errors.ts'
import { type EventStoreDbOptions, EventStoreDbStore } from '../../../src/store/eventstoredb.ts'
import type { Appended, EventStore, NewEvent } from '../../../src/store/port.ts'
import { appendNotes, collect, envelopeOf, headOf, note, sealed } from '../sample.ts'
import { type AppendFault, type Fault, StandIn } from './stand-in.ts'
import { callErrors } from './stand-in-messages.ts'
import { Wire } from './wire.ts'

const quick = { deadline: 800, backOff: [5, 20], prefix: 'test-' } as const

async function standIn(options: EventStoreDbOptions = {}): Promise<{ server: StandIn; store: EventStoreDbStore }> {
  const server = await new StandIn().start()
  const store = storeOn(server, options)
  onTestFinished(() => server.die())
  return { server, store }
}

function storeOn(server: StandIn, options: EventStoreDbOptions = {}): EventStoreDbStore {
  const store = new EventStoreDbStore(server.url, { ...quick, ...options })
  onTestFinished(() => store.close())
  return store
}

const faults: Record<string, Fault> = {
  'falls silent': 'silent',
  dies: 'die',
  'answers late': { late: 1000 },
  'is not the leader and knows none': callErrors.noLeader(),
  'is not ready': callErrors.notReady(),
  'is too busy': callErrors.tooBusy(),
  'times out': callErrors.timeout(),
  'fails in an unknown way': callErrors.unknown(),
  'drops the connection': callErrors.unavailable(),
  'cancels the call': callErrors.cancelled(),
}
// The server gives these answers only when it has done nothing.
const beforeOnly = new Set(['is not the leader and knows none', 'is not ready', 'is too busy'])
const points = Object.entries(faults).flatMap(([name, fault]) =>
  (['before', 'after'] as const)
    .filter(when => when === 'before' || !beforeOnly.has(name))
    .map(when => ({ name, when, fault })),
)

type Send = (store: EventStore, events: readonly NewEvent[]) => Promise<Appended>

const append: Send = (store, events) => {
  const { stream, commandId, revision } = events[0] as NewEvent
  return store.append(stream, revision - 1, events, { commandId })
}

/** One append that meets a fault, between two that do not; gives what the stream holds of it afterwards. */
async function meet(fault: AppendFault, persistence: number, send: Send): Promise<string[]> {
  const { server, store } = await standIn({ persistence })
  const before = await appendNotes(store, 'a', 2)
  const events = sealed('a', 'struck', [note('一'), note('二')], { head: headOf(before) })
  server.appendFaults.push(fault)
  const answer = await send(store, events)
  expect(answer).toEqual(await append(store, events))
  await appendNotes(store, 'a', 1, headOf(events))
  const stored = await collect(store.read('a'))
  expect(stored.slice(2, 4).map(envelopeOf)).toEqual(events.map(envelopeOf))
  return stored.map(event => event.commandId)
}

let met = 0

describe('an append to a server that fails is stored exactly once:', () => {
  afterAll(() => {
    console.log(`appends to a failing server: ${met} fault points`)
    expect(met).toBeGreaterThanOrEqual(34)
  })

  test.for(points)('when it $name $when storing, the store sends the same events again', async ({ when, fault }) => {
    expect(await meet({ when, fault }, 3000, append)).toEqual(['a-0', 'a-1', 'struck', 'struck', 'a-4'])
    met++
  })

  test.for(points)('when it $name $when storing, the caller may send them again', async ({ when, fault }) => {
    const twice: Send = (store, events) =>
      append(store, events).catch(async () => {
        await expect.poll(() => collect(store.read('a'))).not.toEqual([])
        return append(store, events)
      })
    expect(await meet({ when, fault }, 0, twice)).toEqual(['a-0', 'a-1', 'struck', 'struck', 'a-4'])
    met++
  })

  test('a sender that decides anew after an unknown outcome is caught by this suite', async () => {
    const decidesAnew: Send = async (store, events) => {
      try {
        return await append(store, events)
      } catch {
        const [last] = (await collect(store.read('a'))).slice(-1)
        const again = sealed('a', 'struck-again', [note('一'), note('二')], { head: { ...events[0]!, ...last! } })
        return append(store, again)
      }
    }
    const fault = { when: 'after', fault: callErrors.timeout() } as const
    await expect(meet(fault, 0, decidesAnew)).rejects.toThrow('to deeply equal')
  })
})

describe('an append that fails for good says what is left behind:', () => {
  const outcome = async (fault: AppendFault, prepare?: (server: StandIn) => void): Promise<StoreError> => {
    const { server, store } = await standIn({ persistence: 0 })
    prepare?.(server)
    server.appendFaults.push(fault)
    return append(store, sealed('a', 'c', [note('一')])).then(
      () => expect.unreachable(),
      (error: StoreError) => error,
    )
  }

  test.for([
    ['notReady', 'Unavailable'],
    ['tooBusy', 'Unavailable'],
    ['noLeader', 'Unavailable'],
    ['accessDenied', 'Unavailable'],
    ['unauthenticated', 'Unavailable'],
    ['timeout', 'OutcomeUnknown'],
    ['unknown', 'OutcomeUnknown'],
    ['unavailable', 'OutcomeUnknown'],
    ['cancelled', 'OutcomeUnknown'],
  ] as const)('the server answering %s is %s', async ([answer, code]) => {
    expect(await outcome({ when: 'before', fault: callErrors[answer]() })).toMatchObject({ code })
  })

  test('a server that says nothing is OutcomeUnknown once the deadline has passed', async () => {
    expect(await outcome({ when: 'after', fault: 'silent' })).toBeInstanceOf(OutcomeUnknown)
  })

  test('an append over the limit of the server is TooLarge and names it', async () => {
    expect(await outcome({ when: 'before', fault: callErrors.tooLarge(100) })).toMatchObject({
      code: 'TooLarge',
      limit: 100,
    })
  })

  test('a stream deleted on the server is Unreadable, to write as to read', async () => {
    const { server, store } = await standIn()
    server.log.tombstone('test-a')
    await expect(append(store, sealed('a', 'c', [note('一')]))).rejects.toMatchObject({ code: 'Unreadable' })
    await expect(collect(store.read('a'))).rejects.toMatchObject({ code: 'Unreadable' })
  })

  test('a connection that stays open and carries nothing is given up at the deadline, and the append is stored once', async () => {
    const { server } = await standIn()
    const wire = await new Wire(() => server.port).start()
    onTestFinished(() => wire.stop())
    const store = new EventStoreDbStore(wire.url, quick)
    onTestFinished(() => store.close())
    const written = await appendNotes(store, 'a', 1)
    wire.abandon()
    await appendNotes(store, 'a', 1, headOf(written))
    wire.abandon()
    await expect(collect(store.read('a'))).rejects.toMatchObject({ code: 'Unavailable' })
    await expect.poll(async () => (await collect(store.read('a'))).map(({ revision }) => revision)).toEqual([0, 1])
  })

  test('a cluster of which no node answers is Unavailable, for nothing was sent', async () => {
    const { server } = await standIn()
    server.die()
    const url = `esdb://127.0.0.1:${server.port},localhost:${server.port}?tls=false&maxDiscoverAttempts=1`
    const store = new EventStoreDbStore(url, { ...quick, persistence: 100 })
    onTestFinished(() => store.close())
    await expect(append(store, sealed('a', 'first', [note('一')]))).rejects.toMatchObject({ code: 'Unavailable' })
  })

  test('a server that is not there is Unavailable, for nothing was sent', async () => {
    const { server, store } = await standIn({ persistence: 100 })
    const written = await appendNotes(store, 'a', 1)
    server.die()
    const since = performance.now()
    const next = sealed('a', 'next', [note('一')], { head: headOf(written) })
    await expect(append(store, next)).rejects.toMatchObject({ code: 'Unavailable' })
    await expect(collect(store.readAll())).rejects.toMatchObject({ code: 'Unavailable' })
    expect(performance.now() - since).toBeLessThan(3000)
    await server.start()
    expect(await append(store, next)).toMatchObject({ revision: 1 })
  })

  test('behind a silent server appends do not wait for one another without end', async () => {
    const { server, store } = await standIn({ persistence: 0, patience: 200 })
    server.appendFaults.push(...Array.from({ length: 30 }, (): AppendFault => ({ when: 'before', fault: 'silent' })))
    const waiting = Array.from({ length: 20 }, (_, index) => append(store, sealed('a', `c${index}`, [note('等')])))
    const since = performance.now()
    const settled = await Promise.allSettled(waiting)
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true)
    expect(performance.now() - since).toBeLessThan(4000)
    expect(server.calls.append).toBeLessThan(5)
  })

  test('a closed store writes nothing more', async () => {
    const { server, store } = await standIn()
    await store.close()
    await expect(append(store, sealed('a', 'c', [note('一')]))).rejects.toMatchObject({ code: 'Unavailable' })
    expect(server.calls.append).toBe(0)
  })

  test('a stream whose name could not be found again is refused', async () => {
    const { server } = await standIn()
    const store = storeOn(server, { prefix: '' })
    await expect(append(store, sealed('other', 'c', [note('一')]))).rejects.toMatchObject({ code: 'Unstorable' })
    expect(await append(store, sealed('coop-a', 'c', [note('一')]))).toMatchObject({ revision: 0 })
  })
})
