import type { Codec } from '../store/codec.ts'
import { StoreError } from '../store/errors.ts'
import type { Envelope, RecordedEvent } from '../store/port.ts'
import { isDatabaseFault, type Sql } from '../store/sql.ts'
import { type Vault, VaultError } from './vault.ts'
import { catchUpVault, PERSONAL } from './vault-catch-up.ts'
import type { SharedVault } from './vault-shared.ts'

type Ports = {
  shared: SharedVault
  vault: Vault
  /** The vault's database. */
  sql: Sql
  /** The log on this machine. */
  local: Parameters<typeof catchUpVault>[2]
  codec: Codec
}
/** 成员码 in an event's text, wherever they stand. */
const CODE = /\bM\d{5,15}\b/g

type Personal = { person: string; identity?: string }

/** Keeps one node's vault level with the log it follows. */
export class Persons {
  readonly #ports: Ports

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /** Whether an event says something about a person's details or keys. */
  readonly concerns = ({ type }: Pick<Envelope, 'type'>): boolean => PERSONAL.has(type) || type.startsWith('Person')

  /** To be awaited before events are stored here: whoever they name is then known. Rejects with Unavailable. */
  async meet(events: readonly RecordedEvent[]): Promise<void> {
    const { shared, vault } = this.#ports
    const codes = new Set(events.flatMap(({ data }) => data.match(CODE) ?? []))
    for (const { code, identity } of await shared.learn(codes)) vault.absorb(code, identity)
    const named = events.flatMap(event => this.#named(event))
    for (const { person, identity, changed } of named) {
      if (!changed || identity === undefined) continue
      try {
        await shared.claim(person, identity)
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
      }
    }
  }

  /** Persons known by name alone, for every node. Rejects with Unavailable. */
  async enrol(names: readonly string[]): Promise<string[]> {
    const { shared, vault } = this.#ports
    const enrolled = await shared.enrolNames(names)
    for (const { code, identity } of enrolled) vault.absorb(code, identity)
    return enrolled.map(({ code }) => code)
  }

  /** Takes up what the stored log says; `failed` is told of a disk that refuses, and the next call goes on from there. */
  takeUp(failed: (cause: unknown) => void): void {
    const { sql, vault, local, codec } = this.#ports
    try {
      catchUpVault(sql, vault, local, codec)
    } catch (error) {
      if (!isDatabaseFault(error)) throw error
      failed(error)
    }
  }

  // A damaged event stops its own co-op when it is checked.
  #named(event: RecordedEvent): (Personal & { changed: boolean })[] {
    if (!PERSONAL.has(event.type)) return []
    try {
      const { person, identity } = this.#ports.codec.decode(event) as Personal
      const changed = event.type === 'MemberDetailsChanged'
      return [{ person, changed, ...(identity === undefined ? {} : { identity }) }]
    } catch (error) {
      if (error instanceof StoreError) return []
      throw error
    }
  }
}
