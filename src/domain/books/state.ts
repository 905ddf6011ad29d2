import { type Day, type Month, monthOf } from '../calendar.ts'
import { STANDARD_SUB_ACCOUNTS } from '../chart.ts'
import type { CoopEvent } from '../events.ts'
import { add, type Fen } from '../money.ts'
import { checkVoucher, signed, type Voucher } from '../voucher.ts'
import { type ByName, bookByName } from './by-name.ts'

/** The books of one co-op as decisions need them: balances, numbers, what is closed. Fen, debit positive. */
export type Books = {
  balances: Map<string, Map<string, Fen>>
  byName: ByName
  lastNumber: Map<Month, number>
  /** How many numbers of a month were used before these books began in it. */
  numberedBefore: Map<Month, number>
  vouchers: Map<string, { event: CoopEvent; voucher: Voucher; reversedBy?: string }>
  /** Files whose vouchers were imported; '' stands for anything booked otherwise. */
  sources: Set<string>
  subAccounts: Set<string>
  /** Which vouchers an electronic original is attached to, by its SHA-256. */
  documents: Map<string, string[]>
  templates: Set<string>
  bankAccounts: Map<string, string>
  closedMonths: Set<Month>
  closedYears: Set<number>
  opened: Day | undefined
  /** Accountants who handed the books over. */
  handedOver: Set<string>
  /** Automatic rules of review in force; the last one reviews what the policy gives to no other. */
  reviewRules: Map<string, ReviewRule>
}

export type ReviewRule = { rule: string; authorisedBy: string }

/** Books before anything was booked: the standard sub-accounts and nothing else. */
export function emptyBooks(): Books {
  return {
    balances: new Map(),
    byName: new Map(),
    lastNumber: new Map(),
    numberedBefore: new Map(),
    vouchers: new Map(),
    sources: new Set(),
    documents: new Map(),
    templates: new Set(),
    subAccounts: new Set(STANDARD_SUB_ACCOUNTS),
    bankAccounts: new Map(),
    closedMonths: new Set(),
    closedYears: new Set(),
    opened: undefined,
    handedOver: new Set(),
    reviewRules: new Map(),
  }
}

/** Books an event's voucher, whatever the event is, then what only the books know of it. */
export function evolveBooks(books: Books, event: CoopEvent): void {
  const { type, data } = event
  if ('voucher' in data) book(books, event, data.voucher, data)
  switch (type) {
    case 'SubAccountOpened':
      books.subAccounts.add(data.account)
      break
    case 'BankAccountRegistered':
      books.subAccounts.add(data.account)
      books.bankAccounts.set(data.account, data.id)
      break
    case 'FundOpened':
      books.subAccounts.add(fundAccount(data.kind, data.fund))
      break
    case 'OpeningBalancesRecorded':
      books.opened = data.on
      if (data.priorYearClosed) books.closedYears.add(Number(data.on.slice(0, 4)) - 1)
      for (const [month, next] of data.nextNumber ?? []) {
        books.lastNumber.set(month, next - 1)
        books.numberedBefore.set(month, next - 1)
      }
      break
    case 'AccountantHandedOver':
      books.handedOver.add(data.from)
      books.handedOver.delete(data.to)
      break
    case 'DocumentsAttached':
      for (const { hash } of data.documents)
        books.documents.set(hash, [...(books.documents.get(hash) ?? []), data.attachedTo])
      break
    case 'VoucherTemplateSaved':
      books.templates.add(data.id)
      break
    case 'VoucherTemplateRemoved':
      books.templates.delete(data.id)
      break
    case 'VoucherReversed': {
      const original = books.vouchers.get(data.original)
      if (original) original.reversedBy = data.voucher.number
      break
    }
    case 'PeriodClosed':
      books.closedMonths.add(data.month)
      break
    case 'PeriodReopened':
      books.closedMonths.delete(data.month)
      break
    case 'YearClosed':
      books.closedYears.add(data.year)
      break
    case 'ReviewRuleAuthorised':
      books.reviewRules.delete(data.rule)
      books.reviewRules.set(data.rule, { rule: data.rule, authorisedBy: data.authorisedBy })
      break
  }
}

/** The account that holds what a fund has been given. */
export function fundAccount(kind: 'restricted' | 'held' | 'grant', fund: string): string {
  return kind === 'restricted' ? `311-受赠(限定)-${fund}` : kind === 'held' ? `211-代管款-${fund}` : `241-${fund}`
}

/** Balance in fen, debit positive: of an account (with its sub-accounts), over all funds or of one ('' = 一般资金). */
export function balance(books: Books, account: string, fund?: string): Fen {
  let sum = 0
  for (const [name, accounts] of books.balances) {
    if (fund !== undefined && name !== fund) continue
    for (const [path, fen] of accounts) if (path === account || path.startsWith(`${account}-`)) sum = add(sum, fen)
  }
  return sum
}

/**
 * The smallest credit balance in fen that a fund's account has at the end of a month or of a later one; undefined when
 * nothing was booked after the month, for then the balance of now is all there is.
 */
export function leastCredit(books: Books, account: string, fund: string, from: Month): Fen | undefined {
  const months = [...books.lastNumber.keys()].filter(month => month >= from).sort()
  if (months.at(-1) === undefined || months.at(-1) === from) return undefined
  const moves = new Map<Month, Fen>()
  let before = 0
  for (const { voucher } of books.vouchers.values()) {
    const sum = voucher.lines
      .filter(line => line.account === account && line.fund === fund)
      .map(signed)
      .reduce(add, 0)
    const month = monthOf(voucher.date)
    if (month <= from) before = add(before, sum)
    else moves.set(month, add(moves.get(month) ?? 0, sum))
  }
  let least = -before
  let held = -before
  for (const [, sum] of [...moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
    held -= sum
    least = Math.min(least, held)
  }
  return least
}

function book(books: Books, event: CoopEvent, voucher: Voucher, data: Record<string, unknown>): void {
  checkVoucher(voucher, data)
  for (const line of voucher.lines) {
    const accounts = books.balances.get(line.fund ?? '') ?? new Map<string, Fen>()
    books.balances.set(line.fund ?? '', accounts)
    accounts.set(line.account, add(accounts.get(line.account) ?? 0, signed(line)))
  }
  bookByName(books.byName, voucher, data, books.vouchers.get(voucher.reverses ?? ''))
  books.lastNumber.set(monthOf(voucher.date), Number(voucher.number.split('-')[3]))
  books.vouchers.set(voucher.number, { event, voucher })
  books.sources.add((event.type === 'VoucherPosted' && event.data.source) || '')
}
