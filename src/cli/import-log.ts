import { closeSync, existsSync, openSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { lockDirectory } from '../directory-node.ts'
import { catalogue } from '../domain/events.ts'
import { checkLog, type HeldHead, type LogLot, type LogRead, readLog, restoreLog } from '../ledger/import-log.ts'
import { BadLog } from '../ledger/import-log-lines.ts'
import { forgetPlace, reserveCodes, wronglyKeyed } from '../ledger/import-log-persons.ts'
import { openOffice } from '../office-node.ts'
import { createCodec } from '../store/codec.ts'
import { makeFolder } from '../store/disk-node.ts'
import { openNodeSql } from '../store/sql-node.ts'
import { SqliteStore } from '../store/sqlite.ts'
import { copyDatabase, publishFile } from './backup-file.ts'
import { holdsLedger } from './offices.ts'
import { CliError } from './output.ts'
import { progress } from './progress.ts'
import { verifyDirectory } from './verify.ts'

export type LogImport = { heads: readonly HeldHead[]; keys?: string }
export type LogImported = LogRead & { known: number }

const CHUNK = 1 << 20
const AT_ONCE = 1000

/**
 * Puts an exported log into a directory whose log is empty, whole or not at all: it is built beside, verified, and then
 * given its name. `keys`: a vault with the persons' keys (`FILE.keys` of a backup). Throws BadLog, DirectoryRefused.
 */
export async function importLog(file: string, directory: string, options: LogImport): Promise<LogImported> {
  if (options.keys !== undefined && !existsSync(options.keys))
    throw new CliError('NoFile', `找不到密钥文件：${options.keys}`)
  const codec = createCodec(catalogue)
  const read = checkLog(linesOf(file), codec, options.heads)
  makeFolder(directory)
  const unlock = lockDirectory(directory)
  const part = join(directory, 'import.part')
  rmSync(part, { recursive: true, force: true })
  try {
    checkEmptyLog(directory)
    makeFolder(part)
    const lots = () => readLog(linesOf(file), codec)
    const known = await prepareVault(directory, part, read, lots, options)
    const shown = progress('导入日志', read.events)
    const office = openOffice(part)
    try {
      const settings = { atOnce: AT_ONCE, onProgress: shown.to }
      await restoreLog(office.store, lots, settings)
    } finally {
      await office.close()
      shown.end()
    }
    await checkImported(part)
    publish(part, directory)
    return { ...read, known }
  } finally {
    rmSync(part, { recursive: true, force: true })
    unlock()
  }
}

/** The lines of a text file, one after another, however large it is. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const chunk = Buffer.alloc(CHUNK)
  let rest = ''
  try {
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, size))).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    rest += decoder.end()
    if (rest !== '') yield rest
  } finally {
    closeSync(file)
  }
}

function checkEmptyLog(directory: string): void {
  if (!holdsLedger(directory)) return
  const sql = openNodeSql(join(directory, 'ledger.db'), { readOnly: true })
  try {
    const empty = new SqliteStore(sql, { readOnly: true }).lastPosition() === 0
    if (!empty) throw new BadLog('NotEmpty', 0, `目录 ${directory} 里的账本不是空的，日志只能导入空的账本`)
  } finally {
    sql.close()
  }
}

// The keys that are given, or those of the empty ledger; gives how many of the log's persons they know.
async function prepareVault(
  directory: string,
  part: string,
  { persons, heads }: LogRead,
  lots: () => Iterable<LogLot>,
  { keys }: LogImport,
): Promise<number> {
  const vault = join(part, 'vault.db')
  const own = join(directory, 'vault.db')
  const from = keys ?? (existsSync(own) ? own : undefined)
  if (from !== undefined) copyDatabase(from, vault)
  await openOffice(part).close()
  const sql = openNodeSql(vault, { secureDelete: true })
  try {
    const wrong = wronglyKeyed(sql, lots())
    if (wrong !== undefined)
      throw new CliError(
        'OtherKeys',
        `${from} 里 ${wrong} 的密钥打不开日志里的资料：它是另一本账的。没有导入任何内容。`,
      )
    const rows = sql.all<{ code: string }>('SELECT code FROM persons WHERE identity_key IS NOT NULL')
    const instants = Object.values(heads).map(({ recordedAt }) => recordedAt)
    reserveCodes(sql, persons, instants.sort().at(-1)!)
    forgetPlace(sql)
    return rows.filter(({ code }) => persons.has(code)).length
  } finally {
    sql.close()
  }
}

async function checkImported(part: string): Promise<void> {
  const { finding } = await verifyDirectory(part, { logOnly: false })
  if (finding) throw new CliError('ImportBroken', `导入后核对不符：${finding.reason}。没有导入任何内容。`)
}

// The vault first: a kill in between must not leave a log without one.
function publish(part: string, directory: string): void {
  for (const name of ['vault.db', 'ledger.db']) {
    for (const left of ['-wal', '-shm']) rmSync(join(directory, `${name}${left}`), { force: true })
    publishFile(join(part, name), join(directory, name))
  }
}
