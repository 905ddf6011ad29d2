import { expect, test } from 'vitest'
import { CODE, command, testHouse } from '../http/house.ts'
import { COOP, office } from '../support/ledger.ts'
import { bank, established, opening } from '../support/stories.ts'
import { give, level, node, readModels, standIn, story, twoNodes } from './nodes.ts'

const vouchers = (at: { office: { sql: { get(sql: string): unknown } } }) =>
  (at.office.sql.get('SELECT count(*) AS count FROM vouchers') as { count: number }).count

/** Asks again until the answer is as wanted; the program's own pauses are the only ones. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (const since = performance.now(); ; ) {
    const answer = await ask()
    if (wanted(answer)) return answer
    if (performance.now() - since > 15_000) throw new Error(`still ${JSON.stringify(answer)}`)
    await new Promise(resume => setImmediate(resume))
  }
}

/** Lets everything that is on its way arrive. */
async function turns(count: number): Promise<string> {
  for (let turn = 0; turn < count; turn++) await new Promise(resume => setImmediate(resume))
  return 'waiting'
}

test('who writes through a node reads there what was written', async () => {
  const server = await standIn()
  const at = await node(server)
  await story(at, [established, bank, opening])
  const before = vouchers(at)
  for (let index = 1; index <= 5; index++) {
    await give(at, 'PostVoucher', office(`${index}.00`), `v${index}`)
    expect(vouchers(at)).toBe(before + index)
  }
})

test('an answer waits until the node’s own tables have what was written', async () => {
  const server = await standIn()
  const at = await node(server)
  await story(at, [established, bank, opening])
  const before = vouchers(at)
  const stored = () => server.standIn.log.events.length
  const held = stored()
  server.standIn.hold()
  const asked = give(at, 'PostVoucher', office('1.00'), 'v').then(() => 'answered')
  await until(
    async () => stored(),
    count => count > held,
  )
  expect(await Promise.race([asked, turns(300)])).toBe('waiting')
  server.standIn.release()
  expect(await asked).toBe('answered')
  expect(vouchers(at)).toBe(before + 1)
})

test('a refusal decided on what another node has changed meanwhile is decided again', async () => {
  const server = await standIn()
  const [one, two] = await twoNodes(server)
  await story(one, [established])
  await level(one, two)
  await two.office.ledger.state(COOP)
  server.standIn.hold()
  // The other node knows no bank account yet: on what it has read, this would be refused.
  const pending = [give(one, bank[0], bank[1], 'bank'), give(one, opening[0], opening[1], 'opening')]
  await until(
    async () => server.standIn.log.events.filter(({ stream }) => stream.endsWith(`coop-${COOP}`)).length,
    count => count >= 4,
  )
  const asked = give(two, 'PostVoucher', office('3.00'), 'v')
  await until(
    async () => server.standIn.calls.read,
    count => count > 0,
  )
  server.standIn.release()
  expect(await asked).toMatchObject({ repeated: false })
  await Promise.all(pending)
})

test('a node that lags answers after a bounded wait that the command is recorded, and shows it once it has caught up', async () => {
  const server = await standIn()
  const at = await node(server, { patience: 200 })
  await story(at, [established, bank, opening])
  const before = vouchers(at)
  server.standIn.hold()
  expect(await give(at, 'PostVoucher', office('1.00'), 'late')).toMatchObject({ repeated: false })
  expect(vouchers(at)).toBe(before)
  expect(await give(at, 'PostVoucher', office('1.00'), 'late')).toMatchObject({ repeated: true })
  expect(await give(at, 'PostVoucher', office('99999999.00'), 'too much')).toMatchObject({ refusal: {} })
  server.standIn.release()
  await until(
    async () => vouchers(at),
    count => count === before + 1,
  )
})

test.each([
  'dead',
  'silent',
] as const)('while the server is %s writes answer 503, reads go on, and both recover by themselves', async how => {
  const server = await standIn()
  const at = await node(server)
  await story(at, [established, bank, opening])
  const app = testHouse(at.office)
  const post = async (key: string) => command(app, `/api/coops/${COOP}/commands/PostVoucher`, office('2.00'), { key })
  if (how === 'dead') server.standIn.die()
  else
    server.standIn.appendFaults.push(
      ...Array.from({ length: 20 }, () => ({ when: 'before', fault: 'silent' }) as const),
    )
  const refused = await post('down')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  const read = await app.request(`/api/coops/${COOP}/trial-balance?period=2025-12`, {
    headers: { authorization: `Bearer ${CODE}` },
  })
  expect(read.status).toBe(200)
  if (how === 'dead') {
    const ready = await until(
      async () => await app.request('/readyz'),
      ({ status }) => status === 503,
    )
    expect(await ready.text()).toContain('集群服务器从')
    await server.standIn.start()
  } else server.standIn.appendFaults.length = 0
  const done = await until(
    () => post('down'),
    ({ status }) => status !== 503,
  )
  expect([200, 201]).toContain(done.status)
  await until(
    async () => await app.request('/readyz'),
    ({ status }) => status === 200,
  )
  expect(await at.office.store.findCommand(`coop-${COOP}`, 'down')).toHaveLength(1)
})

test('a node that begins late, or stops and begins again, has the tables of the others', async () => {
  const server = await standIn()
  const one = await node(server)
  await story(one, [established, bank])
  const two = await node(server)
  await two.office.node?.caughtUp(5_000)
  await two.close()
  await story(one, [opening])
  const again = await node(server, { directory: two.directory })
  await again.office.node?.caughtUp(5_000)
  await level(one, again)
  expect(readModels(again.office.sql)).toEqual(readModels(one.office.sql))
})

test('a node opens and shows its books while the server is not there, and says so', async () => {
  const server = await standIn()
  const at = await node(server)
  await story(at, [established, bank, opening])
  await at.close()
  server.standIn.die()
  const again = await node(server, { directory: at.directory })
  expect((await again.office.ledger.state(COOP)).books).toBeDefined()
  await until(
    async () => again.office.node?.faults().join() ?? '',
    said => said.includes('集群服务器从'),
  )
  await expect(give(again, 'PostVoucher', office('1.00'), 'v')).rejects.toMatchObject({ code: 'Unavailable' })
  await server.standIn.start()
  await until(
    () => give(again, 'PostVoucher', office('1.00'), 'v').catch(() => undefined),
    answer => answer !== undefined,
  )
})
