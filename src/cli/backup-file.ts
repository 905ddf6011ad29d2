import { closeSync, existsSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { catalogue } from '../domain/events.ts'
import type { PublishedHeads } from '../store/chain-check.ts'
import { createCodec } from '../store/codec.ts'
import { flush, flushNames } from '../store/disk-node.ts'
import { UNMIRROR } from '../store/mirror-heads.ts'
import type { Head } from '../store/port.ts'
import { openNodeSql } from '../store/sql-node.ts'
import { verifyLog } from '../store/verify-sqlite.ts'
import { CliError } from './output.ts'
import { progress } from './progress.ts'

/** What a backup says of itself: when it was made, where each stream ended then, and what had been published. */
export type BackupFacts = { madeAt: string; heads: Record<string, Head>; published: PublishedHeads }

const TABLE = 'backup_facts'

/** Where the keys and personal data of a backup lie: apart, so that they can be kept apart and for a shorter time. */
export const keysOf = (file: string): string => `${file}.keys`

/**
 * Copies a database as it is at one moment into a new file that only its owner may read, beside whoever writes it; deleted
 * content does not come along.
 */
export function copyDatabase(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600))
  const db = new DatabaseSync(from, { readOnly: true, timeout: 5000 })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
  flush(to)
}

/** Checks every chain of a copied log against published heads; throws BackupBroken naming the first bad event. */
export async function checkedHeads(file: string, published: PublishedHeads): Promise<Record<string, Head>> {
  const sql = openNodeSql(file, { readOnly: true })
  try {
    const total = sql.get<{ events: number }>('SELECT count(*) AS events FROM events')?.events ?? 0
    const shown = progress('核对备份', total)
    const options = { codec: createCodec(catalogue), heads: published, onProgress: (done: number) => shown.to(done) }
    const { heads, bad } = await verifyLog(sql, options)
    shown.end()
    if (!bad) return heads
    const message = `备份 ${file} 核对不符：账本 ${bad.stream || '（不明）'} 修订号 ${bad.revision}（${bad.reason}），请用另一个备份。`
    throw new CliError('BackupBroken', message, { stream: bad.stream, revision: bad.revision })
  } finally {
    sql.close()
  }
}

/** Writes a backup's facts into its file. */
export function writeFacts(file: string, facts: BackupFacts): void {
  changing(file, db => {
    db.exec(`CREATE TABLE ${TABLE} (facts TEXT NOT NULL) STRICT`)
    db.prepare(`INSERT INTO ${TABLE} VALUES (?)`).run(JSON.stringify(facts))
  })
}

/** The facts in a backup; throws NoBackup for any other file. */
export function readFacts(file: string): BackupFacts {
  const none = () => new CliError('NoBackup', `${file} 不是 backup 做出的备份。`)
  if (!existsSync(file)) throw none()
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const { facts } = db.prepare(`SELECT facts FROM ${TABLE}`).get() as { facts: string }
    return JSON.parse(facts) as BackupFacts
  } catch {
    throw none()
  } finally {
    db.close()
  }
}

/** Takes the facts out again, so that what is left is the log as it was; one that followed a cluster is now its own. */
export function dropFacts(file: string): void {
  changing(file, db => db.exec(`DROP TABLE ${TABLE}; ${UNMIRROR}`))
}

/** Gives a finished file its name, and returns when both are on the disk. */
export function publishFile(from: string, to: string): void {
  flush(from)
  renameSync(from, to)
  flushNames(dirname(to))
}

function changing(file: string, work: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(file)
  try {
    work(db)
  } finally {
    db.close()
  }
}
