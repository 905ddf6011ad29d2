import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'
import { type Letting, letOut, rents } from '../themes/lettings.ts'

const HALL = 'DQ01'

// With rents below 100,000 yuan a month the co-op, a small taxpayer, owes no VAT.
const small = { vatRate: '0', income: '501-物业租赁' } as const
const LETTINGS: readonly Letting[] = [
  {
    ...small,
    id: HALL,
    asset: '旧党群服务中心',
    kind: '公用房',
    area: '860',
    rent: '10000',
    tenant: () => ({ organisation: '中书学堂（演示）' }),
    obligations: [
      { id: '学费优惠', promise: '给予涉迁子女学费优惠' },
      { id: '支持公益', promise: '支持小区教育、救助等公益事业' },
    ],
  },
  ...['650', '600', '600', '600'].map(
    (rent, index): Letting => ({
      ...small,
      id: `DM0${index + 1}`,
      asset: `聚福小区${index + 1}号店面`,
      kind: '店面',
      area: '32',
      rent,
      tenant: () => ({ organisation: `聚福小区${index + 1}号店（演示）` }),
    }),
  ),
]

const HABITS = {
  ahead: ['01-06', '07-07'].map(on => ({ lease: HALL, on, months: 6 })),
  late: { '2025-05': ['DM02'], '2025-06': ['DM02'], '2025-12': ['DM04'] },
}

/** The old service hall let with two promises, and four shops. */
export function lettings(example: Example, bank: string): Act[] {
  return [letOut(example, LETTINGS), ...rents(example, HABITS, bank), ...promises(example.code)]
}

function promises(code: string): Act[] {
  const keep = (on: string, obligation: string, how: string) =>
    act(code, `2025-${on}`, '合同承诺', face =>
      face.run('KeepObligation', { lease: HALL, obligation, on: `2025-${on}`, how }),
    )
  return [
    keep('01-16', '支持公益', '向公益代码505捐款 15,000 元'),
    keep('09-05', '学费优惠', '本学年28名涉迁子女享受学费优惠'),
  ]
}
