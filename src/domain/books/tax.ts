import type { Month } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { type Fen, fenOf, grouped, times, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import type { DraftLine } from '../voucher.ts'
import type { booksCommands } from './commands.ts'
import { balance } from './state.ts'
import type { taxCommands } from './tax-commands.ts'
import { rateIn } from './tax-state.ts'

type Taxes = Omit<Decisions<typeof taxCommands>, 'PayWages'> & Pick<Decisions<typeof booksCommands>, 'AccrueTax'>

// Taken out of a price or of somebody's money; no expense of the co-op's.
const NO_EXPENSE = ['增值税', '代扣个人所得税']

/** Decisions about taxes: rates with their dates, what a month owes, what is paid. */
export const decideTaxes: Taxes = {
  SetTax(desk, { to, due, ...setting }) {
    if (!desk.state.governance.profile) refuse('CoopUnknown', '还没有这个组织的账，请先建社（EstablishCoop）。')
    if (!desk.state.books.subAccounts.has(`214-${setting.tax}`))
      refuse('AccountUnknown', `应交税费没有“${setting.tax}”明细，请先开设（OpenSubAccount 214-${setting.tax}）。`)
    if (to !== undefined && to < setting.from) refuse('PeriodBackwards', '税率的终止日不能早于起始日。')
    desk.emit('TaxRateSet', { ...setting, ...optional({ to, due }) })
  },

  // Profit tax has an account of its own; the other taxes are 税金及附加.
  AccrueTax(desk, { month, date, taxes }) {
    const counted = taxes.map(each => ({ ...countedTax(desk, month, each), tax: each.tax }))
    const lines: DraftLine[] = ['512', '521'].flatMap(account => {
      const own = counted.filter(({ tax }) => (tax === '企业所得税') === (account === '521'))
      return own.length === 0 ? [] : [{ account, debit: total(own, ({ fen }) => fen) }]
    })
    for (const { tax, fen } of counted) lines.push({ account: `214-${tax}`, credit: fen })
    const voucher = desk.voucher({ date, summary: `计提${month}税费`, attachments: 1, lines })
    const listed = counted.map(({ tax, fen, shown }) => ({ tax, amount: yuan(fen), ...shown }))
    desk.emit('TaxAccrued', { month, taxes: listed, voucher })
  },

  PayTax(desk, { tax, amount, date, from, attachments }) {
    notInFuture(desk, date, '付款日期')
    const account = `214-${tax}`
    const owed = -balance(desk.state.books, account)
    if (fenOf(amount) > owed)
      refuse(
        'TaxNotOwed',
        `账上应交${tax} ${grouped(yuan(Math.max(0, owed)))} 元，不能缴 ${grouped(amount)} 元；请先计提（AccrueTax）或核对金额。`,
      )
    const lines = [
      { account, debit: fenOf(amount) },
      { account: from, credit: fenOf(amount) },
    ]
    const voucher = desk.voucher({ date, summary: `缴纳${tax}`, attachments, lines })
    desk.emit('TaxPaid', { tax, amount, from, voucher })
  },
}

type Asked = { tax: string; amount?: string | undefined; basisAmount?: string | undefined; basis?: string | undefined }
type Counted = { fen: Fen; shown: { basisAmount?: string; rate?: string; basis?: string } }

// By the rate in force in that month, rounded once.
function countedTax(desk: Desk, month: Month, { tax, amount, basisAmount, basis }: Asked): Counted {
  if (NO_EXPENSE.includes(tax))
    refuse('NotAnExpense', `${tax}不是本社的费用，不用计提：增值税随租金和收入分出，代扣的税在支付时扣。`)
  if ((amount === undefined) === (basisAmount === undefined))
    refuse('AmountOrBasis', `${tax}的税额（amount）和计税依据（basisAmount）要填一个，且只填一个。`)
  if (amount !== undefined) return { fen: fenOf(amount), shown: { ...(basis ? { basis } : {}) } }
  const setting = rateIn(desk.state.taxes, tax, month)
  if (!setting) refuse('TaxNotSet', `${month} 没有设定${tax}的税率，请先设定（SetTax）或直接填税额。`)
  const fen = times(fenOf(basisAmount!), setting.rate)
  if (fen === 0) refuse('AmountNotPositive', `${tax}按计税依据算出来不到一分，不用计提。`)
  return { fen, shown: { basisAmount: basisAmount!, rate: setting.rate, basis: basis ?? setting.basis } }
}
