import type { NewEvent } from './port.ts'
import type { Sql } from './sql.ts'

/** Commands are put into the index this many at a time. */
const commandLotSize = 32_768
/** Nor are more events than this many lots read again when a log is opened, however few commands wrote them. */
const mostLotsUnread = 4

interface Entry {
  readonly key: number
  readonly position: number
}

/**
 * Finds where a command's events begin. Command ids come in random order, and writing each to its place in an index would
 * touch a page apiece; so the latest are kept in memory (and read again from the log when it is opened) and go into the
 * index in sorted lots.
 */
export class CommandIndex {
  readonly #sql: Sql
  readonly #lotSize: number
  readonly #latest = new Map<string, Entry>()
  #loaded = false
  #indexed = 0

  constructor(sql: Sql, lotSize = commandLotSize) {
    this.#sql = sql
    this.#lotSize = lotSize
  }

  /** Position of the first event the command wrote to the stream, if it wrote any. */
  find(stream: number, commandId: string, firstEventId: string): number | undefined {
    this.#load()
    return this.#latest.get(nameOf(stream, commandId))?.position ?? this.#search(stream, commandId, firstEventId)
  }

  /** Notes a command whose first event was just written, within that transaction. */
  add(stream: number, first: NewEvent, position: number): void {
    this.#load()
    this.#latest.set(nameOf(stream, first.commandId), { key: indexKey(first.id), position })
  }

  /** Writes a full lot, within the transaction that filled it; gives whether it did. */
  writeLot(lastPosition: number): boolean {
    const unread = lastPosition - this.#indexed
    if (this.#latest.size < this.#lotSize && unread < this.#lotSize * mostLotsUnread) return false
    const entries = [...this.#latest.values()].sort((a, b) => a.key - b.key || a.position - b.position)
    for (const { key, position } of entries) this.#sql.run('INSERT INTO command_index VALUES (?, ?)', key, position)
    this.#sql.run(`UPDATE log_settings SET value = ? WHERE name = 'commands_indexed'`, lastPosition)
    return true
  }

  /** Forgets what memory holds: after a lot was committed, or after a rollback. */
  reset(): void {
    this.#latest.clear()
    this.#loaded = false
  }

  /** A key may be another command's, or this one's in another stream, so the event itself decides. */
  #search(stream: number, commandId: string, firstEventId: string): number | undefined {
    for (const [position] of this.#sql.rows(
      'SELECT position FROM command_index WHERE key = ?',
      indexKey(firstEventId),
    )) {
      const matching = 'SELECT position FROM events WHERE position = ? AND stream_id = ? AND command_id = ?'
      if (this.#sql.get(matching, position as number, stream, commandId)) return position as number
    }
    return undefined
  }

  #load(): void {
    if (this.#loaded) return
    const setting = `SELECT value FROM log_settings WHERE name = 'commands_indexed'`
    this.#indexed = this.#sql.get<{ value: number }>(setting)?.value ?? 0
    const rows = this.#sql.rows(
      'SELECT position, stream_id, command_id, id FROM events WHERE position > ? ORDER BY position',
      this.#indexed,
    )
    for (const [position, stream, commandId, id] of rows as [number, number, string, string][]) {
      const name = nameOf(stream, commandId)
      if (!this.#latest.has(name)) this.#latest.set(name, { key: indexKey(id), position })
    }
    this.#loaded = true
  }
}

/** The first 48 bits of the id of a command's first event: short, and safe as an integer. */
export function indexKey(firstEventId: string): number {
  return Number.parseInt(firstEventId.slice(0, 8) + firstEventId.slice(9, 13), 16)
}

function nameOf(stream: number, commandId: string): string {
  return `${stream} ${commandId}`
}
