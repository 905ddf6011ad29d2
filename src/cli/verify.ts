import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { READ_MODELS } from '../../projections/read-models.ts'
import { caughtUpTo, dump, rebuild } from '../../projections/runner.ts'
import { readHeads } from '../directory-node.ts'
import { catalogue } from '../domain/events.ts'
import { replay } from '../office.ts'
import type { BadEvent } from '../store/chain-check.ts'
import { type Codec, createCodec } from '../store/codec.ts'
import type { Head } from '../store/port.ts'
import type { Sql } from '../store/sql.ts'
import { openNodeSql } from '../store/sql-node.ts'
import { SqliteStore } from '../store/sqlite.ts'
import { verifyLog } from '../store/verify-sqlite.ts'
import { missingFrom } from './kept-files.ts'
import { ledgerFile } from './offices.ts'
import { progress } from './progress.ts'

/** What is not as it was written: an event of the log, a row of a read model, or a file that the log names. */
export type Finding =
  | (BadEvent & { kind: 'event'; recordedAt?: string; date?: string; voucher?: string })
  | { kind: 'projection'; table: string; reason: string }
  | { kind: 'document'; coop: string; where: string; hash: string; reason: string }

export type Verified = { events: number; heads: Record<string, Head>; finding?: Finding }

export type VerifyOptions = {
  logOnly: boolean
  /** Whether the files that the log names must be there: originals of vouchers and the bank's statements. */
  files?: boolean
}

/** Checks a data directory without writing to it; a damaged one is reported, never thrown about. */
export async function verifyDirectory(directory: string, { logOnly, files }: VerifyOptions): Promise<Verified> {
  const file = ledgerFile(directory)
  const codec = createCodec(catalogue)
  let sql: ReturnType<typeof openNodeSql>
  try {
    sql = openNodeSql(quietly(file), { readOnly: true })
  } catch (error) {
    return { events: 0, heads: {}, finding: unreadable(error) }
  }
  try {
    const shown = progress('核对账本', countOf(sql))
    // The chain alone needs no schemas; checking each payload against its own takes several times as long.
    const strict = logOnly ? {} : { codec }
    const options = { ...strict, heads: readHeads(directory), onProgress: (events: number) => shown.to(events) }
    const { events, heads, bad } = await verifyLog(sql, options)
    shown.end()
    if (bad)
      return { events, heads, finding: { kind: 'event', ...bad, reason: inChinese(bad.reason), ...factsOf(sql, bad) } }
    const finding = logOnly ? undefined : (compareWithRebuild(sql, codec, events) ?? structureFault(sql))
    const missing = finding || !files ? undefined : documentFault(directory, sql)
    const found = finding ?? missing
    return { events, heads, ...(found ? { finding: found } : {}) }
  } finally {
    sql.close()
  }
}

function compareWithRebuild(sql: Sql, codec: Codec, events: number): Finding | undefined {
  const fresh = openNodeSql(':memory:')
  try {
    const shown = progress('比对报表', events)
    rebuild(fresh, READ_MODELS, replay(new SqliteStore(sql, { readOnly: true }), codec), {
      onProgress: done => shown.to(done),
    })
    shown.end()
    return firstDifference(sql, fresh)
  } finally {
    fresh.close()
  }
}

// An index that disagrees with its table answers wrongly though every row is right.
function structureFault(sql: Sql): Finding | undefined {
  const fault = (reason: string): Finding => ({ kind: 'projection', table: '（索引或空页）', reason })
  try {
    const said = String(sql.rows('PRAGMA integrity_check(1)')[0]?.[0])
    return said === 'ok' ? undefined : fault(said)
  } catch (error) {
    return fault(error instanceof Error ? error.message : String(error))
  }
}

function documentFault(directory: string, sql: Sql): Finding | undefined {
  const [missing] = missingFrom(directory, sql)
  if (!missing) return undefined
  const { coop, where, hash, fault } = missing
  return { kind: 'document', coop, where, hash, reason: fault === 'missing' ? '找不到' : '已损坏或被改动' }
}

