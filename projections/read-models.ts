import { bank } from './bank.ts'
import { coops } from './coops.ts'
import { entitlements } from './entitlements.ts'
import { funds } from './funds.ts'
import { members } from './members.ts'
import { papers } from './papers.ts'
import type { Projection } from './projection.ts'
import { rentRoll } from './rent-roll.ts'
import { resolutions } from './resolutions.ts'
import { submissions } from './submissions.ts'
import { timeline } from './timeline.ts'
import { trialBalance } from './trial-balance.ts'
import { vouchers } from './vouchers.ts'

/** Every read model of the product, in the order they are filled. */
export const READ_MODELS: readonly Projection[] = [
  coops,
  vouchers,
  papers,
  bank,
  trialBalance,
  members,
  rentRoll,
  funds,
  entitlements,
  resolutions,
  submissions,
  timeline,
]
