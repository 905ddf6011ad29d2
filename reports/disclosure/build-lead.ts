import type { Cut } from '../../projections/quarter.ts'
import { cutOf, quarterAfter } from '../../projections/quarter.ts'
import { movements, profitLines, voucherCounts } from '../../projections/quarter-money.ts'
import { standings, welfareOf } from '../../projections/quarter-people.ts'
import { chineseQuarter } from '../../src/domain/calendar.ts'
import { accountName, subOf } from '../../src/domain/chart.ts'
import { type Fen, fenOf, grouped, total, yuan } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { ChartData } from '../kit/chart.ts'
import { byAccount, cashByQuarter, EXPENSE, INCOME } from './build-money.ts'
import type { DisclosureAnnex } from './data.ts'

/** What people ask first about a quarter; fen, persons. */
export type Summary = {
  income: Fen
  expense: Fen
  cash: Fen
  welfare: Fen
  welfareTimes: number
  dividend: Fen
  dividendHeads: number
  resolutions: number
}

/** The summary of a quarter, from the same figures as its groups. */
export function summaryOf(sql: Sql, cut: Cut, resolutions: number): Summary {
  const welfare = welfareOf(sql, cut)
  const dividends = standings(sql, cut).filter(row => row.kind === 'dividend' && row.date >= cut.from)
  return {
    income: total(profitLines(sql, cut, INCOME, 'income'), line => fenOf(line.amount)),
    expense: total(profitLines(sql, cut, EXPENSE, 'expense'), line => fenOf(line.amount)),
    cash: total(movements(sql, cut, ['101', '102']), row => fenOf(row.closing)),
    welfare: total(welfare, row => fenOf(row.amount)),
    welfareTimes: welfare.reduce((all, row) => all + row.times, 0),
    dividend: total(dividends, row => fenOf(row.gross)),
    dividendHeads: dividends.reduce((all, row) => all + row.heads, 0),
    resolutions,
  }
}

const written = (fen: Fen): string => `${grouped(yuan(fen))} 元`

/** The opening paragraphs of the outcome notice, with the quarter before to compare. */
export function outcomeLead(sql: Sql, cut: Cut, now: Summary): string[] {
  const earlier = cutOf(sql, cut.coop, quarterAfter(cut.quarter, -1))
  const before = summaryOf(sql, earlier, 0)
  const comparable = voucherCounts(sql, earlier).all > 0
  const compared = (today: Fen, past: Fen) => (comparable ? `，${difference(today, past)}` : '')
  const paid = [
    now.dividendHeads > 0 ? `宣告分红 ${written(now.dividend)}` : '',
    now.welfareTimes > 0 ? `发放津贴、奖助、救助等福利 ${written(now.welfare)}` : '',
  ].filter(Boolean)
  const income = `收入 ${written(now.income)}${compared(now.income, before.income)}`
  const expense = `支出 ${written(now.expense)}${compared(now.expense, before.expense)}`
  const given = paid.length > 0 ? `本季度${paid.join('，')}。` : ''
  return [
    `根据《农村集体经济组织法》第四十五条，现将本社${chineseQuarter(cut.quarter)}财务收支和决议实施结果公示如下。`,
    `本季度${income}；${expense}。季末现金和银行存款共 ${written(now.cash)}。${given}`,
  ]
}

function difference(today: Fen, past: Fen): string {
  if (today === past) return '与上季度持平'
  return `比上季度${today > past ? '多' : '少'} ${written(Math.abs(today - past))}`
}

/** The opening paragraph of the decision notice. */
export function decisionLead(cut: Cut, resolutions: number): string[] {
  const what = resolutions === 0 ? '本季度没有作出决议。' : `本季度表决的事项共 ${resolutions} 项，现公示如下。`
  return [`根据《农村集体经济组织法》第四十五条，现将本社${chineseQuarter(cut.quarter)}的决议公开。${what}`]
}

/** Charts and English lines of the outcome notice, every figure from its groups. */
export function outcomeAnnex(sql: Sql, cut: Cut, now: Summary): DisclosureAnnex {
  const charts = [
    composition('本季收入构成', profitLines(sql, cut, INCOME, 'income')),
    composition('本季支出构成', profitLines(sql, cut, EXPENSE, 'expense')),
    cashChart(sql, cut),
  ].filter(chart => chart.categories.length > 0)
  const cny = (fen: Fen) => `CNY ${grouped(yuan(fen))}`
  const quarter = englishQuarter(cut.quarter)
  const english = [
    'Summary in English',
    `${quarter}: income ${cny(now.income)}, expenditure ${cny(now.expense)}; cash at its end ${cny(now.cash)}.`,
    `Welfare granted in the quarter: ${cny(now.welfare)}. Dividends declared: ${cny(now.dividend)}.`,
    `Resolutions put to the vote: ${now.resolutions}. Figures up to ${cut.to}; all amounts in yuan (CNY).`,
  ]
  return { charts, english }
}

/** The annex of the decision notice. */
export function decisionAnnex(cut: Cut, resolutions: number): DisclosureAnnex {
  const english = [
    'Summary in English',
    `${englishQuarter(cut.quarter)}: ${resolutions} resolution(s) were put to the vote.`,
    'Votes are counted on all members entitled to vote or all representatives, not on those present.',
  ]
  return { charts: [], english }
}

const englishQuarter = (quarter: string): string => `Quarter ${quarter[5]} of ${quarter.slice(0, 4)}`

const MOST_BARS = 8

// The largest kinds, each as it stands in the table of subtotals.
function composition(title: string, lines: readonly { account: string; amount: string }[]): ChartData {
  const bars = byAccount(lines)
  const shown = bars.slice(0, MOST_BARS)
  const names = shown.map(({ account }) => subOf(account) ?? accountName(account))
  return {
    title: bars.length > MOST_BARS ? `${title}（最大的${MOST_BARS}项）` : title,
    kind: 'bar',
    categories: shown.map(({ account }, index) =>
      names.filter(name => name === names[index]).length > 1 ? accountName(account) : (names[index] ?? ''),
    ),
    series: [{ name: '金额', values: shown.map(({ amount }) => amount) }],
  }
}

function cashChart(sql: Sql, cut: Cut): ChartData {
  const closings = cashByQuarter(sql, cut)
  return {
    title: '季末现金和银行存款',
    kind: 'bar',
    categories: closings.map(({ quarter }) => chineseQuarter(quarter)),
    series: [{ name: '季末余额', values: closings.map(({ amount }) => amount) }],
  }
}
