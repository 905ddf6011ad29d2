import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { streamOf } from '../ledger/ledger.ts'
import { openOffice } from '../office-node.ts'
import { makeFolder } from '../store/disk-node.ts'
import type { Head } from '../store/port.ts'
import { openNodeSql } from '../store/sql-node.ts'
import { SqliteStore } from '../store/sqlite.ts'
import { withFiles } from './backup.ts'
import { checkedHeads, dropFacts, keysOf, publishFile, readFacts } from './backup-file.ts'
import { writeWhole } from './files.ts'
import { forgetAgain, forgottenBeside } from './forgotten.ts'
import { carryFiles } from './kept-files.ts'
import { CliError } from './output.ts'
import { verifyDirectory } from './verify.ts'

/** A co-op's fingerprint as somebody holds it on paper: the whole hash of one of its events, or at least its beginning. */
export type HeldHead = { coop: string; hash: string }
export type RestoreOptions = { heads: readonly HeldHead[]; forgotten?: string; now: () => string }
/** `missing`: files the log names that are not beside the backup. */
export type Restored = {
  events: number
  heads: Record<string, Head>
  forgotten: number
  madeAt: string
  missing: string[]
}

/**
 * Puts a backup into an empty directory, checked before and after; who was forgotten since stays forgotten. Throws when the
 * directory is not empty, the backup is damaged, or it does not reach a held head.
 */
export async function restoreBackup(file: string, directory: string, options: RestoreOptions): Promise<Restored> {
  const { madeAt, heads, published } = readFacts(file)
  const list = options.forgotten ?? forgottenBeside(file)
  if (options.forgotten !== undefined && !existsSync(list)) throw new CliError('NoFile', `找不到遗忘名单：${list}`)
  if (!existsSync(keysOf(file))) {
    throw new CliError('NoKeys', `缺少 ${keysOf(file)}（密钥和个人资料），请把它放在备份旁边。`)
  }
  checkEmpty(directory)
  await checkedHeads(file, heads)
  for (const head of options.heads) await checkReaches(file, head)
  makeFolder(directory)
  try {
    const [vault, part] = [join(directory, 'vault.db'), join(directory, 'ledger.db.part')]
    copyFileSync(keysOf(file), vault)
    const forgotten = forgetAgain(vault, list, options.now)
    copyFileSync(file, part)
    dropFacts(part)
    writeWhole(join(directory, 'heads.json'), `${JSON.stringify(published, null, 2)}\n`, { durable: true })
    const missing = withFiles(part, sql => carryFiles(dirname(file), directory, sql))
    publishFile(part, join(directory, 'ledger.db'))
    return { events: await opened(directory), heads, forgotten, madeAt, missing }
  } catch (error) {
    // Half a ledger is no ledger.
    for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true, force: true })
    throw error
  }
}

function checkEmpty(directory: string): void {
  if (!existsSync(directory) || readdirSync(directory).length === 0) return
  throw new CliError('NotEmpty', `目录 ${directory} 不是空的；恢复只写进空目录，不会盖掉任何账本。`)
}

async function checkReaches(file: string, { coop, hash }: HeldHead): Promise<void> {
  const sql = openNodeSql(file, { readOnly: true })
  try {
    const events = new SqliteStore(sql, { readOnly: true }).read(streamOf(coop))
    for await (const event of events) if (event.hash.startsWith(hash)) return
  } finally {
    sql.close()
  }
  throw new CliError(
    'BackupBehind',
    `备份 ${file} 里没有 ${coop} 的指纹 ${hash}：它落后于已公开的指纹，请用更新的备份。`,
  )
}

// Opening takes up what the log says about persons and brings the read models level; then everything is checked once more.
async function opened(directory: string): Promise<number> {
  openOffice(directory).close()
  const { events, finding } = await verifyDirectory(directory, { logOnly: false })
  if (finding) throw new CliError('RestoreBroken', `恢复后核对不符：${finding.reason}，已清空目录，请用另一个备份。`)
  return events
}
