import { type BadEvent, badEvent, ChainCheck, type CheckedStream } from './chain-check.ts'
import { indexKey } from './command-index.ts'
import type { RecordedEvent } from './port.ts'
import type { Sql, SqlValue } from './sql.ts'
import { type EventKind, eventColumns, eventOf } from './sqlite-envelope.ts'
import { checkLayout } from './sqlite-schema.ts'
import type { Verification, VerifyOptions } from './verify.ts'

const pageSize = 500
/** The largest prime under 2^21: products of two remainders stay exact in a number and in a SQLite integer. */
const prime = 2_097_143

interface StreamRow {
  readonly id: number
  readonly name: string
  readonly first: number
  readonly last: number
  readonly revision: number
}

const unknownKind: EventKind = { type: '', version: 0 }

/** The log's edges at one moment; what is appended during the scan is left to the next one. */
interface Snapshot {
  readonly lastPosition: number
  readonly streams: readonly StreamRow[]
  readonly types: Map<SqlValue, EventKind>
  readonly commandsIndexed: number
  readonly commandSum: string
}

/**
 * Checks a SQLite log in full: every chain, and every column the chains do not cover (positions, back pointers, the guards
 * and ids of streams, the command index). Without `options.codec` it looks at no payload's meaning.
 */
export async function verifyLog(sql: Sql, options: VerifyOptions = {}): Promise<Verification> {
  const scan = new LogScan(sql, options)
  const bad = await scan.run()
  return { events: scan.events, heads: scan.check.heads(), ...(bad ? { bad } : {}) }
}

class LogScan {
  readonly check: ChainCheck
  events = 0
  readonly #sql: Sql
  readonly #options: VerifyOptions
  #commandSum = 0
  #commandCount = 0

  constructor(sql: Sql, options: VerifyOptions) {
    this.#sql = sql
    this.#options = options
    this.check = new ChainCheck(options)
  }

  async run(): Promise<BadEvent | undefined> {
    try {
      return await this.#run()
    } catch (error) {
      const reason = `the database cannot be read: ${error instanceof Error ? error.message : String(error)}`
      return badEvent({ stream: '', revision: -1, position: this.events + 1 }, reason)
    }
  }

  async #run(): Promise<BadEvent | undefined> {
    checkLayout(this.#sql)
    const snapshot = this.#sql.transaction(() => takeSnapshot(this.#sql))
    const names = new Map(snapshot.streams.map(row => [row.id, row.name]))
    while (this.events < snapshot.lastPosition) {
      const bad = this.#page(snapshot, names)
      this.#options.onProgress?.(this.events)
      if (bad) return bad
      // A server goes on serving while it verifies.
      await new Promise(resolve => setImmediate(resolve))
    }
    return this.#guards(snapshot) ?? this.check.missing() ?? this.#index(snapshot)
  }

  #page(snapshot: Snapshot, names: Map<number, string>): BadEvent | undefined {
    const rows = this.#sql.rows(
      `SELECT ${eventColumns}, prev FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
      this.events,
      snapshot.lastPosition,
      pageSize,
    )
    if (rows.length === 0) throw new Error(`no events after position ${this.events}`)
    for (const row of rows) {
      const bad = this.#row(row, snapshot, names)
      if (bad) return bad
    }
    return undefined
  }

  #row(row: SqlValue[], snapshot: Snapshot, names: Map<number, string>): BadEvent | undefined {
    const stream = names.get(row[1] as number)
    const kind = snapshot.types.get(row[3] ?? null)
    const event = eventOf(row, stream ?? '', kind ?? unknownKind)
    if (event.position !== this.events + 1) return badEvent(event, `position ${event.position} follows ${this.events}`)
    if (stream === undefined) return badEvent(event, `no stream has the id ${row[1]}`)
    if (kind === undefined) return badEvent(event, `no event type has the id ${row[3]}`)
    const before = this.check.streams.get(stream)
    const prev = before?.last ?? 0
    if (row[6] !== prev) return badEvent(event, `points back to ${row[6]}, not ${prev}`)
    const bad = this.check.next(event)
    if (bad) return bad
    this.events++
    if (event.position <= snapshot.commandsIndexed && this.check.begins) this.#addCommand(event)
    return undefined
  }

  /** Compares each stream's row with where its events ended, and with what a search by name finds. */
  #guards(snapshot: Snapshot): BadEvent | undefined {
    for (const row of snapshot.streams) {
      const reason = guardFault(row, this.check.streams.get(row.name))
      if (reason) return badEvent({ stream: row.name, revision: row.revision, position: row.last }, reason)
      const found = this.#sql.get<{ id: number }>('SELECT id FROM streams WHERE name = ?', row.name)
      if (found?.id !== row.id) {
        return badEvent({ stream: row.name, revision: -1, position: 0 }, 'a search by name does not find the stream')
      }
    }
    return undefined
  }

  #index(snapshot: Snapshot): BadEvent | undefined {
    const whole = snapshot.commandSum === `${this.#commandCount} ${this.#commandSum}`
    if (whole && snapshot.commandsIndexed <= snapshot.lastPosition) return undefined
    return badEvent({ stream: '', revision: -1, position: 0 }, 'the command index differs from the events')
  }

  #addCommand(first: RecordedEvent): void {
    this.#commandCount++
    this.#commandSum += ((indexKey(first.id) % prime) * ((first.position % (prime - 1)) + 1)) % prime
  }
}

function takeSnapshot(sql: Sql): Snapshot {
  const last = sql.get<{ last: number }>('SELECT ifnull(max(position), 0) AS last FROM events')
  const indexed = sql.get<{ value: number }>(`SELECT value FROM log_settings WHERE name = 'commands_indexed'`)
  const commands = sql.get<{ count: number; sum: number }>(
    `SELECT count(*) AS count, ifnull(sum(((key % ${prime}) * (position % ${prime - 1} + 1)) % ${prime}), 0) AS sum
     FROM command_index`,
  )
  return {
    lastPosition: last?.last ?? 0,
    streams: sql.all<StreamRow>('SELECT id, name, first, last, revision FROM streams'),
    types: kindsOf(sql),
    commandsIndexed: indexed?.value ?? 0,
    commandSum: `${commands?.count} ${commands?.sum}`,
  }
}

function kindsOf(sql: Sql): Map<SqlValue, EventKind> {
  const kindOf = (row: SqlValue[]): EventKind => ({ type: row[1] as string, version: row[2] as number })
  const rows = sql.rows('SELECT id, name, version FROM event_types')
  return new Map(rows.map(row => [row[0] ?? null, kindOf(row)]))
}

function guardFault(row: StreamRow, reached: CheckedStream | undefined): string | undefined {
  if (!reached) return 'the stream has no events'
  if (reached.revision < row.revision) return `missing: the stream's events end at revision ${reached.revision}`
  if (reached.revision > row.revision)
    return `the stream's row stands at revision ${row.revision} of ${reached.revision}`
  return reached.last === row.last && reached.first === row.first ? undefined : `the stream's row names other positions`
}
