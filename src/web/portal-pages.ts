import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { PublishedDisclosure } from '../../projections/publications.ts'
import type { DisclosureData } from '../../reports/disclosure/data.ts'
import { charts } from './chart.ts'
import { disclosureGroup } from './disclosure-parts.ts'
import type { Page } from './layout.ts'
import { buttons, type Html, longDay, nothing } from './parts.ts'
import { path, periodName } from './words.ts'

export type Board = { readonly coop: CoopProfile; readonly latest: PublishedDisclosure | undefined }
/** A co-op's last published quarter, for the pages that answer one question. */
export type Answered = { readonly coop: CoopProfile; readonly quarter: string; readonly outcome: DisclosureData }

/** The first page: three questions, the co-ops, what was published last, how to check. */
export function portal(boards: readonly Board[]): Page {
  return {
    title: '公开栏',
    body: html`<h1><span class="keep">集体的钱，</span><span class="keep">一笔一笔看得明白</span></h1>
<ul class="questions">
<li><a href="/money-in"><strong>钱从哪来</strong><span>租金、投资、补助、捐赠，各收了多少</span></a></li>
<li><a href="/money-out"><strong>钱到哪去</strong><span>福利、救助、办公、建设，各花了多少</span></a></li>
<li><a href="/my-share"><strong>我的分红</strong><span>怎样查自己的分红和津贴，怎样核对</span></a></li>
</ul>
<h2>各组织的公开</h2>
${boards.length === 0 ? nothing('账本还是空的。下一步：请工作人员登录工作台，建社或导入账目。') : html`<ul class="cards">${boards.map(boardCard)}</ul>`}
<h2>怎样核对</h2>
<p>公开的每一份表都有“公开指纹”，纸上的、网上的和账本里的必须一样；每个人的对账单也能和公开的总数对上。</p>
${buttons([['/how-to-check', '看核对的三个步骤']])}`,
  }
}

function boardCard({ coop, latest }: Board): Html {
  const link = html`<h3><a href="${path('coops', coop.coop)}">${coop.name}</a></h3>`
  if (!latest) return html`<li class="card">${link}<p class="quiet">还没有发布季度公开。</p></li>`
  const at = (...rest: string[]) => path('coops', coop.coop, 'quarters', latest.quarter, ...rest)
  return html`<li class="card">${link}<p>最近公开：<a href="${at()}">${periodName(latest.quarter)}</a><br>
<span class="quiet">${longDay(latest.postedOn)}张贴，公示至${longDay(latest.objectionTo)}</span></p>
${buttons([
  [at('decision.pdf'), '决议公开（PDF）'],
  [at('outcome.pdf'), '结果公开（PDF）'],
])}</li>`
}

/** 钱从哪来 or 钱到哪去: the groups of the last published quarter of each co-op that answer it. */
export function questionPage(
  title: string,
  groups: readonly number[],
  pictures: RegExp,
  answers: readonly Answered[],
  others: readonly CoopProfile[],
): Page {
  return {
    title,
    crumbs: [['/', '公开栏']],
    body: [
      html`<h1>${title}</h1>`,
      answers.length === 0 ? nothing('还没有发布季度公开，发布之后这里会列出各组织最近一季度的数字。') : '',
      ...answers.map(
        ({ coop, quarter, outcome }) => html`<h2>${coop.name} · ${periodName(quarter)}</h2>
${charts(outcome.annex.charts.filter(({ title: about }) => pictures.test(about)))}
${outcome.groups
  .filter(({ no }) => groups.includes(no))
  .map(group => disclosureGroup(group, path('coops', coop.coop, 'quarters', quarter, 'outcome', String(group.no))))}
${buttons([[path('coops', coop.coop, 'quarters', quarter), '看这一季度的全部公开']])}`,
      ),
      others.length === 0
        ? ''
        : html`<h2>其他组织</h2><ul class="list">${others.map(({ coop, name }) => html`<li><a href="${path('coops', coop)}">${name}</a></li>`)}</ul>`,
    ],
  }
}

/** 我的分红: how to get and check one's own statement. */
export function mySharePage(coops: readonly CoopProfile[]): Page {
  return {
    title: '我的分红',
    crumbs: [['/', '公开栏']],
    body: html`<h1>我的分红</h1>
<p class="lead">每位成员每年有一张“分红对账单”：分红、津贴、奖学金、救助，每一笔的日期、凭证号、算法、应发、代扣、实发，都写在上面。</p>
<h2>怎样拿到</h2>
<ol><li>带身份证到本社窗口，工作人员当场打印，不收费。</li><li>家里人可以代办：带两个人的身份证和本人写的委托书。</li><li>看不清的，请窗口打印大字版，或请工作人员念给您听。</li></ol>
<h2>怎样核对</h2>
<ol><li>对照银行卡：状态写“已付”的，日期和金额要和银行入账一样。</li><li>对照公开：单上的每股分红，要和公开的分红总额、总份额算得上。</li><li>对不上，当场提出来，或打下面的监督电话。</li></ol>
${coops.length === 0 ? '' : html`<h2>到哪里去</h2><ul class="list">${coops.map(place)}</ul>`}`,
  }
}

function place({ name, address, phone }: CoopProfile): Html {
  const where = address ? `，${address}` : ''
  return html`<li><strong>${name}</strong>${where}${phone ? html`，<a href="tel:${phone.replaceAll(/[^\d+]/g, '')}">${phone}</a>` : ''}</li>`
}

/** 怎样核对: three steps, no trust in the publisher needed. */
export function howToCheckPage(): Page {
  return {
    title: '怎样核对账目',
    crumbs: [['/', '公开栏']],
    body: html`<h1>怎样核对账目</h1>
<h2>一、看公开的数是不是同一份</h2>
<p>每份结果公开的末页和网页上，都有一串“公开指纹”。纸上的前十六位和网上的一样，说明是同一份数字；改动一分钱，指纹就完全不同。</p>
<h2>二、看合计对不对</h2>
<p>期初加收入减支出，等于期末；这一季度的期初，等于上一季度公开的期末。每个合计都能点开，看到每一笔的日期、凭证号和金额。</p>
<h2>三、看自己的那一份对不对</h2>
<p>凭身份证领取自己的对账单，和银行卡的入账逐笔核对；对账单上的每股金额乘以份额，就是应得的分红。</p>
<h2>对不上怎么办</h2>
<p class="note">公示期内可以书面或当面提出异议，本社应当答复；也可以凭身份证查阅凭证原件。依据：《农村集体经济组织法》第十三条、第四十五条。</p>`,
  }
}
