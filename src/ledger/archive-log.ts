import { shanghaiDay } from '../domain/calendar.ts'
import type { Voucher } from '../domain/voucher.ts'
import type { Codec } from '../store/codec.ts'
import { emptyHead, type RecordedEvent } from '../store/port.ts'
import { type Events, journalNdjson } from './export-journal.ts'

/** An event by its place in the co-op's chain; -1 and 64 zeros before the first. */
export type Place = { revision: number; hash: string }

/** The events of a closed year: those between `before` and `last`, both as they are in the chain. */
export type YearLog = {
  before: Place
  last: Place & { recordedAt: string }
  /** The hashes up to the last, by revision. */
  hashes: ReadonlyMap<number, string>
}

type Facts = { voucher?: Voucher; month?: string }

/**
 * Where a year stands in a co-op's log: from the first event that was recorded in it (Shanghai) or carries a voucher of it,
 * to the close of its December; one unbroken piece, so that its chain can be checked. Undefined while December is open.
 */
export async function yearLog(events: Events, codec: Codec, year: number): Promise<YearLog | undefined> {
  const december = `${year}-12`
  const hashes = new Map<number, string>()
  let previous: Place = emptyHead
  let before: Place | undefined
  let last: YearLog['last'] | undefined
  for await (const event of events) {
    const { revision, hash, recordedAt, type } = event
    const { voucher, month } = codec.decode(event) as Facts
    const ofYear = (voucher?.date ?? shanghaiDay(recordedAt)).startsWith(`${year}-`)
    if (ofYear || shanghaiDay(recordedAt).startsWith(`${year}-`)) before ??= previous
    if (type === 'PeriodClosed' && month === december) last = { revision, hash, recordedAt }
    if (type === 'PeriodReopened' && month === december) last = undefined
    hashes.set(revision, hash)
    previous = { revision, hash }
  }
  if (!last) return undefined
  // A year brought in by a file in which nothing was booked has the close of its December alone.
  const start = before && before.revision < last.revision ? before : placeBefore(hashes, last.revision)
  return { before: start, last, hashes }
}

/** The events of the year, one a line, as `export log` writes them. */
export async function yearNdjson(events: Events, { last }: YearLog): Promise<string> {
  const lines: string[] = []
  for await (const line of journalNdjson(upTo(events, last.revision))) lines.push(line)
  return lines.join('')
}

async function* upTo(events: Events, revision: number): AsyncGenerator<RecordedEvent> {
  for await (const event of events) {
    if (event.revision > revision) return
    yield event
  }
}

const placeBefore = (hashes: ReadonlyMap<number, string>, revision: number): Place => ({
  revision: revision - 1,
  hash: hashes.get(revision - 1) ?? emptyHead.hash,
})
