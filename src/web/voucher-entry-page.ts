import { html, raw } from 'hono/html'
import type { Template } from '../../projections/papers.ts'
import type { CoopProfile } from '../../projections/profile.ts'
import { accountName } from '../domain/chart.ts'
import { add, type Fen, grouped, readYuan, yuan } from '../domain/money.ts'
import { type Clerk, clerkFields, type Said, said } from './clerk-parts.ts'
import type { Page } from './layout.ts'
import type { Html } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { KEYS } from './voucher-entry-keys.ts'

/** The fields of a line in the order of the grid. */
export const LINE_FIELDS = ['account', 'debit', 'credit', 'counterparty', 'fund', 'project', 'lease'] as const
export type LineField = (typeof LINE_FIELDS)[number]
/** A line as it was typed; what is left out is empty. */
export type TypedLine = { readonly [F in LineField]?: string }

const TITLES: Record<LineField, string> = {
  account: '科目',
  debit: '借方',
  credit: '贷方',
  counterparty: '往来（单位或成员码）',
  fund: '资金',
  project: '项目',
  lease: '租约',
}
const FEWEST_LINES = 8

/** What may be chosen: value and what it is called. */
export type Choices = { readonly [F in 'account' | 'counterparty' | 'fund' | 'project' | 'lease']: readonly Choice[] }
export type Choice = readonly [value: string, name: string]

export type EntryView = {
  readonly date: string
  readonly summary: string
  readonly attachments: string
  readonly lines: readonly TypedLine[]
  readonly choices: Choices
  readonly summaries: readonly string[]
  readonly templates: readonly Template[]
  readonly template: string | undefined
  readonly clerks: readonly Clerk[]
  readonly clerk: string
  readonly key: string
  /** Nothing was typed yet, so that a draft the browser kept may take its place. */
  readonly fresh: boolean
}

/** 记账凭证录入: a form that works by itself, and a grid with the keys accountants know where scripts run. */
export function voucherEntryPage(coop: CoopProfile, view: EntryView, before: Said): Page {
  const page = staffPage(coop, 'entry', '录入记账凭证', [
    said(coop.coop, before),
    templateChooser(coop, view),
    html`<form class="entry" method="post" action="${roomPath(coop.coop, 'entry')}" data-coop="${coop.coop}" data-fresh="${view.fresh ? 'yes' : 'no'}"${
      before.done ? html` data-done` : ''
    } data-people="${roomPath(coop.coop, 'entry', 'people')}">
${head(view)}
${grid(view)}
${foot(view)}
</form>`,
    KEYS,
    lists(view),
    html`<script type="application/json" id="entry-data">${raw(embedded({ choices: view.choices, templates: view.templates }))}</script>`,
  ])
  return { ...page, scripts: ['voucher-entry.js'] }
}

function templateChooser(coop: CoopProfile, { templates, template }: EntryView): Html | '' {
  if (templates.length === 0) return ''
  return html`<form class="inline" method="get" action="${roomPath(coop.coop, 'entry')}"><div><label for="template">常用凭证 <kbd>F4</kbd></label>
<select id="template" name="template"><option value="">（不用）</option>${templates.map(
    ({ id, title }) => html`<option value="${id}"${id === template ? html` selected` : ''}>${title}</option>`,
  )}</select></div><button class="button" type="submit">调用</button></form>`
}

function head({ date, summary, attachments, clerks, clerk, key }: EntryView): Html {
  return html`<div class="inline entry-head">
<div><label for="date">日期</label><input id="date" name="date" type="date" required value="${date}"></div>
<div class="wide"><label for="summary">摘要</label><input id="summary" name="summary" required maxlength="200" list="summaries" autocomplete="off" value="${summary}"></div>
<div><label for="attachments">附单据（张）</label><input id="attachments" name="attachments" type="number" inputmode="numeric" min="0" max="999" required value="${attachments}"></div>
${clerkFields(clerks, key, clerk, '制单人')}
</div>`
}

function grid({ lines, choices }: EntryView): Html {
  const rows = Array.from({ length: Math.max(FEWEST_LINES, lines.length) }, (_, index) => lines[index] ?? {})
  return html`<div class="grid-box"><table class="grid"><thead><tr><th scope="col"><span class="hide">行</span></th>${LINE_FIELDS.map(
    field =>
      html`<th scope="col" class="${field === 'debit' || field === 'credit' ? 'n' : 't'}">${TITLES[field].split('（')[0]}</th>`,
  )}</tr></thead>
<tbody>${rows.map((line, index) => row(line, index + 1, choices))}</tbody></table></div>`
}

function row(line: TypedLine, no: number, choices: Choices): Html {
  return html`<tr data-line><th scope="row" class="no">${String(no)}</th>${LINE_FIELDS.map(field => {
    const isAmount = field === 'debit' || field === 'credit'
    const name = field === 'account' ? nameOf(line.account ?? '', choices) : undefined
    return html`<td class="of-${field}"><label><span class="cap">${TITLES[field]}<span class="hide">，第 ${String(no)} 行</span></span><input name="${field}${no}" data-field="${field}" value="${line[field] ?? ''}" autocomplete="off" spellcheck="false"${
      isAmount ? html` inputmode="decimal" class="n" maxlength="20"` : html` list="${field}-list" maxlength="200"`
    }></label>${name === undefined ? '' : html`<output class="called">${name}</output>`}</td>`
  })}</tr>`
}

const nameOf = (account: string, choices: Choices): string =>
  choices.account.some(([value]) => value === account) ? accountName(account) : ''

function foot({ lines }: EntryView): Html {
  const debit = sumOf(lines, 'debit')
  const credit = sumOf(lines, 'credit')
  const typed = lines.length > 0
  return html`<p class="sums" aria-live="polite"><span>借方合计 <b data-sum="debit">${grouped(yuan(debit))}</b></span><span>贷方合计 <b data-sum="credit">${grouped(yuan(credit))}</b></span><span data-difference>${
    typed && debit === credit ? html`差额 <b>0.00 ✓</b>` : html`差额 <b>${grouped(yuan(debit - credit))}</b>`
  }</span></p>
<p class="save"><button class="button main" type="submit" data-save aria-describedby="why">保存凭证 <kbd>F8</kbd></button>
<span id="why" class="quiet">借贷相等才能保存。凭证号在入账时自动编；付款、冲销保存后要另一个人复核。</span></p>`
}

function sumOf(lines: readonly TypedLine[], side: 'debit' | 'credit'): Fen {
  return lines.reduce((sum, line) => add(sum, readYuan(line[side] ?? '') ?? 0), 0)
}

function lists({ choices, summaries }: EntryView): Html {
  return html`<datalist id="summaries">${summaries.map(summary => html`<option value="${summary}"></option>`)}</datalist>
${Object.entries(choices).map(
  ([field, list]) =>
    html`<datalist id="${field}-list">${list.map(([value, name]) => html`<option value="${value}">${name}</option>`)}</datalist>`,
)}`
}

/** Data for a script, which no browser takes for markup. */
const embedded = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c')
