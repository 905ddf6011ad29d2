import { isDatabaseFault, type Sql } from '../store/sql.ts'

const MINUTE = 60_000
const IDLE = 30 * MINUTE
const ABSOLUTE = 12 * 60 * MINUTE
const MOST = 1000

type Session = { since: number; seen: number }

/** The operator's sessions. A token is kept only as a SHA-256, bound to the access code it was given for. */
export type Sessions = {
  /** Begins a session; gives its token, which is shown to nobody but the browser. */
  begin(): Promise<string>
  /** Whether the token is of a live session; a use keeps it alive (30 minutes idle, 12 hours in all). */
  isLive(token: string): Promise<boolean>
  end(token: string): Promise<void>
}

const TABLE = `CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, since INTEGER NOT NULL, seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID`

/**
 * The sessions kept in a database, so that they outlive the program. `clock` in milliseconds; `access` names the access
 * code: another code's sessions are not known.
 */
export function createSessions(sql: Sql, clock: () => number, access: string): Sessions {
  let laidOut = false
  const tabled = (): Sql => {
    if (!laidOut) sql.run(TABLE)
    laidOut = true
    return sql
  }
  const idOf = (token: string) => digest(`${access}\n${token}`)
  return {
    async begin() {
      const token = hex(crypto.getRandomValues(new Uint8Array(32)))
      const id = await idOf(token)
      const now = clock()
      tabled().transaction(() => {
        sql.run('DELETE FROM sessions WHERE seen < ? OR since < ?', now - IDLE, now - ABSOLUTE)
        const most = 'SELECT id FROM sessions ORDER BY since DESC, id LIMIT -1 OFFSET ?'
        sql.run(`DELETE FROM sessions WHERE id IN (${most})`, MOST - 1)
        sql.run('INSERT INTO sessions (id, since, seen) VALUES (?, ?, ?)', id, now, now)
      })
      return token
    },
    async isLive(token) {
      const id = await idOf(token)
      const session = tabled().get<Session>('SELECT since, seen FROM sessions WHERE id = ?', id)
      const now = clock()
      if (!session || now - session.seen > IDLE || now - session.since > ABSOLUTE) return false
      // Once a minute is often enough to tell half an hour; a page is not to wait for the disk each time.
      if (now - session.seen >= MINUTE) noteSeen(sql, id, now)
      return true
    },
    async end(token) {
      tabled().run('DELETE FROM sessions WHERE id = ?', await idOf(token))
    },
  }
}

// On a full disk pages can still be read.
function noteSeen(sql: Sql, id: string, now: number): void {
  try {
    sql.run('UPDATE sessions SET seen = ? WHERE id = ?', now, id)
  } catch (error) {
    if (!isDatabaseFault(error)) throw error
  }
}

async function digest(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
