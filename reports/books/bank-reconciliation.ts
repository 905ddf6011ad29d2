import { type OpenRow, type ReconciliationRow, reconciliation } from '../../projections/bank-reconciliation.ts'
import { accountSums } from '../../projections/trial-balance.ts'
import { chineseDay, lastDay, periodOf } from '../../src/domain/calendar.ts'
import { accountName, codeOf } from '../../src/domain/chart.ts'
import { yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { PaperTable } from '../kit/book-table.ts'
import { type BookReport, type BookRow, same } from './report.ts'
import { sizeOf } from './sides.ts'

const KINDS = {
  book: '企业银行存款账面余额',
  'bank-only': '银行已入账、企业未入账',
  'adjusted-book': '调节后余额（企业）',
  bank: '银行对账单余额',
  'book-only': '企业已入账、银行未入账',
  'adjusted-bank': '调节后余额（银行）',
  unreconciled: '没有录入到期末的对账单',
} as const
type Kind = keyof typeof KINDS

/** 银行存款余额调节表 of every bank account at the period's end; one without statements up to it says so. */
export const bankReconciliation: BookReport = {
  name: 'bank-reconciliation',
  title: '银行存款余额调节表',
  columns: [
    { key: 'account', title: '科目编码', kind: 'code', width: 20 },
    { key: 'name', title: '科目名称', kind: 'text', width: 24 },
    { key: 'on', title: '截止日', kind: 'date', width: 14 },
    { key: 'kind', title: '行代码', kind: 'code', width: 16 },
    { key: 'item', title: '项目', kind: 'text', width: 28 },
    { key: 'date', title: '日期', kind: 'date', width: 14 },
    { key: 'reference', title: '凭证或银行流水', kind: 'code', width: 20 },
    { key: 'told', title: '摘要或银行回单号', kind: 'text', width: 32 },
    { key: 'amount', title: '金额（收正付负）', kind: 'money', width: 20 },
  ],
  narrowedBy: ['account'],
  build({ sql, coop, period, account }) {
    const months = periodOf(period)
    invariant(months !== undefined, `not a period: ${period}`)
    const on = lastDay(months.to)
    const sums = accountSums(sql, coop, months.to).filter(
      each => codeOf(each.account) === '102' && (account === undefined || `${each.account}-`.startsWith(`${account}-`)),
    )
    const tables = sums.map(({ account: of, opening, debit, credit }) => {
      const balance = yuan(opening + debit - credit)
      return { balance, of, table: reconciliation(sql, coop, of, on) }
    })
    return {
      rows: tables.flatMap(({ of, balance, table }) =>
        table ? rowsOf(table) : [rowOf({ account: of, on }, 'unreconciled', balance)],
      ),
      checks: tables.flatMap(({ of, balance, table }) =>
        table
          ? [
              same(`${of} 调节后余额相等`, table.adjustedBook, table.adjustedBank),
              same(`${of} 账面余额 = 余额表`, table.book, balance),
            ]
          : [],
      ),
    }
  },
  paper: ({ rows }) => {
    const tables = [...Map.groupBy(rows, row => row.account!).values()].map(paperOf)
    return tables.length > 0 ? tables : [{ columns: PAPER, rows: [], empty: '没有银行存款账户' }]
  },
}

type Place = { account: string; on: string }

function rowOf({ account, on }: Place, kind: Kind, amount: string, open?: OpenRow): BookRow {
  const { date = on, voucher, id = '', told = '' } = open ?? {}
  return {
    ...{ account, name: accountName(account), on, kind, item: KINDS[kind] },
    ...{ date, reference: voucher ?? id, told, amount },
  }
}

function rowsOf(table: ReconciliationRow): BookRow[] {
  return [
    rowOf(table, 'book', table.book),
    ...table.bankOnly.map(open => rowOf(table, 'bank-only', open.amount, open)),
    rowOf(table, 'adjusted-book', table.adjustedBook),
    rowOf(table, 'bank', table.bank),
    ...table.bookOnly.map(open => rowOf(table, 'book-only', open.amount, open)),
    rowOf(table, 'adjusted-bank', table.adjustedBank),
  ]
}

const PAPER = [
  { title: '企业账', width: 64, kind: 'text' as const },
  { title: '金额', width: 28, kind: 'money' as const },
  { title: '银行对账单', width: 64, kind: 'text' as const },
  { title: '金额', width: 28, kind: 'money' as const },
]

// The two sides stand beside each other, as the form has them.
function paperOf(rows: readonly BookRow[]): PaperTable {
  const { account = '', on = '', kind } = rows[0]!
  const heading = `${account} ${accountName(account)}　${chineseDay(on)}`
  if (kind === 'unreconciled')
    return { heading, columns: PAPER, rows: [{ cells: [KINDS.book, rows[0]!.amount!, KINDS.unreconciled, ''] }] }
  const of = (...kinds: Kind[]) => rows.filter(row => kinds.includes(row.kind as Kind))
  const [left, right] = [of('bank-only'), of('book-only')].map(open => open.map(openCells)) as [Cells[], Cells[]]
  const ends = (one: Kind, other: Kind): string[] =>
    [one, other].flatMap(each => [KINDS[each], of(each)[0]?.amount ?? ''])
  return {
    heading,
    columns: PAPER,
    rows: [
      { cells: ends('book', 'bank') },
      ...Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
        cells: [...(left[index] ?? BLANK), ...(right[index] ?? BLANK)],
      })),
      { cells: ends('adjusted-book', 'adjusted-bank'), look: 'grand' },
    ],
  }
}

type Cells = readonly [string, string]
const BLANK: Cells = ['', '']

function openCells({ kind, date, reference, told, amount = '' }: BookRow): Cells {
  const paid = amount.startsWith('-')
  const [one, other] = kind === 'bank-only' ? ['银行', '企业'] : ['企业', '银行']
  const what = paid ? `减：${one}已付、${other}未付` : `加：${one}已收、${other}未收`
  return [`${what}（${date} ${reference}${told ? ` ${told}` : ''}）`, sizeOf(amount)]
}
