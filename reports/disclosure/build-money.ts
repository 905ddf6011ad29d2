import { reconciliation } from '../../projections/bank-reconciliation.ts'
import { fundsOver } from '../../projections/fund-rows.ts'
import { bankAccounts } from '../../projections/profile.ts'
import { type Closing, publishedDisclosure } from '../../projections/publications.ts'
import { type Cut, quarterAfter } from '../../projections/quarter.ts'
import { type MovementRow, movements, type ProfitLine, profitLines } from '../../projections/quarter-money.ts'
import { chineseDay, chineseQuarter } from '../../src/domain/calendar.ts'
import { accountName, CHART, codeOf, subOf } from '../../src/domain/chart.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { TableData } from '../kit/table.ts'
import { resolutionLabel, voucherShort } from '../labels.ts'
import { date, money, moneyTable, sum, text, written } from './build-cells.ts'
import { isPerson, mergeSmall, partyLabel, SMALLEST_GROUP, withoutCodes } from './build-privacy.ts'
import type { DisclosureEdition, DisclosureGroup } from './data.ts'

export const INCOME = ['501', '502', '503', '504'] as const
export const EXPENSE = ['511', '512', '513', '514', '515', '521'] as const

/** Group 1: cash and each bank account, opening as last published. */
export function cashGroup(sql: Sql, cut: Cut): Omit<DisclosureGroup, 'no' | 'title'> {
  checkOpenings(sql, cut)
  const banks = new Map(bankAccounts(sql, cut.coop).map(({ account, bank, kind }) => [account, `${bank}${kind}`]))
  const rows = movements(sql, cut, ['101', '102']).map(row => [
    banks.has(row.account) ? `${subOf(row.account)}（${banks.get(row.account)}）` : row.name,
    ...[row.opening, row.debit, row.credit, row.closing],
    codeOf(row.account) === '101' ? '—' : reconciled(sql, cut, row.account),
  ])
  const columns = [
    text('账户', 26),
    money('期初'),
    money('本季收入'),
    money('本季支出'),
    money('期末'),
    text('与对账单核对', 13),
  ]
  const past = cashByQuarter(sql, cut).map(({ quarter, amount }) => `${chineseQuarter(quarter)} ${written(amount)}`)
  return {
    note: `数据截至${chineseDay(cut.to)}。`,
    tables: rows.length > 0 ? [moneyTable(undefined, columns, rows)] : [],
    ...(past.length > 1 ? { text: [`各季末现金和银行存款：${past.join('；')}。`] } : {}),
  }
}

// What the bank's statement of the quarter's last day says of an account, as far as it was in when the figures were cut.
function reconciled(sql: Sql, { coop, to, revision }: Cut, account: string): string {
  const table = reconciliation(sql, coop, account, to, revision)
  if (!table) return '未到'
  const open = table.bankOnly.length + table.bookOnly.length
  return open === 0 ? '已对账' : `已对账，未达${open}笔`
}

/** Cash and bank at the end of this quarter and of up to three before it, yuan; only quarters with anything. */
export function cashByQuarter(sql: Sql, cut: Cut): { quarter: string; amount: string }[] {
  return [-3, -2, -1, 0]
    .map(count => quarterAfter(cut.quarter, count))
    .map(quarter => ({ quarter, rows: movements(sql, { ...cut, quarter }, ['101', '102']) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ quarter, rows }) => ({ quarter, amount: sum(rows, row => row.closing) }))
}

/** What a published quarter fixes for the next: the closing balance of each cash account and fund, yuan. */
export function closingsOf(sql: Sql, cut: Cut): Closing[] {
  const accounts = movements(sql, cut, ['101', '102']).map(
    ({ account, closing }): Closing => ['account', account, closing],
  )
  const funds = fundsOver(sql, cut.coop, cut.quarter, cut.revision).map(
    ({ fund, closing }): Closing => ['fund', fund, closing],
  )
  return [...accounts, ...funds]
}

/** Group 2: income line by line, a table for each of 501–504. */
export function incomeGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Omit<DisclosureGroup, 'no' | 'title'> {
  const lines = profitLines(sql, cut, INCOME, 'income')
  const columns = [
    date('日期'),
    text('凭证号', 13),
    text('付款方', 18),
    text('项目', 24),
    text('合同号', 11),
    money('金额'),
  ]
  const tables = INCOME.flatMap(code => {
    const own = lines.filter(line => codeOf(line.account) === code)
    const rows = own.map(line => [
      ...[line.date, voucherShort(line.voucher), payer(line, edition), itemOf(line, edition)],
      ...[line.lease ?? (line.leases > 1 ? `${line.leases}份` : ''), line.amount],
    ])
    return own.length > 0 ? [withTotal(moneyTable(titleOf(code), columns, rows))] : []
  })
  return { tables: [...tables, ...subtotals('本季收入小计', lines)] }
}

