import { expect } from 'vitest'
import { READ_MODELS } from '../../projections/read-models.ts'
import { dump, rebuild } from '../../projections/runner.ts'
import { catalogue } from '../../src/domain/events.ts'
import { foldStream } from '../../src/ledger/fold.ts'
import { type Answer, type Fact, Ledger, type Request, streamOf } from '../../src/ledger/ledger.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import { catchUp, projectionHooks, replay } from '../../src/office.ts'
import { createCodec, headAfter } from '../../src/store/codec.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import { type EventStore, emptyHead, type NewEvent } from '../../src/store/port.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { ACTOR, Coop, type Story } from '../support/coop.ts'
import { all, COOP } from '../support/ledger.ts'
import { booksAreRight } from './books.ts'
import { FaultyStore, type Plan } from './faulty-store.ts'
import type { FaultStory } from './stories.ts'

const NOW = '2025-12-31T02:00:00.000Z'
const STREAM = streamOf(COOP)
const codec = createCodec(catalogue)
const now = () => NOW
const vault = openVault(openNodeSql(':memory:'), { random: bytes => new Uint8Array(bytes).fill(7), now })

/** A store to try on, and what is to be checked of its read models. */
export type Ground = { store: EventStore; readModels: () => void; close: () => void }

/** A store in memory, without read models. */
export function memoryGround(): Ground {
  return { store: new MemoryStore(), readModels: () => {}, close: () => {} }
}

/** The embedded store with all read models in its transactions, which are compared with their rebuild. */
export function sqliteGround(): Ground {
  const sql = openNodeSql(':memory:')
  const store = new SqliteStore(sql, projectionHooks())
  const events = (after?: number) => replay(store, codec, after)
  catchUp(sql, events)
  const readModels = () => {
    const live = dump(sql, READ_MODELS)
    rebuild(sql, READ_MODELS, events())
    expect(dump(sql, READ_MODELS)).toEqual(live)
  }
  return { store, readModels, close: () => sql.close() }
}

type Prepared = { past: NewEvent[]; request: Request; undisturbed: Fact[] }
export type Client = (ledger: Ledger, request: Request) => Promise<Answer>

const faithful: Client = (ledger, request) => ledger.execute(request)

/** The log in which the story has happened up to the command, and what the command does when nothing fails. */
export async function prepared({ before, command: [name, body] }: FaultStory): Promise<Prepared> {
  const past = logOf(before)
  const request = { coop: COOP, name, body, actor: ACTOR, commandId: 'c1' }
  const store = new MemoryStore()
  await fill(store, past)
  return { past, request, undisturbed: factsOf(await ledgerOn(store).execute(request)) }
}

/**
 * Runs one command beside another while the store fails as planned, then both once more with the same ids on the same
 * ledger and on a new one: each must have happened exactly once, and as if nothing had failed. Says how many calls failed.
 */
export async function trial(ground: Ground, story: Prepared, plan: Plan, client: Client = faithful): Promise<number> {
  const { past, request, undisturbed } = story
  await fill(ground.store, past)
  const faulty = new FaultyStore(ground.store)
  const ledger = ledgerOn(faulty)
  faulty.arm(plan)
  const [first] = await Promise.allSettled([client(ledger, request), client(ledger, companion)])
  const fired = faulty.heal()
  const again = factsOf(await client(ledger, request))
  factsOf(await client(ledger, companion))
  if (first.status === 'fulfilled') expect(factsOf(first.value)).toEqual(again)
  expect(contents(again)).toEqual(contents(undisturbed))
  await happenedOnce(ground.store, story, again)
  const { state } = await foldStream(ground.store, codec, STREAM)
  expect(await ledger.state(COOP)).toEqual(state)
  expect(await client(ledgerOn(ground.store), request)).toEqual({ repeated: true, events: again })
  ground.readModels()
  return fired
}

async function happenedOnce(store: EventStore, { past }: Prepared, answer: readonly Fact[]): Promise<void> {
  const log = await all(store)
  expect(hashes(log.slice(0, past.length))).toEqual(hashes(past))
  expect(hashes(log.filter(({ commandId }) => commandId === 'c1'))).toEqual(hashes(answer))
  expect(log).toHaveLength(past.length + answer.length + 1)
  booksAreRight(log)
}

// It books nothing, so that it does not matter to the command which of the two is stored first.
const companion: Request = {
  coop: COOP,
  name: 'RegisterAsset',
  body: { asset: '房9', name: '九号公用房', kind: '公用房', use: 'own', on: '2025-12-30' },
  actor: ACTOR,
  commandId: 'c2',
}

const ledgerOn = (store: EventStore): Ledger => new Ledger({ store, codec, vault, now, demo: true })

function factsOf(answer: Answer): Fact[] {
  if ('refusal' in answer) throw new Error(`refused: ${answer.refusal.code} ${answer.refusal.message}`)
  return answer.events
}

const hashes = (events: readonly { hash: string }[]): string[] => events.map(({ hash }) => hash)

const contents = (events: readonly Fact[]): unknown[] => events.map(({ type, data }) => [type, data])

function logOf(story: Story): NewEvent[] {
  const drafts = new Coop().play(story).events.map(({ type, data }) => ({ type, payload: data }))
  let head = emptyHead
  return drafts.map((draft, index) => {
    const context = { stream: STREAM, now: NOW, actor: ACTOR, commandId: `past-${index}`, inputHash: 'f'.repeat(64) }
    const [event] = codec.seal(head, context, [draft]) as [NewEvent]
    head = headAfter(event)
    return event
  })
}

async function fill(store: EventStore, past: readonly NewEvent[]): Promise<void> {
  await Promise.all(
    past.map(event => store.append(STREAM, event.revision - 1, [event], { commandId: event.commandId })),
  )
}
