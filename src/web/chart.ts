import { html } from 'hono/html'
import { fenOf, grouped, times, yuan } from '../domain/money.ts'
import type { Html } from './parts.ts'
import { table } from './parts.ts'

/** Amounts (yuan strings) over categories, one to four series; each series has a value a category. */
export type Chart = {
  readonly title: string
  readonly categories: readonly string[]
  readonly series: readonly { readonly name: string; readonly values: readonly string[] }[]
}

/** Charts side by side where there is room. */
export const charts = (all: readonly Chart[]): Html => html`<div class="charts">${all.map(chart)}</div>`

/** Bars that lie, so that the labels stay as large as the page's text on every screen; the figures stand in a table below. */
function chart(data: Chart): Html | '' {
  if (data.categories.length === 0 || data.series.length === 0) return ''
  const longest = Math.max(1, ...data.series.flatMap(({ values }) => values.map(value => Math.abs(fenOf(value)))))
  return html`<figure class="chart"><figcaption>${data.title} <span class="unit">（万元）</span></figcaption>
${data.series.length > 1 ? legend(data) : ''}
<ul class="bars">${data.categories.map(
    (category, at) =>
      html`<li>${data.series.map(({ name, values }, which) => {
        const label = data.series.length > 1 ? `${category} ${name}` : category
        return bar(which === 0 || data.series.length > 1 ? label : '', values[at] ?? '0.00', which, longest)
      })}</li>`,
  )}</ul>
<details><summary>看数字表</summary>${table({
    unit: '元',
    columns: [{ title: '项目' }, ...data.series.map(({ name }) => ({ title: name, kind: 'money' as const }))],
    rows: data.categories.map((category, at) => [category, ...data.series.map(({ values }) => values[at])]),
  })}</details></figure>`
}

function bar(label: string, amount: string, which: number, longest: number): Html {
  const length = Math.round((Math.abs(fenOf(amount)) / longest) * 1000)
  const value = grouped(yuan(times(fenOf(amount), '0.0001')))
  return html`<span>${label}</span><span class="n${amount.startsWith('-') ? ' red' : ''}">${value}</span>
<svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img"><title>${label} ${value} 万元</title><rect class="track" width="1000" height="10"/><rect class="bar b${which}" width="${length}" height="10"/></svg>`
}

function legend({ series }: Chart): Html {
  return html`<ul class="legend">${series.map(
    ({ name }, which) =>
      html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="bar b${which}" width="10" height="10"/></svg>${name}</li>`,
  )}</ul>`
}
