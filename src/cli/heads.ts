import { headOf } from '../../projections/profile.ts'
import { headsFile, readHeads } from '../directory-node.ts'
import { streamOf } from '../ledger/ledger.ts'
import type { Office } from '../office.ts'
import { writeWhole } from './files.ts'

/** Notes where a co-op's log stands, right after a publication. */
export function noteHead(directory: string, office: Office, coop: string): void {
  const head = headOf(office.sql, coop)
  if (!head) return
  const heads = { ...readHeads(directory), [streamOf(coop)]: { revision: head.revision, hash: head.hash } }
  writeWhole(headsFile(directory), `${JSON.stringify(heads, null, 2)}\n`, { durable: true })
}
