import { assets } from './assets.ts'
import { bank } from './bank.ts'
import { budget } from './budget.ts'
import { cash } from './cash.ts'
import { coops } from './coops.ts'
import { entitlements } from './entitlements.ts'
import { funds } from './funds.ts'
import { handovers } from './handovers.ts'
import { members } from './members.ts'
import { papers } from './papers.ts'
import type { Projection } from './projection.ts'
import { rentRoll } from './rent-roll.ts'
import { resolutions } from './resolutions.ts'
import { submissions } from './submissions.ts'
import { tax } from './tax.ts'
import { timeline } from './timeline.ts'
import { trialBalance } from './trial-balance.ts'
import { vouchers } from './vouchers.ts'

/** Every read model of the product, in the order they are filled. */
export const READ_MODELS: readonly Projection[] = [
  coops,
  vouchers,
  papers,
  handovers,
  bank,
  trialBalance,
  members,
  rentRoll,
  assets,
  funds,
  entitlements,
  resolutions,
  submissions,
  cash,
  tax,
  budget,
  timeline,
]
