import { balance } from '../../src/domain/books/state.ts'
import { plusMonths } from '../../src/domain/calendar.ts'
import { leftOf } from '../../src/domain/cash/state.ts'
import { yuan } from '../../src/domain/money.ts'
import { contraOf, shownOn } from '../../src/domain/property/card-accounts.ts'
import { standing } from '../../src/domain/property/card-state.ts'
import type { CoopState } from '../../src/domain/state.ts'

type Step = readonly [name: string, body: unknown]

/** What an accountant tries when a month is refused its closing; nothing for one that only a mistake can explain. */
export function mended(state: CoopState, month: string, refusal: string): Step[] {
  if (refusal === 'CashNegative') return [loan(month)]
  if (refusal === 'DepreciationMissing') return runs(month)
  if (refusal === 'CardsOut') return cardsMended(state, month)
  return []
}

// Months are charged in their order; those that were, or have nothing to charge, refuse it.
const runs = (month: string): Step[] =>
  Array.from({ length: Number(month.slice(5)) }, (_, index) => {
    const earlier = `${month.slice(0, 5)}${String(index + 1).padStart(2, '0')}`
    return ['RunDepreciation', { month: earlier, date: `${month}-28` }]
  })

/** Petty cash that is still in somebody's hands comes back before the year is closed. */
export const pettyCashBack = ({ cash }: CoopState, year: number): Step[] =>
  cash.advances
    .filter(advance => leftOf(advance) > 0)
    .map(advance => {
      const returned = { amount: yuan(leftOf(advance)), into: '101' }
      return ['AccountForPettyCash', { person: advance.person, date: `${year}-12-30`, returned }]
    })

/** A loan on a month's first day: it makes good that chance had spent too early. */
export function loan(month: string): Step {
  const lines = [
    { account: '101', debit: '5000000' },
    { account: '102-基本户', debit: '50000000' },
    { account: '201', credit: '55000000' },
  ]
  return ['PostVoucher', { date: `${month}-01`, summary: '借入周转款', lines }]
}

// What was bought gets a card; where a purchase was taken back that has one, another is booked in its place.
function cardsMended({ books, property }: CoopState, month: string): Step[] {
  return ['132', '151', '161', '171'].flatMap((account): Step[] => {
    const cards = standing(property, account)
    const contra = contraOf(account)
    const worn = contra ? cards.reduce((sum, { accumulated }) => sum + accumulated, 0) : 0
    const [cost, begun] = [
      balance(books, account) - shownOn(account, cards),
      contra ? -balance(books, contra) - worn : 0,
    ]
    if (cost < begun || cost < 0) return [posted(month, account, '201', Math.max(begun - cost, -cost))]
    if (begun < 0) return [posted(month, '513-折旧', contra!, -begun)]
    if (cost === 0) return []
    const terms = { account, cost: yuan(cost), accumulated: yuan(begun), life: 480, use: 'own', inService: '2020-01' }
    const line = { chargedTo: plusMonths(month, -1), on: `${month}-28` }
    return [['OpenAssetCard', { card: `补${account}-${month}`, name: '补建', ...terms, ...line }]]
  })
}

const posted = (month: string, debit: string, credit: string, fen: number): Step => {
  const lines = [
    { account: debit, debit: yuan(fen) },
    { account: credit, credit: yuan(fen) },
  ]
  return ['PostVoucher', { date: `${month}-28`, summary: '补记', lines }]
}
