import { movedOn } from '../bank/state.ts'
import type { Books } from '../books/state.ts'
import { chineseDay, type Day, lastDay, type Month, monthOf } from '../calendar.ts'
import { accountName } from '../chart.ts'
import { type Fen, grouped, total, yuan } from '../money.ts'
import type { CoopState } from '../state.ts'

/** Fen that the books say a cash box (101 or one of its sub-accounts) holds at the end of a day. */
export const boxOn = ({ vouchers }: Books, account: string, on: Day): Fen =>
  total(vouchers.values(), ({ voucher }) => (voucher.date <= on ? movedOn(account, voucher) : 0))

/**
 * Cash boxes with something in them at the end of the month that nobody has counted as it then was: in the month, with
 * nothing booked on the box since.
 */
export function uncounted({ books, cash }: CoopState, month: Month): string[] {
  const end = lastDay(month)
  return boxesOf(books).filter(account => {
    const held = boxOn(books, account, end)
    const counts = [...cash.counts.values()].filter(count => count.account === account && monthOf(count.on) === month)
    const stands = counts.some(({ on, counted }) => counted === held && !movedAfter(books, account, on, end))
    return held !== 0 && !stands
  })
}

/** What the checklist says of boxes nobody has counted; undefined when all are. */
export const uncountedFault = (accounts: readonly string[], month: Month): string | undefined =>
  accounts.length === 0
    ? undefined
    : `${accounts.map(accountName).join('、')}在 ${month} 月末没有盘点（CountCash），或盘点之后又有收付；请两人盘点，确实不能盘点的在结账时写明原因。`

/** What the checklist says of more cash at the end of the month than the limit; it closes all the same. */
export function overLimit({ books, cash }: CoopState, month: Month): string | undefined {
  if (cash.limit === undefined) return undefined
  const on = lastDay(month)
  const held = total(boxesOf(books), account => boxOn(books, account, on))
  return held > cash.limit
    ? `${chineseDay(on)}库存现金 ${grouped(yuan(held))} 元，超过限额 ${grouped(yuan(cash.limit))} 元，请把超过的存入银行。`
    : undefined
}

const movedAfter = (books: Books, account: string, after: Day, until: Day): boolean =>
  [...books.vouchers.values()].some(
    ({ voucher }) =>
      voucher.date > after && voucher.date <= until && voucher.lines.some(line => line.account === account),
  )

function boxesOf(books: Books): string[] {
  const accounts = [...books.balances.values()].flatMap(each => [...each.keys()])
  return [...new Set(accounts.filter(account => /^101(-|$)/.test(account)))].sort()
}
