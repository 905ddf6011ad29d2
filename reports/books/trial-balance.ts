import { trialBalanceOf } from '../../projections/trial-balance.ts'
import type { PaperColumn } from '../kit/book-table.ts'
import { type BookColumn, type BookData, type BookReport, same } from './report.ts'
import { orBlank, split, sumOf } from './sides.ts'

const SIX = ['期初借方', '期初贷方', '本期借方', '本期贷方', '期末借方', '期末贷方'] as const
const KEYS = ['openingDebit', 'openingCredit', 'debit', 'credit', 'closingDebit', 'closingCredit'] as const

/** 科目余额表: opening, debit, credit and closing of every account and sub-account in yuan, debit positive. */
export const trialBalance: BookReport = {
  name: 'trial-balance',
  title: '科目余额表',
  columns: [
    { key: 'account', title: '科目编码', kind: 'code', width: 26 },
    { key: 'name', title: '科目名称', kind: 'text', width: 36 },
    { key: 'opening', title: '期初余额（借正贷负）', kind: 'money', width: 20 },
    { key: 'debit', title: '本期借方', kind: 'money', width: 18 },
    { key: 'credit', title: '本期贷方', kind: 'money', width: 18 },
    { key: 'closing', title: '期末余额（借正贷负）', kind: 'money', width: 20 },
  ],
  narrowedBy: ['fund'],
  build({ sql, coop, period, fund }) {
    const rows = trialBalanceOf(sql, coop, period, fund)
    const sums = sixSums(rows)
    const [openingDebit = '', openingCredit = '', debit = '', credit = '', closingDebit = '', closingCredit = ''] = sums
    return {
      rows,
      checks: [
        same('期初借方合计 = 期初贷方合计', openingDebit, openingCredit),
        same('本期借方合计 = 本期贷方合计', debit, credit),
        same('期末借方合计 = 期末贷方合计', closingDebit, closingCredit),
      ],
    }
  },
  paper(data) {
    const columns: PaperColumn[] = [
      { title: '编码', width: 10, kind: 'code' },
      { title: '科目', width: 40, kind: 'text' },
      ...SIX.map(title => ({ title, width: 22, kind: 'money' as const })),
    ]
    const rows = data.rows.map(row => ({
      cells: [
        isFirst(row) ? row.account! : '',
        isFirst(row) ? row.name! : `　${row.name!.split('-').slice(1).join('-')}`,
      ].concat(sixOf(row)),
    }))
    return [{ columns, rows: [...rows, { cells: ['', '合计', ...sixSums(data.rows)], look: 'grand' }] }]
  },
  sheet(data) {
    const money = SIX.map((title, index): BookColumn => ({ key: KEYS[index]!, title, kind: 'money', width: 18 }))
    const rows = data.rows.map(row => ({
      account: row.account!,
      name: row.name!,
      ...Object.fromEntries(sixOf(row).map((amount, index) => [KEYS[index]!, amount])),
    }))
    return { columns: [...trialBalance.columns.slice(0, 2), ...money], rows }
  },
}

type Row = BookData['rows'][number]

const isFirst = ({ account }: Row): boolean => account?.length === 3

const sixOf = ({ opening, debit, credit, closing }: Row): string[] => [
  ...split(opening!),
  orBlank(debit!),
  orBlank(credit!),
  ...split(closing!),
]

function sixSums(rows: readonly Row[]): string[] {
  const six = rows.filter(isFirst).map(sixOf)
  return KEYS.map((_, index) => sumOf(six.map(amounts => amounts[index]!)))
}
