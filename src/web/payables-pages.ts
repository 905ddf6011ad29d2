import { html } from 'hono/html'
import type { EntitlementRow } from '../../projections/entitlement-rows.ts'
import type { BatchRow, PayableOrigin } from '../../projections/payables.ts'
import type { CoopProfile } from '../../projections/profile.ts'
import type { Page } from './layout.ts'
import { figures, type Html, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { kindName, statusName } from './words.ts'

/** What is owed to people, by what it is owed for, and the payment batches. */
export function payablesPage(
  coop: CoopProfile,
  total: string,
  origins: readonly PayableOrigin[],
  batches: readonly BatchRow[],
): Page {
  return staffPage(coop, 'payables', '应付个人', [
    figures([['尚未付清', total, '含付款中、退回和误付待补的']]),
    table({
      caption: '待付款项',
      unit: '元',
      columns: [
        { title: '款项' },
        { title: '种类' },
        { title: '起算日', kind: 'date' },
        { title: '人数', kind: 'count' },
        { title: '金额', kind: 'money' },
      ],
      rows: origins.map(row => [
        html`<a href="${roomPath(coop.coop, 'payables', row.origin)}">${row.origin}</a>`,
        kindName(row.kind),
        row.since,
        String(row.heads),
        row.amount,
      ]),
      empty: '没有待付的款项。批准发放、宣告分红之后，未付的会列在这里。',
    }),
    batchTable(batches),
  ])
}

function batchTable(batches: readonly BatchRow[]): Html {
  return table({
    caption: '付款批次',
    unit: '元',
    columns: [
      { title: '批次' },
      { title: '付款账户' },
      { title: '编制日', kind: 'date' },
      { title: '笔数', kind: 'count' },
      { title: '总额', kind: 'money' },
      { title: '状态' },
      { title: '失败', kind: 'count' },
    ],
    rows: batches.map(row => [
      row.batch,
      row.account,
      row.preparedOn,
      String(row.items),
      row.total,
      batchState(row),
      String(row.failed),
    ]),
    empty: '还没有付款批次。',
  })
}

function batchState({ settledOn, approvedOn }: BatchRow): string {
  if (settledOn) return `${settledOn} 银行回单`
  return approvedOn ? `${approvedOn} 已批准` : '待批准'
}

/** Who is still owed something of one origin. */
export function payableOriginPage(
  coop: CoopProfile,
  origin: string,
  rows: readonly EntitlementRow[],
  nameOf: (code: string) => string,
): Page {
  return staffPage(coop, 'payables', `待付：${origin}`, [
    table({
      caption: `共 ${rows.length} 人`,
      unit: '元',
      columns: [
        { title: '成员码', kind: 'date' },
        { title: '姓名' },
        { title: '应发', kind: 'money' },
        { title: '代扣', kind: 'money' },
        { title: '实发', kind: 'money' },
        { title: '状态' },
        { title: '说明' },
      ],
      rows: rows.map(row => [
        html`<a href="${roomPath(coop.coop, 'members', row.person)}">${row.person}</a>`,
        nameOf(row.person),
        row.gross,
        row.withheld,
        row.net,
        statusName(row.status),
        row.last?.note,
      ]),
      empty: '这一项已经全部付清。',
    }),
  ])
}
