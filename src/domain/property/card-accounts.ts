import { balance } from '../books/state.ts'
import type { Month } from '../calendar.ts'
import { accountName, codeOf } from '../chart.ts'
import { type Fen, grouped, total, yuan } from '../money.ts'
import type { CoopState } from '../state.ts'
import type { DraftLine } from '../voucher.ts'
import { allDueBy, type Card, standing, type Use } from './card-state.ts'

/** The accounts cards are kept for, and where their depreciation gathers (财会〔2023〕14号); 171 is written down itself. */
const CARD_ACCOUNTS = ['132', '134', '151', '161', '171']
const CONTRA: Readonly<Record<string, string>> = { '132': '133', '151': '152', '161': '162' }

/** The account that gathers the depreciation of an asset's account; undefined for 134 and 171. */
export const contraOf = (account: string): string | undefined => CONTRA[codeOf(account)]

/** The expense that bears an asset's depreciation or amortisation: let 511, own use 513, public welfare 514. */
export function expenseOf(account: string, use: Use): string {
  if (use === 'welfare') return '514-公益设施折旧维护'
  const what = ['161', '171'].includes(codeOf(account)) ? '摊销' : '折旧'
  return `${use === 'let' ? '511' : '513'}-${what}`
}

/** What cards of an account have to show on it, in fen: their cost, or of 171 what is left of it. */
export const shownOn = (account: string, cards: readonly Card[]): Fen =>
  total(cards, ({ cost, accumulated }) => (codeOf(account) === '171' ? cost - accumulated : cost))

/** One line an account, side and fund, in the order they first appear; lines of nothing are left out. */
export function gathered(lines: readonly DraftLine[]): DraftLine[] {
  const sums = new Map<string, DraftLine>()
  for (const { account, debit = 0, credit = 0, fund } of lines) {
    if (debit === 0 && credit === 0) continue
    const side = debit === 0 ? 'credit' : 'debit'
    const id = `${side}|${account}|${fund ?? ''}`
    const sum = sums.get(id) ?? { account, [side]: 0, ...(fund ? { fund } : {}) }
    sum[side] = (sum[side] ?? 0) + debit + credit
    sums.set(id, sum)
  }
  return [...sums.values()].sort((a, b) => Number(a.debit === undefined) - Number(b.debit === undefined))
}

/** Where the cards and the books differ, as the month-end checklist says it; undefined while they agree. */
export function cardsOut({ books, property }: CoopState): string | undefined {
  const kept = new Set([...property.cards.values()].map(({ account }) => codeOf(account)))
  for (const code of CARD_ACCOUNTS.filter(each => kept.has(each))) {
    const cards = standing(property, code)
    const contra = contraOf(code)
    const fault =
      differing(code, shownOn(code, cards), balance(books, code)) ??
      (contra &&
        differing(
          contra,
          total(cards, ({ accumulated }) => accumulated),
          -balance(books, contra),
        ))
    if (fault) return fault
  }
  return undefined
}

/** The month's depreciation that has not been charged yet, as the month-end checklist says it. */
export function depreciationMissing({ property }: CoopState, month: Month): string | undefined {
  if (property.runs.has(month) || property.byHand.has(month)) return undefined
  const due = allDueBy(property, month)
  return due === 0
    ? undefined
    : `${month} 的折旧、摊销还没有计提（应提 ${grouped(yuan(due))} 元），请先计提（RunDepreciation）。`
}

function differing(account: string, onCards: Fen, booked: Fen): string | undefined {
  if (onCards === booked) return undefined
  const [cards, books, by] = [onCards, booked, Math.abs(onCards - booked)].map(fen => grouped(yuan(fen)))
  return `${accountName(account)}：资产卡片合计 ${cards}，账面 ${books}，差 ${by} 元；请补建卡片或更正凭证。`
}
