import { type OpenItem, openItems, PARTY_ACCOUNTS } from '../../projections/open-items.ts'
import { accountSums } from '../../projections/trial-balance.ts'
import { daysBetween, lastDay, periodOf } from '../../src/domain/calendar.ts'
import { accountName, codeOf } from '../../src/domain/chart.ts'
import { type Fen, fenOf, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { PaperTable } from '../kit/book-table.ts'
import { type BookReport, type BookRow, same } from './report.ts'
import { orBlank, sumOf } from './sides.ts'

/** The last day of each bucket; what is older is in the last. */
const BUCKETS = [
  { key: 'within30', title: '30天以内', days: 30 },
  { key: 'to90', title: '31—90天', days: 90 },
  { key: 'to180', title: '91—180天', days: 180 },
  { key: 'to365', title: '181—365天', days: 365 },
  { key: 'over365', title: '365天以上', days: Number.POSITIVE_INFINITY },
] as const
const MONEY = ['balance', ...BUCKETS.map(({ key }) => key)] as const

/** 往来账龄表: 112, 113, 211, 221 by account and party, aged at the last day of the period; debit positive. */
export const ageing: BookReport = {
  name: 'ageing',
  title: '往来账龄表',
  columns: [
    { key: 'account', title: '科目编码', kind: 'code', width: 24 },
    { key: 'name', title: '科目名称', kind: 'text', width: 26 },
    { key: 'party', title: '往来单位或人员代码', kind: 'text', width: 30 },
    { key: 'partyName', title: '姓名', kind: 'text', width: 14 },
    { key: 'balance', title: '余额（借正贷负）', kind: 'money', width: 18 },
    ...BUCKETS.map(({ key, title }) => ({ key, title, kind: 'money' as const, width: 16 })),
  ],
  narrowedBy: ['account'],
  build({ sql, coop, period, account, resolve }) {
    const months = periodOf(period)
    invariant(months !== undefined, `not a period: ${period}`)
    const on = lastDay(months.to)
    const items = openItems(sql, coop, months.to).filter(each => isUnder(each.account, account))
    const parties = [...Map.groupBy(items, each => `${each.account}\n${each.party}`).values()]
    const rows = parties.map(list => aged(list, on, resolve)).sort(byPlace)
    const checks = accountSums(sql, coop, months.to)
      .filter(each => PARTY_ACCOUNTS.has(codeOf(each.account)) && isUnder(each.account, account))
      .map(({ account: booked, opening, debit, credit }) => {
        const parts = sumOf(rows.filter(row => row.account === booked).map(row => row.balance!))
        return same(`${booked} 各户合计 = 余额表`, parts, yuan(opening + debit - credit))
      })
    return { rows, checks }
  },
  paper: ({ rows }) => {
    const tables = [...Map.groupBy(rows, ({ account }) => account!)].map(([, list]) => paperOf(list))
    return tables.length > 0 ? tables : [{ columns: PAPER, rows: [], empty: '没有未结清的往来款项' }]
  },
}

const PAPER = [
  { title: '往来单位或人员', width: 54, kind: 'text' as const },
  { title: '余额', width: 24, kind: 'money' as const },
  ...BUCKETS.map(({ title }) => ({ title, width: 22, kind: 'money' as const })),
]

// Written on the account's own side, which stands in the heading; what is on the other is negative.
function paperOf(rows: readonly BookRow[]): PaperTable {
  const { account = '' } = rows[0] ?? {}
  const sums = MONEY.map(key => sumOf(rows.map(row => row[key]!)))
  const credit = sums[0]?.startsWith('-') === true
  const shown = (amount: string) => orBlank(credit ? yuan(-fenOf(amount) || 0) : amount)
  return {
    heading: `${codeOf(account)} ${accountName(account)}（${credit ? '贷方' : '借方'}余额）`,
    columns: PAPER,
    rows: [
      ...rows.map(row => ({ cells: [partyOf(row), ...MONEY.map(key => shown(row[key]!))] })),
      { cells: ['合计', ...sums.map(shown)], look: 'grand' },
    ],
  }
}

const isUnder = (account: string, above: string | undefined): boolean =>
  above === undefined || account === above || account.startsWith(`${above}-`)

const partyOf = ({ party, partyName }: BookRow): string =>
  partyName ? `${partyName}（${party}）` : party || '（未分户）'

const byPlace = (a: BookRow, b: BookRow): number => compare(a.account!, b.account!) || compare(a.party!, b.party!)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const sum = (items: readonly OpenItem[]): Fen => items.reduce((all, { amount }) => all + amount, 0)

function aged(items: readonly OpenItem[], on: string, resolve?: (code: string) => string | undefined): BookRow {
  const { account, party } = items[0]!
  const buckets = BUCKETS.map(({ key, days }, index) => {
    const youngest = index === 0 ? Number.NEGATIVE_INFINITY : BUCKETS[index - 1]!.days
    const within = items.filter(({ date }) => daysBetween(date, on) <= days && daysBetween(date, on) > youngest)
    return [key, yuan(sum(within))]
  })
  const partyName = /^M\d{5,}$/.test(party) ? (resolve?.(party) ?? '') : ''
  const head = { account, name: accountName(account), party, partyName }
  return { ...head, balance: yuan(sum(items)), ...Object.fromEntries(buckets) }
}
