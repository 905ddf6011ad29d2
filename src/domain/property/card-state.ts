import { type Day, type Month, monthsBetween } from '../calendar.ts'
import type { CoopEvent, EventData } from '../events.ts'
import { add, type Fen, fenOf, share, total } from '../money.ts'
import { invariant } from '../refusal.ts'

export type Use = EventData<'AssetCardOpened'>['use']

/** One asset by its card, in fen: straight line from what was `begun` with at the end of `chargedTo` over the rest. */
export type Card = {
  name: string
  asset: string | undefined
  account: string
  fund: string
  cost: Fen
  residual: Fen
  begun: Fen
  chargedTo: Month
  /** Months left of the life after `chargedTo`. */
  left: number
  accumulated: Fen
  uses: { from: Month; use: Use }[]
  on: Day
  fromProject: boolean
  disposed?: Day
}
/** `runs`: months charged by cards; `byHand`: months an accountant charged without them. */
export type Cards = { cards: Map<string, Card>; runs: Set<Month>; byHand: Set<Month> }

/** No cards yet. */
export const emptyCards = (): Cards => ({ cards: new Map(), runs: new Set(), byHand: new Set() })

/** Keeps each card and what has been charged on it. */
export function evolveCards(state: Cards, { type, data }: CoopEvent): void {
  switch (type) {
    case 'AssetCardOpened':
      state.cards.set(data.card, opened(data, false))
      break
    case 'ProjectCompleted':
      state.cards.set(data.opened.card, opened(data.opened, true))
      break
    case 'AssetCardWithdrawn':
      state.cards.delete(data.card)
      break
    case 'AssetUseChanged':
      cardOf(state, data.card).uses.push({ from: data.from, use: data.use })
      break
    case 'DepreciationCharged':
      ;(data.cards ? state.runs : state.byHand).add(data.month)
      charge(state, data.cards ?? [], 1)
      break
    case 'AssetDisposed':
      charge(state, [[data.card, data.charged]], 1)
      cardOf(state, data.card).disposed = data.voucher.date
      break
  }
}

/** Takes a reversed charge, disposal or completion out of the cards again. */
export function undoCards(state: Cards, { type, data }: CoopEvent): void {
  switch (type) {
    case 'ProjectCompleted':
      state.cards.delete(data.opened.card)
      break
    case 'DepreciationCharged':
      ;(data.cards ? state.runs : state.byHand).delete(data.month)
      charge(state, data.cards ?? [], -1)
      break
    case 'AssetDisposed':
      charge(state, [[data.card, data.charged]], -1)
      delete cardOf(state, data.card).disposed
      break
  }
}

/** What a card has to stand at after a month, in fen: exact over the life, so that the last month takes the rest. */
export function accumulatedAfter(card: Card, month: Month): Fen {
  if (card.left === 0) return card.begun
  const months = Math.min(Math.max(monthsBetween(card.chargedTo, month), 0), card.left)
  return card.begun + share(card.cost - card.residual - card.begun, months, card.left)
}

/** Fen still to be charged on a card up to and including a month; none once it is disposed of. */
export const dueBy = (card: Card, month: Month): Fen =>
  card.disposed ? 0 : Math.max(0, accumulatedAfter(card, month) - card.accumulated)

/** Fen to be charged for a month on all cards together. */
export const allDueBy = ({ cards }: Cards, month: Month): Fen => total(cards.values(), card => dueBy(card, month))

/** What an asset is used for in a month. */
export const useIn = ({ uses }: Card, month: Month): Use => (uses.findLast(({ from }) => from <= month) ?? uses[0]!).use

/** Cards of assets that are still there, of an account with its sub-accounts; of one fund if named ('' = 一般资金). */
export function standing({ cards }: Cards, account: string, fund?: string): Card[] {
  return [...cards.values()].filter(
    card =>
      !card.disposed &&
      (card.account === account || card.account.startsWith(`${account}-`)) &&
      (fund === undefined || card.fund === fund),
  )
}

function opened(data: EventData<'AssetCardOpened'>, fromProject: boolean): Card {
  const begun = fenOf(data.accumulated)
  return {
    name: data.name,
    asset: data.asset,
    account: data.account,
    fund: data.fund ?? '',
    cost: fenOf(data.cost),
    residual: fenOf(data.residual),
    begun,
    chargedTo: data.chargedTo,
    left: Math.max(0, data.life - monthsBetween(data.inService, data.chargedTo)),
    accumulated: begun,
    uses: [{ from: data.inService, use: data.use }],
    on: data.on,
    fromProject,
  }
}

function charge(state: Cards, charges: readonly (readonly [card: string, amount: string])[], sign: 1 | -1): void {
  for (const [id, amount] of charges) {
    const card = cardOf(state, id)
    card.accumulated = add(card.accumulated, sign * fenOf(amount))
  }
}

function cardOf({ cards }: Cards, id: string): Card {
  const card = cards.get(id)
  invariant(card, `card ${id} exists`)
  return card
}
