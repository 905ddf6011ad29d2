import { html } from 'hono/html'
import { chineseDay, isDay } from '../domain/calendar.ts'
import { grouped } from '../domain/money.ts'

/** Escaped markup, ready to be put into more markup. */
export type Html = ReturnType<typeof html>
export type Cell = string | Html | undefined
/** What a page is made of: markup, and lists of it. */
export type Content = Cell | readonly Content[]

export type Column = { readonly title: string; readonly kind?: 'text' | 'money' | 'count' | 'date' }
export type Table = {
  readonly caption?: string | undefined
  /** Written 单位：元 beside the caption. */
  readonly unit?: string | undefined
  readonly columns: readonly Column[]
  /** The first cell names its row; money as `"1234.56"`, days as `YYYY-MM-DD`. */
  readonly rows: readonly (readonly Cell[])[]
  /** 合计, a cell for each column; an empty first cell is written 合计. */
  readonly total?: readonly Cell[] | undefined
  /** Said when there is no row: what is missing and what to do next. */
  readonly empty?: string | undefined
  /** On a narrow screen each row becomes a card of label and value instead of a table to be pushed sideways. */
  readonly stack?: boolean
}

const MONEY = /^-?\d+\.\d\d$/
const COUNT = /^-?\d+$/
const CLASSES = { text: 't', money: 'n', count: 'n', date: 'd' } as const

/** 1,234,567.80 of `"1234567.80"`, a negative amount in red as in the books; other text as it is. */
export function money(amount: string): Html {
  if (!MONEY.test(amount)) return html`${amount}`
  return amount.startsWith('-') ? html`<span class="red">${grouped(amount)}</span>` : html`${grouped(amount)}`
}

/** 2025年3月5日 of a day; other text as it is. */
export const longDay = (day: string): string => (isDay(day) ? chineseDay(day) : day)

/** A table in a box of its own, which scrolls by itself where the screen is too narrow. */
export function table(data: Table): Html {
  if (data.rows.length === 0) return html`<p class="empty">${data.empty ?? '暂无记录。'}</p>`
  const name = data.caption ?? data.columns.map(({ title }) => title).join('、')
  const role = (value: string) => (data.stack ? html` role="${value}"` : '')
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table${data.stack ? html` class="stack"` : ''}${role('table')}>
${caption(data)}
<thead${role('rowgroup')}><tr${role('row')}>${data.columns.map(
    ({ title, kind = 'text' }) => html`<th scope="col" class="${CLASSES[kind]}"${role('columnheader')}>${title}</th>`,
  )}</tr></thead>
<tbody${role('rowgroup')}>${data.rows.map(row => tableRow(data, row, role))}</tbody>
${data.total ? html`<tfoot${role('rowgroup')}>${tableRow(data, [data.total[0] || '合计', ...data.total.slice(1)], role)}</tfoot>` : ''}
</table></div>`
}

function caption({ caption, unit }: Table): Html | '' {
  if (!caption && !unit) return ''
  return html`<caption>${caption ?? ''}${unit ? html` <span class="unit">单位：${unit}</span>` : ''}</caption>`
}

function tableRow(data: Table, row: readonly Cell[], role: (value: string) => Html | ''): Html {
  return html`<tr${role('row')}>${row.map((value, index) => {
    const { title, kind = 'text' } = data.columns[index] ?? { title: '' }
    const content = written(value, kind)
    if (index === 0) return html`<th scope="row" class="${CLASSES[kind]}"${role('rowheader')}>${content}</th>`
    const label = data.stack ? html` data-label="${title}"` : ''
    return html`<td class="${CLASSES[kind]}"${label}${role('cell')}>${content}</td>`
  })}</tr>`
}

function written(value: Cell, kind: Column['kind']): Cell {
  if (typeof value !== 'string') return value ?? ''
  if (kind === 'money') return money(value)
  return kind === 'count' && COUNT.test(value) ? value.replace(/\B(?=(\d{3})+$)/g, ',') : value
}

/** Label and value, one below the other on a phone. Pairs without a value are left out. */
export function facts(pairs: readonly (readonly [string, Cell])[]): Html {
  const kept = pairs.filter(([, value]) => value !== undefined && value !== '')
  return html`<dl class="facts">${kept.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

/** A few large figures side by side; each with a word of explanation below it if given. */
export function figures(items: readonly (readonly [label: string, amount: string, note?: string])[]): Html {
  return html`<dl class="figures">${items.map(
    ([label, amount, note]) =>
      html`<div><dt>${label}</dt><dd>${MONEY.test(amount) ? html`¥${money(amount)}` : amount}${note ? html`<small>${note}</small>` : ''}</dd></div>`,
  )}</dl>`
}

/** Links as large buttons in a row. */
export function buttons(links: readonly (readonly [href: string, text: string])[]): Html {
  return html`<ul class="links">${links.map(([href, text]) => html`<li><a href="${href}">${text}</a></li>`)}</ul>`
}

/** Says that there is nothing yet, and the next step. */
export const nothing = (text: string): Html => html`<p class="empty">${text}</p>`
