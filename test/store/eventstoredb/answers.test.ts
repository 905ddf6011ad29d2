import { randomUUID } from 'node:crypto'
import {
  type AppendExpectedRevision,
  EventStoreDBClient,
  type JSONEventData,
  jsonEvent,
  MaxAppendSizeExceededError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { credentialsOf, withinDeadline } from '../../../src/store/eventstoredb-connection.ts'
import { realServer } from '../../support/real-server.ts'
import { StandIn } from './stand-in.ts'

/** Asks a server through the client alone, without our store between, and puts the answer into words. */
class Asking {
  readonly client: EventStoreDBClient
  readonly stream: string
  readonly #credentials: { readonly username: string; readonly password: string }

  constructor(url: string) {
    this.#credentials = credentialsOf(url)
    this.client = EventStoreDBClient.connectionString(url)
    this.stream = `asked-${randomUUID()}`
  }

  async append(
    expectedRevision: AppendExpectedRevision,
    events: JSONEventData[],
    stream = this.stream,
  ): Promise<string> {
    const credentials = this.#credentials
    return this.client.appendToStream(stream, events, { expectedRevision, credentials, deadline: 5000 }).then(
      ({ nextExpectedRevision }) => `up to ${nextExpectedRevision}`,
      error => wordsFor(error),
    )
  }

  /** Puts so many events into the stream. */
  async holding(count: number): Promise<void> {
    await this.append('no_stream', some(count))
  }

  async read(fromRevision = 0n): Promise<string> {
    try {
      const revisions: string[] = []
      for await (const { event } of this.client.readStream(this.stream, { fromRevision })) {
        revisions.push(`${event?.revision}`)
      }
      return revisions.join(' ') || 'nothing'
    } catch (error) {
      return wordsFor(error)
    }
  }

  /** The positions the answer to an append, the stream and `$all` give for its last event. */
  async positions(events: JSONEventData[], expectedRevision: AppendExpectedRevision): Promise<bigint[]> {
    const credentials = this.#credentials
    const answer = await this.client.appendToStream(this.stream, events, { expectedRevision, credentials })
    const last = await first(
      this.client.readStream(this.stream, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }),
    )
    const place = last?.event?.position ?? { commit: -1n, prepare: -1n }
    const all = await first(this.client.readAll({ fromPosition: place, maxCount: 1 }))
    return [answer.position?.commit ?? -2n, place.commit, all?.event?.position.commit ?? -3n]
  }

  /** Revisions a subscription gives after the first event's position, until it says that this was all. */
  async subscribed(): Promise<string> {
    const start = await first(this.client.readStream(this.stream, { maxCount: 1 }))
    const filter = streamNameFilter({ prefixes: [this.stream] })
    const subscription = this.client.subscribeToAll({ fromPosition: start?.event?.position ?? 'start', filter })
    const said: string[] = []
    subscription.on('error', () => undefined)
    subscription.on('data', ({ event }) => said.push(`${event?.revision}`))
    await new Promise<void>(resolve => subscription.on('caughtUp', () => setTimeout(resolve, 50)))
    await subscription.unsubscribe()
    return said.join(' ')
  }
}

/** Read to its end: a call that is left open would hold up the client's `dispose`. */
async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all[0]
}

function wordsFor(error: unknown): string {
  if (error instanceof WrongExpectedVersionError) return `wrong version, is at ${error.actualVersion}`
  if (error instanceof MaxAppendSizeExceededError) return `too large, at most ${error.maxAppendSize}`
  return (error as { type?: string }).type ?? String(error)
}

const some = (count: number): JSONEventData[] =>
  Array.from({ length: count }, (_, index) => jsonEvent({ type: 'Asked', data: { index } }))

type Question = readonly [what: string, ask: (asking: Asking) => Promise<string>, answer: string]

