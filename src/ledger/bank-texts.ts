import { fenOf } from '../domain/money.ts'
import { BlobDamaged, type Blobs } from '../store/blobs.ts'
import { readGrid } from './bank-grid.ts'
import { type BankProfile, BUILT_IN } from './bank-profiles.ts'
import { readStatement, type StatementLine } from './bank-statement.ts'
import { BadFile } from './import-csv.ts'

/** What the bank wrote beside a line, and whom it names; it stands in the kept file alone. */
export type LineText = { summary: string; counterparty: string }
type TakenLine = { line: string; date: string; amount: string; reference: string }

/**
 * The bank's texts of the lines one statement brought, by the line's id, read from its kept file. Empty when the file is not
 * kept, is damaged, or was read with a profile that is gone: the lines themselves are in the ledger.
 */
export async function lineTexts(
  blobs: Blobs,
  file: string | undefined,
  lines: readonly TakenLine[],
  profiles: readonly BankProfile[] = [],
): Promise<Map<string, LineText>> {
  const told = file === undefined ? [] : await keptLines(blobs, file, [...profiles, ...BUILT_IN])
  const byKey = Map.groupBy(told, line => keyOf(line.date, line.amount, line.reference))
  const texts = new Map<string, LineText>()
  // Of lines that are alike the file's last are the new ones: the first were known from an earlier statement.
  for (const { line, date, amount, reference } of [...lines].reverse()) {
    const found = byKey.get(keyOf(date, fenOf(amount), reference))?.pop()
    if (found) texts.set(line, { summary: found.summary, counterparty: found.counterparty })
  }
  return texts
}

async function keptLines(blobs: Blobs, file: string, profiles: readonly BankProfile[]): Promise<StatementLine[]> {
  try {
    const bytes = blobs.get(file)
    return bytes ? readStatement(await readGrid(bytes), profiles).lines : []
  } catch (error) {
    if (error instanceof BadFile || error instanceof BlobDamaged) return []
    throw error
  }
}

const keyOf = (date: string, amount: number, reference: string): string => `${date}|${amount}|${reference}`
