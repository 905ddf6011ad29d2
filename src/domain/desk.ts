import { checkOfficersDebts } from './books/officers.ts'
import { type Books, balance, fundAccount, leastCredit, type ReviewRule } from './books/state.ts'
import { chineseDay, type Day, lastDay, monthOf, yearOf } from './calendar.ts'
import { accountName, CHART, codeOf, subOf } from './chart.ts'
import type { CoopEvent, EventData, EventType } from './events.ts'
import { event } from './events.ts'
import { clipped } from './fields.ts'
import { add, type Fen, grouped, MAX_FEN, yuan } from './money.ts'
import { invariant, refuse } from './refusal.ts'
import type { CoopState } from './state.ts'
import type { Draft, DraftLine, Review, Voucher } from './voucher.ts'

/** What a decision knows besides the state: the co-op's code, the business day, who asks, the head's revision, and a hash for tie-breaks. */
export type Context = {
  coop: string
  today: Day
  actor: string
  revision: number
  sha256: (text: string) => string
  /** The officer who has approved what is decided here. */
  reviewer?: string
  /** What the vouchers name as their review; by default the automatic rule in force. */
  review?: Review
}

/** The accountant's desk during one decision: reads the state, numbers vouchers, and collects the events decided on. */
export type Desk = {
  readonly state: CoopState
  readonly context: Context
  emit<T extends EventType>(type: T, data: EventData<T>): void
  /** Opens a sub-account that vouchers later in the same decision may already use. */
  openSubAccount(account: string, on: Day): void
  /**
   * Checks and numbers a voucher; refuses what may not be booked. `imported` is a file whose history may reach back
   * before the first day, as may the `closing` of a year of that history. `noLoan`: what an officer comes to owe by it
   * was not lent to him, as the decision has checked.
   */
  voucher(draft: Draft, options?: { imported?: string | undefined; closing?: boolean; noLoan?: boolean }): Voucher
}

/** A desk over a state, with the list its decision fills. */
export function openDesk(state: CoopState, context: Context): { desk: Desk; events: CoopEvent[] } {
  const events: CoopEvent[] = []
  const numbers = new Map<string, number>()
  const moved = new Map<string, Fen>()
  const lent = new Map<string, Fen>()
  const opened = new Set<string>()
  const desk: Desk = {
    state,
    context,
    emit: (type, data) => void events.push(event(type, data)),
    openSubAccount(account, on) {
      opened.add(account)
      desk.emit('SubAccountOpened', { account, on })
    },
    voucher(draft, { imported, closing = false, noLoan = false } = {}) {
      checkDate(state, context, draft.date, closing || reachesBack(state.books, imported))
      checkLines(state, draft, imported !== undefined, opened)
      for (const line of draft.lines) move(moved, line)
      if (imported === undefined) checkBalances(state, draft, moved)
      if (imported === undefined && !noLoan) checkOfficersDebts(state, draft, lent)
      const number = (numbers.get(monthOf(draft.date)) ?? state.books.lastNumber.get(monthOf(draft.date)) ?? 0) + 1
      numbers.set(monthOf(draft.date), number)
      return written(context.review ?? ruleInForce(state.books), draft, number)
    },
  }
  return { desk, events }
}

/** Refuses a day after today; `what` names it. */
export function notInFuture(desk: Desk, day: Day, what: string): void {
  if (day > desk.context.today) refuse('DateInFuture', `${what}${chineseDay(day)}还没有到，请核对日期。`)
}

const reachesBack = (books: Books, imported: string | undefined): boolean =>
  imported !== undefined && [...books.sources].every(source => source === imported)

