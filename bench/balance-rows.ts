import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fenOf } from '../src/domain/money.ts'
import { median } from './measure.ts'
import type { OurLog } from './our-log.ts'
import { type Bookkeeper, bookkeepers, writeJournal } from './peer-journals.ts'
import { type Bench, compared, type Row } from './row.ts'

const OURS = fileURLToPath(new URL('balance-of-log.ts', import.meta.url))
const ROUNDS = 3
/** The peers take minutes for a million; a second turn of theirs says nothing new. */
const PEER_ROUNDS_UP_TO = 200_000
const LIMIT_MS = 600_000

/** The balance of every account from the log, in a cold process, beside the programs that read journals as text. */
export function balanceRows(bench: Bench, log: OurLog): Row[] {
  log.sql.checkpoint()
  return bookkeepers.filter(({ id }) => bench.wanted(id)).map(peer => balanceRow(bench, log, peer))
}

function balanceRow(bench: Bench, log: OurLog, peer: Bookkeeper): Row {
  const { id, name, floor } = peer
  const row = {
    id,
    what: `balance of every account, ${bench.events} transactions, cold, from the log (peer's time over ours)`,
    unit: 's',
    floor,
    better: 'higher',
  } as const
  if (!installed(name)) return compared({ ...row, ours: null, peer: null, against: `${name}: not installed` })
  const journal = join(bench.folder, `${name}.journal`)
  writeJournal(log, journal, peer.dialect)
  const rounds = bench.events > PEER_ROUNDS_UP_TO ? 1 : ROUNDS
  const theirs: Run[] = []
  const ours: Run[] = []
  for (let round = 0; round < rounds; round++) {
    bench.say(`${name}, turn ${round + 1} of ${rounds}`)
    ours.push(run([process.execPath, OURS, join(bench.folder, 'big.db')]))
    theirs.push(run(peer.command(journal)))
    ours.push(run([process.execPath, OURS, join(bench.folder, 'big.db')]))
  }
  rmSync(journal)
  const [mine, other] = [median(ours.map(each => each.seconds)), median(theirs.map(each => each.seconds))]
  const failed = theirs.find(each => each.fault)
  if (failed) return compared({ ...row, ours: mine, peer: null, against: `${name}: ${failed.fault}` })
  return compared({
    ...row,
    ours: mine,
    peer: other,
    against: name,
    ratio: other / mine,
    note: `${agreement(ours[0]?.out ?? '', theirs[0]?.out ?? '', peer)}; ours took ${Math.round(Number(ours[0]?.error) / 1024)} MB`,
  })
}

type Run = { readonly seconds: number; readonly out: string; readonly error: string; readonly fault?: string }

function run([program = '', ...args]: readonly string[]): Run {
  const from = process.hrtime.bigint()
  const { stdout, stderr, status, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: LIMIT_MS,
    maxBuffer: 1 << 28,
  })
  const seconds = Number(process.hrtime.bigint() - from) / 1e9
  const fault =
    status === 0
      ? {}
      : { fault: error?.message ?? `ended with ${status}: ${stderr.trim().split('\n', 1)[0]?.slice(0, 120)}` }
  return { seconds, out: stdout, error: stderr, ...fault }
}

const installed = (program: string): boolean => spawnSync('which', [program]).status === 0

/** Whether both print the same amounts; account names differ between the dialects. */
function agreement(ours: string, theirs: string, { name }: Bookkeeper): string {
  const [mine, other] = [amountsIn(ours), amountsIn(theirs)]
  const missing = mine.filter(amount => !other.includes(amount))
  if (missing.length > 0) throw new Error(`${name} has other balances than ours: ${missing.slice(0, 3).join(', ')} fen`)
  return `all ${mine.length} balances agree`
}

/** The amounts of a report in fen, those that are not zero, by size; each line has one. */
function amountsIn(report: string): number[] {
  const amounts = [...report.matchAll(/-?\d[\d,]*\.\d\d(?= |$)/gm)].map(([amount]) => fenOf(amount.replaceAll(',', '')))
  return amounts.filter(fen => fen !== 0).sort((a, b) => a - b)
}
