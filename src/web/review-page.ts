import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { Submission } from '../../projections/submissions.ts'
import type { Doing } from '../domain/governance/events.ts'
import { grouped } from '../domain/money.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Voucher } from '../domain/voucher.ts'
import { voucherLink } from './books-pages.ts'
import { type Clerk, clerkFields, linesTable, type Said, said } from './clerk-parts.ts'
import type { Page } from './layout.ts'
import { type Cell, facts, type Html, longDay, nothing, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { shanghaiTime } from './words.ts'

/** A command that waits: what it is called, what it would book today, and who may decide on it. */
export type Waiting = {
  readonly submission: Submission
  readonly title: string
  readonly vouchers: readonly Voucher[]
  /** What else it says, label and value. */
  readonly particulars: readonly (readonly [string, string])[]
  /** Why it could not be approved any more. */
  readonly hindered: Refusal | undefined
  readonly reviewers: readonly Clerk[]
  readonly key: string
}
/** `about` names the thing it was about: a month, a voucher, a summary. */
export type Decided = { readonly submission: Submission; readonly title: string; readonly about: string }

const VOUCHER = /^\d{4}-\d{2}-记-\d+$/
const DOINGS: Record<Doing, string> = {
  pays: '付款',
  reverses: '冲销、更正',
  closes: '结账',
  publishes: '公开',
  other: '其他',
}

/** 待复核: what waits for a second person, each with the entry it would make, and what was decided lately. */
export function reviewPage(
  coop: CoopProfile,
  waiting: readonly Waiting[],
  decided: readonly Decided[],
  nameOf: (code: string) => string,
  before: Said,
): Page {
  return staffPage(coop, 'review', waiting.length === 0 ? '待复核' : `待复核 · ${waiting.length} 项`, [
    said(coop.coop, before),
    waiting.length === 0
      ? nothing('没有等待复核的事项。付款、冲销、结账这类事项提交之后，会在这里等另一个人复核。')
      : waiting.map(item => waitingCard(coop, item, nameOf)),
    html`<h2>最近处理的</h2>`,
    decidedTable(decided, nameOf),
  ])
}

function waitingCard(coop: CoopProfile, item: Waiting, nameOf: (code: string) => string): Html {
  const { submission, title, vouchers, particulars, hindered } = item
  return html`<section class="card" id="${submission.id}">
<h2>${submission.id}　${title}</h2>
<p><span class="tag">${DOINGS[submission.doing]}</span> ${
    submission.amount === '0.00' ? '' : html`<strong>¥${grouped(submission.amount)}</strong>　`
  }<span class="keep">制单 ${makerName(submission.maker, nameOf)}</span>　<span class="keep quiet">${shanghaiTime(submission.recordedAt)} 提交</span></p>
${particulars.length === 0 ? '' : facts(particulars.map(([label, value]) => [label, particular(coop, value, nameOf)]))}
${vouchers.map(({ date, summary, attachments, lines }) =>
  linesTable(lines, nameOf, `${longDay(date)}　${summary}　附单据 ${attachments} 张`),
)}
${hindered ? html`<p class="note"><strong>现在批准会被拒绝：</strong>${hindered.message}可以退回，请经办人改好再提交。</p>` : ''}
${decisionForms(coop, item)}
</section>`
}

const particular = (coop: CoopProfile, value: string, nameOf: (code: string) => string): Cell =>
  VOUCHER.test(value) ? voucherLink(coop.coop, value) : nameOf(value)

function decisionForms(coop: CoopProfile, { submission, reviewers, hindered, key }: Waiting): Html {
  if (reviewers.length === 0)
    return html`<p class="note">现在没有可以复核的人：制单人自己和出纳不能复核。请先任命理事或会计。</p>`
  const reason = `reason-${submission.id}`
  return html`<form class="decide" method="post" action="${roomPath(coop.coop, 'review', submission.id)}">
<div class="inline">${clerkFields(reviewers, key, '', '复核人')}
${hindered ? '' : html`<button class="button main" type="submit" name="verdict" value="approve">复核通过，入账</button>`}</div>
<div class="inline"><div class="wide"><label for="${reason}">退回原因</label><input id="${reason}" name="reason" maxlength="200"></div>
<button class="button" type="submit" name="verdict" value="reject">退回</button></div>
</form>`
}

function decidedTable(decided: readonly Decided[], nameOf: (code: string) => string): Html {
  return table({
    stack: true,
    unit: '元',
    columns: [
      { title: '编号', kind: 'date' },
      { title: '事项' },
      { title: '金额', kind: 'money' },
      { title: '制单' },
      { title: '复核' },
      { title: '结果' },
    ],
    rows: decided.map(({ submission, title, about }) => [
      submission.id,
      about ? html`<span>${title} <span class="quiet">${about}</span></span>` : title,
      submission.amount === '0.00' ? '' : submission.amount,
      makerName(submission.maker, nameOf),
      nameOf(submission.officer ?? ''),
      submission.status === 'approved'
        ? html`<span class="tag good">已通过</span>`
        : html`<span><span class="tag warn">已退回</span> ${submission.reason}</span>`,
    ]),
    empty: '还没有处理过的事项。',
  })
}

/** 王会计 of `M00003 via web`; what names no person of the register stays as it is. */
function makerName(actor: string, nameOf: (code: string) => string): string {
  const [who = actor] = actor.split(' via ')
  return who === 'operator' ? '工作人员' : nameOf(who)
}
