import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { BookColumn, BookData, BookReport } from '../../reports/books/report.ts'
import type { PaperColumn, PaperTable } from '../../reports/kit/book-table.ts'
import type { Page } from './layout.ts'
import { type Column, type Html, money, table } from './parts.ts'
import { periodChooser, roomPath, staffPage } from './staff-frame.ts'
import { periodName } from './words.ts'

/** What a reader has chosen to see of a report. */
export type ReportChoice = {
  readonly period: string
  readonly periods: readonly string[]
  readonly known: string
  readonly account: string
  readonly fund: string
  readonly names: boolean
}

const FILES = [
  ['pdf', 'PDF'],
  ['xlsx', 'Excel'],
  ['csv', 'CSV'],
] as const

/** 账表: every book and statement of a period, with its files. */
export function reportsPage(
  coop: CoopProfile,
  { period, periods }: Pick<ReportChoice, 'period' | 'periods'>,
  reports: readonly BookReport[],
): Page {
  return staffPage(coop, 'reports', `账簿和报表 · ${periodName(period)}`, [
    periodChooser(roomPath(coop.coop, 'reports'), periods, period),
    table({
      columns: [{ title: '名称' }, { title: '文件' }],
      rows: reports.map(({ name, title }) => {
        const query = `?period=${period}`
        return [
          html`<a href="${roomPath(coop.coop, 'reports', name)}${query}">${title}</a>`,
          html`${FILES.map(
            ([format, text]) => html`<a href="${roomPath(coop.coop, 'reports', name, format)}${query}">${text}</a> `,
          )}`,
        ]
      }),
    }),
  ])
}

/** One book or statement as its paper has it, with its checks and files. */
export function reportPage(
  coop: CoopProfile,
  choice: ReportChoice,
  report: BookReport,
  data: BookData,
  tables: readonly PaperTable[],
): Page {
  const shown = tables.length > 0 ? tables.map(ofPaper) : [ofRows(report.columns, data)]
  return staffPage(coop, 'reports', `${report.title} · ${periodName(choice.period)}`, [
    form(coop, choice, report),
    html`<p>${FILES.map(
      ([format, text]) =>
        html`<a href="${roomPath(coop.coop, 'reports', report.name, format)}?${queryOf(choice)}">${text}</a> `,
    )}</p>`,
    ...shown,
    ...checks(data),
  ])
}

function form(coop: CoopProfile, choice: ReportChoice, { name, narrowedBy }: BookReport): Html {
  const all = choice.periods.includes(choice.period) ? choice.periods : [choice.period, ...choice.periods]
  const field = (id: string, label: string, value: string) =>
    html`<div><label for="${id}">${label}</label><input id="${id}" name="${id}" value="${value}" maxlength="80"></div>`
  return html`<form class="inline" method="get" action="${roomPath(coop.coop, 'reports', name)}">
<div><label for="period">期间</label><select id="period" name="period">${all.map(
    period =>
      html`<option value="${period}"${period === choice.period ? html` selected` : ''}>${periodName(period)}</option>`,
  )}</select></div>
${narrowedBy.includes('account') ? field('account', '科目', choice.account) : ''}
${narrowedBy.includes('fund') ? field('fund', '资金', choice.fund) : ''}
${field('known', '截至（可空）', choice.known)}
<div><label for="names">姓名</label><select id="names" name="names"><option value="0">不写</option>
<option value="1"${choice.names ? html` selected` : ''}>写</option></select></div>
<button class="button" type="submit">查看</button></form>`
}

function queryOf({ period, known, account, fund, names }: ReportChoice): string {
  const wanted = { period, known, account, fund, names: names ? '1' : '' }
  return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== '')).toString()
}

const KINDS: Readonly<Record<PaperColumn['kind'], NonNullable<Column['kind']>>> = {
  text: 'text',
  code: 'text',
  date: 'date',
  side: 'date',
  money: 'money',
  count: 'count',
}

function ofPaper({ heading, columns, rows, empty = '本期没有记录。' }: PaperTable): Html {
  return table({
    caption: heading,
    unit: '元',
    columns: columns.map(({ title, kind }) => ({ title, kind: KINDS[kind] })),
    rows: rows.map(({ cells, look }) => {
      const shown = named(cells)
      return look !== undefined && TOTALS.has(look) ? shown.map(cell => strong(cell)) : shown
    }),
    empty,
  })
}

const TOTALS = new Set(['month', 'year', 'sum', 'grand'])

const strong = (cell: string): Html | string => (cell === '' ? '' : html`<strong>${money(cell)}</strong>`)

// The first cell names its row: a total without a day of its own is named by what it says.
function named(cells: readonly string[]): readonly string[] {
  const at = cells.findIndex(cell => cell !== '')
  return at <= 0 ? cells : cells.map((cell, index) => (index === 0 ? cells[at]! : index === at ? '' : cell))
}

function ofRows(columns: readonly BookColumn[], { rows }: BookData): Html {
  return table({
    unit: '元',
    columns: columns.map(({ title, kind }) => ({ title, kind: KINDS[kind] })),
    rows: rows.map(row => columns.map(({ key }) => row[key] ?? '')),
    empty: '本期没有记录。',
  })
}

function checks({ checks: all }: BookData): Html[] {
  if (all.length === 0) return []
  const failed = all.filter(({ ok }) => !ok)
  const said = failed.map(
    ({ name, left, right }) => html`<li><strong>校验不符：${name}（${left}，${right}）</strong></li>`,
  )
  return [
    html`<p>校验 ${String(all.length)} 项，相符 ${String(all.length - failed.length)} 项。</p>`,
    html`<ul>${said}</ul>`,
  ]
}
