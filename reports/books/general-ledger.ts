import { monthSums } from '../../projections/book-entries.ts'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { periodOf } from '../../src/domain/calendar.ts'
import { accountName, codeOf } from '../../src/domain/chart.ts'
import { type Fen, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { PaperColumn, PaperTable } from '../kit/book-table.ts'
import { type BookReport, type BookRow, same } from './report.ts'
import { orBlank, sideOf, sizeOf } from './sides.ts'

const PAPER: readonly PaperColumn[] = [
  { title: '月份', width: 17, kind: 'date' },
  { title: '摘要', width: 44, kind: 'text' },
  { title: '借方', width: 30, kind: 'money' },
  { title: '贷方', width: 30, kind: 'money' },
  { title: '方向', width: 9, kind: 'side' },
  { title: '余额', width: 30, kind: 'money' },
]

/** 总账: every first-level account with 本月合计 and 本年累计 of each month of the period. */
export const generalLedger: BookReport = {
  name: 'general-ledger',
  title: '总账',
  columns: [
    { key: 'account', title: '科目编码', kind: 'code', width: 10 },
    { key: 'name', title: '科目名称', kind: 'text', width: 24 },
    { key: 'kind', title: '行别', kind: 'code', width: 9 },
    { key: 'month', title: '月份', kind: 'code', width: 10 },
    { key: 'summary', title: '摘要', kind: 'text', width: 14 },
    { key: 'debit', title: '借方', kind: 'money', width: 18 },
    { key: 'credit', title: '贷方', kind: 'money', width: 18 },
    { key: 'side', title: '方向', kind: 'code', width: 6 },
    { key: 'balance', title: '余额（借正贷负）', kind: 'money', width: 18 },
  ],
  narrowedBy: ['account', 'fund'],
  build({ sql, coop, period, fund, account }) {
    const months = periodOf(period)
    invariant(months !== undefined, `not a period: ${period}`)
    const wanted = account === undefined ? undefined : codeOf(account)
    const sums = monthSums(sql, coop, '0000-00', months.to, { account: wanted, fund })
    const balances = new Map(trialBalanceOf(sql, coop, period, fund).map(row => [row.account, row.closing]))
    const books = [...Map.groupBy(sums, row => codeOf(row.account))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, list]) => bookOf(code, list, months))
      .filter(rows => rows.length > 1 || rows[0]?.balance !== '0.00')
    const checks = books.map(rows => {
      const { account: code = '', balance = '' } = rows.at(-1)!
      return same(`${code} 期末余额 = 余额表`, balance, balances.get(code) ?? '0.00')
    })
    return { rows: books.flat(), checks }
  },
  paper({ rows }) {
    if (rows.length === 0) return [{ columns: PAPER, rows: [] }]
    return [...Map.groupBy(rows, ({ account }) => account!)].map(
      ([code, list]): PaperTable => ({
        heading: `${code} ${accountName(code)}`,
        columns: PAPER,
        rows: list.map(({ kind, month = '', summary = '', debit = '', credit = '', side = '', balance = '' }) => ({
          cells: [month, summary, orBlank(debit), orBlank(credit), side, orBlank(sizeOf(balance))],
          look: kind === 'month' || kind === 'year' ? kind : 'opening',
        })),
      }),
    )
  },
}

type Sum = { month: string; debit: Fen; credit: Fen }

function bookOf(account: string, sums: readonly Sum[], { from, to }: { from: string; to: string }): BookRow[] {
  const until = (month: string) => total(sums.filter(each => each.month < month))
  const row = (kind: string, month: string, summary: string, { debit, credit }: Omit<Sum, 'month'>, balance: Fen) => ({
    ...{ account, name: accountName(account), kind, month, summary, debit: yuan(debit), credit: yuan(credit) },
    ...{ side: sideOf(balance), balance: yuan(balance) },
  })
  const opening = until(from)
  const first = from.endsWith('-01') ? '上年结转' : '期初余额'
  const rows = [row('opening', from, first, { debit: 0, credit: 0 }, opening.debit - opening.credit)]
  const within = [...new Set(sums.map(({ month }) => month))].filter(month => month >= from && month <= to)
  for (const month of within.sort()) {
    const all = total(sums.filter(each => each.month <= month))
    const year = total(sums.filter(each => each.month.slice(0, 4) === month.slice(0, 4) && each.month <= month))
    const balance = all.debit - all.credit
    rows.push(row('month', month, '本月合计', total(sums.filter(each => each.month === month)), balance))
    rows.push(row('year', month, '本年累计', year, balance))
  }
  return rows
}

const total = (sums: readonly Sum[]): Omit<Sum, 'month'> => ({
  debit: sums.reduce((sum, { debit }) => sum + debit, 0),
  credit: sums.reduce((sum, { credit }) => sum + credit, 0),
})
