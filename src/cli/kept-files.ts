import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { statementFiles } from '../../projections/bank.ts'
import { attachedFiles } from '../../projections/papers.ts'
import { type BankProfile, readProfiles } from '../ledger/bank-profiles.ts'
import { carried, type MissingFile, missingFiles, type Named } from '../ledger/documents.ts'
import { fileBlobs } from '../store/blobs-node.ts'
import type { Sql } from '../store/sql.ts'
import { CliError } from './output.ts'

/** The column profiles a data directory has of its own, in `bank-profiles.json`; none without the file. */
export function ownProfiles(directory: string): BankProfile[] {
  const path = join(directory, 'bank-profiles.json')
  if (!existsSync(path)) return []
  try {
    return readProfiles(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CliError('BadProfiles', (error as Error).message)
  }
}

/** Every file a ledger names: originals of vouchers and the bank's statements. */
export const namedFiles = (sql: Sql): Named[] => [...attachedFiles(sql), ...statementFiles(sql)]

/** Of those the ones its data directory does not keep, or not as they were put in. */
export const missingFrom = (directory: string, sql: Sql): MissingFile[] =>
  missingFiles(fileBlobs(directory), namedFiles(sql))

/**
 * Takes the files a ledger names along from one folder's `attachments/` to another's: into the folder of a backup, where
 * what an earlier one brought stays as it is, and back. Gives those that could not be had.
 */
export const carryFiles = (from: string, to: string, sql: Sql): MissingFile[] =>
  carried(fileBlobs(from), fileBlobs(to), namedFiles(sql))
