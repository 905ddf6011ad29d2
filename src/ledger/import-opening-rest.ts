import { monthOf } from '../domain/calendar.ts'
import { amountOrRed, amountOrZero, day, key } from '../domain/fields.ts'
import { add, type Fen, fenOf, grouped, yuan } from '../domain/money.ts'
import type { AccountRow } from './import-opening-accounts.ts'
import type { Known } from './import-opening-names.ts'

/** Bank items that the books have and the bank had not passed; by account, as `ImportBankStatement` takes them. */
export type InTransit = { amount: Fen; items: { date: string; summary: string; amount: string }[] }

/** The sheet 银行未达. */
export function inTransit({ tables, on }: Known, accounts: readonly AccountRow[]): Map<string, InTransit> {
  const banks = new Map<string, InTransit>()
  for (const row of tables.rows('银行未达')) {
    const { account = '', summary = '' } = row.cells
    const date = tables.read('银行未达', row, 'date', day)
    const moved = tables.read('银行未达', row, 'amount', amountOrRed)
    if (date !== undefined && date >= on) tables.fault('银行未达', row.row, 'date', '未达账项要在期初日以前入账。')
    if (!account.startsWith('102') || !accounts.some(each => each.account === account))
      tables.fault('银行未达', row.row, 'account', `“科目”表里没有银行账户 ${account}。`)
    if (date === undefined || moved === undefined) continue
    const bank = banks.get(account) ?? { amount: 0, items: [] }
    banks.set(account, bank)
    bank.amount = add(bank.amount, fenOf(moved))
    bank.items.push({ date, summary, amount: moved })
  }
  return banks
}

/** The sheet 凭证起始号; the month of the start begins with 1 where it says nothing else. */
export function nextNumbers({ tables, on }: Known): { month: string; number: number }[] {
  const numbers = new Map([[monthOf(on), 1]])
  for (const row of tables.rows('凭证起始号')) {
    const { month = '', number = '' } = row.cells
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) tables.fault('凭证起始号', row.row, 'month', '月份要写成 2025-07。')
    else if (month < monthOf(on)) tables.fault('凭证起始号', row.row, 'month', '这个月在期初日之前，不用填。')
    if (!/^[1-9]\d{0,4}$/.test(number)) tables.fault('凭证起始号', row.row, 'number', '凭证号要写 1 到 99999 的整数。')
    numbers.set(month, Number(number))
  }
  return [...numbers].map(([month, number]) => ({ month, number }))
}

/** The sheet 资金: what each fund's own account holds, against the sheet 科目. */
export function checkFunds(
  { tables }: Known,
  accounts: readonly AccountRow[],
  ownAccount: (fund: string) => string | undefined,
): void {
  for (const row of tables.rows('资金')) {
    const fund = tables.read('资金', row, 'fund', key)
    const stated = tables.read('资金', row, 'balance', amountOrZero)
    const account = fund === undefined ? undefined : ownAccount(fund)
    if (fund !== undefined && account === undefined)
      tables.fault('资金', row.row, 'fund', `没有“${fund}”这个资金，请先设立（OpenFund）。`)
    if (account === undefined || stated === undefined) continue
    const held = -(accounts.find(each => each.account === account && each.fund === fund)?.balance ?? 0)
    if (held !== fenOf(stated))
      tables.fault(
        '资金',
        row.row,
        'balance',
        `“科目”表里 ${account} 的余额是 ${grouped(yuan(held))}，这里是 ${grouped(stated)}。`,
      )
  }
}
