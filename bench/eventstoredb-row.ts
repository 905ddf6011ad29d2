import { type EventData, EventStoreDBClient } from '@eventstore/db-client'
import { EventStoreDbStore } from '../src/store/eventstoredb.ts'
import { credentialsOf, withinDeadline } from '../src/store/eventstoredb-connection.ts'
import { toServer } from '../src/store/eventstoredb-envelope.ts'
import type { NewEvent } from '../src/store/port.ts'
import { interleaved } from './measure.ts'
import { OurLog } from './our-log.ts'
import { type Bench, compared, type Row } from './row.ts'
import { type Transaction, transactionSource } from './transactions.ts'

const ROUNDS = 5
const SINGLES = 60
const WRITERS = 16
const EACH = 15
const CLIENT = '@eventstore/db-client 6.2.1, the same bytes to the same server'

/** One append of our store at a time against the client's own; sixteen writers at once in the note. */
export async function appendEventStoreDb(bench: Bench): Promise<Row> {
  const row = {
    id: 'append-eventstoredb',
    what: 'one append at a time to an EventStoreDB server, found again if it was sent before',
    unit: 'events/s',
    floor: null,
    better: 'higher',
  } as const
  const url = bench.eventStore
  if (!url) return compared({ ...row, ours: null, peer: null, against: `${CLIENT}: EVENTSTORE_URL is not set` })
  const run = `bench${process.hrtime.bigint().toString(36)}`
  const store = new EventStoreDbStore(url, { prefix: `${run}-ours-` })
  const raw = new RawAppends(url, `${run}-raw-`)
  const [single, together] = [await besideClient(store, raw, 1, SINGLES), await besideClient(store, raw, WRITERS, EACH)]
  await Promise.all([store.close(), raw.close()])
  return compared({
    ...row,
    ours: SINGLES / single.ours,
    peer: SINGLES / single.peer,
    against: CLIENT,
    ratio: 1 / single.ratio,
    note: `${WRITERS} writers at once: ${Math.round((WRITERS * EACH) / together.ours)} events/s, ${(1 / together.ratio).toFixed(2)} × the client's; ${serverOf(url)}`,
  })
}

type Sent = { readonly event: NewEvent; readonly bytes: EventData }

/** Both sides in turns; each writer has a stream of its own. */
async function besideClient(store: EventStoreDbStore, raw: RawAppends, writers: number, each: number) {
  const scratch = new OurLog(':memory:')
  const next = transactionSource(writers * each * (ROUNDS + 1))
  const lotOf = (writer: number): Sent[] =>
    next(each).map(({ draft }: Transaction) => {
      const event = scratch.seal({ coop: `${writers}-${writer}`, draft })
      return { event, bytes: toServer(event) }
    })
  const prepare = (): Sent[][] => Array.from({ length: writers }, (_, writer) => lotOf(writer))
  const eachInTurn = (append: (sent: Sent) => Promise<unknown>) => (lots: Sent[][]) =>
    Promise.all(
      lots.map(async lot => {
        for (const sent of lot) await append(sent)
      }),
    )
  const ours = ({ event }: Sent): Promise<unknown> =>
    store.append(event.stream, event.revision - 1, [event], { commandId: event.commandId })
  const seen = await interleaved(
    ROUNDS,
    prepare,
    eachInTurn(ours),
    eachInTurn(sent => raw.append(sent)),
  )
  scratch.close()
  return seen
}

/** The client alone, by the same classic append, at the same exact revision. */
class RawAppends {
  readonly #client: EventStoreDBClient
  readonly #credentials: ReturnType<typeof credentialsOf>
  readonly #prefix: string

  constructor(url: string, prefix: string) {
    this.#client = EventStoreDBClient.connectionString(url)
    this.#credentials = credentialsOf(url)
    this.#prefix = prefix
  }

  append({ event: { stream, revision }, bytes }: Sent): Promise<unknown> {
    const expectedRevision = revision === 0 ? 'no_stream' : BigInt(revision - 1)
    const options = { expectedRevision, credentials: this.#credentials, deadline: 10_000 } as const
    return this.#client.appendToStream(this.#prefix + stream, bytes, options)
  }

  async close(): Promise<void> {
    await withinDeadline(this.#client.dispose(), 2000).catch(() => undefined)
  }
}

function serverOf(url: string): string {
  const nodes = (/^esdb(?:\+discover)?:\/\/(?:[^@/]+@)?([^/?]+)/.exec(url)?.[1] ?? '').split(',').length
  return `${nodes === 1 ? 'one address' : `a cluster of ${nodes} nodes`}, ${/[?&]tls=false/i.test(url) ? 'no TLS' : 'TLS'}`
}
