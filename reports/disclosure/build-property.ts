import { investmentsOver } from '../../projections/fund-rows.ts'
import { type AssetRow, assetsOf, obligationsOf, type RentRollRow, rentRollOf } from '../../projections/leases.ts'
import type { Cut } from '../../projections/quarter.ts'
import { type MovementRow, movements, officersDebt } from '../../projections/quarter-money.ts'
import { ageing, type GrantStanding, standings } from '../../projections/quarter-people.ts'
import { chineseDay } from '../../src/domain/calendar.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { TableData } from '../kit/table.ts'
import { count, date, money, moneyTable, sum, sumFen, text, written } from './build-cells.ts'
import { headCount, masked, mergeSmall } from './build-privacy.ts'
import type { DisclosureEdition, DisclosureGroup } from './data.ts'

type Group = Omit<DisclosureGroup, 'no' | 'title'>

/** What several groups are made from, read once: the rent roll and how every grant stood at the end of the quarter. */
export type Facts = { roll: readonly RentRollRow[]; standings: readonly GrantStanding[] }

/** Reads the facts of a quarter. */
export const factsOf = (sql: Sql, cut: Cut): Facts => ({
  roll: rentRollOf(sql, cut.coop, cut),
  standings: standings(sql, cut),
})

const EXPIRY_DAYS = 90
const LISTED_SINGLY = 20

/** Group 4: the rent roll; in public, lettings to persons are summed by kind of asset. */
export function rentGroup(sql: Sql, cut: Cut, edition: DisclosureEdition, roll: readonly RentRollRow[]): Group {
  const columns = [
    ...[text('资产', 21), text('面积㎡', 7), text('承租方', 22), date('到期日', 11), money('年租金', 13)],
    ...[money('本季应收', 12), money('本季实收', 12), money('期末欠租', 11), count('逾期天数', 6)],
  ]
  const rows = rollRows(roll, edition).map(row => [
    ...[row.asset, row.area, row.tenant, row.to, row.annual, row.due, row.received, row.arrears],
    String(row.days),
  ])
  const expiring = roll.filter(row => !row.ended && row.daysLeft <= EXPIRY_DAYS)
  const merged = edition === 'public' && rows.length < roll.length
  return {
    ...(merged ? { note: MERGED_NOTE } : {}),
    tables: rows.length > 0 ? [moneyTable(undefined, columns, rows)] : [],
    ...(roll.length > 0 ? { text: rentText(sql, cut, roll, expiring) } : {}),
  }
}

const MERGED_NOTE = `租给个人的、同类超过${LISTED_SINGLY}份的合同按类别合计；欠租和${EXPIRY_DAYS}日内到期的单位合同逐份列示。`

function rentText(sql: Sql, cut: Cut, roll: readonly RentRollRow[], expiring: readonly RentRollRow[]): string[] {
  const promises = obligationsOf(sql, cut.coop, cut.to, cut.revision)
  const states = (state: string) => promises.filter(row => row.state === state).length
  const late = roll.filter(row => row.arrears !== '0.00')
  const owed = written(sum(roll, row => row.arrears))
  const held = `预收租金 ${written(sum(roll, row => row.prepaid))}，押金 ${written(sum(roll, row => row.deposit))}`
  return [
    `共 ${roll.length} 份合同，欠租 ${late.length} 份 ${owed}，${held}。`,
    `${EXPIRY_DAYS} 日内到期的合同 ${expiring.length} 份。`,
    ...(promises.length > 0
      ? [
          `合同承诺 ${promises.length} 项：已履行 ${states('kept')} 项，未履行 ${states('missed')} 项，履行中 ${states('open')} 项。`,
        ]
      : []),
  ]
}

type RollRow = {
  heads: number
  asset: string
  area: string
  tenant: string
  to: string
  annual: string
  due: string
  received: string
  arrears: string
  days: number
}

function rollRows(roll: readonly RentRollRow[], edition: DisclosureEdition): RollRow[] {
  if (edition === 'members')
    return roll.map(row => {
      const tenant = row.tenantKind === 'person' ? `个人 ${masked(row.tenant)}` : row.tenant
      return single(row, `${row.assetName}（${row.lease}）`, tenant)
    })
  const companies = Map.groupBy(
    roll.filter(row => row.tenantKind === 'organisation'),
    row => row.assetKind,
  )
  const persons = Map.groupBy(
    roll.filter(row => row.tenantKind !== 'organisation'),
    row => row.assetKind,
  )
  const kinds = [...persons].map(([kind, rows]) =>
    together(
      kind,
      '个人',
      rows.map(row => single(row, '', '')),
    ),
  )
  return [
    ...[...companies].flatMap(([kind, rows]) => companyRows(kind, rows)),
    ...mergeSmall(kinds, rows => together('其他', '个人', rows)),
  ]
}

// A market hall of hundreds of shops would bury what matters: what is in arrears or about to end stays by itself.
function companyRows(kind: string, rows: readonly RentRollRow[]): RollRow[] {
  const notable = (row: RentRollRow) => row.arrears !== '0.00' || (!row.ended && row.daysLeft <= EXPIRY_DAYS)
  const listed = rows.length <= LISTED_SINGLY ? rows : rows.filter(notable)
  const rest = rows.filter(row => !listed.includes(row)).map(row => single(row, '', ''))
  return [
    ...listed.map(row => single(row, row.assetName, row.tenant)),
    ...(rest.length > 0 ? [together(listed.length > 0 ? `其余${kind}` : kind, '单位、商户', rest)] : []),
  ]
}

