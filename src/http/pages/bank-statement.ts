import type { CoopProfile } from '../../../projections/profile.ts'
import { reconcile } from '../../domain/bank/state.ts'
import { lastDay, monthOf, plusDays } from '../../domain/calendar.ts'
import { yuan } from '../../domain/money.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { CoopState } from '../../domain/state.ts'
import type { TypedStatement } from '../../web/bank-statement-form.ts'

export const STATEMENT_FIELDS = ['statement', 'from', 'to', 'opening', 'closing', 'lines', 'outstanding'] as const

/** The next statement of an account as far as it is known: it begins the day after the last one, with its balance. */
export function nextStatement(state: CoopState, { firstDay }: CoopProfile, account: string): TypedStatement {
  const known = state.bank.accounts.get(account)
  const from = known ? plusDays(known.to, 1) : firstDay
  const open = known ? reconcile(state.bank, state.books, account, known.to) : undefined
  return {
    statement: `${account.slice(4)}-${monthOf(from)}`,
    from,
    to: lastDay(monthOf(from)),
    opening: open ? yuan(open.bank) : '',
    ...{ closing: '', lines: '', outstanding: '' },
  }
}

/** The statement as it was typed. */
export function typedStatement(form: Record<string, string>): TypedStatement {
  const { statement = '', from = '', to = '', opening = '', closing = '', lines = '', outstanding = '' } = form
  return { statement, from, to, opening, closing, lines, outstanding }
}

/** The body of ImportBankStatement, or which pasted row cannot be read. */
export function statementBody(account: string, typed: TypedStatement): { body: unknown } | { refusal: Refusal } {
  const { statement, from, to } = typed
  const lines = rowsOf(typed.lines).map(([date = '', amount = '', reference = '']) => ({
    date: date.replaceAll(/[/.年月]/g, '-').replace(/日$/, ''),
    amount: plainAmount(amount),
    reference,
  }))
  const outstanding = rowsOf(typed.outstanding).map(([voucher = '', amount = '']) => ({
    voucher,
    amount: plainAmount(amount),
  }))
  const wrong = lines.findIndex(({ date, amount }) => !/^\d{4}-\d{2}-\d{2}$/.test(date) || !AMOUNT.test(amount))
  if (wrong >= 0) {
    const message = `流水第 ${wrong + 1} 行读不懂：每行要有日期（2025-03-31）、金额（-1234.56）、流水号，用制表符或空格隔开。`
    return { refusal: { code: 'InvalidInput', message } }
  }
  const balances = { opening: plainAmount(typed.opening), closing: plainAmount(typed.closing) }
  return { body: { account, statement, from, to, ...balances, lines, outstanding } }
}

const AMOUNT = /^-?\d+(\.\d{1,2})?$/

const plainAmount = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s,¥￥]/g, '')
    .replace(/^\+/, '')

const rowsOf = (text: string): string[][] =>
  text
    .split(/\r?\n/)
    .map(row => row.trim().split(/\s+/))
    .filter(([first]) => first !== '')
