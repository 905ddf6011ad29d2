import type { Codec } from '../store/codec.ts'
import { StoreError } from '../store/errors.ts'
import type { RecordedEvent } from '../store/port.ts'
import type { Sql } from '../store/sql.ts'
import { type Vault, VaultError } from './vault.ts'
import { usualTable } from './vault-schema.ts'

/** A store that gives the log by pages at once. */
type Pages = { page(after: number, limit: number): RecordedEvent[]; lastPosition(): number }
/** What of a person was destroyed: 'sensitive' leaves the name for the retention period, 'identity' is everything. */
export type Destroyed = { code: string; what: 'sensitive' | 'identity' }

/** Events that carry a person's sealed details. */
export const PERSONAL: ReadonlySet<string> = new Set(['MemberAdmitted', 'PersonRegistered', 'MemberDetailsChanged'])
/** Events by which a person is forgotten (个人信息保护法 art. 47), and what of the person goes with each. */
const FORGETTING: Readonly<Record<string, Destroyed['what']>> = { PersonSealed: 'sensitive', PersonErased: 'identity' }
const PAGE = 1000

type Personal = { person: string; identity?: string; sensitive?: string }

const MARK = `CREATE TABLE IF NOT EXISTS log_read (
  id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL
) STRICT`

/**
 * Takes up in the vault what the log says about persons since the vault was last opened: details that a crash kept from
 * being taken up, and keys that an older copy of the vault still has. Gives the number of such events. `table`: the vault's
 * persons, as in its ports.
 */
export function catchUpVault(sql: Sql, vault: Vault, store: Pages, codec: Codec, table = usualTable): number {
  sql.run(MARK)
  const marked = sql.get<{ position: number }>('SELECT position FROM log_read')?.position ?? 0
  const end = store.lastPosition()
  // A log that ends before the mark is not the one the mark was made on.
  const after = marked > end ? 0 : marked
  if (after === end) return 0
  return vault.batch(() => {
    let taken = 0
    for (let page = store.page(after, PAGE); page.length > 0; page = store.page(page.at(-1)!.position, PAGE)) {
      for (const event of page) if (takeUp({ sql, vault, codec, table }, event)) taken += 1
    }
    sql.run('INSERT OR REPLACE INTO log_read (id, position) VALUES (1, ?)', end)
    return taken
  })
}

/** Destroys keys again in a vault that may still have them; a person it never knew has none. */
export function destroyAgain(sql: Sql, vault: Vault, { code, what }: Destroyed, table = usualTable): void {
  const row = sql.get<{ sensitive: string | null; identity: string | null }>(
    `SELECT sensitive_destroyed_at AS sensitive, identity_destroyed_at AS identity FROM ${table} WHERE code = ?`,
    code,
  )
  if (!row) return
  if (what === 'identity' && row.identity === null) vault.destroyIdentity(code)
  if (what === 'sensitive' && row.sensitive === null) vault.destroySensitive(code)
}

/** Whose keys this vault has destroyed, and which. */
export function destroyedIn(sql: Sql): Destroyed[] {
  return sql.all<Destroyed>(
    `SELECT code, iif(identity_destroyed_at IS NULL, 'sensitive', 'identity') AS what FROM persons
     WHERE sensitive_destroyed_at IS NOT NULL ORDER BY number`,
  )
}

type Place = { sql: Sql; vault: Vault; codec: Codec; table: string }

function takeUp({ sql, vault, codec, table }: Place, event: RecordedEvent): boolean {
  const forgotten = FORGETTING[event.type]
  if (!forgotten && !PERSONAL.has(event.type)) return false
  try {
    const { person, identity, sensitive } = codec.decode(event) as Personal
    if (forgotten) destroyAgain(sql, vault, { code: person, what: forgotten }, table)
    else if (identity !== undefined) vault.absorb(person, identity, sensitive)
    return true
  } catch (error) {
    // A damaged event stops its own co-op, whose chain says so; it must not stop the others from being served.
    if (error instanceof StoreError || error instanceof VaultError) return false
    throw error
  }
}
