import { html } from 'hono/html'
import type { Page } from './layout.ts'
import { buttons, type Html, nothing } from './parts.ts'
import { roomPath } from './staff-frame.ts'
import { path } from './words.ts'

type Listed = { readonly coop: string; readonly name: string }

/** The first page where each co-op has a ledger of its own: the way to each one's board. */
export function boardsPage(coops: readonly Listed[]): Page {
  return {
    title: '公开栏',
    body: html`<h1><span class="keep">集体的钱，</span><span class="keep">一笔一笔看得明白</span></h1>
<h2>各组织的公开</h2>
${list(coops, ({ coop }) => path('coops', coop), '还没有组织。下一步：请工作人员用接口建社。')}
<h2>怎样核对</h2>
<p>公开的每一份表都有“公开指纹”，纸上的、网上的和账本里的必须一样；每个人的对账单也能和公开的总数对上。</p>
${buttons([['/how-to-check', '看核对的三个步骤']])}`,
  }
}

/** The staff's first page there: the way to each desk, where one logs in. */
export function desksPage(coops: readonly Listed[]): Page {
  return {
    title: '工作台',
    crumbs: [['/', '公开栏']],
    body: html`<h1>工作台</h1>
<p>每个组织有自己的账本和工作台，请选您的组织，再用访问码登录。</p>
${list(coops, ({ coop }) => roomPath(coop), '还没有组织。')}`,
  }
}

const list = (coops: readonly Listed[], hrefOf: (coop: Listed) => string, empty: string): Html =>
  coops.length === 0
    ? nothing(empty)
    : html`<ul class="list">${coops.map(coop => html`<li><a href="${hrefOf(coop)}">${coop.name}</a></li>`)}</ul>`
