import { CHART, codeOf } from '../chart.ts'
import { add, type Fen } from '../money.ts'
import type { DraftLine } from '../voucher.ts'
import type { Books } from './state.ts'

/**
 * The year-end entry (财会〔2023〕14号, 321/322): every 5xx into 321, 321 into 322 未分配收益, 322 各项分配 into
 * 未分配收益, fund by fund; 401 stays. Gives the lines and the year's surplus of 一般资金 in fen.
 */
export function closingEntry(books: Books): { lines: DraftLine[]; surplus: Fen } {
  const lines: DraftLine[] = []
  let surplus = 0
  for (const [name, accounts] of books.balances) {
    const fund = name === '' ? {} : { fund: name }
    const sums = { income: 0, expense: 0, carried: 0, distributed: 0 }
    for (const [account, fen] of accounts) {
      const part = partOf(account)
      if (fen === 0 || part === undefined) continue
      sums[part] = add(sums[part], fen)
      if (part !== 'carried') lines.push({ account, ...side(-fen), ...fund })
    }
    const year = -(sums.income + sums.expense + sums.carried)
    for (const fen of [sums.income, sums.expense, year])
      if (fen !== 0) lines.push({ account: '321', ...side(fen), ...fund })
    for (const fen of [-year, sums.distributed])
      if (fen !== 0) lines.push({ account: '322-未分配收益', ...side(fen), ...fund })
    if (name === '') surplus = year
  }
  return { lines, surplus }
}

function partOf(account: string): 'income' | 'expense' | 'carried' | 'distributed' | undefined {
  const kind = CHART.get(codeOf(account))?.kind
  if (kind === 'income' || kind === 'expense') return kind
  if (codeOf(account) === '321') return 'carried'
  return account.startsWith('322-各项分配') ? 'distributed' : undefined
}

const side = (fen: Fen): { debit: Fen } | { credit: Fen } => (fen > 0 ? { debit: fen } : { credit: -fen })
