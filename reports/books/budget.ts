import { type BudgetRow, budgetReport } from '../../projections/budget.ts'
import { accountName } from '../../src/domain/chart.ts'
import type { PaperRow } from '../kit/book-table.ts'
import type { BookReport, BookRow } from './report.ts'
import { orBlank, sumOf } from './sides.ts'

const MONEY = ['adopted', 'planned', 'actual', 'left'] as const
const TITLES = ['原计划', '调整后计划', '本年累计执行', '剩余'] as const
const SIDES = { in: '收入', out: '支出' } as const

/** 财务计划执行表: the year's plan item by item, with what was booked from January to the end of the period. */
export const budgetExecution: BookReport = {
  name: 'budget',
  title: '财务计划执行表',
  columns: [
    { key: 'item', title: '项目编号', kind: 'code', width: 16 },
    { key: 'title', title: '项目', kind: 'text', width: 28 },
    { key: 'direction', title: '收支', kind: 'code', width: 8 },
    { key: 'measure', title: '核对依据', kind: 'text', width: 30 },
    ...MONEY.map((key, index) => ({ key, title: TITLES[index]!, kind: 'money' as const, width: 18 })),
    { key: 'percent', title: '执行（%）', kind: 'text', width: 12 },
    { key: 'over', title: '超计划', kind: 'text', width: 10 },
  ],
  narrowedBy: [],
  presentOnly: true,
  build({ sql, coop, period }) {
    const plan = budgetReport(sql, coop, period)
    if (!plan) return { rows: [], checks: [] }
    const spending = plan.rows.filter(({ direction }) => direction === 'out')
    // Only a plan that binds may not be overspent; any other shows it.
    const checks = (plan.binding ? spending : []).map(({ title, over, actual, planned }) => ({
      ...{ name: `${title} 执行不超过计划`, ok: !over, left: actual, right: planned },
    }))
    return { rows: plan.rows.map(rowOf), checks }
  },
  paper: ({ rows }) => [
    {
      columns: [
        { title: '项目', width: 36, kind: 'text' },
        { title: '核对依据', width: 32, kind: 'text' },
        ...TITLES.map(title => ({ title, width: 29, kind: 'money' as const })),
        { title: '执行%', width: 15, kind: 'date' },
      ],
      empty: '本年没有录入财务计划',
      rows: [...partOf('in', rows), ...partOf('out', rows)],
    },
  ],
}

function rowOf({ account, programme, fund, over, ...row }: BudgetRow): BookRow {
  const measure =
    account !== undefined ? accountName(account) : programme !== undefined ? `事项 ${programme}` : `资金 ${fund}`
  return { ...row, measure, over: over ? '是' : '' }
}

function partOf(direction: 'in' | 'out', all: readonly BookRow[]): PaperRow[] {
  const rows = all.filter(row => row.direction === direction)
  if (rows.length === 0) return []
  const sums = MONEY.map(key => orBlank(sumOf(rows.map(row => row[key]!))))
  return [
    ...rows.map(row => ({
      cells: [
        `${row.title}${row.over ? '（超计划）' : ''}`,
        row.measure!,
        ...MONEY.map(key => orBlank(row[key]!)),
        row.percent!,
      ],
    })),
    { cells: [`${SIDES[direction]}合计`, '', ...sums, ''], look: 'grand' },
  ]
}
