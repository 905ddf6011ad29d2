import type { Desk } from '../desk.ts'
import { type Fen, fenOf, grouped, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { adopted } from './decide.ts'
import type { ResolutionState } from './state.ts'

/** An adopted, posted resolution that still covers `fen`; refuses what would exceed its amount. */
export function checkBudget(desk: Desk, no: string, fen: Fen): ResolutionState {
  const resolution = adopted(desk, no)
  if (resolution.budget === undefined) return resolution
  const left = fenOf(resolution.budget) - resolution.spent
  if (fen > left) {
    refuse(
      'ResolutionAmountExceeded',
      `决议 ${no} 批准 ${grouped(resolution.budget)} 元，只剩 ${grouped(yuan(Math.max(0, left)))} 元可用。`,
      '农村集体经济组织法 art. 26',
    )
  }
  return resolution
}
