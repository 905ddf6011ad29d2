import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readHeads } from '../directory-node.ts'
import { makeFolder } from '../store/disk-node.ts'
import type { Head } from '../store/port.ts'
import { checkedHeads, copyDatabase, keysOf, publishFile, writeFacts } from './backup-file.ts'
import { forgottenBeside, noteForgotten } from './forgotten.ts'
import { ledgerFile } from './offices.ts'
import { CliError } from './output.ts'

export type BackupMade = { file: string; keys: string; heads: Record<string, Head> }

/**
 * Copies a data directory, in use or not, into `out` (the log with its heads) and `out`.keys (keys and personal data).
 * Both are whole and checked before they get their names.
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
    publishFile(keysPart, keys)
    publishFile(part, out)
    return { file: out, keys, heads }
  } finally {
    removeAll(part, keysPart)
  }
}

function removeAll(...files: string[]): void {
  for (const file of files) for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true })
}
