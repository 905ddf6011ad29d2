import { chineseDay, lastDay, monthOf, plusMonths, quarterOf, yearOf } from '../calendar.ts'
import { uncounted } from '../cash/box.ts'
import { checkPettyCash } from '../cash/decide.ts'
import { accountName, CHART, codeOf, subOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import type { Desk } from '../desk.ts'
import { fenOf, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { DraftLine } from '../voucher.ts'
import { monthEndChecks, unreconciled } from './checklist.ts'
import { awaitsClosing, closingEntry } from './closing.ts'
import type { booksCommands } from './commands.ts'
import type { decideCorrections } from './correction.ts'
import { drafted, leaveToBusinessCommands, oneColour } from './manual.ts'
import type { decidePapers } from './papers.ts'
import { reversal } from './reversal.ts'
import type { Books } from './state.ts'
import { refuseSpendingTakings } from './takings.ts'

const DEPRECIATION = { let: '511-折旧', own: '513-折旧', welfare: '514-公益设施折旧维护' } as const

/** Decisions about vouchers, plain accruals and the closing of periods. */
export const decideBooks: Omit<
  Decisions<typeof booksCommands>,
  keyof typeof decideCorrections | keyof typeof decidePapers | 'AccrueTax'
> = {
  OpenSubAccount(desk, { account, on }) {
    if (desk.state.books.subAccounts.has(account)) refuse('AccountExists', `${accountName(account)} 已经开设。`)
    checkSubAccount(account)
    desk.emit('SubAccountOpened', { account, on })
  },

  RegisterBankAccount(desk, { id, name, bank, kind, lastFour, owner }) {
    const account = `102-${name}`
    if (desk.state.books.bankAccounts.has(account)) refuse('AccountExists', `${accountName(account)} 已经登记。`)
    if (owner !== desk.state.governance.profile?.name) {
      refuse(
        'PersonalAccount',
        '集体资金不能存入个人或其他单位的账户，户名必须是本社全称。',
        '农村集体经济组织法 art. 44',
      )
    }
    desk.emit('BankAccountRegistered', { id, account, bank, kind, lastFour, owner })
  },

  PostVoucher(desk, { lines, ...entry }) {
    leaveToBusinessCommands(desk, lines)
    refuseSpendingTakings(lines)
    desk.emit('VoucherPosted', { voucher: desk.voucher({ ...entry, lines: drafted(lines) }) })
  },

  ImportVouchers(desk, { source, openAccounts, vouchers }) {
    // The new sub-accounts must be known while the vouchers are checked; the events follow in the same order.
    const fresh = [...new Set(openAccounts)].filter(account => !desk.state.books.subAccounts.has(account))
    const first = vouchers[0]!.date
    for (const account of fresh) {
      checkSubAccount(account)
      desk.openSubAccount(account, first)
    }
    for (const { lines, ...entry } of vouchers) {
      oneColour(entry.reference, lines)
      desk.emit('VoucherPosted', {
        voucher: desk.voucher({ ...entry, lines: drafted(lines) }, { imported: source }),
        source,
      })
    }
  },

  ReverseVoucher(desk, { number, date, reason }) {
    desk.emit('VoucherReversed', {
      original: number,
      reason,
      voucher: desk.voucher(reversal(desk.state, number, date)),
    })
  },

  ChargeDepreciation(desk, { month, date, charges }) {
    if (desk.state.property.cards.size > 0)
      refuse('UseBusinessCommand', '已经建了资产卡片，折旧请按卡片计提（RunDepreciation）。')
    const lines: DraftLine[] = charges.map(({ use, amount }) => ({ account: DEPRECIATION[use], debit: fenOf(amount) }))
    lines.push({ account: '152', credit: total(charges, ({ amount }) => fenOf(amount)) })
    const voucher = desk.voucher({ date, summary: `计提${month}折旧`, attachments: 1, lines })
    desk.emit('DepreciationCharged', { month, charges: charges.map(present), voucher })
  },

  AccruePay(desk, { month, date, groups }) {
    const lines: DraftLine[] = groups.map(({ account, amount }) => ({ account, debit: fenOf(amount) }))
    lines.push({ account: '212', credit: total(groups, ({ amount }) => fenOf(amount)) })
    desk.emit('PayAccrued', {
      month,
      groups,
      voucher: desk.voucher({ date, summary: `计提${month}工资报酬`, attachments: 1, lines }),
    })
  },

  ClosePeriod(desk, { month, unreconciled: reason, uncounted: notCounted }) {
    const { books, governance } = desk.state
    if (!governance.profile) refuse('CoopUnknown', '还没有这个组织的账，请先建社（EstablishCoop）。')
    if (books.closedMonths.has(month)) refuse('PeriodClosed', `${month} 已经结账，不用再结。`)
    if (desk.context.today < lastDay(month)) refuse('PeriodNotOver', `${month} 还没有过完，月末当天起才能结账。`)
    const before = openBefore(books, month)
    if (before) refuse('PriorPeriodOpen', `请先完成 ${before} 的月末结账，再结 ${month}。`)
    if (month.endsWith('-12') && awaitsClosing(books, yearOf(month)))
      refuse('YearNotClosed', `${month} 结账之前，请先做${yearOf(month)}年终结账（CloseYear）。`, '财会〔2023〕14号')
    checkMonthEnd(desk, month, { BankNotReconciled: reason, CashNotCounted: notCounted })
    const lines = [...books.vouchers.values()].filter(({ voucher }) => monthOf(voucher.date) === month)
    const debit = total(
      lines.flatMap(({ voucher }) => voucher.lines),
      line => fenOf(line.debit ?? '0.00'),
    )
    const open = reason === undefined ? [] : unreconciled(desk.state, month)
    const boxes = notCounted === undefined ? [] : uncounted(desk.state, month)
    desk.emit('PeriodClosed', {
      ...{ month, vouchers: lines.length, debit: yuan(debit), credit: yuan(debit) },
      ...(open.length > 0 ? { unreconciled: { accounts: open, reason: reason! } } : {}),
      ...(boxes.length > 0 ? { uncounted: { accounts: boxes, reason: notCounted! } } : {}),
    })
  },

  ReopenPeriod(desk, { month, reason, secondPerson }) {
    const { books, governance } = desk.state
    if (!books.closedMonths.has(month)) refuse('PeriodOpen', `${month} 没有结账，不用重开。`)
    if (books.closedMonths.has(plusMonths(month, 1))) refuse('LaterPeriodClosed', '只能从最后一个已结月份起往回重开。')
    if (books.closedYears.has(yearOf(month))) refuse('YearClosed', `${yearOf(month)}年度已经结账，不能重开。`)
    if ((governance.quarters.get(quarterOf(month))?.version ?? 0) > 0) {
      refuse('PeriodPublished', `${quarterOf(month)} 已经公开，不能重开；请在本期更正并发更正公告。`)
    }
    if (secondPerson === desk.context.actor) refuse('SamePerson', '重开要另一个人同意。')
    desk.emit('PeriodReopened', { month, reason, secondPerson: desk.context.reviewer ?? secondPerson })
  },

  CloseYear(desk, { year }) {
    const { books } = desk.state
    if (books.closedYears.has(year)) refuse('YearClosed', `${year}年度已经结账，不能再结。`)
    const later = [...books.closedYears].find(closed => closed > year)
    if (later) refuse('YearClosed', `${later}年度已经结账，更早的年度不能再结。`)
    const before = openBefore(books, `${year}-12`)
    if (before) refuse('PeriodOpen', `请先完成 ${before} 的月末结账，再做年终结账。`)
    const date = `${year}-12-31`
    if (desk.context.today < date) refuse('PeriodNotOver', `${chineseDay(date)}起才能做年终结账。`)
    checkPettyCash(desk, year)
    // What needs a voucher of December is to be done now; statements and counts may still come before its month-end.
    checkMonthEnd(desk, `${year}-12`, { BankNotReconciled: '', CashNotCounted: '' })
    const { lines, surplus, distributable } = closingEntry(books, year)
    if (lines.length === 0) refuse('NothingToClose', `${year}年没有收支可结转。`)
    const voucher = desk.voucher({ date, summary: `${year}年终结转收益`, lines }, { closing: true })
    desk.emit('YearClosed', { year, surplus: yuan(surplus), distributable: yuan(distributable), voucher })
  },
}

// What `because` gives a reason for may stand open.
function checkMonthEnd(desk: Desk, month: string, because: Partial<Record<string, string | undefined>>): void {
  const checks = monthEndChecks(desk.state, month)
  const failed = checks.find(({ check, fault }) => fault !== undefined && because[check] === undefined)
  if (failed) refuse(failed.check, failed.fault!, '会计基础工作规范 art. 63', { checks })
}

function checkSubAccount(account: string): void {
  if (!CHART.has(codeOf(account)))
    refuse('AccountUnknown', `没有 ${codeOf(account)} 这个一级科目，请从 42 个一级科目中选。`, '财会〔2023〕14号')
  if (subOf(account) === undefined) refuse('AccountUnknown', '要写成“科目-明细名称”，例如 513-差旅费。')
}

function present<T extends { basis?: string | undefined }>({ basis, ...rest }: T) {
  return { ...rest, ...(basis ? { basis } : {}) }
}

// The first month with vouchers before `month` that is still open; the months of a closed year are closed with it.
function openBefore(books: Books, month: string): string | undefined {
  const yearOpen = (each: string) => ![...books.closedYears].some(closed => closed >= yearOf(each))
  const open = (each: string) => !books.closedMonths.has(each) && yearOpen(each)
  return [...books.lastNumber.keys()].filter(each => each < month && open(each)).sort()[0]
}
