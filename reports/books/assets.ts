import { assetCards } from '../../projections/asset-rows.ts'
import { balanceAt } from '../../projections/trial-balance.ts'
import { periodOf } from '../../src/domain/calendar.ts'
import { accountName, codeOf } from '../../src/domain/chart.ts'
import { yuan } from '../../src/domain/money.ts'
import { contraOf } from '../../src/domain/property/card-accounts.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { PaperTable } from '../kit/book-table.ts'
import { type BookReport, type BookRow, type Check, same } from './report.ts'
import { orBlank, sumOf } from './sides.ts'

const USES = { let: '出租', own: '自用', welfare: '公益' } as const
const MONEY = ['cost', 'residual', 'charge', 'accumulated', 'net'] as const
const TITLES = ['原值', '预计净残值', '本期计提', '累计折旧、摊销', '净值'] as const

/** 固定资产台账: every card that stood or moved in the period, as at its end; by account it sums to the books. */
export const assetReport: BookReport = {
  name: 'assets',
  title: '固定资产台账',
  columns: [
    { key: 'account', title: '科目编码', kind: 'code', width: 20 },
    { key: 'card', title: '卡片编号', kind: 'code', width: 16 },
    { key: 'name', title: '资产名称', kind: 'text', width: 28 },
    { key: 'asset', title: '资产登记号', kind: 'code', width: 16 },
    { key: 'use', title: '用途', kind: 'text', width: 10 },
    { key: 'fund', title: '资金', kind: 'text', width: 18 },
    { key: 'inService', title: '启用月份', kind: 'code', width: 12 },
    { key: 'life', title: '使用年限（月）', kind: 'count', width: 14 },
    ...MONEY.map((key, index) => ({ key, title: TITLES[index]!, kind: 'money' as const, width: 18 })),
    { key: 'disposedOn', title: '处置日期', kind: 'date', width: 14 },
  ],
  narrowedBy: ['account'],
  build({ sql, coop, period, account }) {
    const months = periodOf(period)
    invariant(months !== undefined, `not a period: ${period}`)
    const all = assetCards(sql, coop, period).map(
      ({ use, life, asset = '', disposedOn = '', ...row }): BookRow => ({
        ...row,
        ...{ asset, disposedOn, use: USES[use], life: String(life) },
      }),
    )
    const balance = (of: string) => balanceAt(sql, coop, of, months.to)
    const checks = [...byCode(all)]
      .filter(([code]) => account === undefined || codeOf(account) === code)
      .flatMap(([code, rows]) => checksOf(code, rows, balance))
    const rows = all.filter(row => account === undefined || `${row.account}-`.startsWith(`${account}-`))
    return { rows, checks }
  },
  paper: ({ rows }) => {
    const tables = [...byCode(rows)].map(([code, list]) => paperOf(code, list))
    return tables.length > 0 ? tables : [{ columns: PAPER, rows: [], empty: '没有资产卡片' }]
  },
}

const PAPER = [
  { title: '卡片', width: 14, kind: 'code' as const },
  { title: '资产名称', width: 26, kind: 'text' as const },
  { title: '用途', width: 10, kind: 'side' as const },
  { title: '启用', width: 14, kind: 'date' as const },
  { title: '月数', width: 9, kind: 'count' as const },
  ...TITLES.map(title => ({ title, width: 25, kind: 'money' as const })),
]

function paperOf(code: string, rows: readonly BookRow[]): PaperTable {
  const sums = MONEY.map(key => sumOf(rows.map(row => row[key]!)))
  return {
    heading: `${code} ${accountName(code)}`,
    columns: PAPER,
    rows: [
      ...rows.map(row => ({
        cells: [row.card!, titleOf(row), row.use!, row.inService!, row.life!, ...MONEY.map(key => orBlank(row[key]!))],
      })),
      { cells: ['', '合计', '', '', '', ...sums.map(orBlank)], look: 'grand' },
    ],
  }
}

const titleOf = ({ name, fund, disposedOn }: BookRow): string =>
  `${name}${fund ? `（${fund}）` : ''}${disposedOn ? `（${disposedOn} 处置）` : ''}`

const byCode = (rows: readonly BookRow[]): Map<string, BookRow[]> => Map.groupBy(rows, row => codeOf(row.account!))

// 171 is written down itself: its cards show there what is left of them (decision 0017).
function checksOf(code: string, rows: readonly BookRow[], balance: (account: string) => number): Check[] {
  const contra = contraOf(code)
  const shown = sumOf(rows.map(row => (code === '171' ? row.net! : row.cost!)))
  const checks = [same(`${code} 卡片合计 = 余额表`, shown, yuan(balance(code)))]
  if (contra === undefined) return checks
  const worn = sumOf(rows.map(row => row.accumulated!))
  return [...checks, same(`${contra} 卡片累计折旧、摊销合计 = 余额表`, worn, yuan(-balance(contra) || 0))]
}
