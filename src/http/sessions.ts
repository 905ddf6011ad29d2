const MINUTE = 60_000
const IDLE = 30 * MINUTE
const ABSOLUTE = 12 * 60 * MINUTE
const MOST = 1000

type Session = { since: number; seen: number }

/** The operator's sessions, in memory: a restart ends them all. Tokens are kept only as their SHA-256. */
export type Sessions = {
  /** Begins a session; gives its token, which is shown to nobody but the browser. */
  begin(): Promise<string>
  /** Whether the token is of a live session; a use keeps it alive (30 minutes idle, 12 hours in all). */
  isLive(token: string): Promise<boolean>
  end(token: string): Promise<void>
}

/** An empty set of sessions over a clock in milliseconds. */
export function createSessions(clock: () => number): Sessions {
  const live = new Map<string, Session>()
  const expired = ({ since, seen }: Session) => clock() - seen > IDLE || clock() - since > ABSOLUTE
  return {
    async begin() {
      for (const [id, session] of live) if (expired(session)) live.delete(id)
      if (live.size >= MOST) live.delete(live.keys().next().value!)
      const token = hex(crypto.getRandomValues(new Uint8Array(32)))
      live.set(await digest(token), { since: clock(), seen: clock() })
      return token
    },
    async isLive(token) {
      const id = await digest(token)
      const session = live.get(id)
      if (!session) return false
      if (expired(session)) {
        live.delete(id)
        return false
      }
      session.seen = clock()
      return true
    },
    async end(token) {
      live.delete(await digest(token))
    },
  }
}

async function digest(token: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
