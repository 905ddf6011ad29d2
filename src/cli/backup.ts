import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readHeads } from '../directory-node.ts'
import type { MissingFile } from '../ledger/documents.ts'
import { makeFolder } from '../store/disk-node.ts'
import type { Head } from '../store/port.ts'
import type { Sql } from '../store/sql.ts'
import { openNodeSql } from '../store/sql-node.ts'
import { checkedHeads, copyDatabase, keysOf, publishFile, writeFacts } from './backup-file.ts'
import { forgottenBeside, noteForgotten } from './forgotten.ts'
import { carryFiles } from './kept-files.ts'
import { ledgerFile } from './offices.ts'
import { CliError } from './output.ts'

/** `missing`: files the log names (originals, statements) that the directory itself does not keep whole. */
export type BackupMade = { file: string; keys: string; heads: Record<string, Head>; missing: string[] }

/**
 * Copies a data directory, in use or not, into `out` (the log with its heads) and `out`.keys (keys and personal data).
 * Both are whole and checked before they get their names. Originals go into `attachments/` beside them, each once however
 * many backups lie there.
 */
export async function makeBackup(directory: string, out: string, now: () => string): Promise<BackupMade> {
  const ledger = ledgerFile(directory)
  const vault = join(directory, 'vault.db')
  if (!existsSync(vault)) throw new CliError('NoVault', `目录 ${directory} 里缺少 vault.db（姓名等个人资料）。`)
  const keys = keysOf(out)
  for (const file of [out, keys]) {
    if (existsSync(file)) throw new CliError('BackupExists', `${file} 已经存在；备份不覆盖旧的，请换一个文件名。`)
  }
  makeFolder(dirname(out))
  const [part, keysPart] = [`${out}.part`, `${keys}.part`]
  removeAll(part, keysPart)
  try {
    const published = readHeads(directory)
    // The log before the vault: a person of the log is then surely in the vault.
    copyDatabase(ledger, part)
    copyDatabase(vault, keysPart)
    const heads = await checkedHeads(part, published)
    writeFacts(part, { madeAt: now(), heads, published })
    noteForgotten(keysPart, forgottenBeside(out))
    const missing = withFiles(part, sql => carryFiles(directory, dirname(out), sql))
    publishFile(keysPart, keys)
    publishFile(part, out)
    return { file: out, keys, heads, missing }
  } finally {
    removeAll(part, keysPart)
  }
}

/** The hashes of the files that `work` could not bring, for the log in a database file. */
export function withFiles(file: string, work: (sql: Sql) => MissingFile[]): string[] {
  const sql = openNodeSql(file, { readOnly: true })
  try {
    return [...new Set(work(sql).map(({ hash }) => hash))]
  } finally {
    sql.close()
  }
}

function removeAll(...files: string[]): void {
  for (const file of files) for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true })
}
