import { balance } from '../../domain/books/state.ts'
import { lastDay } from '../../domain/calendar.ts'
import { fenOf, times, total, yuan } from '../../domain/money.ts'
import { type Act, act, MONTHS } from '../act.ts'
import { type Example, numberOf } from '../example.ts'
import type { Face } from '../face.ts'

/** What a co-op costs month by month; amounts in yuan a month. */
export type Running = {
  bank: string
  pay: { title: string; heads: number; amount: string; account: string; officers: boolean }[]
  /** Other taxes of the month beside property tax and surcharges, if any. */
  stamp?: string
  expenses: Expense[]
}
export type Expense = {
  item: string
  account: string
  payee: string
  amount: string
  /** Days `MM-DD` of 2025; every month on the 20th if left out. */
  on?: string[]
  /** The resolution it rests on, by the name the scenario knows it under, once that is posted. */
  under?: string
  programme?: string
  heads?: number
}

// 房产税 is 12 % of the rent without VAT; 城建税 7 %, 教育费附加 3 % and 地方教育附加 2 % are counted on the VAT.
const PROPERTY_TAX = '0.12'
const SURCHARGE = '0.12'
const TAX_ACCOUNTS = ['214-增值税', '214-房产税', '214-城建税及附加', '214-印花税']

/** Pay, taxes and running expenses of every month. */
export function running(example: Example, plan: Running): Act[] {
  const { code } = example
  const expenses = plan.expenses.flatMap((expense, index) =>
    (expense.on ?? MONTHS.map(month => `${month.slice(5)}-20`)).map(on =>
      act(code, `2025-${on}`, expense.item, face => pay(face, example, plan.bank, expense, `ZF-${index + 1}-${on}`)),
    ),
  )
  return [...expenses, ...MONTHS.flatMap(month => monthly(code, month, plan)), ...quarterlyTaxes(code, plan.bank)]
}

function monthly(code: string, month: string, plan: Running): Act[] {
  const last = lastDay(month)
  return [
    ...(plan.pay.length > 0 ? [payday(code, month, plan)] : []),
    act(code, last, `${month}税费`, face => accrueTaxes(face, month, plan.stamp)),
  ]
}

function payday(code: string, month: string, { pay: groups, bank }: Running): Act {
  const heads = groups.reduce((all, group) => all + group.heads, 0)
  return act(code, `${month}-26`, `${month}工资报酬`, async face => {
    await face.run('AccruePay', { month, date: face.today(), groups })
    await face.run('PayExpense', {
      id: `GZ-${month}`,
      date: face.today(),
      item: `发放${month}工资报酬（${heads}人）`,
      account: '212',
      payee: { organisation: `银行代发户（工资${heads}人）` },
      amount: yuan(total(groups, ({ amount }) => fenOf(amount))),
      from: bank,
      heads,
    })
  })
}

async function accrueTaxes(face: Face, month: string, stamp: string | undefined): Promise<void> {
  const { books } = await face.state()
  const rent = monthOf501(books, month)
  const vat = vatOf(books, month)
  const taxes = [
    { tax: '房产税', fen: times(rent, PROPERTY_TAX), basis: '不含税租金的12%' },
    { tax: '城建税及附加', fen: times(vat, SURCHARGE), basis: '当月增值税的12%' },
    { tax: '印花税', fen: fenOf(stamp ?? '0.00'), basis: '当月新签合同' },
  ].filter(({ fen }) => fen > 0)
  if (taxes.length === 0) return
  const listed = taxes.map(({ tax, fen, basis }) => ({ tax, amount: yuan(fen), basis }))
  await face.run('AccrueTax', { month, date: face.today(), taxes: listed })
}

type Books = Awaited<ReturnType<Face['state']>>['books']

const monthOf501 = (books: Books, month: string): number => accrued(books, month, '501-物业租赁')
const vatOf = (books: Books, month: string): number => accrued(books, month, '214-增值税')

function accrued(books: Books, month: string, account: string): number {
  const entries = [...books.vouchers.values()].filter(
    ({ event }) => event.type === 'RentAccrued' && event.data.month === month,
  )
  const lines = entries.flatMap(({ voucher }) => voucher.lines).filter(line => line.account === account)
  return total(lines, line => fenOf(line.credit ?? '0.00'))
}

function quarterlyTaxes(code: string, bank: string): Act[] {
  return ['2025-04-15', '2025-07-15', '2025-10-15'].map(on =>
    act(code, on, '缴纳税费', async face => {
      const { books } = await face.state()
      for (const account of TAX_ACCOUNTS) {
        const owed = -balance(books, account)
        if (owed <= 0) continue
        await face.run('PayExpense', {
          id: `SF-${on}-${account.slice(4)}`,
          date: on,
          item: `缴纳${account.slice(4)}`,
          account,
          payee: { organisation: '国家税务总局演示市税务局' },
          amount: yuan(owed),
          from: bank,
        })
      }
    }),
  )
}

/** Pays one expense, naming its resolution once that has been put to the vote and posted. */
async function pay(face: Face, example: Example, bank: string, expense: Expense, id: string): Promise<void> {
  const { item, account, payee, amount, under, programme, heads } = expense
  const posted = under && (await face.state()).governance.resolutions.get(example.resolutions.get(under) ?? '')?.posted
  await face.run('PayExpense', {
    id,
    date: face.today(),
    item,
    account,
    payee: { organisation: payee },
    amount,
    from: bank,
    ...(under && posted ? { resolution: numberOf(example, under) } : {}),
    ...(programme ? { programme } : {}),
    ...(heads ? { heads } : {}),
  })
}
