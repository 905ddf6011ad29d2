import type { Doing } from '../src/domain/governance/events.ts'
import type { Sql } from '../src/store/sql.ts'
import type { Projection } from './projection.ts'
import { insert, presented } from './rows.ts'

/** Commands that wait or waited for a second person; the body as JSON, persons as codes. Fen. */
export const submissions: Projection = {
  name: 'submissions',
  version: 1,
  tables: {
    submissions: `coop TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, recorded_at TEXT NOT NULL,
      command TEXT NOT NULL, body TEXT NOT NULL, doing TEXT NOT NULL, amount TEXT NOT NULL, maker TEXT NOT NULL,
      status TEXT NOT NULL, officer TEXT, reason TEXT, decided_at TEXT, PRIMARY KEY (coop, id)`,
  },
  apply(tx, { coop, type, data, revision, recordedAt }) {
    if (type === 'CommandSubmitted') {
      const { id, command, doing, amount, by } = data
      const body = JSON.stringify(data.body)
      const waiting = { body, doing, amount, maker: by, status: 'waiting' }
      insert(tx, 'submissions', { coop, id, revision, recorded_at: recordedAt, command, ...waiting })
    }
    if (type === 'CommandApproved' || type === 'CommandRejected') {
      const [status, reason] = type === 'CommandRejected' ? ['rejected', data.reason] : ['approved', null]
      tx.run(
        'UPDATE submissions SET status = ?, officer = ?, reason = ?, decided_at = ? WHERE coop = ? AND id = ?',
        ...[status, data.officer, reason, recordedAt, coop, data.id],
      )
    }
  },
}

/** A command on its way to the books: who made it, what it does, its largest voucher in yuan, and what became of it. */
export type Submission = {
  id: string
  recordedAt: string
  command: string
  body: string
  doing: Doing
  amount: string
  maker: string
  status: 'waiting' | 'approved' | 'rejected'
  officer: string | undefined
  reason: string | undefined
  decidedAt: string | undefined
}

/** Those that wait, oldest first. */
export const waitingSubmissions = (sql: Sql, coop: string): Submission[] =>
  select(sql, "coop = ? AND status = 'waiting' ORDER BY revision", coop)

/** One by its number; undefined when there is none. */
export const submissionById = (sql: Sql, coop: string, id: string): Submission | undefined =>
  select(sql, 'coop = ? AND id = ?', coop, id)[0]

/** The latest that were decided on, newest first, at most so many. */
export const decidedSubmissions = (sql: Sql, coop: string, limit: number): Submission[] =>
  select(sql, "coop = ? AND status <> 'waiting' ORDER BY decided_at DESC, revision DESC LIMIT ?", coop, limit)

function select(sql: Sql, rest: string, ...params: (string | number)[]): Submission[] {
  const rows = sql.all(
    `SELECT id, recorded_at AS recordedAt, command, body, doing, amount, maker, status, officer, reason,
      decided_at AS decidedAt FROM submissions WHERE ${rest}`,
    ...params,
  )
  return rows.map(row => presented<Submission>(row))
}
