import { catalogue } from '../../src/domain/events.ts'
import { type Answer, Ledger } from '../../src/ledger/ledger.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import { catchUp, projectionHooks, replay } from '../../src/office.ts'
import { createCodec } from '../../src/store/codec.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { executeReviewed } from '../support/review.ts'

/** A demonstration ledger in memory with its read models, a clock that is set by hand and chance that is given. */
export class MemoryBooks {
  clock = ''
  readonly sql = openNodeSql(':memory:')
  readonly codec = createCodec(catalogue)
  readonly store: SqliteStore
  readonly #vaultSql = openNodeSql(':memory:')
  readonly #ledger: Ledger
  #commands = 0

  constructor(random: (bytes: number) => Uint8Array) {
    const { sql, codec } = this
    const now = () => `${this.clock}T02:00:00.000Z`
    this.store = new SqliteStore(sql, projectionHooks())
    catchUp(sql, after => replay(this.store, codec, after))
    const vault = openVault(this.#vaultSql, { random, now })
    this.#ledger = new Ledger({ store: this.store, codec, vault, now, demo: undefined })
  }

  /** Gives a command; a refusal is an answer like any other. */
  tell(coop: string, name: string, body: unknown): Promise<Answer> {
    const commandId = `step-${++this.#commands}`
    return executeReviewed(this.#ledger, { coop, name, body, actor: '会计 via test', commandId })
  }

  close(): void {
    this.sql.close()
    this.#vaultSql.close()
  }
}
