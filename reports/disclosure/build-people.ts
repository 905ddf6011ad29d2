import { Decimal } from 'decimal.js'
import { distributionFacts } from '../../projections/profile.ts'
import { programmes } from '../../projections/programme-runs.ts'
import type { Cut } from '../../projections/quarter.ts'
import { type GrantStanding, grantsByHousehold, type WelfareRow, welfareOf } from '../../projections/quarter-people.ts'
import { chineseDay } from '../../src/domain/calendar.ts'
import { fenOf, grouped, share, yuan } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { TableData } from '../kit/table.ts'
import { resolutionLabel } from '../labels.ts'
import { count, money, moneyTable, sum, text, written } from './build-cells.ts'
import { headCount, masked, mergeSmall } from './build-privacy.ts'
import type { Facts } from './build-property.ts'
import type { DisclosureEdition, DisclosureGroup } from './data.ts'

type Group = Omit<DisclosureGroup, 'no' | 'title'>

const TREATMENTS: Record<string, string> = {
  welfare: '公益支出514',
  distribution: '收益分配322',
  reserve: '公积公益金311',
  fund: '专项资金',
}

/** Group 9: public welfare by programme; to members, by household besides. */
export function welfareGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Group {
  const all = welfareOf(sql, cut)
  const shown = edition === 'public' ? mergeSmall(all, mergedWelfare) : all
  const columns = [
    ...[text('项目', 18), text('标准', 30), text('列支', 12), count('人数', 7), count('人次', 7)],
    ...[money('金额', 13), count('新增', 6), count('停发', 6), money('人均', 11)],
  ]
  const rows = shown.map(row => [
    ...[
      row.name,
      row.rule,
      TREATMENTS[row.treatment] ?? '',
      headCount(row.heads, edition),
      headCount(row.times, edition),
    ],
    ...[row.amount, ...changed(row, edition), average(row)],
  ])
  const table = { ...moneyTable(undefined, columns, rows) }
  if (table.total) table.total = table.total.map((cell, index) => (index === columns.length - 1 ? '' : cell))
  return {
    ...(rows.length > 0 ? { note: edition === 'public' ? MERGED_NOTE : HOUSEHOLD_NOTE } : {}),
    tables: rows.length > 0 ? [table, ...(edition === 'members' ? householdTables(sql, cut) : [])] : [],
  }
}

const MERGED_NOTE = '人数不足3人的项目合并列示；个人可凭成员码查询本人记录。'
const HOUSEHOLD_NOTE = '分户清单供本社成员监督，请勿外传。'

function changed(row: WelfareRow, edition: DisclosureEdition): string[] {
  if (row.kind !== 'allowance') return ['', '']
  return [headCount(row.started, edition), headCount(row.stopped, edition)]
}

function average({ kind, heads, amount }: WelfareRow): string {
  return kind === 'merged' || heads === 0 || fenOf(amount) < 0 ? '' : yuan(share(fenOf(amount), 1, heads))
}

function mergedWelfare(rows: WelfareRow[]): WelfareRow {
  const add = (of: (row: WelfareRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const [first] = rows
  return {
    ...{ programme: '', name: '其他项目（合并列示）', kind: 'merged', resolution: undefined },
    ...{ treatment: rows.every(row => row.treatment === first?.treatment) ? (first?.treatment ?? '') : '' },
    ...{ rule: `${rows.length}个项目`, heads: add(row => row.heads), times: add(row => row.times) },
    ...{ amount: sum(rows, row => row.amount), started: 0, stopped: 0 },
  }
}

function householdTables(sql: Sql, cut: Cut): TableData[] {
  const names = new Map(programmes(sql, cut.coop).map(row => [row.programme, row.name]))
  const columns = [text('户', 20), count('人数'), money('金额')]
  return [...Map.groupBy(grantsByHousehold(sql, cut), row => row.programme)].map(([programme, own]) => {
    const rows = own.map(row => [row.household ?? masked(row.person ?? ''), String(row.heads), row.amount])
    return moneyTable(`${names.get(programme) ?? `分红 ${programme}`}：分户清单`, columns, rows)
  })
}

/** Group 11: the dividends of the year so far and older ones not yet all paid. */
export function dividendGroup(sql: Sql, cut: Cut, edition: DisclosureEdition, facts: Facts): Group {
  const year = cut.quarter.slice(0, 4)
  const runs = facts.standings.filter(
    row => row.kind === 'dividend' && (row.date.startsWith(year) || row.owedHeads > 0),
  )
  if (runs.length === 0) return { tables: [] }
  const plan = [
    text('决议', 13),
    text('分配年度', 10),
    money('可分配收益'),
    text('提取比例', 9),
    money('提取公积公益金'),
    text('每股', 12),
    text('股份数', 12),
  ]
  const paid = [
    text('分红', 14),
    count('人数', 7),
    money('应发'),
    money('代扣'),
    money('已付'),
    money('未付'),
    money('其中：退回或误付'),
  ]
  return {
    tables: [
      { caption: '分配方案', unit: '元', columns: plan, rows: runs.map(row => planRow(sql, cut, row)) },
      moneyTable(
        '分红发放',
        paid,
        runs.map(row => [
          `${row.year}年度（${row.origin}）`,
          headCount(row.heads, edition),
          row.gross,
          row.withheld,
          row.paid,
          row.owed,
          row.returned,
        ]),
      ),
    ],
    text: runs.map(row => `${row.year}年度分红（${row.origin}）：${unpaid(row, edition)}`),
  }
}

function planRow(sql: Sql, cut: Cut, row: GrantStanding): string[] {
  const facts = distributionFacts(sql, cut.coop, row.year, cut.revision)
  return [
    ...[row.resolution ? resolutionLabel(row.resolution) : '', `${row.year}年度`, facts.distributable ?? ''],
    ...[facts.reserveRate ? `${new Decimal(facts.reserveRate).times(100)}%` : '', facts.reserve ?? ''],
    row.perShare ? grouped(row.perShare) : '按总额分配',
    row.registerShares ?? '',
  ]
}

function unpaid(row: GrantStanding, edition: DisclosureEdition): string {
  if (row.owedHeads === 0) return '已全部付清。'
  const heads = headCount(row.owedHeads, edition)
  return `未付 ${heads} 人 ${written(row.owed)}，其中退回或误付 ${written(row.returned)}，自${chineseDay(row.date)}起挂账。`
}
