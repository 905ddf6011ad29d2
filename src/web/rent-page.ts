import { html } from 'hono/html'
import type { AssetRow, ObligationRow, RentRollRow } from '../../projections/leases.ts'
import type { CoopProfile } from '../../projections/profile.ts'
import { add, fenOf, yuan } from '../domain/money.ts'
import type { Choice } from './books-pages.ts'
import type { Page } from './layout.ts'
import { type Cell, type Html, table } from './parts.ts'
import { periodChooser, roomPath, staffPage } from './staff-frame.ts'
import { periodName, promiseName } from './words.ts'

const SOON_DAYS = 90

export type RentBook = {
  readonly roll: readonly RentRollRow[]
  readonly assets: readonly AssetRow[]
  readonly obligations: readonly ObligationRow[]
}

/** The rent roll of a period: what each lease brought, owes and has ahead, its end, and the promises in it. */
export function rentPage(
  coop: CoopProfile,
  { period, periods }: Choice,
  { roll, assets, obligations }: RentBook,
  nameOf: (code: string) => string,
): Page {
  return staffPage(coop, 'rent', `租约台账 · ${periodName(period)}`, [
    periodChooser(roomPath(coop.coop, 'rent'), periods, period),
    rollTable(roll, nameOf),
    promisesTable(obligations),
    idleTable(assets),
  ])
}

function rollTable(roll: readonly RentRollRow[], nameOf: (code: string) => string): Html {
  const sum = (pick: (row: RentRollRow) => string) => yuan(roll.reduce((all, row) => add(all, fenOf(pick(row))), 0))
  return table({
    caption: '租约',
    unit: '元',
    columns: [
      { title: '合同' },
      { title: '资产' },
      { title: '承租方' },
      { title: '到期', kind: 'date' },
      { title: '月租', kind: 'money' },
      { title: '本期应收', kind: 'money' },
      { title: '本期实收', kind: 'money' },
      { title: '欠租', kind: 'money' },
      { title: '逾期天数', kind: 'count' },
      { title: '预收', kind: 'money' },
      { title: '押金', kind: 'money' },
    ],
    rows: roll.map(row => [
      row.lease,
      row.area ? `${row.assetName}（${row.area} ㎡）` : row.assetName,
      row.tenantKind === 'person' ? nameOf(row.tenant) : row.tenant || '不具名',
      endText(row),
      ...[row.monthlyRent, row.due, row.received, row.arrears],
      row.daysOverdue > 0 ? String(row.daysOverdue) : '',
      ...[row.prepaid, row.deposit],
    ]),
    total: [
      ...['', '', '', ''],
      sum(row => row.monthlyRent),
      sum(row => row.due),
      sum(row => row.received),
      sum(row => row.arrears),
      '',
      sum(row => row.prepaid),
      sum(row => row.deposit),
    ],
    empty: '这一期没有租约。下一步：登记资产（RegisterAsset），签订合同（SignLease）。',
  })
}

function idleTable(assets: readonly AssetRow[]): Html {
  return table({
    caption: '没有出租的资产',
    columns: [{ title: '资产' }, { title: '名称' }, { title: '种类' }, { title: '面积 ㎡', kind: 'count' }],
    rows: assets
      .filter(({ use, leased }) => use === 'let' && !leased)
      .map(({ asset, name, kind, area }) => [asset, name, kind, area]),
    empty: '可出租的资产都已租出。',
  })
}

function promisesTable(obligations: readonly ObligationRow[]): Html {
  return table({
    caption: '合同里的承诺',
    columns: [
      { title: '合同' },
      { title: '承诺' },
      { title: '情况' },
      { title: '日期', kind: 'date' },
      { title: '说明' },
    ],
    rows: obligations.map(({ lease, promise, state, on, how }) => [lease, promise, promiseName(state), on, how]),
    empty: '合同里没有登记承诺。',
  })
}

function endText({ to, daysLeft, ended }: RentRollRow): Cell {
  if (ended) return html`${to}<br><span class="tag">已到期</span>`
  return daysLeft <= SOON_DAYS ? html`${to}<br><span class="tag warn">还有 ${daysLeft} 天</span>` : to
}
