import { describe, expect, test } from 'vitest'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { collect } from '../store/sample.ts'
import { COOP, invented, numbersOf, office } from '../support/ledger.ts'
import { bank, established, opening } from '../support/stories.ts'
import { faultsOf } from './faults.ts'
import { readModels, SERVERS, scratch, standIn } from './nodes.ts'
import { type NodeProcess, post, postUntilDone, ready, serving } from './processes.ts'

const WRITERS = 4
const EACH = 12
const KILLS = 4
const BETWEEN_KILLS = 15

async function begin(at: NodeProcess): Promise<void> {
  for (const [name, body] of [established, bank, opening]) expect((await post(at, name, body, name))?.status).toBe(201)
}

/** The read models in a node's directory, and what `verify` finds there. */
async function held(directory: string) {
  const { finding, events } = await verifyDirectory(directory, { logOnly: false })
  expect(finding).toBeUndefined()
  const sql = openNodeSql(`${directory}/ledger.db`, { readOnly: true })
  const tables = readModels(sql)
  const stored = await collect(new SqliteStore(sql, { readOnly: true }).read(`coop-${COOP}`))
  sql.close()
  return { tables, events, stored, times: (id: string) => stored.filter(({ commandId }) => commandId === id).length }
}

async function stop(...nodes: NodeProcess[]): Promise<void> {
  for (const { child } of nodes) child.kill('SIGTERM')
  expect(await Promise.all(nodes.map(({ ended }) => ended))).toEqual(nodes.map(() => 0))
}

describe.each(SERVERS)('programs on %s', (_, server) => {
  test('two that are written at once give gapless numbers and one code a person, and hold the same', async () => {
    const { url } = await server()
    const [first, second] = [scratch(), scratch()]
    const nodes = [await serving(first, url), await serving(second, url)] as const
    await begin(nodes[0])
    await ready(nodes[1])
    await postUntilDone(async () => nodes[1], 'PostVoucher', office('0.01'), 'warm')
    const writer = async (node: NodeProcess, name: string) => {
      const events: { data: object }[] = []
      for (let index = 0; index < EACH; index++) {
        const done = await postUntilDone(async () => node, 'PostVoucher', office(`${index + 1}.00`), `${name}-${index}`)
        expect([200, 201]).toContain(done.status)
        events.push(...(done.answer.events ?? []))
      }
      return events
    }
    const writing = nodes.flatMap((node, at) =>
      Array.from({ length: WRITERS }, (_, index) => writer(node, `${at}w${index}`)),
    )
    const enrolling = nodes.map((node, at) => post(node, 'RegisterPersons', person, `person-${at}`))
    const numbers = numbersOf((await Promise.all(writing)).flat()).map(number => Number(number.split('-').at(-1)))
    expect(numbers.sort((a, b) => a - b)).toEqual(
      Array.from({ length: nodes.length * WRITERS * EACH }, (_, index) => index + 2),
    )
    const statuses = (await Promise.all(enrolling)).map(done => done?.answer.events?.[0]?.data ?? done?.answer.code)
    expect(statuses).toContainEqual(expect.objectContaining({ person: 'M00001' }))
    await Promise.all(nodes.map(ready))
    await stop(...nodes)
    // A node that was told to stop may not have read the last yet: it does when it comes again.
    const again = [await serving(first, url, 'x'), await serving(second, url, 'x')]
    await Promise.all(again.map(ready))
    await stop(...again)
    const [one, two] = [await held(first), await held(second)]
    expect(two.events).toBe(one.events)
    expect(two.tables).toEqual(one.tables)
    console.log(`2 programs, ${numbers.length} commands raced`)
  })

  test(`one killed with -9 over and over, while the other goes on, has everything acknowledged once (${KILLS} kills)`, async () => {
    const { url } = await server()
    const [first, second] = [scratch(), scratch()]
    let victim = serving(first, url)
    const { code } = await victim
    const other = await serving(second, url)
    await begin(other)
    await ready(await victim)
    const acknowledged = new Map<string, number[]>()
    let over = false
    const writer = async (to: () => Promise<NodeProcess>, name: string) => {
      for (let index = 0; !over; index++) {
        const key = `${name}-${index}`
        const done = await postUntilDone(to, 'PostVoucher', office('0.50'), key)
        expect([200, 201]).toContain(done.status)
        acknowledged.set(
          key,
          (done.answer.events ?? []).map(({ revision }) => revision),
        )
      }
    }
    const writing = [writer(() => victim, 'v1'), writer(() => victim, 'v2'), writer(async () => other, 'o')]
    for (let kill = 0; kill < KILLS; kill++) {
      const goal = acknowledged.size + BETWEEN_KILLS
      while (acknowledged.size < goal) await new Promise(resume => setTimeout(resume, 5))
      const { child, ended } = await victim
      child.kill('SIGKILL')
      victim = ended.then(() => serving(first, url, code))
      await victim
    }
    over = true
    await Promise.all(writing)
    await Promise.all([await victim, other].map(ready))
    await stop(await victim, other)
    const again = [await serving(first, url, 'x'), await serving(second, url, 'x')]
    await Promise.all(again.map(ready))
    await stop(...again)
    const [one, two] = [await held(first), await held(second)]
    expect(faultsOf({ acknowledged, stored: one.stored, tables: [one.tables, two.tables] })).toEqual([])
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILLS * BETWEEN_KILLS)
    console.log(`${KILLS} kills of a node, ${acknowledged.size} commands acknowledged, each there once`)
  })
})

test('a program killed between the server’s answer and its own tables has the command when it comes again', async () => {
  const server = await standIn()
  const directory = scratch()
  const node = await serving(directory, server.url)
  await begin(node)
  server.standIn.hold()
  const stored = () => server.standIn.log.events.filter(({ type }) => type === 'VoucherPosted').length
  const asked = post(node, 'PostVoucher', office('1.00'), 'between')
  while (stored() === 0) await new Promise(resume => setTimeout(resume, 5))
  node.child.kill('SIGKILL')
  expect(await asked).toBeUndefined()
  await node.ended
  expect((await held(directory)).times('between')).toBe(0)
  server.standIn.release()
  const again = await serving(directory, server.url, node.code)
  await ready(again)
  expect((await post(again, 'PostVoucher', office('1.00'), 'between'))?.status).toBe(200)
  await stop(again)
  expect((await held(directory)).times('between')).toBe(1)
  expect(stored()).toBe(1)
})

test('a program whose server is silent ends within ten seconds of being told to', async () => {
  const server = await standIn()
  const node = await serving(scratch(), server.url)
  await begin(node)
  server.standIn.appendFaults.push(...Array.from({ length: 50 }, () => ({ when: 'before', fault: 'silent' }) as const))
  const asked = post(node, 'PostVoucher', office('1.00'), 'v')
  while (server.standIn.appendFaults.length === 50) await new Promise(resume => setTimeout(resume, 5))
  const since = performance.now()
  node.child.kill('SIGTERM')
  expect(await node.ended).toBe(0)
  expect(performance.now() - since).toBeLessThan(15_000)
  expect((await asked)?.status ?? 503).toBe(503)
})

const person = {
  persons: [{ person: invented().members[0]?.person, on: '2025-01-01', relation: '合作方', resident: false }],
}