function single(row: RentRollRow, asset: string, tenant: string): RollRow {
  const { area = '', annualRent: annual, daysOverdue: days, to, due, received, arrears } = row
  return { heads: 1, asset, area, tenant, to, annual, due, received, arrears, days }
}

function together(name: string, tenant: string, rows: readonly RollRow[]): RollRow {
  const heads = rows.reduce((all, row) => all + row.heads, 0)
  const area = sumFen(rows, row => row.area || '0')
  return {
    ...{ heads, asset: `${name}（${heads}份合同）`, area: area === 0 ? '' : yuan(area).replace(/\.?0+$/, '') },
    ...{ tenant, to: '' },
    annual: sum(rows, row => row.annual),
    due: sum(rows, row => row.due),
    received: sum(rows, row => row.received),
    arrears: sum(rows, row => row.arrears),
    days: Math.max(...rows.map(row => row.days)),
  }
}

/** Group 5: companies the co-op holds a stake in. */
export function investmentGroup(sql: Sql, cut: Cut): Group {
  const columns = [text('被投资单位', 30), text('持股', 14), money('账面成本'), money('本季宣告'), money('本季到账')]
  const rows = investmentsOver(sql, cut.coop, cut).map(row => [
    row.company,
    row.stake ?? '',
    row.cost,
    row.declared,
    row.received,
  ])
  return { tables: rows.length > 0 ? [moneyTable(undefined, columns, rows)] : [] }
}

/** Group 6: assets by kind, let or idle, and their value in the books. */
export function assetGroup(sql: Sql, cut: Cut): Group {
  const assets = assetsOf(sql, cut.coop, cut.to, cut.revision)
  const columns = [
    text('类别', 16),
    count('数量'),
    text('面积㎡', 12),
    count('出租'),
    count('闲置'),
    count('自用'),
    count('公益'),
    count('本季新增'),
  ]
  const rows = [...Map.groupBy(assets, row => row.kind)].map(([kind, own]) => assetRow(kind, own, cut))
  const values = movements(sql, cut, ['141', '151', '152', '153', '161', '162']).map(row => [
    row.name,
    row.opening,
    row.debit,
    row.credit,
    row.closing,
  ])
  const booked = [text('科目', 26), money('期初'), money('增加（借方）'), money('减少（贷方）'), money('期末')]
  return {
    tables: [
      ...(rows.length > 0 ? [{ caption: '资产、资源', columns, rows }] : []),
      ...(values.length > 0 ? [moneyTable('账面价值', booked, values)] : []),
    ],
  }
}

function assetRow(kind: string, own: readonly AssetRow[], cut: Cut): string[] {
  const area = sumFen(own, row => row.area ?? '0')
  const many = (test: (row: AssetRow) => boolean) => String(own.filter(test).length)
  return [
    ...[kind, String(own.length), area === 0 ? '' : yuan(area).replace(/\.?0+$/, '')],
    many(row => row.leased),
    many(row => row.use === 'let' && !row.leased),
    many(row => row.use === 'own' && !row.leased),
    many(row => row.use === 'welfare' && !row.leased),
    many(row => row.on >= cut.from),
  ]
}

/** Group 7: what is owed to and by the co-op, how old the arrears are, and that officers owe nothing. */
export function debtGroup(sql: Sql, cut: Cut, edition: DisclosureEdition, facts: Facts): Group {
  const codes = ['112', '113', '201', '211', '212', '213', '214', '221', '231']
  const rows = movements(sql, cut, codes)
  const roll = facts.roll.map(row => ({
    arrears: fenOf(row.arrears),
    daysOverdue: row.daysOverdue,
  }))
  const ages = ageing(roll)
  const owed = facts.standings.filter(row => row.owedHeads > 0)
  const heads = owed.reduce((all, row) => all + row.owedHeads, 0)
  const oldest = owed[0] ? `，最早的发生在${chineseDay(owed[0].date)}` : ''
  const officers = officersDebt(sql, cut)
  return {
    tables: [
      ...debtTable('应收款项（借方余额）', rows.filter(isReceivable), 1),
      ...debtTable(
        '应付款项（贷方余额）',
        rows.filter(row => !isReceivable(row)),
        -1,
      ),
    ],
    text: [
      `欠租账龄：30日以内 ${written(ages.upTo30)}，31至90日 ${written(ages.upTo90)}，90日以上 ${written(ages.beyond)}。`,
      `应付个人款项未付 ${headCount(heads, edition)} 笔 ${written(sum(owed, row => row.owed))}${oldest}。`,
      officers.persons === 0
        ? '理事、监事和财务人员没有欠本社款项。'
        : `理事、监事和财务人员欠本社款项 ${officers.persons} 人 ${written(officers.amount)}，正在清理。`,
    ],
  }
}

// 113 may stand on either side: each of its sub-accounts is shown by the sign of its balance (财会〔2023〕14号).
function isReceivable(row: MovementRow): boolean {
  const balance = fenOf(row.closing) || fenOf(row.opening)
  return balance === 0 ? row.account.startsWith('112') : balance > 0
}

function debtTable(caption: string, rows: readonly MovementRow[], sign: 1 | -1): TableData[] {
  const columns = [text('科目', 26), money('期初'), money('本季增加'), money('本季减少'), money('期末')]
  const own = (amount: string) => yuan(sign * fenOf(amount))
  const list = rows.map(row => {
    const [more, less] = sign === 1 ? [row.debit, row.credit] : [row.credit, row.debit]
    return [row.name, own(row.opening), more, less, own(row.closing)]
  })
  return list.length > 0 ? [moneyTable(caption, columns, list)] : []
}
