import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { appendConcurrent, appendConcurrentEmmett, appendSingle, appendSingleEmmett } from './append-rows.ts'
import { balanceRows } from './balance-rows.ts'
import { fillBigLog } from './big-log.ts'
import { appendEventStoreDb } from './eventstoredb-row.ts'
import { fsyncRate } from './machine.ts'
import { OurLog } from './our-log.ts'
import { readMillion, rebuildMillion, verifyMillion } from './read-rows.ts'
import type { Bench, Row } from './row.ts'
import { httpCommand, start100k } from './server-rows.ts'
import { markdown } from './table.ts'

const SMALL: Readonly<Record<string, (bench: Bench) => Promise<Row>>> = {
  'append-single': appendSingle,
  'append-single-emmett': appendSingleEmmett,
  'append-concurrent': appendConcurrent,
  'append-concurrent-emmett': appendConcurrentEmmett,
  'append-eventstoredb': appendEventStoreDb,
  'http-command': httpCommand,
  'start-100k': start100k,
}
const READS: Readonly<Record<string, (bench: Bench, log: OurLog) => Promise<Row>>> = {
  'read-million': readMillion,
  'verify-million': verifyMillion,
  'rebuild-million': rebuildMillion,
}
const BALANCES = ['balance-hledger', 'balance-ledger', 'balance-beancount']
const IDS = [...Object.keys(SMALL), 'append-bulk', ...Object.keys(READS), ...BALANCES]

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, events: { type: 'string', default: '1000000' } },
})
// Nothing that is started from here is to find the server by itself.
const { EVENTSTORE_URL: eventStore } = process.env
delete process.env.EVENTSTORE_URL
const only = values.only?.split(',') ?? IDS.filter(id => id !== 'append-eventstoredb' || eventStore)
const unknown = only.filter(id => !IDS.includes(id))
const events = Number(values.events)
if (unknown.length > 0 || !Number.isSafeInteger(events) || events < 500) {
  console.error(`npm run bench -- [--only ID,ID] [--json FILE] [--events N from 500]; the ids are ${IDS.join(', ')}`)
  process.exit(1)
}
const rows = await measure(only, events)
console.log(
  `${markdown(rows)}\n\nThis machine: ${fsyncRate()} durable writes of 4 KB a second; Node ${process.version}.`,
)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows: rows.map(bare) }, undefined, 2)}\n`)
// A peer that hung would keep the program.
process.exit()

/** A row with the fields other programs read; the note is for the table. */
function bare({ note: _, ...row }: Row): Omit<Row, 'note'> {
  return row
}

async function measure(ids: readonly string[], count: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-bench-'))
  const say = (text: string): void => console.error(text)
  const bench: Bench = { events: count, folder, say, wanted: id => ids.includes(id), eventStore }
  try {
    const found: Row[] = []
    for (const [id, row] of Object.entries(SMALL)) {
      if (!bench.wanted(id)) continue
      say(id)
      found.push(await row(bench))
    }
    if (ids.some(id => !Object.hasOwn(SMALL, id))) found.push(...(await onBigLog(bench)))
    return found.sort((a, b) => IDS.indexOf(a.id) - IDS.indexOf(b.id))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function onBigLog(bench: Bench): Promise<Row[]> {
  const log = new OurLog(join(bench.folder, 'big.db'))
  const found: Row[] = []
  try {
    const bulk = await fillBigLog(bench, log)
    if (bulk) found.push(bulk)
    for (const [id, row] of Object.entries(READS)) {
      if (!bench.wanted(id)) continue
      bench.say(id)
      found.push(await row(bench, log))
    }
    found.push(...balanceRows(bench, log))
    return found
  } finally {
    log.close()
  }
}
