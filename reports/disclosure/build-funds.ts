import type { GiftRow, UseRow } from '../../projections/fund-rows.ts'
import {
  fundsOver,
  giftsBetween,
  goodsStock,
  sharedGoods,
  subsidiesBetween,
  usesBetween,
} from '../../projections/fund-rows.ts'
import { programmes } from '../../projections/programme-runs.ts'
import type { Cut } from '../../projections/quarter.ts'
import { fenOf } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { TableData } from '../kit/table.ts'
import { count, date, money, moneyTable, sum, text } from './build-cells.ts'
import { headCount, mergeSmall } from './build-privacy.ts'
import type { DisclosureEdition, DisclosureGroup } from './data.ts'

type Group = Omit<DisclosureGroup, 'no' | 'title'>

/** Group 8: grants by project, and subsidies that are income. */
export function grantGroup(sql: Sql, cut: Cut): Group {
  const funds = fundsOver(sql, cut.coop, cut.quarter, cut.revision).filter(row => row.kind === 'grant')
  const projects = funds.map(row => [row.fund, row.opening, row.received, row.spent, row.closing])
  const columns = [text('项目', 26), money('期初'), money('本季拨入'), money('本季支出'), money('期末结余')]
  const received = subsidiesBetween(sql, cut.coop, cut).map(row => [
    row.date,
    row.giver,
    row.project,
    row.fund ? `专项：${row.fund}` : '503 补助收入',
    row.amount,
  ])
  const list = [date('日期'), text('拨付单位', 22), text('项目', 24), text('入账', 18), money('金额')]
  return {
    tables: [
      ...(projects.length > 0 ? [moneyTable('专项资金', columns, projects)] : []),
      ...(received.length > 0 ? [moneyTable('本季收到的补助', list, received)] : []),
    ],
  }
}

/** Group 10: gifts and money held for others, by fund: movement, givers, uses, goods, shared things. */
export function charityGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Group {
  const funds = fundsOver(sql, cut.coop, cut.quarter, cut.revision).filter(row => row.kind !== 'grant')
  const balance = [
    text('资金', 20),
    text('用途', 22),
    money('期初'),
    money('本季收入'),
    money('本季支出'),
    money('期末'),
    money('其中：物资'),
  ]
  const stock = goodsStock(sql, cut.coop, cut).map(row => [
    row.fund,
    row.item,
    row.unit,
    ...[row.opening, row.received, row.given, row.closing].map(String),
    row.value,
  ])
  const goods = [
    text('资金', 16),
    text('物资', 18),
    text('单位', 7),
    count('期初'),
    count('收入'),
    count('发出'),
    count('结存'),
    money('结存金额'),
  ]
  const shared = sharedGoods(sql, cut.coop, cut)
  const givers = shared.reduce((all, row) => all + row.givers, 0)
  return {
    tables: [
      ...table(
        '资金结存',
        balance,
        funds.map(row => [row.fund, purposeOf(row), row.opening, row.received, row.spent, row.closing, row.goods]),
      ),
      ...giftTable(giftsBetween(sql, cut.coop, cut)),
      ...useTable(sql, cut, edition),
      ...table('捐赠物资', goods, stock),
    ],
    ...(shared.length > 0
      ? { text: [`备查簿：邻里分享 ${shared.length} 次，${givers} 人次参与；物品不属于本社，不入账。`] }
      : {}),
  }
}

const purposeOf = (row: { purpose: string; owner: string | undefined }): string =>
  row.owner ? `${row.purpose}（代${row.owner}保管）` : row.purpose

const table = (caption: string, columns: TableData['columns'], rows: string[][]): TableData[] =>
  rows.length > 0 ? [moneyTable(caption, columns, rows)] : []

// A giver is named only if it is an organisation and agreed (慈善法 art. 82); all others are summed.
function giftTable(gifts: readonly GiftRow[]): TableData[] {
  const columns = [text('捐赠人', 28), text('资金', 18), text('形式', 9), count('笔数'), money('金额')]
  const giver = (row: GiftRow) =>
    row.donorKind === 'organisation' && row.mayBeNamed
      ? row.donor
      : row.donorKind === 'person'
        ? '个人（不具名）'
        : '不具名'
  const key = (row: GiftRow) =>
    JSON.stringify([giver(row), row.fund || '不限定用途', row.form === 'goods' ? '物资' : '现金'])
  const rows = [...Map.groupBy(gifts, key)].map(([id, own]) => {
    const times = own
      .filter(row => row.change === 'received')
      .reduce((all, row) => all + (fenOf(row.amount) < 0 ? -1 : 1), 0)
    return [...(JSON.parse(id) as string[]), String(times), sum(own, row => row.amount)]
  })
  return table('收到捐赠（退还的以负数冲减）', columns, rows)
}

const PURPOSES: Record<string, string> = {
  relief: '困难救助',
  scholarship: '奖学助学',
  allowance: '津贴',
  'elder-service': '养老服务',
  project: '公益项目',
  insurance: '保险',
  culture: '文体',
  festival: '节日慰问',
  return: '退还',
  operation: '运转',
}

type Used = { fund: string; purpose: string; heads: number; cash: string; goods: string }

function useTable(sql: Sql, cut: Cut, edition: DisclosureEdition): TableData[] {
  const names = new Map(programmes(sql, cut.coop).map(row => [row.programme, row.name]))
  const grants = new Set(
    fundsOver(sql, cut.coop, cut.quarter, cut.revision).flatMap(row => (row.kind === 'grant' ? row.fund : [])),
  )
  const label = (row: UseRow) => names.get(row.programme ?? '') ?? PURPOSES[row.purpose] ?? row.purpose
  const key = (row: UseRow) => JSON.stringify([row.fund, label(row)])
  const uses = usesBetween(sql, cut.coop, cut).filter(row => !grants.has(row.fund))
  const all = [...Map.groupBy(uses, key)].map(([id, own]): Used => {
    const [fund = '', purpose = ''] = JSON.parse(id) as string[]
    const of = (form: string) =>
      sum(
        own.filter(row => row.form === form),
        row => row.amount,
      )
    return {
      fund,
      purpose,
      heads: own.reduce((heads, row) => heads + row.heads, 0),
      cash: of('money'),
      goods: of('goods'),
    }
  })
  // What was bought or built went to nobody in particular: there is nothing to hide in it.
  const toPersons = all.filter(row => row.heads !== 0)
  const shown = edition === 'public' ? mergeSmall(toPersons, mergedUse) : toPersons
  const columns = [text('资金', 18), text('用于', 24), count('人次'), money('现金'), money('物资')]
  const rows = [...shown, ...all.filter(row => row.heads === 0)].map(row => [
    row.fund,
    row.purpose,
    row.heads === 0 ? '' : headCount(row.heads, edition),
    row.cash,
    row.goods,
  ])
  return table('资金使用', columns, rows)
}

function mergedUse(rows: Used[]): Used {
  return {
    fund: [...new Set(rows.map(row => row.fund))].join('、'),
    purpose: '个人受助（合并列示）',
    heads: rows.reduce((heads, row) => heads + row.heads, 0),
    cash: sum(rows, row => row.cash),
    goods: sum(rows, row => row.goods),
  }
}
