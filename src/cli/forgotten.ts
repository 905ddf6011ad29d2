import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Destroyed, destroyAgain, destroyedIn } from '../ledger/vault-catch-up.ts'
import { openVault } from '../ledger/vault-sqlite.ts'
import { openNodeSql } from '../store/sql-node.ts'
import { writeWhole } from './files.ts'
import { CliError } from './output.ts'

/** One key that was destroyed; `ledger` tells ledgers apart whose backups lie in one folder. */
type Entry = Destroyed & { ledger: string }

/** The list beside a backup: it only grows, so that restoring any older backup forgets again whom a newer one knew forgotten. */
export const forgottenBeside = (file: string): string => join(dirname(file), 'forgotten.ndjson')

/** Adds to a list whose keys a vault has destroyed. */
export function noteForgotten(vaultFile: string, list: string): void {
  const ports = { random: noRandom, now: () => '' }
  const sql = openNodeSql(vaultFile, { readOnly: true })
  try {
    const ledger = idOf(openVault(sql, ports))
    const known = readList(list)
    const lines = new Set(known.map(lineOf))
    const added = destroyedIn(sql).map(each => ({ ledger, ...each }))
    const fresh = added.filter(entry => !lines.has(lineOf(entry)))
    if (fresh.length === 0 && existsSync(list)) return
    const text = [...known, ...fresh].map(entry => `${lineOf(entry)}\n`).join('')
    writeWhole(list, text, { durable: true })
  } finally {
    sql.close()
  }
}

/** Destroys in a vault the keys that a list names; gives how many entries concern it. */
export function forgetAgain(vaultFile: string, list: string, now: () => string): number {
  const sql = openNodeSql(vaultFile, { secureDelete: true })
  try {
    const vault = openVault(sql, { random: noRandom, now })
    const ledger = idOf(vault)
    const mine = readList(list).filter(entry => entry.ledger === ledger)
    for (const entry of mine) destroyAgain(sql, vault, entry)
    // What the log says about persons is read again from its beginning when the directory is opened.
    sql.run('DROP TABLE IF EXISTS log_read')
    sql.checkpoint()
    return mine.length
  } finally {
    sql.close()
  }
}

function readList(list: string): Entry[] {
  if (!existsSync(list)) return []
  const lines = readFileSync(list, 'utf8').split('\n').filter(Boolean)
  try {
    return lines.map(line => JSON.parse(line) as Entry)
  } catch {
    throw new CliError('ForgottenUnreadable', `遗忘名单 ${list} 无法读取；没有它不能恢复，否则已注销的人会回来。`)
  }
}

const lineOf = ({ ledger, code, what }: Entry): string => JSON.stringify({ ledger, code, what })

/** The same for every copy of one ledger's vault, and telling nothing of its key. */
const idOf = (vault: { inputHash(text: string): string }): string => vault.inputHash('forgotten-list').slice(0, 16)

const noRandom = (): never => {
  throw new CliError('NoVault', '备份里没有密钥，无法恢复。')
}
