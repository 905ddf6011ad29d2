import { EventStoreDBClient, type JSONType, jsonEvent } from '@eventstore/db-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openOffice } from '../../src/office-node.ts'
import { credentialsOf } from '../../src/store/eventstoredb-connection.ts'
import { serverAddress } from '../../src/store/eventstoredb-url.ts'
import { Wire } from '../store/eventstoredb/wire.ts'
import { collect } from '../store/sample.ts'
import { COOP, office } from '../support/ledger.ts'
import { bank, established, opening } from '../support/stories.ts'
import {
  give,
  level,
  node,
  readModels,
  SERVERS,
  type Server,
  scratch,
  standIn,
  story,
  type TestNode,
  twoNodes,
} from './nodes.ts'

const begun = [established, bank, opening]

/** Writes into a co-op's stream on the server, past the program: its last event once more, altered. */
async function tamper(
  server: Server,
  alter: (data: JSONType, metadata: JSONType) => [JSONType, JSONType],
): Promise<void> {
  const { url, prefix } = serverAddress(server.url)
  const client = EventStoreDBClient.connectionString(url)
  const [last] = await collect(
    client.readStream(`${prefix}coop-${COOP}`, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }),
  )
  const event = last?.event
  if (!event) throw new Error('the co-op has no events')
  const [data, metadata] = alter(event.data as JSONType, event.metadata as JSONType)
  await client.appendToStream(
    `${prefix}coop-${COOP}`,
    jsonEvent({ type: event.type, data: data as never, metadata: metadata as never }),
    {
      credentials: credentialsOf(url),
    },
  )
  await client.dispose()
}

/** Returns when the node has stopped the co-op. */
async function stopped(at: TestNode): Promise<void> {
  await expect
    .poll(
      () =>
        at.office.ledger.head(COOP).then(
          () => 'served',
          error => error.code,
        ),
      { timeout: 10_000 },
    )
    .toBe('Unreadable')
}

describe.each(SERVERS)('on %s', (_, server) => {
  test.each([
    ['is altered', (data: JSONType, metadata: JSONType): [JSONType, JSONType] => [data, metadata]],
    ['is not the program’s', (data: JSONType): [JSONType, JSONType] => [data, { by: 'somebody' }]],
  ])('an event that %s stops its co-op on every node, and the others go on', async (_, alter) => {
    const at = await server()
    const [one, two] = await twoNodes(at)
    await story(one, begun)
    await story(two, begun, 'other')
    await level(one, two)
    const before = readModels(two.office.sql)
    await tamper(at, alter)
    for (const each of [one, two]) await stopped(each)
    await expect(give(one, 'PostVoucher', office('1.00'), 'v')).rejects.toMatchObject({ code: 'Unreadable' })
    expect(readModels(two.office.sql)).toEqual(before)
    expect(await give(two, 'PostVoucher', office('1.00'), 'v', 'other')).toMatchObject({ repeated: false })
    await two.close()
    const again = await node(at, { directory: two.directory })
    await again.office.node?.caughtUp(5_000)
    await stopped(again)
    expect(await give(again, 'PostVoucher', office('2.00'), 'w', 'other')).toMatchObject({ repeated: false })
  })

  test('a server that does not have what the node has read is refused, and nothing is written to it', async () => {
    const [first, empty] = [await server(), await server()]
    const one = await node(first)
    await story(one, begun)
    await one.close()
    const again = await node(empty, { directory: one.directory })
    await expect
      .poll(() => again.troubles.map(cause => (cause as { code?: string }).code), { timeout: 10_000 })
      .toContain('ServerBehind')
    expect(again.office.node?.faults()).toEqual([expect.stringContaining('服务器上的账本落后于本目录')])
    await expect(give(again, 'PostVoucher', office('1.00'), 'v')).rejects.toMatchObject({ code: 'Unavailable' })
    expect((await again.office.ledger.state(COOP).catch(error => error)).code).toBe('Unavailable')
  })
})

test('a server with another log under the same names is refused', async () => {
  const [first, second] = [await standIn(), await standIn()]
  const { prefix } = serverAddress(first.url)
  const other = { ...second, url: second.url.replace(/prefix=.*$/, `prefix=${prefix}`) }
  const one = await node(first)
  await story(one, begun)
  await one.close()
  const two = await node(other, { now: () => '2025-12-30T03:00:00.000Z' })
  await story(two, begun)
  const again = await node(other, { directory: one.directory })
  await expect
    .poll(() => again.troubles.map(cause => (cause as { code?: string }).code), { timeout: 10_000 })
    .toContain('OtherLog')
  expect(again.office.node?.faults().join()).toMatch(/另一本账.*空目录/)
})

test('a server that comes back with an older log is noticed by a node that runs', async () => {
  const [first, second] = [await standIn(), await standIn()]
  let port = first.standIn.port
  const wire = await new Wire(() => port).start()
  onTestFinished(() => wire.stop())
  const one = await node({ url: wire.url + first.url.slice(first.url.indexOf('&prefix')) })
  await story(one, begun)
  port = second.standIn.port
  wire.cut()
  await expect
    .poll(() => one.troubles.map(cause => (cause as { code?: string }).code), { timeout: 10_000 })
    .toContain('ServerBehind')
})

test('a directory with a log of its own is not made a node, and a node’s directory not a log of its own', async () => {
  const server = await standIn()
  const own = scratch()
  openOffice(own).close()
  await expect(node(server, { directory: own })).rejects.toMatchObject({ code: 'NotAMirror' })
  const one = await node(server)
  await story(one, begun)
  await one.close()
  expect(() => openOffice(one.directory)).toThrow(expect.objectContaining({ code: 'IsMirror' }))
})

test('a directory whose keys are another ledger’s is refused, and so is a prefix that could be misread', async () => {
  const [first, second] = [await standIn(), await standIn()]
  const one = await node(first)
  await one.close()
  const { rmSync } = await import('node:fs')
  for (const end of ['', '-wal', '-shm']) rmSync(`${one.directory}/ledger.db${end}`, { force: true })
  await expect(node(second, { directory: one.directory })).rejects.toMatchObject({ code: 'OtherVault' })
  for (const prefix of ['coop-', 'vault-', 'A-', 'a', 'a-b-', '$x-']) {
    expect(() => serverAddress(`esdb://127.0.0.1:2113?tls=false&prefix=${prefix}`)).toThrow('prefix')
  }
  expect(serverAddress('esdb://h:1?prefix=county-&tls=false')).toEqual({
    url: 'esdb://h:1?tls=false',
    prefix: 'county-',
  })
})

test('a server whose log, read to its end, does not reach what was published here stops that co-op', async () => {
  const server = await standIn()
  const directory = scratch()
  const { writeFileSync } = await import('node:fs')
  writeFileSync(
    `${directory}/heads.json`,
    JSON.stringify({ [`coop-${COOP}`]: { revision: 99, hash: 'ab'.repeat(32) } }),
  )
  await story(await node(server), begun)
  const at = await node(server, { directory })
  await at.office.node?.caughtUp(5_000)
  await expect(at.office.ledger.head(COOP)).rejects.toThrow('账本落后于已公开的指纹')
})
