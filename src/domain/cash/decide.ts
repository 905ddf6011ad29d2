import { officeOf } from '../books/officers.ts'
import { chineseDay } from '../calendar.ts'
import { accountName, CHART, codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { adopted } from '../governance/decide.ts'
import { type Fen, fenOf, grouped, times, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { find, optional } from '../register/decide.ts'
import { isMember } from '../register/state.ts'
import type { DraftLine } from '../voucher.ts'
import { boxOn } from './box.ts'
import type { cashCommands } from './commands.ts'
import type { DENOMINATIONS } from './events.ts'
import type { decideReceipts } from './receipts.ts'
import { type Advance, leftOf, openAdvance } from './state.ts'

type Piece = [(typeof DENOMINATIONS)[number], number]

/** Decisions about the cash box and the petty cash in people's hands. */
export const decideCash: Omit<Decisions<typeof cashCommands>, keyof typeof decideReceipts> = {
  SetCashLimit(desk, { pettyCash, ...limit }) {
    if (!desk.state.governance.profile) refuse('CoopUnknown', '还没有这个组织的账，请先建社（EstablishCoop）。')
    desk.emit('CashLimitSet', { ...limit, ...optional({ pettyCash }) })
  },

  // The difference stands in 181 until a resolution says whose it is.
  CountCash(desk, { account, on, pieces, counters, difference: stated }) {
    notInFuture(desk, on, '盘点日')
    if (account.includes('-') && !desk.state.books.subAccounts.has(account))
      refuse('AccountUnknown', `科目 ${accountName(account)}（${account}）还没有开设，请先用 OpenSubAccount 开设。`)
    for (const person of counters) find(desk, person)
    if (counters[0] === counters[1]) refuse('TwoCounters', '盘点要两个不同的人在场，请写明两人。', '会计法 art. 35')
    const twice = pieces.find(({ value }, index) => pieces.findIndex(each => each.value === value) !== index)
    if (twice) refuse('ListedTwice', `${twice.value} 元面额出现了两次，请合并或删去一行。`)
    const counted = total(pieces, ({ value, pieces: number }) => times(number * 100, value))
    const book = boxOn(desk.state.books, account, on)
    const difference = counted - book
    if (fenOf(stated) !== difference)
      refuse(
        'CountDiffers',
        `清点 ${grouped(yuan(counted))} 元，${chineseDay(on)}末账面 ${grouped(yuan(book))} 元，差 ${grouped(yuan(difference))} 元；请复点，确有差额的把差额填上。`,
      )
    const id = `PD${desk.state.cash.counts.size + 1}`
    const listed = pieces.map(({ value, pieces: number }): Piece => [value, number])
    const sums = { counted: yuan(counted), book: yuan(book), difference: yuan(difference) }
    desk.emit('CashCounted', { count: id, account, on, pieces: listed, ...sums, counters })
    if (difference === 0) return
    const summary = `盘点${accountName(account)}${difference > 0 ? '长款' : '短款'}（${id}）`
    const draft = { date: on, summary, attachments: 1, lines: awaiting(account, difference) }
    desk.emit('CashDifferenceBooked', { count: id, difference: yuan(difference), voucher: desk.voucher(draft) })
  },

  SettleCashDifference(desk, { count: id, date, resolution, person, attachments }) {
    const count = desk.state.cash.counts.get(id)
    if (!count) refuse('CountUnknown', `没有编号为 ${id} 的盘点，请核对编号。`)
    if (count.open === 0 || count.settled) refuse('NothingToSettle', `盘点 ${id} 没有待处理的长短款。`)
    adopted(desk, resolution)
    const surplus = count.open > 0
    if (person && surplus) refuse('NobodyResponsible', '长款没有责任人，请去掉责任人。')
    const fen = Math.abs(count.open)
    const other = surplus ? '504' : person ? accountOf(desk, person, '现金短款', date) : '515'
    const lines: DraftLine[] = surplus
      ? [
          { account: '181', debit: fen },
          { account: other, credit: fen },
        ]
      : [
          { account: other, debit: fen, counterparty: person },
          { account: '181', credit: fen },
        ]
    const draft = { date, summary: `处理盘点 ${id} ${surplus ? '长款' : '短款'}`, attachments, lines }
    const difference = yuan(count.open)
    const voucher = desk.voucher(draft, { noLoan: true })
    desk.emit('CashDifferenceSettled', { count: id, difference, resolution, ...optional({ person }), voucher })
  },

  AdvancePettyCash(desk, { person, amount, from, date, purpose, attachments }) {
    notInFuture(desk, date, '付款日期')
    const account = accountOf(desk, person, '备用金', date)
    const open = openAdvance(desk.state.cash, person)
    if (open)
      refuse('PettyCashOpen', `${person} 还有 ${grouped(yuan(leftOf(open)))} 元备用金没有报销，报销后才能再支。`)
    checkPettyLimit(desk, person, fenOf(amount))
    const lines = [
      { account, debit: fenOf(amount), counterparty: person },
      { account: from, credit: fenOf(amount) },
    ]
    const voucher = desk.voucher({ date, summary: `支备用金：${purpose}`, attachments, lines }, { noLoan: true })
    desk.emit('PettyCashAdvanced', { person, amount, from, purpose, voucher })
  },

  AccountForPettyCash(desk, { person, date, items, returned, attachments }) {
    notInFuture(desk, date, '报销日期')
    const advance = openAdvance(desk.state.cash, person)
    if (!advance) refuse('NoPettyCash', `${person} 没有未报销的备用金。`)
    const spent = total(items, ({ amount }) => fenOf(amount))
    const fen = spent + fenOf(returned?.amount ?? '0.00')
    if (fen === 0) refuse('NothingPaid', '请写明报销的费用或交回的金额。')
    const left = leftOf(advance) - fen
    if (left < 0)
      refuse(
        'PettyCashShort',
        `${person} 手里只有 ${grouped(yuan(leftOf(advance)))} 元备用金；多付的部分请用“支付费用”另行支付。`,
      )
    for (const { account } of items) checkSpent(account)
    const lines: DraftLine[] = items.map(({ account, amount }) => ({ account, debit: fenOf(amount) }))
    if (returned) lines.push({ account: returned.into, debit: fenOf(returned.amount) })
    lines.push({ account: advance.account, credit: fen, counterparty: person })
    const summary = items.length > 0 ? `备用金报销：${items.map(({ item }) => item).join('、')}` : '交回备用金'
    const voucher = desk.voucher({ date, summary, attachments, lines })
    desk.emit('PettyCashAccounted', { person, items, ...optional({ returned }), left: yuan(left), voucher })
  },
}

/** Refuses to close a year at whose end petty cash is still in somebody's hands. */
export function checkPettyCash(desk: Desk, year: number): void {
  const end = `${year}-12-31`
  const held = desk.state.cash.advances.filter(advance => advance.date <= end && leftOf(advance, end) > 0)
  if (held.length === 0) return
  const list = held.map((advance: Advance) => `${advance.person} ${grouped(yuan(leftOf(advance, end)))} 元`).join('、')
  refuse('PettyCashOpen', `${year}年末还有备用金没有报销或交回（${list}），请先结清再做年终结账。`)
}

// A member's account is in 113, anybody else's in 112 (财会〔2023〕14号).
function accountOf(desk: Desk, person: string, what: '备用金' | '现金短款', on: string): string {
  return `${isMember(find(desk, person), on) ? '113' : '112'}-${what}`
}

// An officer holds petty cash only within a limit that was set beforehand; anything else would be a loan.
function checkPettyLimit(desk: Desk, person: string, fen: Fen): void {
  const limit = desk.state.cash.pettyLimit
  const office = officeOf(desk.state.governance, person)
  if (limit === undefined && office)
    refuse('OfficerDebt', `${office}支备用金之前，请先核定限额（SetCashLimit）。`, '农村集体经济组织法 art. 35')
  if (limit !== undefined && fen > limit)
    refuse('PettyCashLimit', `备用金限额 ${grouped(yuan(limit))} 元，不能支 ${grouped(yuan(fen))} 元。`)
}

function checkSpent(account: string): void {
  const kind = CHART.get(codeOf(account))?.kind
  if (kind !== 'expense' && kind !== 'cost' && codeOf(account) !== '121')
    refuse('NotAnExpense', `${codeOf(account)} 不是费用，不能用备用金报销；请改用对应的命令。`)
}

// 181 waits until it is known whose the surplus or the shortage is.
const awaiting = (account: string, difference: Fen): DraftLine[] =>
  difference > 0
    ? [
        { account, debit: difference },
        { account: '181', credit: difference },
      ]
    : [
        { account: '181', debit: -difference },
        { account, credit: -difference },
      ]
