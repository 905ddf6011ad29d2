import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { type EventStoreDbOptions, EventStoreDbStore } from '../../../src/store/eventstoredb.ts'
import { pauseAfter } from '../../../src/store/eventstoredb-follow.ts'
import { type EventStore, isCaughtUp, type RecordedEvent } from '../../../src/store/port.ts'
import { appendNotes, collect, headOf } from '../sample.ts'
import { type Fault, StandIn } from './stand-in.ts'
import { callErrors } from './stand-in-messages.ts'
import { Wire } from './wire.ts'

const quick = { deadline: 800, heartbeat: 150, backOff: [5, 20], prefix: 'test-' } as const

async function standIn(options: EventStoreDbOptions = {}): Promise<{ server: StandIn; store: EventStoreDbStore }> {
  const server = await new StandIn().start()
  onTestFinished(() => server.die())
  return { server, store: storeAt(server.url, options) }
}

function storeAt(url: string, options: EventStoreDbOptions = {}): EventStoreDbStore {
  const store = new EventStoreDbStore(url, { ...quick, ...options })
  onTestFinished(() => store.close())
  return store
}

/** Follows until `count` events were given, and gives their revisions; writes what comes later when it has caught up. */
async function followed(store: EventStore, count: number, onCaughtUp: () => void = () => undefined): Promise<string[]> {
  const stop = new AbortController()
  const seen: string[] = []
  for await (const item of store.subscribe({ signal: stop.signal })) {
    seen.push(isCaughtUp(item) ? 'caught up' : `${item.revision}`)
    if (isCaughtUp(item)) onCaughtUp()
    if (seen.filter(each => each !== 'caught up').length === count) stop.abort()
  }
  return seen
}

const faults: Record<string, Fault> = {
  ends: 'end',
  dies: 'die',
  'falls silent': 'silent',
  'is cancelled': callErrors.cancelled(),
  'times out': callErrors.timeout(),
  'finds its reader too slow': callErrors.readerTooSlow(),
  'becomes unavailable': callErrors.unavailable(),
}
const points = Object.entries(faults).flatMap(([name, fault]) => [0, 1, 3, 5].map(after => ({ name, fault, after })))
let met = 0

describe('a subscription misses nothing and repeats nothing:', () => {
  afterAll(() => {
    console.log(`subscriptions on a failing server: ${met} fault points`)
    expect(met).toBeGreaterThanOrEqual(28)
  })

  test.for(points)('when it $name after $after of five events', async ({ fault, after }) => {
    const { server, store } = await standIn()
    const written = await appendNotes(store, 'a', 3)
    server.subscriptionFaults.push({ after, fault }, { after: 1, fault: 'end' })
    const seen = await followed(store, 5, () => void appendNotes(store, 'a', 2, headOf(written)))
    expect(seen.filter(each => each !== 'caught up')).toEqual(['0', '1', '2', '3', '4'])
    expect(seen.filter(each => each === 'caught up')).toHaveLength(1)
    met++
  })

  test.for(['freeze', 'halfClose', 'cut'] as const)('when the line to the server is struck by %s', async strike => {
    const { server, store } = await standIn()
    const wire = await new Wire(() => server.port).start()
    onTestFinished(() => wire.stop())
    const dropped: unknown[] = []
    const far = storeAt(wire.url, { onDrop: cause => dropped.push(cause) })
    const written = await appendNotes(store, 'a', 3)
    const seen = await followed(far, 5, () => {
      wire[strike]()
      void appendNotes(store, 'a', 2, headOf(written))
      if (strike === 'freeze') setTimeout(() => wire.thaw(), 300)
    })
    expect(seen).toEqual(['0', '1', '2', 'caught up', '3', '4'])
    expect(dropped.length).toBeGreaterThan(0)
  })

  test('a follower that takes what it has missed for the end of the log is caught by this suite', async () => {
    const { server, store } = await standIn()
    const written = await appendNotes(store, 'a', 3)
    server.subscriptionFaults.push({ after: 1, fault: 'end' })
    // It begins again at the end of the log, as a subscription without a place of its own would.
    const forgetful: EventStore = Object.create(store, {
      subscribe: {
        value: async function* ({ signal }: { signal: AbortSignal }): AsyncGenerator<RecordedEvent> {
          yield (await collect(store.read('a')))[0]!
          const all = await collect(store.readAll())
          for await (const item of store.subscribe({ after: all.at(-1)!.position, signal })) {
            if (isCaughtUp(item)) void appendNotes(store, 'a', 2, headOf(written))
            else yield item
          }
        },
      },
    })
    expect(await followed(forgetful, 3)).not.toEqual(['0', '1', '2'])
  })

  test('while others write to the server, a new subscription goes on from the checkpoint and not from far back', async () => {
    const { server, store } = await standIn({ backOff: [5, 10] })
    const written = await appendNotes(store, 'a', 1)
    server.subscriptionFaults.push({ after: 1, fault: 'silent' })
    const other = { id: 'o', type: 'Other', contentType: 'application/json', data: Buffer.from('{}') }
    for (let index = 0; index < 100; index++) server.log.plant('other', { ...other, metadata: new Uint8Array() })
    const seen = await followed(store, 2, () => void appendNotes(store, 'a', 1, headOf(written)))
    expect(seen).toEqual(['0', 'caught up', '1'])
    const last = server.log.events.findLast(({ stream }) => stream === 'other')
    expect(server.subscribedFrom.at(-1)).toBe(last?.position)
  })

  test('leaving a subscription leaves nothing open on the server', async () => {
    const { server, store } = await standIn()
    await appendNotes(store, 'a', 3)
    await followed(store, 2)
    for await (const _event of store.read('a')) break
    for await (const _event of store.readAll()) break
    await expect.poll(() => server.open).toBe(0)
  })

  test('closing the store ends its subscriptions', async () => {
    const { store } = await standIn()
    await appendNotes(store, 'a', 1)
    const seen = followed(store, 99, () => void store.close())
    expect(await seen).toEqual(['0', 'caught up'])
  })

  test('the pauses before a new subscription grow to the cap and no further, and are never the same for two nodes', () => {
    const pauses = Array.from({ length: 40 }, (_, failures) =>
      pauseAfter(failures, { backOff: [50, 10_000], chance: Math.random }),
    )
    expect(pauses[0]).toBeLessThanOrEqual(50)
    expect(Math.min(...pauses.slice(10))).toBeGreaterThanOrEqual(5_000)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000)
    expect(new Set(pauses).size).toBe(40)
  })
})

