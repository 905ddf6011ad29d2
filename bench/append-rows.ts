import { join } from 'node:path'
import type { Codec } from '../src/store/codec.ts'
import { BareLog, type PlainRow, plainRow } from './bare.ts'
import { appendToEmmett, emmettAbsent, emmettName, loadEmmett, openEmmett, PeerHung } from './emmett.ts'
import { interleaved, type Sides } from './measure.ts'
import { logCodec, OurLog, productCodec } from './our-log.ts'
import { type Bench, compared, type Row } from './row.ts'
import { type Transaction, transactionSource } from './transactions.ts'

const ROUNDS = 7
const SINGLES = 250
const EMMETT_SINGLES = 60
const CALLERS = 100
const WAVES = 5

/** One durable append at a time against the bare insert of the same bytes; with the payload's schema in the note. */
export async function appendSingle(bench: Bench): Promise<Row> {
  const seen = await besideBare(bench, 'single', logCodec)
  const withSchema = await besideBare(bench, 'single-schema', productCodec)
  return compared({
    id: 'append-single',
    what: 'one durable append at a time, sealed, checked and chained',
    ours: SINGLES / seen.ours,
    peer: SINGLES / seen.peer,
    against: 'bare node:sqlite insert of the same bytes',
    unit: 'events/s',
    ratio: 1 / seen.ratio,
    floor: 0.86,
    better: 'higher',
    note: `${(1 / withSchema.ratio).toFixed(2)} × with the payload's schema checked as well`,
  })
}

/** The same against emmett-sqlite as shipped. */
export async function appendSingleEmmett(bench: Bench): Promise<Row> {
  const emmett = await loadEmmett()
  const row = {
    id: 'append-single-emmett',
    what: 'one durable append at a time',
    unit: 'events/s',
    floor: 15,
    better: 'higher',
  } as const
  if (!emmett) return compared({ ...row, ours: null, peer: null, against: emmettAbsent })
  const { ours, scratch } = openLogs(bench, 'single-emmett')
  let again = 0
  const peer = openEmmett(emmett, join(bench.folder, 'emmett.db'), { shared: false })
  const seen = await interleaved(
    ROUNDS,
    prepared(scratch, EMMETT_SINGLES),
    ({ lot }) => ours.appendEach(lot),
    async ({ rows }) => {
      for (const each of rows) again += await appendToEmmett(peer, each)
    },
  ).catch(hung)
  for (const log of [ours, scratch]) log.close()
  if (seen instanceof PeerHung) return compared({ ...row, ours: null, peer: null, against: seen.message })
  const [mine, theirs] = [EMMETT_SINGLES / seen.ours, EMMETT_SINGLES / seen.peer]
  return compared({
    ...row,
    ours: mine,
    peer: theirs,
    against: `${emmettName} as shipped`,
    ratio: 1 / seen.ratio,
    note: sentAgain(again),
  })
}

/** A hundred callers, each acknowledged after its fsync, against our own single rate. */
export async function appendConcurrent(bench: Bench): Promise<Row> {
  const { ours, scratch } = openLogs(bench, 'concurrent')
  const seen = await interleaved(
    ROUNDS,
    prepared(scratch, CALLERS * WAVES),
    ({ lot }) => inWaves(ours, lot),
    ({ lot }) => ours.appendEach(lot),
  )
  for (const log of [ours, scratch]) log.close()
  return compared({
    id: 'append-concurrent',
    what: `${CALLERS} concurrent callers, each acknowledged after its fsync`,
    ours: (CALLERS * WAVES) / seen.ours,
    peer: (CALLERS * WAVES) / seen.peer,
    against: 'our own single appends',
    unit: 'events/s',
    ratio: 1 / seen.ratio,
    floor: 7,
    better: 'higher',
  })
}

/** The same against emmett-sqlite on one shared connection, one caller: its best durable setting that loses nothing. */
export async function appendConcurrentEmmett(bench: Bench): Promise<Row> {
  const emmett = await loadEmmett()
  const row = {
    id: 'append-concurrent-emmett',
    what: `${CALLERS} concurrent callers, each acknowledged after its fsync`,
    unit: 'events/s',
    floor: 20,
    better: 'higher',
  } as const
  if (!emmett) return compared({ ...row, ours: null, peer: null, against: emmettAbsent })
  const { ours, scratch } = openLogs(bench, 'concurrent-emmett')
  let again = 0
  const peer = openEmmett(emmett, join(bench.folder, 'emmett-shared.db'), { shared: true })
  const seen = await interleaved(
    ROUNDS,
    prepared(scratch, CALLERS * WAVES),
    ({ lot }) => inWaves(ours, lot),
    async ({ rows }) => {
      for (const each of rows) again += await appendToEmmett(peer, each)
    },
  ).catch(hung)
  for (const log of [ours, scratch]) log.close()
  if (seen instanceof PeerHung) return compared({ ...row, ours: null, peer: null, against: seen.message })
  return compared({
    ...row,
    ours: (CALLERS * WAVES) / seen.ours,
    peer: (CALLERS * WAVES) / seen.peer,
    against: `${emmettName}, one kept connection, one caller`,
    ratio: 1 / seen.ratio,
    note: `${sentAgain(again)}; parallel callers on its one connection fail, so it gets one`,
  })
}

/** Both files are new: a write-ahead log that still grows is slower than one that is written over. */
async function besideBare(bench: Bench, name: string, codec: Codec): Promise<Sides> {
  const { ours, scratch } = openLogs(bench, name, codec)
  const bare = new BareLog(join(bench.folder, `${name}-bare.db`))
  const prepare = prepared(scratch, SINGLES)
  const seen = await interleaved(
    ROUNDS,
    prepare,
    ({ lot }) => ours.appendEach(lot),
    ({ rows }) => bare.insertEach(rows),
  )
  for (const log of [ours, scratch, bare]) log.close()
  return seen
}

type Prepared = { readonly lot: Transaction[]; readonly rows: PlainRow[] }

function openLogs(bench: Bench, name: string, codec = logCodec): { ours: OurLog; scratch: OurLog } {
  return { ours: new OurLog(join(bench.folder, `${name}.db`), codec), scratch: new OurLog(':memory:') }
}

/** Each round's transactions, and the bytes our log would make of them for the other side to store. */
function prepared(scratch: OurLog, count: number): () => Prepared {
  const next = transactionSource(count * (ROUNDS + 1))
  return () => {
    const lot = next(count)
    return { lot, rows: lot.map(each => plainRow(scratch.seal(each))) }
  }
}

async function inWaves(log: OurLog, lot: readonly Transaction[]): Promise<void> {
  for (let from = 0; from < lot.length; from += CALLERS) await log.appendTogether(lot.slice(from, from + CALLERS))
}

/** A peer that hangs is said in its row; anything else ends the run. */
function hung(error: unknown): PeerHung {
  if (error instanceof PeerHung) return error
  throw error
}

const sentAgain = (times: number): string => `${times} of its appends failed to commit and were sent again`
