import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type NodeSql, type NodeSqlOptions, openNodeSql } from '../../src/store/sql-node.ts'

/** A folder of its own for the running test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A database of its own for the running test. */
export function scratchSql(path = join(scratchFolder(), 'scratch.db'), options: NodeSqlOptions = {}): NodeSql {
  const sql = openNodeSql(path, options)
  onTestFinished(() => sql.close())
  return sql
}