function checkDate(state: CoopState, context: Context, date: Day, mayReachBack: boolean): void {
  const profile = state.governance.profile
  if (!profile) refuse('CoopUnknown', '还没有这个组织的账，请先建社（EstablishCoop）。')
  if (date < profile.firstDay && !mayReachBack) {
    refuse(
      'DateBeforeFirstDay',
      `${chineseDay(date)}早于本社建账日${chineseDay(profile.firstDay)}；更早的凭证只能在还没有凭证时整批导入。`,
    )
  }
  if (date > lastDay(monthOf(context.today))) {
    refuse('DateInFuture', `${chineseDay(date)}在本月之后，凭证日期不能晚于当月月末。`)
  }
  // What lies before a closed year or month is closed with it, or the closed one's opening balances would move.
  if ([...state.books.closedYears].some(year => year >= yearOf(date))) {
    refuse('YearClosed', `${yearOf(date)}年度已经结账，更正请在本年度用蓝字补充凭证。`, '会计基础工作规范 art. 51(5)')
  }
  if ([...state.books.closedMonths].some(month => month >= monthOf(date))) {
    refuse(
      'PeriodClosed',
      `${monthOf(date)} 已经结账；请把日期改到未结账的月份，错账用红字冲销。`,
      '财会〔2024〕12号 art. 21',
    )
  }
}

function checkLines(state: CoopState, draft: Draft, imported: boolean, opened: Set<string>): void {
  invariant(draft.lines.length >= 2, 'a voucher has two lines at least')
  const sums = new Map<string, { debit: Fen; credit: Fen }>()
  for (const line of draft.lines) {
    if (!opened.has(line.account)) checkAccount(state.books, line.account, imported)
    checkNotBeforeStatement(state, draft, line.account)
    if (line.lease && !state.property.leases.has(line.lease))
      refuse('LeaseUnknown', `没有编号为 ${line.lease} 的租赁合同，请核对编号。`)
    if (line.fund && !state.funds.funds.has(line.fund)) refuse('FundUnknown', `没有“${line.fund}”这个资金，请先设立。`)
    checkFundAccount(state, line)
    const amount = line.debit ?? line.credit ?? 0
    if ((line.debit === undefined) === (line.credit === undefined))
      refuse('OneSideALine', '一行分录只能填借方或贷方一边。')
    if (amount === 0 || (amount < 0 && !draft.reverses && !draft.corrects && !imported))
      refuse('AmountNotPositive', '金额必须大于零；冲销请用红字凭证。')
    if (Math.abs(amount) > MAX_FEN) refuse('AmountTooLarge', '金额不能超过 99,999,999,999.99 元。')
    const sum = sums.get(line.fund ?? '') ?? { debit: 0, credit: 0 }
    sums.set(line.fund ?? '', { debit: add(sum.debit, line.debit ?? 0), credit: add(sum.credit, line.credit ?? 0) })
  }
  for (const [fund, { debit, credit }] of sums) {
    if (debit === credit) continue
    const which = fund ? `资金“${fund}”` : sums.size > 1 ? '一般资金' : '凭证'
    refuse(
      'VoucherUnbalanced',
      `${which}借贷不平：借方 ${grouped(yuan(debit))}，贷方 ${grouped(yuan(credit))}，差 ${grouped(yuan(Math.abs(debit - credit)))}。`,
    )
  }
}

// The first statement was taken because it fitted the books of its first day; what were booked before it now would not.
function checkNotBeforeStatement({ bank }: CoopState, { date }: Draft, account: string): void {
  const from = bank.accounts.get(account)?.from
  if (from !== undefined && date < from)
    refuse('BeforeStatement', `${accountName(account)}从${chineseDay(from)}起已按对账单核对，不能再记更早日期的收付。`)
}

// A fund's own account belongs to that fund alone, or the sum by fund and the sum by account would part.
function checkFundAccount(state: CoopState, { account, fund }: DraftLine): void {
  const owner = [...state.funds.funds.values()].find(each => fundAccount(each.kind, each.fund) === account)
  if (owner && owner.fund !== fund)
    refuse('FundMismatch', `${accountName(account)}只记资金“${owner.fund}”的款项，请在这一行写明该资金。`)
}

function checkAccount(books: Books, account: string, imported: boolean): void {
  if (!CHART.has(codeOf(account))) {
    refuse('AccountUnknown', `没有 ${codeOf(account)} 这个科目，请从 42 个一级科目中选。`, '财会〔2023〕14号')
  }
  if (subOf(account) !== undefined && !books.subAccounts.has(account)) {
    refuse('AccountUnknown', `科目 ${accountName(account)}（${account}）还没有开设，请先用 OpenSubAccount 开设。`)
  }
  if (account === '322' && !imported)
    refuse('SubAccountNeeded', '收益分配要记到“各项分配”或“未分配收益”明细。', '财会〔2023〕14号')
}

