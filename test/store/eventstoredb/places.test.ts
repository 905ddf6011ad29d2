import { randomUUID } from 'node:crypto'
import { EventStoreDBClient, jsonEvent, type Position } from '@eventstore/db-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { credentialsOf, withinDeadline } from '../../../src/store/eventstoredb-connection.ts'
import { realServer } from '../../support/real-server.ts'
import { StandIn } from './stand-in.ts'

/** Asks for `$all` from a place that depends on an event's own, and says what came: events, an end, or the error. */
async function asked(
  url: string,
  ask: (client: EventStoreDBClient, own: Position) => Promise<string>,
): Promise<string> {
  const client = EventStoreDBClient.connectionString(url)
  onTestFinished(() => withinDeadline(client.dispose(), 1000).catch(() => undefined))
  const credentials = credentialsOf(url)
  const event = jsonEvent({ type: 'Placed', data: {} })
  const { position } = await client.appendToStream(`placed-${randomUUID()}`, event, { credentials })
  if (!position) throw new Error('the answer names no position')
  return ask(client, position).catch(error => `${error.code} ${error.message}`)
}

async function read(client: EventStoreDBClient, fromPosition: Position): Promise<string> {
  let events = 0
  for await (const _ of client.readAll({ fromPosition, maxCount: 1 })) events++
  return `${events} events`
}

function subscribed(client: EventStoreDBClient, fromPosition: Position): Promise<string> {
  const subscription = client.subscribeToAll({ fromPosition })
  return new Promise<string>((resolve, reject) => {
    subscription.on('error', reject)
    subscription.on('caughtUp', () => resolve('caught up'))
  }).finally(() => subscription.unsubscribe())
}

const moved = ({ commit, prepare }: Position, by: bigint): Position => ({ commit: commit + by, prepare: prepare + by })

function placesOf(name: string, url: () => Promise<string>): void {
  describe(`${name}, like a 23.10 server,`, () => {
    test('reads all streams from an event’s own place, the event included, and from far past the end nothing', async () => {
      expect(await asked(await url(), (client, own) => read(client, own))).toBe('1 events')
      expect(await asked(await url(), (client, own) => read(client, moved(own, 1n << 40n)))).toBe('0 events')
    })

    test('refuses to read from a place inside an event', async () => {
      const refusal = expect.stringMatching(/^2 .*Unexpected ReadAllResult: Error/)
      expect(await asked(await url(), (client, own) => read(client, moved(own, -1n)))).toEqual(refusal)
    })

    test('lets a subscription begin past the end and at an event’s own place, and refuses one inside an event', async () => {
      const refusal = expect.stringMatching(/^2 .*Exception was thrown by handler/)
      expect(await asked(await url(), (client, own) => subscribed(client, own))).toBe('caught up')
      expect(await asked(await url(), (client, own) => subscribed(client, moved(own, 1n << 40n)))).toBe('caught up')
      expect(await asked(await url(), (client, own) => subscribed(client, moved(own, -1n)))).toEqual(refusal)
    })
  })
}

placesOf('the stand-in', async () => {
  const server = await new StandIn().start()
  onTestFinished(() => server.die())
  return server.url
})

const url = realServer
if (url) placesOf('the real server', async () => url)