describe('a read', () => {
  test.for([
    ['falls silent', 'silent'],
    ['dies', 'die'],
    ['drops the connection', callErrors.unavailable()],
    ['denies access', callErrors.accessDenied()],
    ['does not know the login', callErrors.unauthenticated()],
  ] as const)('from a server that %s is Unavailable after what was given', async ([, fault]) => {
    const { server, store } = await standIn()
    await appendNotes(store, 'a', 4)
    server.readFaults.push({ after: 2, fault })
    const given: number[] = []
    const reading = async (): Promise<void> => {
      for await (const event of store.read('a')) given.push(event.revision)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'Unavailable' })
    expect(given.length).toBeLessThanOrEqual(2)
  })

  test('of an event that another program wrote into a stream of ours is Unreadable', async () => {
    const { server, store } = await standIn()
    await appendNotes(store, 'a', 1)
    const foreign = { id: 'x', type: 'NoteTaken', contentType: 'application/json', data: Buffer.from('{}') }
    server.log.plant('test-a', { ...foreign, metadata: Buffer.from('{}') })
    await expect(collect(store.read('a'))).rejects.toMatchObject({ code: 'Unreadable' })
    await expect(collect(store.readAll())).rejects.toMatchObject({ code: 'Unreadable' })
    await expect(followed(store, 2)).rejects.toMatchObject({ code: 'Unreadable' })
  })

  test('of data that is no JSON is Unreadable, and not the text it is', async () => {
    const { server, store } = await standIn()
    const [event] = await appendNotes(store, 'a', 1)
    const held = server.log.stream('test-a')
    const metadata = held !== 'deleted' ? held?.[0]?.metadata : undefined
    const broken = { id: 'x', type: event!.type, contentType: 'application/octet-stream', data: Buffer.from('{') }
    server.log.plant('test-a', { ...broken, metadata: metadata ?? new Uint8Array() })
    await expect(collect(store.read('a'))).rejects.toMatchObject({ code: 'Unreadable' })
  })
})

test('a connection string without a login is refused unless TLS is off', () => {
  expect(() => new EventStoreDbStore('esdb://127.0.0.1:2113')).toThrow('EVENTSTORE_URL')
  expect(() => new EventStoreDbStore('http://127.0.0.1:2113')).toThrow('EVENTSTORE_URL')
})
