import type { BookEntry, MonthSum } from '../../projections/book-entries.ts'
import { accountName, codeOf } from '../../src/domain/chart.ts'
import { type Fen, fenOf, yuan } from '../../src/domain/money.ts'
import type { PaperColumn, PaperLook, PaperRow, PaperTable } from '../kit/book-table.ts'
import { voucherShort } from '../labels.ts'
import type { BookColumn, BookRow } from './report.ts'
import { orBlank, sideOf, sizeOf } from './sides.ts'

/** The columns of an account book; `kind` is opening, entry, day, month, year or carry, `balance` debit positive. */
export const LEDGER_COLUMNS: readonly BookColumn[] = [
  { key: 'account', title: '科目编码', kind: 'code', width: 24 },
  { key: 'name', title: '科目名称', kind: 'text', width: 30 },
  { key: 'kind', title: '行别', kind: 'code', width: 9 },
  { key: 'date', title: '日期', kind: 'date', width: 12 },
  { key: 'voucher', title: '凭证号', kind: 'code', width: 16 },
  { key: 'summary', title: '摘要', kind: 'text', width: 40 },
  { key: 'detail', title: '明细科目', kind: 'code', width: 24 },
  { key: 'fund', title: '资金', kind: 'text', width: 18 },
  { key: 'counterparty', title: '往来', kind: 'text', width: 24 },
  { key: 'debit', title: '借方', kind: 'money', width: 17 },
  { key: 'credit', title: '贷方', kind: 'money', width: 17 },
  { key: 'side', title: '方向', kind: 'code', width: 6 },
  { key: 'balance', title: '余额（借正贷负）', kind: 'money', width: 18 },
]

/** One account's book over a period: what it began with, its entries, and the sums of its months (all of the year). */
export type LedgerOf = {
  account: string
  from: string
  to: string
  opening: Fen
  entries: readonly BookEntry[]
  months: readonly MonthSum[]
  /** With the totals of each day (本日合计). */
  daily?: boolean
}

type Movement = { debit: Fen; credit: Fen }

/**
 * The rows of an account's book: 期初余额 (上年结转), entries with their running balance, 本日合计, 本月合计, 本年累计,
 * and 结转下年 when the period ends with the year (会计基础工作规范 art. 63).
 */
export function ledgerRows({ account, from, to, opening, entries, months, daily = false }: LedgerOf): BookRow[] {
  const head = { account, name: accountName(account) }
  const blank = { date: '', voucher: '', detail: '', fund: '', counterparty: '' }
  let balance = opening
  const row = (
    kind: string,
    summary: string,
    { debit, credit }: Movement,
    more: Partial<typeof blank> = {},
  ): BookRow => ({
    ...head,
    kind,
    ...blank,
    ...more,
    summary,
    debit: yuan(debit),
    credit: yuan(credit),
    side: sideOf(balance),
    balance: yuan(balance),
  })
  const first = from.endsWith('-01') ? '上年结转' : '期初余额'
  const rows = [row('opening', first, { debit: 0, credit: 0 }, { date: `${from}-01` })]
  entries.forEach((entry, index) => {
    balance += entry.debit - entry.credit
    const { date, voucher, summary, fund, counterparty } = entry
    const detail = entry.account === account ? '' : entry.account
    rows.push(row('entry', summary, entry, { date, voucher, detail, fund, counterparty }))
    const next = entries[index + 1]
    if (daily && next?.date !== date) {
      const day = entries.filter(each => each.date === date && each.period === entry.period)
      rows.push(row('day', '本日合计', summed(day), { date }))
    }
    if (next?.period === entry.period) return
    const within = months.filter(({ month }) => month === entry.period)
    const year = months.filter(({ month }) => month.slice(0, 4) === entry.period.slice(0, 4) && month <= entry.period)
    rows.push(row('month', '本月合计', summed(within)), row('year', '本年累计', summed(year)))
  })
  if (to.endsWith('-12') && balance !== 0) rows.push(row('carry', '结转下年', { debit: 0, credit: 0 }))
  return rows
}

const summed = (movements: readonly Movement[]): Movement => ({
  debit: movements.reduce((sum, { debit }) => sum + debit, 0),
  credit: movements.reduce((sum, { credit }) => sum + credit, 0),
})

const PAPER: readonly PaperColumn[] = [
  { title: '日期', width: 17, kind: 'date' },
  { title: '凭证号', width: 17, kind: 'date' },
  { title: '摘要', width: 56, kind: 'text' },
  { title: '借方', width: 24, kind: 'money' },
  { title: '贷方', width: 24, kind: 'money' },
  { title: '方向', width: 8, kind: 'side' },
  { title: '余额', width: 25, kind: 'money' },
]
const LOOKS: Readonly<Record<string, PaperLook>> = { opening: 'opening', day: 'day', month: 'month', year: 'year' }

/** The books on paper, an account each, with what is carried over from page to page; `notes` stand behind its name. */
export function ledgerPaper(rows: readonly BookRow[], notes: ReadonlyMap<string, string> = new Map()): PaperTable[] {
  const books = [...Map.groupBy(rows, ({ account }) => account!)]
  if (books.length === 0) return [{ columns: PAPER, rows: [] }]
  return books.map(([account, list]) => ({
    heading: `${codeOf(account)} ${list[0]?.name}${notes.get(account) ?? ''}`,
    columns: PAPER,
    rows: withCarry(list),
  }))
}

function withCarry(rows: readonly BookRow[]): PaperRow[] {
  let sums: Movement = { debit: 0, credit: 0 }
  return rows.map(row => {
    const { kind = '', date = '', voucher = '', side = '', balance = '' } = row
    if (kind === 'entry') sums = { debit: sums.debit + fen(row.debit), credit: sums.credit + fen(row.credit) }
    if (kind === 'month') sums = { debit: 0, credit: 0 }
    const last = [side, orBlank(sizeOf(balance))]
    return {
      cells: [date, voucherShort(voucher).slice(5), textOf(row), orBlank(row.debit!), orBlank(row.credit!), ...last],
      look: LOOKS[kind],
      carry: ['', '', '', orBlank(yuan(sums.debit)), orBlank(yuan(sums.credit)), ...last],
    }
  })
}

function textOf({ summary, detail, fund, counterparty }: BookRow): string {
  const sub = detail ? accountName(detail).split('-').slice(1).join('-') : ''
  return [summary, sub, fund && `〔${fund}〕`, counterparty].filter(Boolean).join(' ')
}

const fen = (amount = '0.00'): Fen => fenOf(amount)
