import { add, type Fen, fenOf, grouped, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { Manual } from './manual.ts'

// What comes in at the counter: income, and a tenant's money. Other receivables are as often settled by an expense.
const TAKINGS = /^(50[1-4]|(113|211)-(预收租金|押金))/
const ARREARS = /^11[23]-租金/
const EXPENSE = /^(401|51[1-4]|521)/
const LOSS = /^515/

/**
 * Refuses a voucher that spends what it takes in (坐支, 现金管理暂行条例 art. 11): its expenses are more than its other credits
 * (money paid out, a debt, a store), so that the rest of them can only have been paid out of the takings. Arrears that
 * become a loss are written off and not spent.
 */
export function refuseSpendingTakings(lines: readonly Manual[]): void {
  const sums = { taken: 0, arrears: 0, spent: 0, lost: 0, paid: 0 }
  const count = (part: keyof typeof sums, amount: string) => {
    sums[part] = add(sums[part], fenOf(amount))
  }
  for (const { account, debit = '0.00', credit = '0.00' } of lines) {
    if (EXPENSE.test(account)) count('spent', debit)
    if (LOSS.test(account)) count('lost', debit)
    count(TAKINGS.test(account) ? 'taken' : ARREARS.test(account) ? 'arrears' : 'paid', credit)
  }
  const writtenOff = Math.min(sums.lost, sums.arrears)
  const taken: Fen = sums.taken + sums.arrears - writtenOff
  const short: Fen = Math.min(taken, sums.spent + sums.lost - writtenOff - sums.paid)
  if (short <= 0) return
  refuse(
    'SpendingTakings',
    `收入不能直接拿去支出：有 ${grouped(yuan(short))} 元费用没有付款的科目；请先把收入全额记入现金或银行，再从现金或银行支付费用。`,
    '现金管理暂行条例 art. 11',
  )
}
