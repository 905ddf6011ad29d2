import { broughtIn, resultSums, undistributedBefore } from '../../projections/result-sums.ts'
import { balanceAt } from '../../projections/trial-balance.ts'
import { periodOf, plusMonths } from '../../src/domain/calendar.ts'
import { type Fen, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { Sql } from '../../src/store/sql.ts'
import { INCOME_LINES } from './income-lines.ts'
import { type BookReport, type Check, same } from './report.ts'
import { orBlank } from './sides.ts'

/**
 * 收益及收益分配表: the period, the year to the period's end, and the year before, without the year-end entries; the
 * last line is what 322 未分配收益 holds after the close. Opening in the column of the period is the period's own.
 */
export const incomeDistribution: BookReport = {
  name: 'income-distribution',
  title: '收益及收益分配表',
  columns: [
    { key: 'code', title: '行代码', kind: 'code', width: 28 },
    { key: 'name', title: '项目', kind: 'text', width: 28 },
    { key: 'period', title: '本期金额', kind: 'money', width: 20 },
    { key: 'year', title: '本年累计金额', kind: 'money', width: 20 },
    { key: 'previous', title: '上年金额', kind: 'money', width: 20 },
  ],
  narrowedBy: [],
  build({ sql, coop, period }) {
    const months = periodOf(period)
    invariant(months !== undefined, `not a period: ${period}`)
    const year = months.to.slice(0, 4)
    const before = String(Number(year) - 1)
    const columns = [
      amounts(sql, coop, months.from, months.to),
      amounts(sql, coop, `${year}-01`, months.to),
      amounts(sql, coop, `${before}-01`, `${before}-12`),
    ] as const
    const rows = INCOME_LINES.map(({ code, name }) => ({
      code,
      name,
      period: yuan(columns[0].get(code) ?? 0),
      year: yuan(columns[1].get(code) ?? 0),
      previous: yuan(columns[2].get(code) ?? 0),
    }))
    return { rows, checks: checksOf(sql, coop, months.to, columns) }
  },
  paper: ({ rows }) => [
    {
      columns: [
        { title: '项目', width: 60, kind: 'text' },
        { title: '行次', width: 10, kind: 'date' },
        { title: '本期金额', width: 30, kind: 'money' },
        { title: '本年累计金额', width: 30, kind: 'money' },
        { title: '上年金额', width: 30, kind: 'money' },
      ],
      rows: rows.map(({ name = '', period = '', year = '', previous = '' }, index) => ({
        cells: [indented(name), String(index + 1), ...[period, year, previous].map(orBlank)],
        look: index === rows.length - 1 ? 'grand' : INCOME_LINES[index]?.total ? 'sum' : undefined,
      })),
    },
  ],
}

const indented = (name: string): string =>
  /^[一二三四五六]、/.test(name) ? name : /^[加减]：/.test(name) ? `　${name}` : `　　　${name}`

function amounts(sql: Sql, coop: string, from: string, to: string): ReadonlyMap<string, Fen> {
  const result = {
    moved: new Map(resultSums(sql, coop, from, to).map(({ account, moved }) => [account, moved])),
    before: undistributedBefore(sql, coop, from) + broughtIn(sql, coop, from, to),
  }
  const lines = new Map<string, Fen>()
  // `|| 0`: what is taken off nothing is 0, never −0.
  for (const { code, amount } of INCOME_LINES) lines.set(code, amount(result, each => lines.get(each) ?? 0) || 0)
  return lines
}

function checksOf(sql: Sql, coop: string, to: string, columns: readonly ReadonlyMap<string, Fen>[]): Check[] {
  const last = columns.map(lines => yuan(lines.get('closing-undistributed') ?? 0))
  const [period = '', year = '', previous = ''] = last
  const standing = yuan(undistributedBefore(sql, coop, plusMonths(to, 1)))
  const checks = [
    same('年末未分配收益 = 资产负债表未分配收益', year, standing),
    same('本期末 = 本年末', period, year),
    same('上年末未分配收益 = 本年年初', previous, yuan(undistributedBefore(sql, coop, `${to.slice(0, 4)}-01`))),
  ]
  if (!to.endsWith('-12') || isOpen(sql, coop, to)) return checks
  const retained = yuan(-balanceAt(sql, coop, '322-未分配收益', to))
  return [...checks, same('结账后年末未分配收益 = 322 未分配收益', year, retained)]
}

// Until the year is closed, 5xx, 321 or 各项分配 hold something.
const isOpen = (sql: Sql, coop: string, month: string): boolean =>
  RESULT_ACCOUNTS.some(account => balanceAt(sql, coop, account, month) !== 0)

const RESULT_ACCOUNTS = [
  ...['501', '502', '503', '504', '511', '512', '513', '514', '515', '521', '321'],
  '322-各项分配',
]
