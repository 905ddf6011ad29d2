import type { CoopEvent } from '../events.ts'
import { refuse } from '../refusal.ts'
import type { Cards } from './card-state.ts'
import { isUsed } from './cards.ts'

/** Refuses to reverse a charge or completion on which later facts of the cards rest. */
export function refuseWhenCardsBuiltUpon({ cards, runs }: Cards, { type, data }: CoopEvent): void {
  if (type === 'DepreciationCharged' && data.cards) {
    const later = [...runs].find(each => each > data.month)
    if (later) refuse('LaterMonthCharged', `${later} 的折旧已经计提，请先冲销它，再冲销 ${data.month}。`)
    const gone = data.cards.find(([id]) => cards.get(id)?.disposed)
    if (gone) refuse('CardDisposed', `卡片 ${gone[0]} 的资产已经处置，请先冲销处置。`)
  }
  if (type === 'ProjectCompleted') {
    const card = cards.get(data.opened.card)
    if (card && isUsed(card))
      refuse('CardUsed', `卡片 ${data.opened.card} 已有折旧、变更或处置，请先冲销有关凭证，或办理处置。`)
  }
}
