import { funds } from '../projections/funds.ts'
import { rebuild } from '../projections/runner.ts'
import { trialBalance } from '../projections/trial-balance.ts'
import { vouchers } from '../projections/vouchers.ts'
import { replay } from '../src/office.ts'
import { openNodeSql } from '../src/store/sql-node.ts'
import { verifyLog } from '../src/store/verify-sqlite.ts'
import { median, type Sides, seconds } from './measure.ts'
import { logCodec, type OurLog, productCodec } from './our-log.ts'
import { type Bench, compared, type Row } from './row.ts'

const ROUNDS = 3
const LOT = 50_000
const PEER = 'JSON.parse of the payloads alone, already in memory'

/** Reading every event whole, payload parsed. */
export async function readMillion(bench: Bench, log: OurLog): Promise<Row> {
  const seen = await besideParsing(log, () => readAll(log))
  return againstParsing(bench, 'read-million', 'reading whole envelopes, payload parsed', 1.8, seen)
}

/** Checking every chain, as `verify --log` does, without the payloads' meaning; with it in the note. */
export async function verifyMillion(bench: Bench, log: OurLog): Promise<Row> {
  const seen = await besideParsing(log, () => sound(log))
  const strict = await seconds(() => verifyLog(log.sql, { codec: productCodec }))
  const row = againstParsing(bench, 'verify-million', 'verify --log: every chain and guard', 2.5, seen)
  return { ...row, note: `${(strict / seen.peer).toFixed(1)} × with each payload's schema checked as well` }
}

/** Filling trial balance, account ledger and funds from zero, rows written to a file. */
export async function rebuildMillion(bench: Bench, log: OurLog): Promise<Row> {
  const sql = openNodeSql(`${bench.folder}/rebuilt.db`)
  const parsing = await parsingSeconds(log)
  const ours = await seconds(() => rebuild(sql, [trialBalance, vouchers, funds], replay(log.store, productCodec)))
  sql.close()
  const peer = (parsing + (await parsingSeconds(log))) / 2
  const seen = { ours, peer, ratio: ours / peer }
  return againstParsing(bench, 'rebuild-million', 'rebuild of trial balance, account ledger and funds', 3.5, seen)
}

function againstParsing({ events }: Bench, id: string, what: string, floor: number, { ours, peer, ratio }: Sides): Row {
  return compared({
    id,
    what: `${what}, ${events} events (our time over the peer's)`,
    ours,
    peer,
    against: PEER,
    unit: 's',
    ratio,
    floor,
    better: 'lower',
  })
}

/** Both in turns. Parsing runs in lots, fetched untimed between: a million payloads at once would crowd the memory. */
async function besideParsing(log: OurLog, ours: () => unknown): Promise<Sides> {
  const rounds: Sides[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [mine, peer] = [await seconds(ours), await parsingSeconds(log)]
    rounds.push({ ours: mine, peer, ratio: mine / peer })
  }
  const middle = (side: keyof Sides): number => median(rounds.map(each => each[side]))
  return { ours: middle('ours'), peer: middle('peer'), ratio: middle('ratio') }
}

async function parsingSeconds(log: OurLog): Promise<number> {
  let total = 0
  for (let after = 0; after < log.store.lastPosition(); after += LOT) {
    const texts = log.sql
      .rows('SELECT data FROM events WHERE position > ? AND position <= ?', after, after + LOT)
      .map(row => row[0] as string)
    total += await seconds(() => {
      for (const text of texts) JSON.parse(text)
    })
  }
  return total
}

function readAll({ store }: OurLog): number {
  let position = 0
  for (let page = store.page(0, 500); page.length > 0; page = store.page(position, 500)) {
    for (const event of page) logCodec.decode(event)
    position = page.at(-1)?.position ?? position
  }
  return position
}

async function sound({ sql }: OurLog): Promise<void> {
  const { bad } = await verifyLog(sql)
  if (bad) throw new Error(`the benchmark's own log is bad: ${bad.reason}`)
}
