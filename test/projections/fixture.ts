import { createHash } from 'node:crypto'
import type { ProjectedEvent, Projection } from '../../projections/projection.ts'
import { READ_MODELS } from '../../projections/read-models.ts'
import { applyAll, prepare } from '../../projections/runner.ts'
import type { EventData, EventType } from '../../src/domain/events.ts'
import { catalogue } from '../../src/domain/events.ts'
import type { Voucher, VoucherLine } from '../../src/domain/voucher.ts'
import type { Sql } from '../../src/store/sql.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** `['102-基本户', 'D', '100.00']`: account, side, amount; then fund, counterparty and breakdown where there are any. */
export type Line = [string, 'D' | 'C', string, Extra?]
type Extra = { fund?: string; counterparty?: string; breakdown?: VoucherLine['breakdown'] }

/** Writes a co-op's events by hand, each checked against its schema; vouchers number themselves month by month. */
export class Story {
  readonly events: ProjectedEvent[] = []
  readonly #numbers = new Map<string, number>()
  readonly #revisions = new Map<string, number>()
  coop: string

  constructor(coop = 'sun') {
    this.coop = coop
  }

  voucher(date: string, summary: string, lines: Line[], more: Partial<Voucher> = {}): Voucher {
    const month = `${this.coop} ${date.slice(0, 7)}`
    const seq = (this.#numbers.get(month) ?? 0) + 1
    this.#numbers.set(month, seq)
    return {
      number: `${date.slice(0, 7)}-记-${seq}`,
      date,
      summary,
      attachments: 1,
      lines: lines.map(([account, side, amount, extra]) => ({
        account,
        ...(side === 'D' ? { debit: amount } : { credit: amount }),
        ...extra,
      })),
      review: { rule: 'AUTO-1', authorisedBy: 'M00001' },
      ...more,
    }
  }

  add<T extends EventType>(type: T, data: EventData<T>, recordedAt = '2024-01-02T00:00:00.000Z'): this {
    catalogue[type]?.schema.parse(data)
    const position = this.events.length + 1
    const revision = (this.#revisions.get(this.coop) ?? -1) + 1
    this.#revisions.set(this.coop, revision)
    this.events.push({
      ...{ coop: this.coop, type, data, revision, position, recordedAt },
      ...{ actor: 'M00001 via test', commandId: `c${position}`, hash: sha256(`${position}`) },
    } as ProjectedEvent)
    return this
  }

  /** The number of the last voucher written. */
  get lastNumber(): string {
    const event = this.events.findLast(({ data }) => 'voucher' in data)
    return (event?.data as { voucher: Voucher }).voucher.number
  }
}

/** A database in memory with every read model filled, event by event, as a command would. */
export function live(events: readonly ProjectedEvent[], projections: readonly Projection[] = READ_MODELS): Sql {
  const sql = openNodeSql(':memory:')
  prepare(sql, projections)
  for (const event of events) sql.transaction(() => applyAll(sql, event, projections))
  return sql
}
