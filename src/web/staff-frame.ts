import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { Page } from './layout.ts'
import type { Html } from './parts.ts'
import { path, periodName } from './words.ts'

const ROOMS = [
  ['', '总览'],
  ['entry', '录凭证'],
  ['review', '待复核'],
  ['vouchers', '凭证'],
  ['trial-balance', '科目余额'],
  ['reports', '账表'],
  ['bank', '对账'],
  ['closing', '结账'],
  ['members', '成员'],
  ['funds', '资金'],
  ['rent', '租约'],
  ['payables', '应付'],
  ['resolutions', '决议'],
] as const
export type Room = (typeof ROOMS)[number][0]

/** The path of a co-op's room at the staff's desk. */
export const roomPath = (coop: string, ...rest: readonly string[]): string =>
  path('staff', 'coops', coop, ...rest.filter(part => part !== ''))

/** A page of the staff's desk: the co-op's name, its rooms, and the content. */
export function staffPage(coop: CoopProfile, room: Room, title: string, body: Page['body']): Page {
  return {
    title: `${title} · ${coop.name}`,
    styles: ['desk.css'],
    crumbs: [
      ['/staff', '工作台'],
      [roomPath(coop.coop), coop.name],
    ],
    body: html`<nav class="tabs" aria-label="${coop.name}">${ROOMS.map(
      ([key, name]) =>
        html`<a href="${roomPath(coop.coop, key)}"${key === room ? html` aria-current="page"` : ''}>${name}</a>`,
    )}</nav>
<h1>${title}</h1>
${body}`,
  }
}

/** A choice of period without script: years, quarters and months, and a button. */
export function periodChooser(action: string, periods: readonly string[], chosen: string): Html {
  const all = periods.includes(chosen) ? periods : [chosen, ...periods]
  return html`<form class="inline" method="get" action="${action}"><div><label for="period">期间</label>
<select id="period" name="period">${all.map(
    period => html`<option value="${period}"${period === chosen ? html` selected` : ''}>${periodName(period)}</option>`,
  )}</select></div><button class="button" type="submit">查看</button></form>`
}
