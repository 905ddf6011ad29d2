import { accountName, CHART, codeOf, STANDARD_SUB_ACCOUNTS, subOf } from '../domain/chart.ts'
import { account as accountField, signedAmount } from '../domain/fields.ts'
import { add, type Fen, fenOf, grouped, total, yuan } from '../domain/money.ts'
import type { CoopState } from '../domain/state.ts'
import type { OpeningTables } from './import-opening-sheets.ts'
import type { TableRow } from './workbook-table.ts'

/** An account in a fund as the sheet 科目 has it; fen, debit positive, `debit` and `credit` of the year so far. */
export type AccountRow = {
  row: number
  account: string
  fund: string
  began: Fen
  debit: Fen
  credit: Fen
  balance: Fen
}
export type Start = { on: string; openAccounts: boolean }

const SHEET = '科目'

/** Reads the sheet 科目 and checks it by itself: known accounts, each once, sums, and debits equal to credits fund by fund. */
export function accountRows(tables: OpeningTables, state: CoopState, start: Start): AccountRow[] {
  const rows = tables.rows(SHEET).flatMap(row => accountRow(tables, state, row, start) ?? [])
  const seen = new Set<string>()
  for (const { row, account, fund, balance } of rows) {
    if (seen.has(`${account}|${fund}`)) tables.fault(SHEET, row, 'account', `科目 ${account} 重复了，请合并。`)
    seen.add(`${account}|${fund}`)
    const below = rows.filter(each => each.fund === fund && each.account.startsWith(`${account}-`))
    if (balance !== 0 && balance === total(below, each => each.balance))
      tables.fault(SHEET, row, 'account', `${account} 等于它下面各明细之和，会重复计算，请只填最末一级。`)
  }
  for (const [fund, own] of Map.groupBy(rows, each => each.fund)) checkSums(tables, fund, own)
  return rows
}

function accountRow(
  tables: OpeningTables,
  state: CoopState,
  row: TableRow<string>,
  { on, openAccounts }: Start,
): AccountRow | undefined {
  const account = tables.read(SHEET, row, 'account', accountField)
  if (account === undefined) return undefined
  const unknown = accountFault(state, account, openAccounts)
  if (unknown) tables.fault(SHEET, row.row, 'account', unknown)
  const fund = row.cells.fund ?? ''
  if (fund !== '' && !state.funds.funds.has(fund))
    tables.fault(SHEET, row.row, 'fund', `没有“${fund}”这个资金，请先设立（OpenFund）。`)
  const amounts = ['began', 'debit', 'credit', 'balance'].map(column => amountOf(tables, row, column))
  if (amounts.includes(undefined)) return undefined
  const [began = 0, debit = 0, credit = 0, balance = 0] = amounts as Fen[]
  const sign = signOf(tables, row, account, began !== 0 || balance !== 0)
  const read = {
    row: row.row,
    account,
    fund,
    began: sign * began,
    debit,
    credit,
    balance: sign * began + debit - credit,
  }
  checkRow(tables, row, read, on)
  if (row.cells.balance !== '' && sign * balance !== read.balance) {
    const expected = grouped(yuan(sign * read.balance))
    tables.fault(SHEET, row.row, 'balance', `年初数加减本年累计应为 ${expected}，这里是 ${grouped(yuan(balance))}。`)
  }
  return read
}

function checkRow(tables: OpeningTables, { row }: TableRow<string>, read: AccountRow, on: string): void {
  for (const column of ['debit', 'credit'] as const) {
    if (read[column] < 0) tables.fault(SHEET, row, column, '本年累计不能是负数；红字冲减的请填在另一方。')
    if (read[column] !== 0 && on.endsWith('-01-01'))
      tables.fault(SHEET, row, column, '1月1日建账时本年还没有发生额，请留空。')
  }
  const { kind } = CHART.get(codeOf(read.account)) ?? {}
  const ofYear = kind === 'income' || kind === 'expense' || /^(321|322-各项分配)/.test(read.account)
  if (ofYear && read.began !== 0)
    tables.fault(SHEET, row, 'began', `${accountName(read.account)}不应有年初数：上年的收支和分配年终应已结转。`)
}

function accountFault({ books }: CoopState, account: string, openAccounts: boolean): string | undefined {
  if (!CHART.has(codeOf(account))) return `没有 ${codeOf(account)} 这个一级科目（财会〔2023〕14号）。`
  if (account === '322') return '收益分配要写到“322-未分配收益”或“322-各项分配-…”明细。'
  if (subOf(account) === undefined || books.subAccounts.has(account)) return undefined
  if (codeOf(account) === '102') return `银行账户 ${account} 还没有登记，请先登记（RegisterBankAccount）。`
  return openAccounts ? undefined : `科目 ${account} 还没有开设；加 --open-accounts 可随导入开设。`
}

/** Sub-accounts of the sheet that have to be opened first. */
export const newAccounts = (rows: readonly AccountRow[], { books }: CoopState): string[] => [
  ...new Set(
    rows
      .map(({ account }) => account)
      .filter(account => subOf(account) !== undefined && !books.subAccounts.has(account))
      .filter(account => !STANDARD_SUB_ACCOUNTS.includes(account)),
  ),
]

function amountOf(tables: OpeningTables, row: TableRow<string>, column: string): Fen | undefined {
  if (row.cells[column] === '') return 0
  const amount = tables.read(SHEET, row, column, signedAmount)
  return amount === undefined ? undefined : fenOf(amount)
}

// +1 where a positive balance is a debit: by the column 方向, or the account's own side.
function signOf(tables: OpeningTables, { row, cells }: TableRow<string>, account: string, needed: boolean): 1 | -1 {
  const { side: written = '' } = cells
  if (written !== '' && written !== '借' && written !== '贷') tables.fault(SHEET, row, 'side', '方向只能填“借”或“贷”。')
  const own = CHART.get(codeOf(account))?.side
  if (written === '' && own === 'either' && needed)
    tables.fault(SHEET, row, 'side', `${accountName(account)}可借可贷，请在“方向”里写明借或贷。`)
  return written === '贷' || (written === '' && own === 'credit') ? -1 : 1
}

function checkSums(tables: OpeningTables, fund: string, rows: readonly AccountRow[]): void {
  const which = fund === '' ? '一般资金' : `资金“${fund}”`
  const began = total(rows, row => row.began)
  if (began !== 0)
    tables.fault(SHEET, undefined, 'began', `${which}年初数借贷不平：借方比贷方多 ${grouped(yuan(began))}。`)
  const moved = total(rows, row => add(row.debit, -row.credit))
  if (moved !== 0)
    tables.fault(SHEET, undefined, 'debit', `${which}本年累计借贷不平：借方比贷方多 ${grouped(yuan(moved))}。`)
}
