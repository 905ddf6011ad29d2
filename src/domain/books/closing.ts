import { type Day, yearOf } from '../calendar.ts'
import { CHART, codeOf } from '../chart.ts'
import { add, type Fen } from '../money.ts'
import { type DraftLine, signed } from '../voucher.ts'
import type { Books } from './state.ts'

/**
 * The year-end entry (财会〔2023〕14号, 321/322): every 5xx into 321, 321 into 322 未分配收益, 322 各项分配 into
 * 未分配收益, fund by fund; 401 stays. Gives the lines, the year's surplus of 一般资金 and what 322 of it then holds, in
 * fen. Counts the vouchers up to the last day of the year, as the next January may be open already.
 */
export function closingEntry(books: Books, year: number): { lines: DraftLine[]; surplus: Fen; distributable: Fen } {
  const lines: DraftLine[] = []
  let surplus = 0
  let retained = 0
  for (const [name, accounts] of balancesUntil(books, `${year}-12-31`)) {
    const fund = name === '' ? {} : { fund: name }
    const sums = { income: 0, expense: 0, carried: 0, distributed: 0 }
    for (const [account, fen] of accounts) {
      const part = partOf(account)
      if (fen === 0 || part === undefined) continue
      sums[part] = add(sums[part], fen)
      if (part !== 'carried') lines.push({ account, ...side(-fen), ...fund })
    }
    const result = -(sums.income + sums.expense + sums.carried)
    for (const fen of [sums.income, sums.expense, result])
      if (fen !== 0) lines.push({ account: '321', ...side(fen), ...fund })
    for (const fen of [-result, sums.distributed])
      if (fen !== 0) lines.push({ account: '322-未分配收益', ...side(fen), ...fund })
    if (name !== '') continue
    surplus = result
    for (const [account, fen] of accounts) if (codeOf(account) === '322') retained = add(retained, -fen)
  }
  return { lines, surplus, distributable: add(retained, surplus) }
}

/** Whether a year's income, expenses and distributions still wait for their closing entry. */
export const awaitsClosing = (books: Books, year: number): boolean =>
  [...balancesUntil(books, `${year}-12-31`).values()].some(accounts =>
    [...accounts].some(([account, fen]) => fen !== 0 && partOf(account) !== undefined),
  )

function balancesUntil(books: Books, day: Day): Map<string, Map<string, Fen>> {
  if (![...books.lastNumber.keys()].some(month => yearOf(month) > yearOf(day))) return books.balances
  const balances = new Map<string, Map<string, Fen>>()
  for (const { voucher } of books.vouchers.values()) {
    if (voucher.date > day) continue
    for (const line of voucher.lines) {
      const accounts = balances.get(line.fund ?? '') ?? new Map<string, Fen>()
      balances.set(line.fund ?? '', accounts)
      accounts.set(line.account, add(accounts.get(line.account) ?? 0, signed(line)))
    }
  }
  return balances
}

function partOf(account: string): 'income' | 'expense' | 'carried' | 'distributed' | undefined {
  const kind = CHART.get(codeOf(account))?.kind
  if (kind === 'income' || kind === 'expense') return kind
  if (codeOf(account) === '321') return 'carried'
  return account.startsWith('322-各项分配') ? 'distributed' : undefined
}

const side = (fen: Fen): { debit: Fen } | { credit: Fen } => (fen > 0 ? { debit: fen } : { credit: -fen })
