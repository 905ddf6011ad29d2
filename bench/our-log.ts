import { z } from 'zod'
import { catalogue } from '../src/domain/events.ts'
import { type Codec, createCodec, headAfter } from '../src/store/codec.ts'
import { emptyHead, type Head, type NewEvent } from '../src/store/port.ts'
import { type NodeSql, openNodeSql } from '../src/store/sql-node.ts'
import { SqliteStore } from '../src/store/sqlite.ts'
import type { Transaction } from './transactions.ts'

/** The product's codec: every payload checked against its schema before it is sealed. */
export const productCodec = createCodec(catalogue)
/** The same without the payload's schema, which is the domain's and not the log's. */
export const logCodec = createCodec({
  VoucherPosted: { version: catalogue.VoucherPosted?.version ?? 1, schema: z.unknown() },
})

/** An HMAC's length of hexadecimal digits. */
const inputHash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** Our log in a file, fed with transactions as the command handler feeds it; no projections. */
export class OurLog {
  readonly sql: NodeSql
  readonly store: SqliteStore
  readonly #codec: Codec
  readonly #heads = new Map<string, Head>()
  #commands = 0

  constructor(path: string, codec = logCodec) {
    this.sql = openNodeSql(path)
    this.store = new SqliteStore(this.sql)
    this.#codec = codec
  }

  /** Checked and chained envelopes of the next command of each transaction's co-op. */
  seal({ coop, draft }: Transaction): NewEvent {
    const stream = `coop-${coop}`
    const commandId = `bench-${String(this.#commands++).padStart(9, '0')}`
    const head = this.#heads.get(stream) ?? emptyHead
    const context = { stream, now: '2025-12-31T08:00:00.000Z', actor: 'M00001 via cli', commandId, inputHash }
    const [event] = this.#codec.seal(head, context, [draft]) as [NewEvent]
    this.#heads.set(stream, headAfter(event))
    return event
  }

  /** Seals and appends one after another, each durable before the next begins. */
  async appendEach(transactions: readonly Transaction[]): Promise<void> {
    for (const transaction of transactions) await this.append(this.seal(transaction))
  }

  /** Seals and appends all at once, as callers who do not wait for one another: one transaction. */
  async appendTogether(transactions: readonly Transaction[]): Promise<void> {
    await Promise.all(transactions.map(transaction => this.append(this.seal(transaction))))
  }

  /** Durable when it resolves. */
  append(event: NewEvent): Promise<unknown> {
    return this.store.append(event.stream, event.revision - 1, [event], { commandId: event.commandId })
  }

  close(): void {
    this.sql.close()
  }
}
