import { describe, expect, test } from 'vitest'
import { EventStoreDbStore } from '../../../src/store/eventstoredb.ts'
import type { RecordedEvent } from '../../../src/store/port.ts'
import { verifyChain } from '../../../src/store/verify.ts'
import { realServer, realServerKiller } from '../../support/real-server.ts'
import { collect, note, sampleCodec, sealed } from '../sample.ts'
import { type Acknowledgement, Answers, faultsOf, followTo, write } from './killed-load.ts'

const KILLS = 5
const COMMANDS_BETWEEN_KILLS = 80
const STREAMS = ['甲', '乙', '丙']

const url = realServer ?? ''
const kill = realServerKiller()

describe('a real server killed with -9 under load', () => {
  const needs = kill ? '' : ' — needs EVENTSTORE_URL with a single server that runs on this machine'
  const title = `keeps every acknowledged command once, over ${KILLS} kills, and a follower is given all of it once`
  test.skipIf(needs)(`${title}${needs}`, async () => {
    const { answers, faults, chain } = await killedUnderLoad()
    const { acknowledged, unknown, unavailable } = answers
    console.log(`${KILLS} kills, ${acknowledged.length} acknowledged, ${unknown} unknown, ${unavailable} unavailable`)
    expect(faults).toEqual([])
    expect(chain).toEqual({ events: acknowledged.length, heads: expect.anything() })
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * COMMANDS_BETWEEN_KILLS)
  })

  test('would be found out if it lost, doubled, moved or made up a command, or passed one over for the follower', () => {
    const stored = storedNotes(['c0', 'c1', 'c2'])
    const [first, second, third] = stored as [RecordedEvent, RecordedEvent, RecordedEvent]
    const told: Acknowledgement[] = stored
    const positions = stored.map(({ position }) => position)
    expect(faultsOf(told, stored, positions)).toEqual([])
    expect(faultsOf(told, [first, third], [1, 3])).toEqual(['a/c1 was acknowledged and lost'])
    const again = { ...second, revision: 3, position: 4 }
    expect(faultsOf(told, [...stored, again], [1, 2, 3, 4])).toEqual(['a/c1 is there 2 times'])
    const moved = told.map(answer => (answer === second ? { ...answer, position: 9 } : answer))
    expect(faultsOf(moved, stored, positions)).toEqual(['a/c1 is not where it was said to be'])
    expect(faultsOf(told.slice(0, 2), stored, positions)).toEqual(['a/c2 is there and nobody was told'])
    expect(faultsOf(told, stored, [1, 3])).toHaveLength(1)
    expect(faultsOf(told, stored, [1, 2, 2, 3])).toHaveLength(1)
  })
})

/** Two nodes write the same streams and one is followed, while the server is killed again and again. */
async function killedUnderLoad() {
  const options = { prefix: `killed${Date.now().toString(36)}-`, deadline: 3_000, backOff: [20, 500] as const }
  const nodes = [new EventStoreDbStore(url, options), new EventStoreDbStore(url, { ...options, heartbeat: 1_000 })]
  const [one, two] = nodes as [EventStoreDbStore, EventStoreDbStore]
  const answers = new Answers()
  const stop = new AbortController()
  const last = Promise.withResolvers<number>()
  const following = followTo(two, last.promise)
  const writing = Promise.all(
    nodes.flatMap((node, index) => STREAMS.map(stream => write(node, stream, `node${index}`, answers, stop.signal))),
  )
  for (let killed = 0; killed < KILLS; killed++) {
    await Promise.race([answers.more(COMMANDS_BETWEEN_KILLS), writing])
    await kill?.()
  }
  stop.abort()
  await writing
  const stored = await collect(one.readAll())
  last.resolve(stored.at(-1)?.position ?? 0)
  const faults = faultsOf(answers.acknowledged, stored, await following)
  const chain = await verifyChain(one, { codec: sampleCodec })
  await Promise.all(nodes.map(node => node.close()))
  return { answers, faults, chain }
}

function storedNotes(commandIds: readonly string[]): RecordedEvent[] {
  let head: RecordedEvent | undefined
  return commandIds.map((commandId, index) => {
    const [event] = sealed('a', commandId, [note(commandId)], head ? { head } : {})
    if (!event) throw new Error('one note is one event')
    const { previousHash: _, payload: __, ...envelope } = event
    head = { ...envelope, position: index + 1 }
    return head
  })
}
