import { describe, expect, onTestFinished, test } from 'vitest'
import type { StoreError } from '../../../src/store/errors.ts'
import { type EventStoreDbOptions, EventStoreDbStore } from '../../../src/store/eventstoredb.ts'
import type { Appended, EventStore, NewEvent } from '../../../src/store/port.ts'
import { realServer } from '../../support/real-server.ts'
import { appendNotes, collect, headOf, note, sealed } from '../sample.ts'
import { StandIn } from './stand-in.ts'

function append(store: EventStore, events: readonly NewEvent[]): Promise<Appended> {
  const { stream, commandId, revision } = events[0] as NewEvent
  return store.append(stream, revision - 1, events, { commandId })
}

/** Several nodes on one server, each with its own connection and its own knowledge. */
type Nodes = (options?: EventStoreDbOptions) => EventStoreDbStore

function twoNodes(name: string, server: () => Promise<Nodes>): void {
  describe(`two nodes on ${name}`, () => {
    test('race on one co-op: each command is stored once, the stream is gapless, and both nodes read the same', async () => {
      const node = await server()
      const nodes = [node(), node()]
      const work = async (node: EventStoreDbStore, name: string): Promise<void> => {
        for (let done = 0; done < 15; ) {
          const [last] = (await collect(node.read('a'))).slice(-1)
          const events = sealed('a', `${name}-${done}`, [note(name)], last ? { head: last } : {})
          const won = await append(node, events).then(
            () => true,
            (error: StoreError) => {
              expect(error.code).toBe('Conflict')
              return false
            },
          )
          if (won) done++
        }
      }
      await Promise.all(nodes.map((node, index) => work(node, `n${index}`)))
      const [one, two] = await Promise.all(nodes.map(node => collect(node.read('a'))))
      expect(one).toEqual(two)
      expect(one?.map(event => event.revision)).toEqual(Array.from({ length: 30 }, (_, index) => index))
      expect(new Set(one?.map(event => event.commandId)).size).toBe(30)
    })

    test('a command one node has stored is found by the other, and sent there it gets the first answer', async () => {
      const node = await server()
      const [store, other] = [node(), node()]
      expect(await other.findCommand('a', 'a-0')).toEqual([])
      const [first] = await appendNotes(store, 'a', 3)
      expect(await other.findCommand('a', 'a-0')).toMatchObject([{ revision: 0 }])
      expect(await append(other, [first!])).toMatchObject({ first: 0, revision: 0 })
      expect(await collect(other.read('a'))).toHaveLength(3)
    })

    test('a command sent through both at once is stored once', async () => {
      const node = await server()
      const [store, other] = [node(), node()]
      const events = sealed('a', 'c', [note('同')])
      const [one, two] = await Promise.all([append(store, events), append(other, events)])
      expect(one).toEqual(two)
      expect(await collect(store.read('a'))).toHaveLength(1)
    })

    test('a command both decide at once is stored as one of them decided it, and the other is told to decide again', async () => {
      const node = await server()
      const [store, other] = [node(), node()]
      const [before] = await appendNotes(store, 'a', 1)
      await other.findCommand('a', 'none')
      const at = (now: string) => sealed('a', 'c', [note(now)], { head: before!, context: { now } })
      await append(store, at('2025-03-01T08:00:01.000Z'))
      await expect(append(other, at('2025-03-01T08:00:02.000Z'))).rejects.toMatchObject({ code: 'Conflict', actual: 1 })
      const otherInput = sealed('a', 'c', [note('别')], { head: before!, context: { inputHash: 'cd'.repeat(32) } })
      await expect(append(other, otherInput)).rejects.toMatchObject({ code: 'CommandIdReused' })
      expect(await other.findCommand('a', 'c')).toMatchObject([{ recordedAt: '2025-03-01T08:00:01.000Z' }])
    })

    test('a process that has forgotten a stream reads it again before it writes there', async () => {
      const store = (await server())({ rememberedCommands: 3 })
      const written = await appendNotes(store, 'a', 5)
      await appendNotes(store, 'b', 5)
      expect(await append(store, written.slice(0, 1))).toMatchObject({ revision: 0 })
      const again = sealed('a', 'a-2', [note('又')], { head: headOf(written) })
      await expect(append(store, again)).rejects.toMatchObject({ code: 'CommandIdReused' })
    })
  })
}

function nodesAt(url: string): Nodes {
  const prefix = `nodes${Date.now().toString(36)}${Math.random().toString(36).slice(2)}-`
  return options => {
    const store = new EventStoreDbStore(url, { prefix, ...options })
    onTestFinished(() => store.close())
    return store
  }
}

twoNodes('the stand-in server', async () => {
  const server = await new StandIn().start()
  onTestFinished(() => server.die())
  return nodesAt(server.url)
})

const url = realServer
if (url) twoNodes('a real server', async () => nodesAt(url))
