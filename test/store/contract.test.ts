import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryStore } from '../../src/store/memory.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { storeContract } from './contract.ts'

storeContract('the memory store', async () => ({ store: new MemoryStore(), close: () => undefined }))

storeContract('the SQLite store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const sql = openNodeSql(join(folder, 'ledger.db'))
  const close = (): void => {
    sql.close()
    rmSync(folder, { recursive: true })
  }
  return { store: new SqliteStore(sql), close }
})
