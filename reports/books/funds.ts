import { fundsOver } from '../../projections/fund-rows.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { type BookReport, type Check, same } from './report.ts'
import { orBlank, sumOf } from './sides.ts'

const KINDS: Readonly<Record<string, string>> = { restricted: '限定用途捐赠', held: '代管资金', grant: '财政专项' }
const MONEY = ['opening', 'received', 'spent', 'closing', 'goods'] as const

/** 资金收支表: what each fund had, got, gave and has; never below zero. */
export const fundReport: BookReport = {
  name: 'funds',
  title: '资金收支表',
  columns: [
    { key: 'account', title: '科目编码', kind: 'code', width: 30 },
    { key: 'fund', title: '资金', kind: 'text', width: 24 },
    { key: 'kind', title: '性质', kind: 'code', width: 12 },
    { key: 'purpose', title: '用途', kind: 'text', width: 36 },
    { key: 'opening', title: '期初结存', kind: 'money', width: 18 },
    { key: 'received', title: '本期收入', kind: 'money', width: 18 },
    { key: 'spent', title: '本期支出', kind: 'money', width: 18 },
    { key: 'closing', title: '期末结存', kind: 'money', width: 18 },
    { key: 'goods', title: '其中：物资', kind: 'money', width: 18 },
  ],
  narrowedBy: ['fund'],
  build({ sql, coop, period, fund }) {
    const rows = fundsOver(sql, coop, period)
      .filter(row => fund === undefined || row.fund === fund)
      .map(({ account, fund: name, kind, purpose, opening, received, spent, closing, goods }) => ({
        ...{ account, fund: name, kind, purpose, opening, received, spent, closing, goods },
      }))
    return { rows, checks: rows.flatMap(checksOf) }
  },
  paper: ({ rows }) => [
    {
      columns: [
        { title: '资金', width: 40, kind: 'text' },
        { title: '性质', width: 22, kind: 'text' },
        ...['期初结存', '本期收入', '本期支出', '期末结存', '其中：物资'].map(title => ({
          title,
          width: 24,
          kind: 'money' as const,
        })),
      ],
      empty: '没有设立专项、捐赠或代管资金',
      rows: [
        ...rows.map(row => ({
          cells: [row.fund!, KINDS[row.kind!] ?? row.kind!, ...MONEY.map(key => orBlank(row[key]!))],
        })),
        ...(rows.length > 1
          ? [
              {
                cells: ['合计', '', ...MONEY.map(key => orBlank(sumOf(rows.map(row => row[key]!))))],
                look: 'grand' as const,
              },
            ]
          : []),
      ],
    },
  ],
}

type Row = { fund: string; opening: string; received: string; spent: string; closing: string }

function checksOf({ fund, opening, received, spent, closing }: Row): Check[] {
  const carried = yuan(fenOf(opening) + fenOf(received) - fenOf(spent))
  return [
    same(`${fund} 期初 + 收入 − 支出 = 期末`, carried, closing),
    { name: `${fund} 期末结存不低于零`, ok: !closing.startsWith('-'), left: closing, right: '0.00' },
  ]
}
