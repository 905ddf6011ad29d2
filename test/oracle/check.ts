import { differences, exported, oracle, type Tally } from './compare.ts'
import { statementDifferences } from './statements.ts'
import { generate } from './years.ts'

/** Where ledger and oracle disagree on the years a seed makes; nothing when they agree. */
export async function checkSeed(seed: number, file: string, tally: Tally): Promise<string[]> {
  const books = await generate(seed)
  try {
    const found = oracle(await exported(books.store.readAll()), file)
    return Object.entries(found).flatMap(([coop, each]) => [
      ...differences(books.sql, coop, each, tally),
      ...statementDifferences(books.sql, coop, each, false),
    ])
  } finally {
    books.close()
  }
}