// No fund, no cash box and no bank account may go below zero.
function checkBalances(state: CoopState, draft: Draft, moved: Map<string, Fen>): void {
  for (const line of draft.lines) {
    const code = codeOf(line.account)
    const fund = line.fund ?? ''
    const delta = (line.debit ?? 0) - (line.credit ?? 0)
    // Only what takes money out can be refused: a receipt never makes an overdraft worse.
    if ((code === '101' || code === '102') && delta < 0) {
      const left = after(state, moved, line.account)
      if (left < 0) short('CashShort', `${accountName(line.account)}余额不够，还差 ${grouped(yuan(-left))} 元。`)
      const ofFund = after(state, moved, '101', fund) + after(state, moved, '102', fund)
      if (ofFund < 0)
        short(
          'FundOverdrawn',
          `${fund ? `资金“${fund}”` : '一般资金'}的货币资金不够，还差 ${grouped(yuan(-ofFund))} 元。`,
        )
    }
    const definition = state.funds.funds.get(fund)
    if (definition && delta > 0 && line.account === fundAccount(definition.kind, fund)) {
      const left = -after(state, moved, line.account, fund)
      if (left < 0) short('FundOverdrawn', `资金“${fund}”不能透支：这一笔之后还差 ${grouped(yuan(-left))} 元。`)
      checkPastMonths(state, draft, line.account, fund, delta)
    }
  }
}

// Money that came in a later month is not there for a payment of this one.
function checkPastMonths({ books }: CoopState, { date }: Draft, account: string, fund: string, delta: Fen): void {
  const least = leastCredit(books, account, fund, monthOf(date))
  if (least !== undefined && least < delta) {
    short(
      'FundOverdrawn',
      `资金“${fund}”在 ${monthOf(date)} 月末还差 ${grouped(yuan(delta - least))} 元（以后月份的收入不能用在前面）。`,
    )
  }
}

function short(code: string, message: string): never {
  return refuse(code, `${message}请核对金额，或先收到款项再支付。`)
}

function move(moved: Map<string, Fen>, line: DraftLine): void {
  const id = `${line.fund ?? ''}\n${line.account}`
  moved.set(id, add(moved.get(id) ?? 0, (line.debit ?? 0) - (line.credit ?? 0)))
}

function after(state: CoopState, moved: Map<string, Fen>, account: string, fund?: string): Fen {
  let sum = balance(state.books, account, fund)
  for (const [id, fen] of moved) {
    const [ofFund = '', path = ''] = id.split('\n')
    if ((fund === undefined || fund === ofFund) && (path === account || path.startsWith(`${account}-`)))
      sum = add(sum, fen)
  }
  return sum
}

/** The automatic rule that reviews what the policy gives to no other; refuses while there is none. */
export function ruleInForce({ reviewRules }: Books): ReviewRule {
  const rule = [...reviewRules.values()].at(-1)
  if (rule) return rule
  return refuse(
    'NoReviewRule',
    '还没有启用复核规则，凭证不能入账；请先启用（AuthoriseReviewRule）。',
    '财会〔2024〕12号 art. 21',
  )
}

function written(review: Review, draft: Draft, number: number): Voucher {
  return {
    number: `${monthOf(draft.date)}-记-${number}`,
    date: draft.date,
    summary: clipped(draft.summary),
    attachments: draft.attachments ?? 0,
    lines: draft.lines.map(({ account, debit, credit, fund, counterparty, project, lease, breakdown }) => ({
      account,
      ...(debit === undefined ? {} : { debit: yuan(debit) }),
      ...(credit === undefined ? {} : { credit: yuan(credit) }),
      ...(fund ? { fund } : {}),
      ...(counterparty ? { counterparty } : {}),
      ...(project ? { project } : {}),
      ...(lease ? { lease } : {}),
      ...(breakdown ? { breakdown } : {}),
    })),
    review,
    ...(draft.reference ? { reference: draft.reference } : {}),
    ...(draft.reverses ? { reverses: draft.reverses } : {}),
    ...(draft.corrects ? { corrects: draft.corrects } : {}),
  }
}