const questions: Question[] = [
  ['a new stream', a => a.append('no_stream', some(2)), 'up to 1'],
  ['a new stream that exists', a => a.holding(1).then(() => a.append('no_stream', some(1))), 'wrong version, is at 0'],
  ['a stale revision', a => a.holding(3).then(() => a.append(1n, some(1))), 'wrong version, is at 2'],
  ['a revision ahead', a => a.holding(1).then(() => a.append(4n, some(1))), 'wrong version, is at 0'],
  ['a revision of a missing stream', a => a.append(4n, some(1)), 'wrong version, is at no_stream'],
  ['stream_exists on a missing stream', a => a.append('stream_exists', some(1)), 'wrong version, is at no_stream'],
  [
    'the same ids again',
    async a => {
      const events = some(2)
      await a.append('no_stream', events)
      await a.append(1n, some(2))
      return `${await a.append('no_stream', events)}, holds ${await a.read()}`
    },
    'up to 1, holds 0 1 2 3',
  ],
  [
    'the same ids again in the middle',
    async a => {
      const events = some(2)
      await a.append('no_stream', some(1))
      await a.append(0n, events)
      await a.append(2n, some(1))
      return `${await a.append(0n, events)}, holds ${await a.read()}`
    },
    'up to 2, holds 0 1 2 3',
  ],
  [
    'the same ids with other data',
    async a => {
      const [event] = some(1) as [JSONEventData]
      await a.append('no_stream', [event])
      return a.append('no_stream', [{ ...event, data: { index: 99 } }])
    },
    'up to 0',
  ],
  [
    'the same ids at the head',
    async a => {
      const events = some(1)
      await a.append('no_stream', events)
      return a.append(0n, events)
    },
    'up to 1',
  ],
  [
    'the beginning of an earlier append',
    async a => {
      const events = some(3)
      await a.append('no_stream', events)
      return a.append('no_stream', events.slice(0, 2))
    },
    'up to 1',
  ],
  [
    'an earlier append and one more',
    async a => {
      const events = some(3)
      await a.append('no_stream', events.slice(0, 2))
      return a.append('no_stream', events)
    },
    'wrong version, is at 1',
  ],
  [
    'an earlier append in another order',
    async a => {
      const events = some(2)
      await a.append('no_stream', events)
      return a.append('no_stream', events.toReversed())
    },
    'wrong version, is at 1',
  ],
  [
    'the same ids in another stream',
    async a => {
      const events = some(1)
      await a.append('no_stream', events)
      return a.append('no_stream', events, `${a.stream}-b`)
    },
    'up to 0',
  ],
  [
    '32 writers of a new stream',
    async a => {
      const answers = await Promise.all(Array.from({ length: 32 }, () => a.append('no_stream', some(1))))
      return `${answers.filter(each => each === 'up to 0').length} stored, holds ${await a.read()}`
    },
    '1 stored, holds 0',
  ],
  [
    '1.2 MB',
    a => a.append('no_stream', [jsonEvent({ type: 'Asked', data: { text: 'x'.repeat(1_200_000) } })]),
    'too large, at most 1048576',
  ],
  ['a missing stream read', a => a.read(), 'stream-not-found'],
  ['a stream read past its end', a => a.holding(2).then(() => a.read(2n)), 'nothing'],
  ['a stream read from a revision', a => a.holding(3).then(() => a.read(1n)), '1 2'],
  [
    'a tombstoned stream',
    async a => {
      await a.append('no_stream', some(1))
      await a.client.tombstoneStream(a.stream)
      return `${await a.append(0n, some(1))}, ${await a.read()}`
    },
    'stream-deleted, stream-deleted',
  ],
  [
    'the place of an append',
    async a => {
      const events = some(3)
      const places = [...(await a.positions(events, 'no_stream')), ...(await a.positions(events, 'no_stream'))]
      return `${new Set(places).size} place`
    },
    '1 place',
  ],
  ['a subscription from a position', a => a.holding(3).then(() => a.subscribed()), '1 2'],
]

function answersOf(name: string, url: () => Promise<string>): void {
  describe(`${name} answers as a 23.10 server does to`, () => {
    test.for(questions)('%s', async ([, ask, answer]) => {
      const asking = new Asking(await url())
      onTestFinished(() => withinDeadline(asking.client.dispose(), 1000).catch(() => undefined))
      expect(await ask(asking)).toBe(answer)
    })
  })
}

answersOf('the stand-in', async () => {
  const server = await new StandIn().start()
  onTestFinished(() => server.die())
  return server.url
})

const url = realServer
if (url) answersOf('the real server', async () => url)
