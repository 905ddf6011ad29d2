import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { headOf } from '../../projections/profile.ts'
import { streamOf } from '../ledger/ledger.ts'
import type { Office } from '../office.ts'
import type { PublishedHeads } from '../store/chain-check.ts'
import { writeWhole } from './files.ts'
import { CliError } from './output.ts'

const FILE = 'heads.json'

/** The heads of the co-ops as last published; a log that has lost them is not the one that was published. */
export function readHeads(directory: string): PublishedHeads {
  const file = join(directory, FILE)
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PublishedHeads
  } catch {
    throw new CliError('HeadsUnreadable', `${file} 无法读取，请从备份恢复。`)
  }
}

/** Notes where a co-op's log stands, right after a publication. */
export function noteHead(directory: string, office: Office, coop: string): void {
  const head = headOf(office.sql, coop)
  if (!head) return
  const heads = { ...readHeads(directory), [streamOf(coop)]: { revision: head.revision, hash: head.hash } }
  writeWhole(join(directory, FILE), `${JSON.stringify(heads, null, 2)}\n`, { durable: true })
}
