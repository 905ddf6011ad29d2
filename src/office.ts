import { type ProjectedEvent, projected, undecodable } from '../projections/projection.ts'
import { READ_MODELS } from '../projections/read-models.ts'
import { applyAll, applyEach, caughtUpTo, prepare, rebuild } from '../projections/runner.ts'
import { Faults, setAside } from '../projections/set-aside.ts'
import type { Ledger } from './ledger/ledger.ts'
import { isForgotten, type Vault } from './ledger/vault.ts'
import type { Codec } from './store/codec.ts'
import type { EventStore, RecordedEvent } from './store/port.ts'
import type { Sql } from './store/sql.ts'
import type { InlineHooks } from './store/sqlite-writer.ts'

/** All that a face (command line, HTTP) works with: the application, the log, the read models, the personal data. */
export type Office = {
  readonly ledger: Ledger
  readonly store: EventStore
  readonly codec: Codec
  /** The read models' tables. */
  readonly sql: Sql
  readonly vault: Vault
  /** UTC instant, milliseconds. */
  readonly now: () => string
  /** Random bytes for ids and codes; seeded in a demonstration. */
  readonly random: (bytes: number) => Uint8Array
  /** The log's events after a position (default: all) as the read models take them, in order. */
  readonly events: (after?: number) => Generator<ProjectedEvent>
  /** Of one node among several on the same log. */
  readonly node?: Node
  readonly close: () => void | Promise<void>
}

/** What one node among several knows of itself. */
export type Node = {
  /** What it has against being ready, as sentences for people. */
  faults(): string[]
  /** Whether, within so many milliseconds, it has read all that was in the log when it was opened. */
  caughtUp(milliseconds: number): Promise<boolean>
  /** Codes for persons who are known by name alone, made known to every node. Rejects with Unavailable. */
  enrol(names: readonly string[]): Promise<string[]>
  /** Lets no command wait for the server any longer. */
  leave(): Promise<void>
}

/** A store that gives the log by pages at once. */
type Pages = { page(after: number, limit: number): RecordedEvent[] }

const PAGE = 1000

/** The read models joined to the log: each stored event moves them inside the append's own transaction. */
export function projectionHooks(): InlineHooks {
  return {
    inline(tx: Sql, event: RecordedEvent, payload: unknown) {
      const fact = projected(event, payload)
      if (fact) applyAll(tx, fact, READ_MODELS)
    },
  }
}

/** The log's events after a position as the read models take them, page by page; a damaged one throws when it is taken. */
export function* replay(store: Pages, codec: Codec, after = 0): Generator<ProjectedEvent> {
  for (let page = store.page(after, PAGE); page.length > 0; page = store.page(page.at(-1)!.position, PAGE)) {
    for (const event of page) {
      const fact = decoded(event, codec)
      if (fact) yield fact
    }
  }
}

function decoded(event: RecordedEvent, codec: Codec): ProjectedEvent | undefined {
  try {
    return projected(event, codec.decode(event))
  } catch (error) {
    return undecodable(event, error)
  }
}

/**
 * Brings the read models level with the log when a program with newer ones opens an older directory. A co-op whose events
 * they cannot take is set aside, and tried again at the next opening; the others go on.
 */
export function catchUp(sql: Sql, events: Office['events']): void {
  const faults = new Faults()
  const stale = prepare(sql, READ_MODELS)
  const earlier = setAside(sql)
  if (stale.length > 0) rebuild(sql, stale, events(), { faults })
  for (const { coop } of earlier) if (!faults.has(coop)) rebuild(sql, READ_MODELS, events(), { coop, faults })
  applyEach(sql, READ_MODELS, events(caughtUpTo(sql)), faults)
}

/** A person's name by code, undefined once it is forgotten: what the documents are built with. */
export function nameResolver({ vault }: Pick<Office, 'vault'>): (code: string) => string | undefined {
  return code => {
    const person = vault.resolve(code)
    return isForgotten(person) ? undefined : person.name
  }
}
