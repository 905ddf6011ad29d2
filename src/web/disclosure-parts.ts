import { html } from 'hono/html'
import type { DisclosureData, DisclosureGroup } from '../../reports/disclosure/data.ts'
import { chineseNumber } from '../../reports/kit/figures.ts'
import type { TableData } from '../../reports/kit/table.ts'
import { buttons, facts, type Html, longDay, table } from './parts.ts'

const MOST_ROWS = 12

/**
 * One numbered group: note, tables and text, or 本季度无. With `whole`, the path of the group's own page, long tables
 * show their beginning and total only.
 */
export function disclosureGroup({ no, title, note, tables, text = [] }: DisclosureGroup, whole?: string): Html {
  const empty = tables.length === 0 && text.length === 0 && !note
  return html`<section><h3>${chineseNumber(no)}、${title}</h3>
${note ? html`<p>${note}</p>` : ''}${empty ? html`<p class="quiet">本季度无。</p>` : ''}
${tables.map(data => paperTable(data, whole))}${text.map(paragraph => html`<p>${paragraph}</p>`)}</section>`
}

function paperTable({ columns, rows, empty = '本季度无。', ...rest }: TableData, whole: string | undefined): Html {
  const cut = whole !== undefined && rows.length > MOST_ROWS
  const shown = table({
    ...rest,
    columns: columns.map(({ title, kind }) => ({ title, kind })),
    rows: cut ? rows.slice(0, MOST_ROWS) : rows,
    empty,
    stack: true,
  })
  if (!cut) return shown
  return html`${shown}${buttons([[whole, `上面是前 ${MOST_ROWS} 行，合计是全部 ${rows.length} 行的：看全部`]])}`
}

/** Who published it, when, how to object, and the fingerprint of the figures. */
export function disclosureFacts({ header }: DisclosureData): Html {
  const { objection } = header
  return facts([
    ['文号', header.number],
    ['版次', header.priorVersion ? `第${header.version}版，更正${header.priorVersion}` : `第${header.version}版`],
    ['数据截至', longDay(header.cutoff)],
    ['张贴日期', longDay(header.postedOn)],
    ['公示期', `自 ${longDay(objection.from)} 至 ${longDay(objection.to)}，共 ${objection.days} 日`],
    ...header.contacts.map(({ label, person, phone }): [string, string] => [
      label,
      person ? `${phone}（${person}）` : phone,
    ]),
    ['受理地址', header.address],
    ['公开指纹', header.figuresHash],
  ])
}
