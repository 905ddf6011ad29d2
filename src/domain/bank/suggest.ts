import type { Books } from '../books/state.ts'
import { daysBetween } from '../calendar.ts'
import { add, type Fen } from '../money.ts'
import { type Bank, type BankLine, type OpenItem, reconcile } from './state.ts'

export type Suggestion = { lines: string[]; vouchers: string[] }

/** A cheque or a batch may take this many days between the books and the bank. */
const NEAR = 10

/**
 * Matches that an accountant may accept as they are, on what is open at the end of a day: the nearest voucher of the same
 * amount, else the bank's lines of one day that together make a voucher (a batch the bank lists person by person).
 */
export function suggestMatches(bank: Bank, books: Books, account: string, on: string): Suggestion[] {
  const open = reconcile(bank, books, account, on)
  const known = bank.accounts.get(account)
  if (!open || !known) return []
  const unmatched = open.bankOnly.filter(({ id }) => !known.lines.get(id)?.matched)
  const lines = new Map(unmatched.map(line => [line.id, line]))
  const suggestions: Suggestion[] = []
  const left = open.bookOnly.filter(item => {
    if (known.cleared.has(item.id)) return false
    const line = nearest(item, [...lines.values()])
    if (!line) return true
    lines.delete(line.id)
    suggestions.push({ lines: [line.id], vouchers: [item.id] })
    return false
  })
  for (const item of left) {
    const day = dayOf(item, [...lines.values()])
    if (day.length === 0) continue
    for (const { id } of day) lines.delete(id)
    suggestions.push({ lines: day.map(({ id }) => id), vouchers: [item.id] })
  }
  return suggestions
}

type Line = Pick<BankLine, 'id' | 'date' | 'amount'>

function nearest(item: OpenItem, lines: readonly Line[]): Line | undefined {
  return lines
    .filter(({ amount, date }) => amount === item.amount && Math.abs(daysBetween(item.date, date)) <= NEAR)
    .sort((a, b) => Math.abs(daysBetween(item.date, a.date)) - Math.abs(daysBetween(item.date, b.date)))[0]
}

// All lines of one near day in the item's direction, if they sum to it.
function dayOf(item: OpenItem, lines: readonly Line[]): Line[] {
  const near = lines.filter(
    ({ amount, date }) =>
      Math.sign(amount) === Math.sign(item.amount) && Math.abs(daysBetween(item.date, date)) <= NEAR,
  )
  const days = [...Map.groupBy(near, ({ date }) => date).values()]
  return days.find(day => day.reduce<Fen>((sum, { amount }) => add(sum, amount), 0) === item.amount) ?? []
}
