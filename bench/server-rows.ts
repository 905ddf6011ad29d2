import { join } from 'node:path'
import { catalogue } from '../src/domain/events.ts'
import { openOffice } from '../src/office-node.ts'
import { createCodec, headAfter } from '../src/store/codec.ts'
import { emptyHead } from '../src/store/port.ts'
import { openNodeSql } from '../src/store/sql-node.ts'
import { SqliteStore } from '../src/store/sqlite.ts'
import { median, seconds } from './measure.ts'
import { type Bench, compared, type Row } from './row.ts'
import { startServer } from './server-process.ts'
import { transactionSource } from './transactions.ts'

const WRITERS = 20
const COMMANDS_EACH = 50
const STARTS = 5
const COOP = 'bench'

const ESTABLISHED = {
  name: '测速社区股份经济合作社',
  level: '社区',
  firstDay: '2025-01-01',
  charter: { reserveRate: '0.30', objectionDays: 7, representatives: 30 },
  demo: true,
}

const OPENING = {
  on: '2025-01-01',
  priorYearClosed: true,
  lines: [
    { account: '101', debit: '900000' },
    { account: '301', credit: '900000' },
  ],
}

/** Commands of twenty writers over HTTP: durable, and every read model moved, before each is answered. */
export async function httpCommand(bench: Bench): Promise<Row> {
  const server = await startServer(join(bench.folder, 'http'))
  try {
    return await timeCommands(poster(server.url, server.code))
  } finally {
    await server.stop()
  }
}

async function timeCommands(post: Poster): Promise<Row> {
  await post('EstablishCoop', ESTABLISHED, 'begin')
  await post('RecordOpeningBalances', OPENING, 'opening')
  const times: number[] = []
  const writer = async (name: number, count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      times.push(await seconds(() => post('PostVoucher', officeCosts(index), `w${name}-${count}-${index}`)))
    }
  }
  const together = (count: number) => Promise.all(Array.from({ length: WRITERS }, (_, name) => writer(name, count)))
  await together(10)
  times.length = 0
  const taken = await seconds(() => together(COMMANDS_EACH))
  const sorted = times.sort((a, b) => a - b)
  const p99 = (sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN) * 1000
  const rate = Math.round(times.length / taken)
  return compared({
    id: 'http-command',
    what: `p99 of a command over HTTP, durable and projected everywhere, ${WRITERS} writers to one co-op`,
    ours: p99,
    peer: null,
    against: 'a limit',
    unit: 'ms',
    floor: 50,
    better: 'lower',
    note: `${rate} commands/s, median ${(median(times) * 1000).toFixed(1)} ms; the server in a process of its own`,
  })
}

/** From the start of the process until the server answers, on a co-op of a tenth of a million events. */
export async function start100k(bench: Bench): Promise<Row> {
  const directory = join(bench.folder, 'start')
  const count = Math.ceil(bench.events / 10)
  await fill(directory, count)
  const times: number[] = []
  const first: number[] = []
  for (let round = 0; round < STARTS; round++) {
    let server = { url: '', code: '', stop: async () => {} }
    times.push(
      await seconds(async () => {
        server = await startServer(directory)
        await (await fetch(`${server.url}/healthz`)).text()
      }),
    )
    first.push(await seconds(async () => (await fetch(`${server.url}/`)).text()))
    await server.stop()
  }
  return compared({
    id: 'start-100k',
    what: `server start until it answers, one co-op of ${count} events`,
    ours: median(times) * 1000,
    peer: null,
    against: 'a limit',
    unit: 'ms',
    floor: 1000,
    better: 'lower',
    note: `the first page after it: ${(median(first) * 1000).toFixed(0)} ms`,
  })
}

type Poster = (name: string, body: unknown, id: string) => Promise<void>

function poster(url: string, code: string): Poster {
  return async (name, body, id) => {
    const answer = await fetch(`${url}/api/coops/${COOP}/commands/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${code}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${text}`)
  }
}

const officeCosts = (index: number) => ({
  date: '2025-06-30',
  summary: `付办公费第${index}笔`,
  lines: [
    { account: '513-办公', debit: '12.30' },
    { account: '101', credit: '12.30' },
  ],
})

/** A data directory with one co-op of that many vouchers, its read models level with them. */
async function fill(directory: string, count: number): Promise<void> {
  const begun = openOffice(directory)
  const establish = {
    coop: COOP,
    name: 'EstablishCoop',
    body: ESTABLISHED,
    actor: 'M00001 via cli',
    commandId: 'begin',
  }
  const answer = await begun.ledger.execute(establish)
  if ('refusal' in answer) throw new Error(answer.refusal.message)
  let head = await begun.ledger.head(COOP)
  begun.close()
  const sql = openNodeSql(join(directory, 'ledger.db'))
  const store = new SqliteStore(sql)
  const codec = createCodec(catalogue)
  const next = transactionSource(count)
  for (let done = 0; done < count; done += 1000) {
    const drafts = next(Math.min(1000, count - done)).map(each => each.draft)
    const context = {
      ...{ stream: `coop-${COOP}`, now: head.recordedAt, actor: 'M00001 via cli', commandId: `lot-${done}` },
      inputHash: emptyHead.hash,
    }
    const events = codec.seal(head, context, drafts)
    await store.append(context.stream, head.revision, events, { commandId: context.commandId })
    const last = events.at(-1)
    if (last) head = headAfter(last)
  }
  sql.close()
  openOffice(directory).close()
}
