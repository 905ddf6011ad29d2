import { yearOf } from '../calendar.ts'
import type { CoopEvent } from '../events.ts'
import { costOf } from '../governance/state.ts'
import { add, type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'
import type { Voucher } from '../voucher.ts'
import type { BudgetItem } from './budget-events.ts'
import { fundAccount } from './state.ts'

/** Refuses facts that would spend more on an item than a binding plan of their year lets them. */
export function checkPlans(state: CoopState, events: readonly CoopEvent[]): void {
  const years = new Set(events.flatMap(({ data }) => ('voucher' in data ? [yearOf(data.voucher.date)] : [])))
  for (const year of years) {
    const plan = state.plans.get(year)
    if (!plan?.binding) continue
    for (const item of plan.items.values()) {
      if (item.direction === 'in') continue
      const more = total(events, event => spentBy(state, item, year, event))
      if (more > 0) checkItem(item, more, spentOn(state, item, year))
    }
  }
}

/** Fen booked so far on an item of a year's plan: what came in for an item of income, what was spent for the others. */
export const spentOn = (state: CoopState, item: BudgetItem, year: number): Fen =>
  total(state.books.vouchers.values(), ({ event }) => spentBy(state, item, year, event))

function checkItem({ title, amount }: BudgetItem, more: Fen, spent: Fen): void {
  if (add(spent, more) <= fenOf(amount)) return
  refuse(
    'BudgetExceeded',
    `“${title}”的预算 ${grouped(amount)} 元，已用 ${grouped(yuan(spent))} 元，再用 ${grouped(yuan(more))} 元就超了；请先按程序调整财务计划（AmendBudget）。`,
    '农村集体经济组织法 art. 26',
  )
}

// The closing of a year and the balances that begin the books spend nothing.
function spentBy(state: CoopState, item: BudgetItem, year: number, event: CoopEvent): Fen {
  const { type, data } = event
  if (!('voucher' in data) || yearOf(data.voucher.date) !== year) return 0
  if (type === 'YearClosed' || type === 'OpeningBalancesRecorded') return 0
  if (item.programme !== undefined) return programmeCost(state, item.programme, event)
  const fund = item.fund === undefined ? undefined : state.funds.funds.get(item.fund)
  if (fund?.kind === 'grant' && item.direction === 'out') return moneyOut(data.voucher, fund.fund)
  const account = fund ? fundAccount(fund.kind, fund.fund) : (item.account ?? '')
  return total(data.voucher.lines, line => {
    if (line.account !== account && !line.account.startsWith(`${account}-`)) return 0
    const [debit, credit] = [fenOf(line.debit ?? '0.00'), fenOf(line.credit ?? '0.00')]
    // A fund lives on: what came in does not make up for what went out. An account's own reversals and corrections do.
    if (fund) return item.direction === 'out' ? debit : credit
    return item.direction === 'out' ? debit - credit : credit - debit
  })
}

// What a grant builds stands in 153 until it is done: its spending is the money that leaves.
const moneyOut = ({ lines }: Voucher, fund: string): Fen =>
  total(
    lines.filter(line => line.fund === fund && /^10[12]/.test(line.account)),
    ({ credit }) => fenOf(credit ?? '0.00'),
  )

function programmeCost(state: CoopState, programme: string, event: CoopEvent): Fen {
  if (event.type === 'VoucherReversed') {
    const original = state.books.vouchers.get(event.data.original)?.event
    return original ? -programmeCost(state, programme, original) : 0
  }
  return 'programme' in event.data && event.data.programme === programme ? costOf(event) : 0
}
