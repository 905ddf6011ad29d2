import { READ_MODELS } from '../../projections/read-models.ts'
import { dump, rebuild } from '../../projections/runner.ts'
import { catalogue } from '../../src/domain/events.ts'
import { createApp } from '../../src/http/app.ts'
import type { App } from '../../src/http/house.ts'
import { foldStream } from '../../src/ledger/fold.ts'
import { Ledger, streamOf } from '../../src/ledger/ledger.ts'
import { isForgotten } from '../../src/ledger/vault.ts'
import { catchUpVault } from '../../src/ledger/vault-catch-up.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import { catchUp, type Office, projectionHooks, replay } from '../../src/office.ts'
import { type Codec, createCodec } from '../../src/store/codec.ts'
import type { EventStore, RecordedEvent } from '../../src/store/port.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import type { InlineHooks } from '../../src/store/sqlite-writer.ts'
import { FaultyStore } from '../faults/faulty-store.ts'
import { blankPaper, CODE } from '../http/house.ts'
import type { Random } from './random.ts'

/** A defect put into the program from outside, to show that the simulation would find it. */
export type Sabotage = {
  store?: (store: EventStore) => EventStore
  hooks?: (hooks: InlineHooks) => InlineHooks
  codec?: (codec: Codec) => Codec
}

export type Said = { coop: string; name: string; body: unknown; key: string }
export type Answered = { status: number; code?: string; events?: { revision: number; hash: string }[] }

const START = Date.parse('2025-12-30T02:00:00.000Z')

/** The whole application in one process: databases in memory, a clock and randomness of its own, faults on demand. */
export class World {
  clock = START
  readonly faulty: FaultyStore
  readonly codec: Codec
  readonly #sql = openNodeSql(':memory:')
  readonly #vaultSql = openNodeSql(':memory:')
  readonly #log: SqliteStore
  readonly #vault: Office['vault']
  readonly #random: Random
  #app: App
  #ledger: Ledger
  #requests = 0

  constructor(random: Random, sabotage: Sabotage = {}) {
    this.#random = random
    const codec = createCodec(catalogue)
    this.codec = sabotage.codec?.(codec) ?? codec
    this.#log = new SqliteStore(this.#sql, sabotage.hooks?.(projectionHooks()) ?? projectionHooks())
    this.faulty = new FaultyStore(sabotage.store?.(this.#log) ?? this.#log)
    this.#vault = openVault(this.#vaultSql, { random: count => random.bytes(count), now: this.#now })
    catchUp(this.#sql, this.#events)
    const { app, ledger } = this.#open()
    this.#app = app
    this.#ledger = ledger
  }

  readonly #now = (): string => new Date(this.clock).toISOString()
  readonly #events = (after?: number) => replay(this.#log, this.codec, after)

  /** Forgets all that was in memory: a new ledger and a new server over the same store. */
  restart(): void {
    catchUpVault(this.#vaultSql, this.#vault, this.#log, this.codec)
    const { app, ledger } = this.#open()
    this.#app = app
    this.#ledger = ledger
  }

  /** Gives a command as a program does, over HTTP. */
  async tell({ coop, name, body, key }: Said): Promise<Answered> {
    const headers = { ...AUTHORISED, 'content-type': 'application/json', 'idempotency-key': key }
    const path = `/api/coops/${encodeURIComponent(coop)}/commands/${name}`
    const answer = await this.#app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, ...((await answer.json()) as object) }
  }

  /** What a resource of a co-op shows; throws unless it is there. */
  async see<T>(coop: string, resource: string): Promise<T> {
    const answer = await this.#app.request(`/api/coops/${coop}${resource}`, { headers: AUTHORISED })
    if (answer.status !== 200) throw new Error(`GET ${resource}: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { data: T }).data
  }

  /** What is in the log after a position, past all faults. */
  logAfter(position: number): RecordedEvent[] {
    return this.#log.page(position, 1000)
  }

  /** A co-op's state as decisions see it, and as it comes out of its stream. */
  async states(coop: string): Promise<[live: unknown, folded: unknown]> {
    const { state } = await foldStream(this.#log, this.codec, streamOf(coop))
    return [await this.#ledger.state(coop), state]
  }

  /** Every row of the read models, live and rebuilt from the log. */
  readModels(): [live: unknown, rebuilt: unknown] {
    const live = dump(this.#sql, READ_MODELS)
    rebuild(this.#sql, READ_MODELS, this.#events())
    return [live, dump(this.#sql, READ_MODELS)]
  }

  /** The bank account of a person, as payments would use it. */
  bankAccount(person: string): string | undefined {
    const details = this.#vault.resolve(person)
    return isForgotten(details) ? undefined : details.bankAccount
  }

  close(): void {
    this.#sql.close()
    this.#vaultSql.close()
  }

  #open(): { app: App; ledger: Ledger } {
    const begun = this.#log.lastPosition() > 0
    const ports = { store: this.faulty, codec: this.codec, vault: this.#vault, now: this.#now }
    const ledger = new Ledger({ ...ports, demo: begun ? true : undefined })
    const random = (count: number) => this.#random.bytes(count)
    const office = { ...ports, ledger, sql: this.#sql, random, events: this.#events, close: () => {} }
    const app = createApp(office, {
      access: { matches: async code => code === CODE },
      assets: new Map(),
      drawing: blankPaper,
      clock: () => this.clock,
      addressOf: () => `client-${this.#requests++}`,
    })
    return { app, ledger }
  }
}

const AUTHORISED = { authorization: `Bearer ${CODE}` }
