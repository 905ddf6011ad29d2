import { join } from 'node:path'
import { BareLog, plainRow } from './bare.ts'
import { seconds } from './measure.ts'
import { OurLog } from './our-log.ts'
import { type Bench, compared, type Row } from './row.ts'
import { transactionSource } from './transactions.ts'

const LOT = 1000

/** Seconds of each lot of a bulk append, ours and the bare insert's, in their order. */
type Bulk = { readonly ours: number[]; readonly peer: number[] }

/** Fills the big log in lots of a thousand, the bare insert in turns with it if it is compared. */
export async function fillBigLog(bench: Bench, log: OurLog): Promise<Row | undefined> {
  const bare = bench.wanted('append-bulk') ? new BareLog(join(bench.folder, 'big-bare.db')) : undefined
  const next = transactionSource(bench.events)
  const times: Bulk = { ours: [], peer: [] }
  const scratch = new OurLog(':memory:')
  for (let done = 0; done < bench.events; done += LOT) {
    const lot = next(Math.min(LOT, bench.events - done))
    const rows = bare ? lot.map(each => plainRow(scratch.seal(each))) : []
    const insert = async () => times.peer.push(bare ? await seconds(() => bare.insertTogether(rows)) : 0)
    if ((done / LOT) % 2 === 1) await insert()
    times.ours.push(await seconds(() => log.appendTogether(lot)))
    if ((done / LOT) % 2 === 0) await insert()
    if (done % (LOT * 100) === 0) bench.say(`filling the log: ${done} of ${bench.events}`)
  }
  scratch.close()
  bare?.close()
  return bare ? bulkRow(bench, times) : undefined
}

function bulkRow({ events }: Bench, { ours, peer }: Bulk): Row {
  const tenth = Math.max(1, Math.floor(ours.length / 10))
  const pace = sum(ours.slice(0, tenth)) / sum(ours.slice(-tenth))
  return compared({
    id: 'append-bulk',
    what: `bulk append of ${events} events, ${LOT} a transaction, sealed, checked and chained`,
    ours: events / sum(ours),
    peer: events / sum(peer),
    against: 'bare node:sqlite insert of the same bytes, plain layout',
    unit: 'events/s',
    floor: 1.85,
    better: 'higher',
    note: `the last tenth ran at ${Math.round(pace * 100)} % of the first one's pace (floor 80 %)`,
  })
}

const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0)
