import { KeyFilter } from './key-filter.ts'
import { KeyTable } from './key-table.ts'
import type { Sql } from './sql.ts'
import { commandIdOf, idOf } from './sqlite-envelope.ts'

/** Commands are put into the index this many at a time: a lot touches most of its pages, however small it is. */
const commandLotSize = 65_536
/** Nor are more events than this many lots read again when a log is opened, however few commands wrote them. */
const mostLotsUnread = 4
/** The filter is read from the index once it would have spared as many searches as this part of it. */
const searchesWorthFilter = 1 / 64
const keysAtOnce = 10_000

/**
 * Finds where a command's events begin. Command ids come in random order, and writing each to its place in an index would
 * touch a page apiece; so the latest are kept in memory (and read again from the log when it is opened) and go into the
 * index in sorted lots. Nearly every search is for a command that is new: a filter in memory spares reading the index.
 */
export class CommandIndex {
  readonly #sql: Sql
  readonly #lotSize: number
  readonly #latest = new KeyTable()
  #filter: KeyFilter | undefined
  #searches = 0
  #loaded = false
  #indexed = 0

  constructor(sql: Sql, lotSize = commandLotSize) {
    this.#sql = sql
    this.#lotSize = lotSize
  }

  /** Position of the first event the command wrote to the stream, if it wrote any; `key` is its `indexKey`. */
  find(stream: number, commandId: string, key: number): number | undefined {
    this.#load()
    return this.#first(this.#latest.of(key), stream, commandId) ?? this.#search(stream, commandId, key)
  }

  /** Notes a command whose first event was just written, within that transaction. */
  add(key: number, position: number): void {
    this.#load()
    this.#latest.add(key, position)
  }

  /** Writes a full lot, within the transaction that filled it; gives whether it did. */
  writeLot(lastPosition: number): boolean {
    const unread = lastPosition - this.#indexed
    if (this.#latest.size < this.#lotSize && unread < this.#lotSize * mostLotsUnread) return false
    for (const key of this.#latest.keys()) {
      for (const position of this.#latest.of(key)) {
        this.#sql.run('INSERT INTO command_index VALUES (?, ?)', key, position)
      }
      this.#filter?.add(key)
    }
    this.#sql.run(`UPDATE log_settings SET value = ? WHERE name = 'commands_indexed'`, lastPosition)
    return true
  }

  /** Forgets what was written as a lot, once that is committed. */
  lotWritten(): void {
    this.#latest.clear()
    this.#loaded = false
  }

  /** Forgets what memory holds: after a rollback, or after another connection has written. */
  reset(): void {
    this.lotWritten()
    this.#filter = undefined
    this.#searches = 0
  }

  #search(stream: number, commandId: string, key: number): number | undefined {
    if (this.#indexed === 0 || !this.#mayBeIndexed(key)) return undefined
    const rows = this.#sql.rows('SELECT position FROM command_index WHERE key = ?', key) as [number][]
    return this.#first(rows.flat(), stream, commandId)
  }

  /** A key may be another command's, or this one's in another stream, so the event itself decides. */
  #first(positions: readonly number[], stream: number, commandId: string): number | undefined {
    return positions.find(position => {
      const row = this.#sql.rows('SELECT stream_id, envelope FROM events WHERE position = ?', position)[0]
      return row && row[0] === stream && commandIdOf(row[1] as string) === commandId
    })
  }

  #mayBeIndexed(key: number): boolean {
    this.#searches++
    if (!this.#filter && this.#searches >= this.#indexed * searchesWorthFilter) this.#filter = this.#readFilter()
    return this.#filter?.mayHold(key) ?? true
  }

  #readFilter(): KeyFilter {
    const filter = new KeyFilter()
    const query = 'SELECT DISTINCT key FROM command_index WHERE key > ? ORDER BY key LIMIT ?'
    for (let rows = this.#sql.rows(query, -1, keysAtOnce); rows.length > 0; ) {
      for (const [key] of rows) filter.add(key as number)
      rows = this.#sql.rows(query, rows[rows.length - 1]?.[0] as number, keysAtOnce)
    }
    return filter
  }

  /** Reads the commands after those indexed; each is known by its event that is the first of its command. */
  #load(): void {
    if (this.#loaded) return
    const setting = `SELECT value FROM log_settings WHERE name = 'commands_indexed'`
    this.#indexed = this.#sql.get<{ value: number }>(setting)?.value ?? 0
    const rows = this.#sql.rows(
      'SELECT position, stream_id, envelope FROM events WHERE position > ? ORDER BY position',
      this.#indexed,
    ) as [number, number, string][]
    let [lastStream, lastCommand] = [0, '']
    for (const [position, stream, envelope] of rows) {
      const commandId = commandIdOf(envelope)
      if (stream !== lastStream || commandId !== lastCommand) this.#latest.add(indexKey(idOf(envelope)), position)
      ;[lastStream, lastCommand] = [stream, commandId]
    }
    this.#loaded = true
  }
}

/** The first 48 bits of the id of a command's first event: short, and safe as an integer. Of a damaged id, any such number. */
export function indexKey(firstEventId: string): number {
  const high = Number.parseInt(firstEventId.slice(0, 8), 16) >>> 0
  return high * 0x10000 + (Number.parseInt(firstEventId.slice(9, 13), 16) & 0xffff)
}
