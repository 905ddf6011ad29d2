import type { Books } from '../books/state.ts'
import type { Day } from '../calendar.ts'
import type { CoopEvent } from '../events.ts'
import { add, type Fen, fenOf } from '../money.ts'
import { invariant } from '../refusal.ts'
import { signed, type Voucher } from '../voucher.ts'

export type BankLine = { id: string; date: Day; amount: Fen; reference: string; matched: boolean }
/** What the bank has said of one account so far: the balance before its first line, its lines, and up to which day. */
export type BankAccount = {
  from: Day
  to: Day
  opening: Fen
  lines: Map<string, BankLine>
  /** Booked before `from` and not passed by the bank then, by id. */
  outstanding: Map<string, { voucher: string; amount: Fen }>
  matches: Map<string, { lines: string[]; vouchers: string[] }>
  /** How many matches were ever made: the last one's number. */
  made: number
  /** Vouchers and outstanding items that the bank has passed. */
  cleared: Set<string>
}
export type Bank = { accounts: Map<string, BankAccount>; statements: Set<string> }

/** No statement yet. */
export const emptyBank = (): Bank => ({ accounts: new Map(), statements: new Set() })

/** Keeps the bank's lines and which vouchers they are. */
export function evolveBank(bank: Bank, { type, data }: CoopEvent): void {
  switch (type) {
    case 'BankStatementImported': {
      bank.statements.add(data.statement)
      const account = bank.accounts.get(data.account) ?? begun(data.from, fenOf(data.opening))
      bank.accounts.set(data.account, account)
      if (data.to > account.to) account.to = data.to
      for (const [id, date, amount, reference] of data.lines)
        account.lines.set(id, { id, date, amount: fenOf(amount), reference, matched: false })
      for (const [id, voucher, amount] of data.outstanding)
        account.outstanding.set(id, { voucher, amount: fenOf(amount) })
      break
    }
    case 'BankLineMatched': {
      const account = accountOf(bank, data.account)
      account.matches.set(data.match, { lines: data.lines, vouchers: data.vouchers })
      account.made += 1
      for (const id of data.lines) lineOf(account, id).matched = true
      for (const each of data.vouchers) account.cleared.add(each)
      break
    }
    case 'BankLineUnmatched': {
      const account = accountOf(bank, data.account)
      const { lines = [], vouchers = [] } = account.matches.get(data.match) ?? {}
      account.matches.delete(data.match)
      for (const id of lines) lineOf(account, id).matched = false
      for (const each of vouchers) account.cleared.delete(each)
      break
    }
  }
}

/** Fen that a voucher moves on one bank account, money in positive; 0 when it does not touch it. */
export function movedOn(account: string, { lines }: Voucher): Fen {
  return lines.filter(line => line.account === account).reduce((sum, line) => add(sum, signed(line)), 0)
}

export type OpenItem = { id: string; date: Day; amount: Fen }
/** 银行存款余额调节表 of one account at the end of a day; fen. The two adjusted balances are equal. */
export type Reconciliation = {
  on: Day
  book: Fen
  bank: Fen
  /** Booked, not yet passed by the bank; `id` is the voucher's number or that of an outstanding item. */
  bookOnly: OpenItem[]
  /** Passed by the bank, not yet booked. */
  bankOnly: OpenItem[]
  adjustedBook: Fen
  adjustedBank: Fen
}

/** Sets the books of one account beside its bank's lines; undefined before the first statement. */
export function reconcile(bank: Bank, books: Books, name: string, on: Day): Reconciliation | undefined {
  const account = bank.accounts.get(name)
  if (!account) return undefined
  const booked = [...books.vouchers.values()].filter(({ voucher }) => voucher.date <= on)
  const passed = [...account.lines.values()].filter(({ date }) => date <= on)
  const since = booked.filter(({ event }) => event.type !== 'OpeningBalancesRecorded').map(({ voucher }) => voucher)
  const late = matchedAfter(account, books, on)
  const bookOnly = [...openVouchers(account, name, since, late), ...openOutstanding(account, books, late)]
  const bankOnly = passed.filter(({ id, matched }) => !matched || late.has(id))
  const book = sum(booked.map(({ voucher }) => movedOn(name, voucher)))
  const balance = add(account.opening, sum(passed.map(({ amount }) => amount)))
  return {
    ...{ on, book, bank: balance, bookOnly, bankOnly },
    adjustedBook: add(book, sum(bankOnly.map(({ amount }) => amount))),
    adjustedBank: add(balance, sum(bookOnly.map(({ amount }) => amount))),
  }
}

// What was matched with something of a later day was still open on this one.
function matchedAfter({ matches, lines, outstanding }: BankAccount, { vouchers }: Books, on: Day): Set<string> {
  const dayOf = (id: string) =>
    lines.get(id)?.date ?? vouchers.get(outstanding.get(id)?.voucher ?? id)?.voucher.date ?? ''
  const parts = [...matches.values()].map(match => [...match.lines, ...match.vouchers])
  return new Set(parts.filter(ids => ids.some(id => dayOf(id) > on)).flat())
}

type Late = ReadonlySet<string>

const openVouchers = (
  { from, cleared }: BankAccount,
  name: string,
  vouchers: readonly Voucher[],
  late: Late,
): OpenItem[] =>
  vouchers
    .filter(({ number, date }) => date >= from && (!cleared.has(number) || late.has(number)))
    .map(voucher => ({ id: voucher.number, date: voucher.date, amount: movedOn(name, voucher) }))
    .filter(({ amount }) => amount !== 0)

const openOutstanding = ({ outstanding, cleared }: BankAccount, { vouchers }: Books, late: Late): OpenItem[] =>
  [...outstanding]
    .filter(([id]) => !cleared.has(id) || late.has(id))
    .map(([id, { voucher, amount }]) => ({ id, date: vouchers.get(voucher)?.voucher.date ?? '', amount }))

const begun = (from: Day, opening: Fen): BankAccount => ({
  ...{
    from,
    to: from,
    opening,
    lines: new Map(),
    outstanding: new Map(),
    matches: new Map(),
    made: 0,
    cleared: new Set(),
  },
})

function accountOf(bank: Bank, name: string): BankAccount {
  const account = bank.accounts.get(name)
  invariant(account, `a statement of ${name}`)
  return account
}

function lineOf(account: BankAccount, id: string): BankLine {
  const line = account.lines.get(id)
  invariant(line, `the bank's line ${id}`)
  return line
}

const sum = (list: readonly Fen[]): Fen => list.reduce(add, 0)
