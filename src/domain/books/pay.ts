import type { Decisions } from '../command.ts'
import { notInFuture } from '../desk.ts'
import { fenOf, grouped, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import type { DraftLine } from '../voucher.ts'
import { balance } from './state.ts'
import type { taxCommands } from './tax-commands.ts'

/** Pays out a month's accrued pay, all of what is left of it, less the income tax withheld. */
export const decidePay: Pick<Decisions<typeof taxCommands>, 'PayWages'> = {
  PayWages(desk, { month, date, from, withheld, heads, attachments }) {
    notInFuture(desk, date, '付款日期')
    const pay = desk.state.taxes.pay.get(month)
    if (!pay || pay.accrued === 0) refuse('WagesNotAccrued', `${month} 的工资报酬还没有计提，请先计提（AccruePay）。`)
    const fen = pay.accrued - pay.paid
    if (fen <= 0 || -balance(desk.state.books, '212') < fen)
      refuse('AlreadyPaid', `${month} 的工资报酬已经发放，应付工资里没有那么多，不能重复发放。`)
    const tax = fenOf(withheld)
    if (tax >= fen)
      refuse('WithheldTooMuch', `代扣个人所得税 ${grouped(withheld)} 元，不能等于或超过应发 ${grouped(yuan(fen))} 元。`)
    const lines: DraftLine[] = [{ account: '212', debit: fen }]
    if (tax > 0) lines.push({ account: '214-代扣个人所得税', credit: tax })
    lines.push({ account: from, credit: fen - tax })
    const voucher = desk.voucher({ date, summary: `发放${month}工资报酬`, attachments, lines })
    desk.emit('WagesPaid', { month, amount: yuan(fen), withheld, from, ...optional({ heads }), voucher })
  },
}
