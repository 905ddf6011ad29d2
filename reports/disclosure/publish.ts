import { headOf } from '../../projections/profile.ts'
import { type Closing, draftOf } from '../../projections/publications.ts'
import { cutOf } from '../../projections/quarter.ts'
import type { Sql } from '../../src/store/sql.ts'
import { disclosureFigures, figuresHashOf } from './build.ts'
import { closingsOf } from './build-money.ts'

export type Disclosable = { figuresHash: string; closings: Closing[] }

/**
 * What DraftDisclosure and PublishDisclosure say of a quarter's figures: for a draft as everything stands now, for a
 * publication as they stood when it was drafted, which is what was reviewed. Hash is SHA-256 (hex), closings in yuan.
 */
export function disclosable(
  sql: Sql,
  coop: string,
  quarter: string,
  stage: 'draft' | 'publish',
  sha256: (text: string) => string,
): Disclosable {
  const drafted = stage === 'publish' ? draftOf(sql, coop, quarter)?.atRevision : undefined
  const revision = drafted ?? headOf(sql, coop)?.revision ?? -1
  return {
    figuresHash: figuresHashOf(disclosureFigures(sql, coop, quarter, revision), sha256),
    closings: closingsOf(sql, cutOf(sql, coop, quarter, revision)),
  }
}