function firstDifference(live: Sql, fresh: Sql): Finding | undefined {
  for (const projection of READ_MODELS) {
    const table = Object.keys(projection.tables)[0] ?? projection.name
    const differs = (reason: string): Finding => ({ kind: 'projection', table, reason })
    try {
      const stored = live.get<{ version: number; position: number }>(
        'SELECT version, position FROM checkpoints WHERE projection = ?',
        projection.name,
      )
      if (stored?.version !== projection.version) return differs(`${projection.name} 是另一个版本的程序留下的`)
      if (stored.position !== caughtUpTo(fresh)) return differs(`只记到第 ${stored.position} 条事件`)
      const expected = dump(fresh, [projection])
      for (const [table, rows] of Object.entries(dump(live, [projection]))) {
        if (rows !== expected[table])
          return { kind: 'projection', table, reason: differenceOf(rows, expected[table] ?? '') }
      }
    } catch (error) {
      return differs(`无法读取：${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return undefined
}

function differenceOf(live: string, expected: string): string {
  const [had, should] = [live.split('\n'), expected.split('\n')]
  const wanted = new Set(should)
  const extra = had.find(row => row !== '' && !wanted.has(row))
  if (extra !== undefined) return `多出或被改动的行 ${extra}`
  const present = new Set(had)
  return `缺少行 ${should.find(row => !present.has(row)) ?? ''}`
}

// A log that nobody has open is read without the files SQLite would lay beside it, so that nothing at all is written.
function quietly(file: string): string {
  return existsSync(`${file}-wal`) ? file : `${pathToFileURL(file).href}?immutable=1`
}

function countOf(sql: Sql): number {
  try {
    return sql.get<{ events: number }>('SELECT count(*) AS events FROM events')?.events ?? 0
  } catch {
    return 0
  }
}

function unreadable(error: unknown): Finding {
  const reason = `账本文件打不开：${error instanceof Error ? error.message : String(error)}`
  return { kind: 'event', stream: '', revision: -1, position: 0, reason }
}

// The damaged event may still say when it was and which voucher it carries.
function factsOf(sql: Sql, { position }: BadEvent): { recordedAt?: string; date?: string; voucher?: string } {
  try {
    const row = sql.get<{ at: string; data: string }>(
      'SELECT recorded_at AS at, data FROM event_fields WHERE position = ?',
      position,
    )
    if (!row) return {}
    const recordedAt = row.at
    try {
      const { voucher } = JSON.parse(row.data) as { voucher?: { number?: string; date?: string } }
      return {
        recordedAt,
        ...(voucher?.date ? { date: voucher.date } : {}),
        ...(voucher?.number ? { voucher: voucher.number } : {}),
      }
    } catch {
      return { recordedAt }
    }
  } catch {
    return {}
  }
}

const REASONS: [RegExp, string][] = [
  [/^the hash does not match/, '内容与哈希不符，被改动过'],
  [/^the published hash is another/, '与公开时的哈希不同，账本被换过'],
  [/^missing: /, '缺少已有的事件，账本被截短过'],
  [/^revision |^position |^points back /, '前后次序不连贯，有事件被删除、插入或改动'],
  [/^recorded at /, '记录时间早于前一条'],
  [/^no (stream|event type) has /, '指向不存在的账或事件类型'],
  [/^the stream|^a search by name/, '账的登记与其中的事件不符'],
  [/^the command index/, '命令索引与事件不符'],
  [/^the id is not /, '事件编号被改动过'],
  [/^the database cannot be read/, '账本文件损坏，无法读取'],
]

function inChinese(reason: string): string {
  const said = REASONS.find(([pattern]) => pattern.test(reason))?.[1]
  return said ? `${said}（${reason}）` : reason
}