/** Group 3: expenditure line by line, a table for each of 511–515 and 521. */
export function expenseGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Omit<DisclosureGroup, 'no' | 'title'> {
  const lines = profitLines(sql, cut, EXPENSE, 'expense')
  const columns = [
    date('日期'),
    text('凭证号', 13),
    text('用途', 26),
    text('收款方', 18),
    money('金额'),
    text('决议', 11),
  ]
  const tables = EXPENSE.flatMap(code => {
    const rows = expenseRows(
      lines.filter(line => codeOf(line.account) === code),
      edition,
    )
    return rows.length > 0 ? [withTotal(moneyTable(titleOf(code), columns, rows))] : []
  })
  return { tables: [...tables, ...subtotals('本季支出小计', lines)] }
}

// In public, grants to fewer than three persons are shown by programme, and programmes of fewer than three merged.
function expenseRows(lines: readonly ProfitLine[], edition: DisclosureEdition): string[][] {
  const small = (line: ProfitLine) =>
    edition === 'public' && line.programmeName !== undefined && (line.heads ?? 0) < SMALLEST_GROUP
  const single = lines
    .filter(line => !small(line))
    .map(line => [
      ...[line.date, voucherShort(line.voucher), itemOf(line, edition), payee(line, edition), line.amount],
      line.resolution ? resolutionLabel(line.resolution) : '',
    ])
  const programmes = [...Map.groupBy(lines.filter(small), line => line.programmeName ?? '').values()].map(own => ({
    name: own[0]?.programmeName ?? '',
    vouchers: new Set(own.map(line => line.voucher)).size,
    heads: own.reduce((heads, line) => heads + (line.heads ?? 0), 0),
    amount: sum(own, line => line.amount),
  }))
  const merged = mergeSmall(programmes, rows => ({
    name: '个人福利、救助（合并列示）',
    vouchers: rows.reduce((all, row) => all + row.vouchers, 0),
    heads: rows.reduce((all, row) => all + row.heads, 0),
    amount: sum(rows, row => row.amount),
  }))
  return [...single, ...merged.map(row => ['', `共${row.vouchers}张`, row.name, '个人', row.amount, ''])]
}

/** What a line is for. People's own words are printed only where they can name no person. */
function itemOf(line: ProfitLine, edition: DisclosureEdition): string {
  const { programmeName, heads, type, account, counterparty, summary } = line
  if (programmeName !== undefined) return heads ? `${programmeName}（${heads}人次）` : programmeName
  const personal = FREE_TEXT.has(type) && (isPerson(counterparty) || type === 'VoucherPosted')
  if (edition === 'public' && personal) return accountName(account)
  const told = withoutCodes(summary.replace(/（\d+份合同）$/, ''), edition) || accountName(account)
  return SEVERAL.has(type) && subOf(account) ? `${told}（${subOf(account)}）` : told
}

// These book several lines of one class at once, told apart by their sub-account.
const SEVERAL = new Set(['RentAccrued', 'PayAccrued', 'DepreciationCharged'])
const FREE_TEXT = new Set(['VoucherPosted', 'ExpensePaid', 'OtherIncomeReceived', 'RentReceived'])

function payer(line: ProfitLine, edition: DisclosureEdition): string {
  return line.leases > 0 ? '承租户（见第四项）' : partyLabel(line.counterparty, edition)
}

function payee(line: ProfitLine, edition: DisclosureEdition): string {
  return line.programmeName !== undefined ? '个人' : partyLabel(line.counterparty, edition)
}

const titleOf = (code: string): string => `${code} ${CHART.get(code)?.name ?? ''}`

// Every class shows its subtotal, also when there is a single line.
function withTotal(table: TableData): TableData {
  const totals = table.columns.map((column, index) =>
    column.kind === 'money' ? sum(table.rows, row => row[index] || '0.00') : '',
  )
  return { ...table, total: totals }
}

function subtotals(caption: string, lines: readonly ProfitLine[]): TableData[] {
  const rows = byAccount(lines).map(({ account, amount }) => [accountName(account), amount])
  return rows.length > 0 ? [withTotal(moneyTable(caption, [text('科目', 60), money('金额', 24)], rows))] : []
}

/** Income or expense by account, the largest first; yuan. */
export function byAccount(
  lines: readonly { account: string; amount: string }[],
): { account: string; amount: string }[] {
  return [...Map.groupBy(lines, ({ account }) => account)]
    .map(([account, own]) => ({ account, amount: sum(own, line => line.amount) }))
    .filter(({ amount }) => amount !== '0.00')
    .sort((a, b) => fenOf(b.amount) - fenOf(a.amount) || (a.account < b.account ? -1 : 1))
}

// 期初 = what the quarter before published as 期末, to the fen (domain invariant 25).
function checkOpenings(sql: Sql, cut: Cut): void {
  const before = publishedDisclosure(sql, cut.coop, quarterAfter(cut.quarter, -1))
  if (!before) return
  const accounts = new Map(movements(sql, cut, ['101', '102']).map((row: MovementRow) => [row.account, row.opening]))
  const funds = new Map(fundsOver(sql, cut.coop, cut.quarter, cut.revision).map(row => [row.fund, row.opening]))
  for (const [kind, key, amount] of before.closings) {
    const opening = (kind === 'fund' ? funds : accounts).get(key) ?? yuan(0)
    invariant(fenOf(opening) === fenOf(amount), `${key} opens ${cut.quarter} with ${opening}, published was ${amount}`)
  }
}
