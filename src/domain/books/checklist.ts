import { movedOn } from '../bank/state.ts'
import { chineseDay, type Day, lastDay, type Month, monthOf } from '../calendar.ts'
import { overLimit, uncounted, uncountedFault } from '../cash/box.ts'
import { accountName } from '../chart.ts'
import { add, type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { cardsOut, depreciationMissing } from '../property/card-accounts.ts'
import type { CoopState } from '../state.ts'
import { signed } from '../voucher.ts'
import { type Books, balance } from './state.ts'

type Booked = Books['vouchers'] extends Map<string, infer B> ? B : never

/**
 * One line of the month-end checklist; `fault` says what is wrong and what to do, undefined when all is well. A `note` is
 * to be seen but keeps no month open.
 */
export type Check = { check: string; title: string; fault: string | undefined; note?: string }

/**
 * What must hold before a month is closed (会计基础工作规范 art. 63; 财会〔2024〕12号 arts. 23–24). The chain is checked at every
 * cold start, and a co-op whose chain is broken answers nothing at all, closing included.
 */
export function monthEndChecks(state: CoopState, month: Month): Check[] {
  const until = [...state.books.vouchers.values()].filter(({ voucher }) => monthOf(voucher.date) <= month)
  const ofMonth = until.filter(({ voucher }) => monthOf(voucher.date) === month)
  return [
    { check: 'SubmissionsWaiting', title: '凭证都已复核', fault: waiting(state, month) },
    { check: 'NumbersWithGaps', title: '凭证号连续', fault: gaps(state.books, month, ofMonth) },
    { check: 'TrialBalanceOut', title: '试算平衡', fault: unbalanced(until) },
    { check: 'CashNegative', title: '现金、银行每天不为负', fault: overdrawnDay(until, month) },
    { check: 'BankNotReconciled', title: '银行已对账', fault: unreconciledFault(unreconciled(state, month), month) },
    { check: 'CashNotCounted', title: '现金已盘点', fault: uncountedFault(uncounted(state, month), month) },
    { check: 'CashOverLimit', title: '库存现金不超限额', fault: undefined, ...noted(overLimit(state, month)) },
    { check: 'SubLedgerOut', title: '明细与总账相符', fault: claimsBeyond(state) },
    { check: 'DepreciationMissing', title: '折旧、摊销已计提', fault: depreciationMissing(state, month) },
    { check: 'CardsOut', title: '资产卡片与总账相符', fault: cardsOut(state) },
  ]
}

const noted = (note: string | undefined) => (note === undefined ? {} : { note })

/** Bank accounts in use whose statements do not reach the end of the month. */
export function unreconciled({ books, bank }: CoopState, month: Month): string[] {
  const end = lastDay(month)
  const inUse = [...books.bankAccounts.keys()].filter(account =>
    [...books.vouchers.values()].some(({ voucher }) => voucher.date <= end && movedOn(account, voucher) !== 0),
  )
  return inUse.filter(account => (bank.accounts.get(account)?.to ?? '') < end)
}

function waiting({ governance }: CoopState, month: Month): string | undefined {
  const late = [...governance.waiting.values()].filter(
    ({ doing, body }) => doing !== 'closes' && typeof body.date === 'string' && monthOf(body.date) <= month,
  )
  return late.length > 0
    ? `还有 ${late.length} 项待复核（${late.map(({ id }) => id).join('、')}），请先复核或退回。`
    : undefined
}

// An opening voucher numbered 0 is none of the month's, and numbers used before the books began are not missing.
const gaps = ({ lastNumber, numberedBefore }: Books, month: Month, vouchers: readonly Booked[]): string | undefined =>
  vouchers.filter(({ voucher }) => !voucher.number.endsWith('-0')).length ===
  (lastNumber.get(month) ?? 0) - (numberedBefore.get(month) ?? 0)
    ? undefined
    : `${month} 的凭证号不连续，请联系维护人员检查账本。`

function unbalanced(booked: readonly Booked[]): string | undefined {
  const lines = booked.flatMap(({ voucher }) => voucher.lines)
  const difference =
    total(lines, line => fenOf(line.debit ?? '0.00')) - total(lines, line => fenOf(line.credit ?? '0.00'))
  return difference === 0 ? undefined : `试算不平，差 ${grouped(yuan(difference))} 元，请联系维护人员检查账本。`
}

// A payment dated before the money came passes on the day it is entered, when the money is there, and not on its own.
// Days of imported history alone are what they were.
function overdrawnDay(booked: readonly Booked[], month: Month): string | undefined {
  const days = new Map<string, Map<Day, { fen: Fen; own: boolean }>>()
  for (const { event, voucher } of booked) {
    const own = !(event.type === 'VoucherPosted' && event.data.source !== undefined)
    for (const line of voucher.lines.filter(({ account }) => /^10[12]/.test(account))) {
      const moves = days.get(line.account) ?? new Map<Day, { fen: Fen; own: boolean }>()
      days.set(line.account, moves)
      const day = moves.get(voucher.date) ?? { fen: 0, own: false }
      moves.set(voucher.date, { fen: add(day.fen, signed(line)), own: day.own || own })
    }
  }
  for (const [account, moves] of days) {
    let left = 0
    for (const [day, { fen, own }] of [...moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
      left = add(left, fen)
      if (left < 0 && own && monthOf(day) === month)
        return `${accountName(account)}在${chineseDay(day)}末为负 ${grouped(yuan(left))} 元，请核对收付款的日期。`
    }
  }
  return undefined
}

const unreconciledFault = (accounts: readonly string[], month: Month): string | undefined =>
  accounts.length === 0
    ? undefined
    : `${accounts.map(accountName).join('、')}没有录入到 ${month} 月末的对账单；请先录入并勾对，确实未到的在结账时写明原因。`

// What is owed by name can never be more than what the account owes in all.
function claimsBeyond({ books, payments }: CoopState): string | undefined {
  const owed = new Map<string, Fen>()
  for (const { state, account, amount } of payments.claims.values())
    if (state === 'open' || state === 'batched') owed.set(account, add(owed.get(account) ?? 0, amount))
  for (const [account, fen] of owed)
    if (fen > -balance(books, account))
      return `${accountName(account)}的明细合计比总账多，差 ${grouped(yuan(fen + balance(books, account)))} 元，请核对手工凭证。`
  return undefined
}
