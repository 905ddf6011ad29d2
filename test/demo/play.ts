import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProjectedEvent } from '../../projections/projection.ts'
import { type Disclosed, demoPorts, runDemo } from '../../src/demo/demo.ts'
import { catalogue } from '../../src/domain/events.ts'
import { Ledger } from '../../src/ledger/ledger.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'
import { createCodec } from '../../src/store/codec.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'

export const SEED = 1
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The figures of a quarter do not matter to these tests; their fingerprint must only be the same each time. */
export const disclose = (quarter: string, coop: string): Disclosed => ({
  figuresHash: sha256(`${coop}/${quarter}`),
  closings: [],
})

/** The demonstration played once into a directory of its own. */
export async function played() {
  const directory = mkdtempSync(join(tmpdir(), 'demo-'))
  const { clock, ...ports } = demoPorts(SEED)
  const office = openOffice(directory, ports)
  const summary = await runDemo(office, { seed: SEED, clock, disclose })
  const events: ProjectedEvent[] = [...office.events()]
  const close = (): void => {
    office.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { directory, office, summary, events, close }
}
export type Played = Awaited<ReturnType<typeof played>>

/** The heads of a demonstration played on the memory store, without read models. */
export async function headsInMemory(seed: number): Promise<Record<string, string>> {
  const { clock, now, random } = demoPorts(seed)
  const sql = openNodeSql(':memory:', { secureDelete: true })
  const vault = openVault(sql, { random, now })
  const store = new MemoryStore()
  const codec = createCodec(catalogue)
  const ledger = new Ledger({ store, codec, vault, now, demo: undefined })
  const office: Office = { ledger, store, codec, sql, vault, now, random, events: nothing, close: () => sql.close() }
  const { coops } = await runDemo(office, { seed, clock, disclose })
  office.close()
  return Object.fromEntries(coops.map(({ code, head }) => [code, head]))
}

function* nothing(): Generator<ProjectedEvent> {}
