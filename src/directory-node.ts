import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PublishedHeads } from './store/chain-check.ts'

/** A data directory that must not be opened, with the way out in the sentence. */
export class DirectoryRefused extends Error {
  readonly code:
    | 'DirectoryInUse'
    | 'LedgerBehind'
    | 'NoVault'
    | 'HeadsUnreadable'
    | 'IsMirror'
    | 'NotAMirror'
    | 'OtherVault'

  constructor(code: DirectoryRefused['code'], message: string) {
    super(message)
    this.name = 'DirectoryRefused'
    this.code = code
  }
}

/** Locks in force: a connection that nobody refers to would be collected, and its lock with it. */
const held = new Set<DatabaseSync>()

/**
 * Keeps other writers out of a data directory until the returned function is called; throws DirectoryInUse with the
 * holder's process id. A held transaction is freed by the kernel when its process dies, however it dies; the file with the
 * number beside it is for people.
 */
export function lockDirectory(directory: string): () => void {
  const db = new DatabaseSync(join(directory, 'lock.db'))
  const holder = join(directory, 'lock.pid')
  try {
    db.exec('PRAGMA busy_timeout = 200; BEGIN EXCLUSIVE')
  } catch {
    db.close()
    throw inUse(directory, holder)
  }
  held.add(db)
  try {
    writeFileSync(holder, `${process.pid}\n`)
  } catch {
    // On a full disk the lock itself still holds.
  }
  return () => {
    rmSync(holder, { force: true })
    held.delete(db)
    db.close()
  }
}

function inUse(directory: string, holder: string): DirectoryRefused {
  const pid = existsSync(holder) ? readFileSync(holder, 'utf8').trim() : ''
  const who = pid === '' ? '另一个程序' : `进程 ${pid} `
  const message = `数据目录 ${directory} 正被${who}使用；请先停止它（例如正在运行的 serve），再试一次。`
  return new DirectoryRefused('DirectoryInUse', message)
}

/** Refuses a directory whose log is there but whose vault is not: a new vault would have other keys and no names. */
export function checkVaultBeside(directory: string): void {
  if (!existsSync(join(directory, 'ledger.db')) || existsSync(join(directory, 'vault.db'))) return
  throw new DirectoryRefused('NoVault', `目录 ${directory} 里缺少 vault.db（姓名等个人资料），请从备份恢复。`)
}

/** Where the heads last published from a directory are kept, outside the log they speak of. */
export const headsFile = (directory: string): string => join(directory, 'heads.json')

/** The heads of the co-ops as last published; a log that has lost them is not the one that was published. */
export function readHeads(directory: string): PublishedHeads {
  const file = headsFile(directory)
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PublishedHeads
  } catch {
    throw new DirectoryRefused('HeadsUnreadable', `${file} 无法读取，请从备份恢复。`)
  }
}
