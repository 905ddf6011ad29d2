import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { Check } from '../domain/books/checklist.ts'
import { type Clerk, clerkFields, clerkName, type Said, said } from './clerk-parts.ts'
import type { Page } from './layout.ts'
import { type Html, nothing, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { periodName } from './words.ts'

export type ClosingView = {
  /** The month looked at, and the open ones to choose from, oldest first. */
  readonly month: string | undefined
  readonly open: readonly string[]
  readonly checks: readonly Check[]
  /** Why it cannot be closed today whatever the list says; undefined when it can. */
  readonly notYet: string | undefined
  /** Whether the year's closing entry has to be made first. */
  readonly yearFirst: number | undefined
  /** The last closed month, which alone can be reopened; undefined when none can. */
  readonly last: string | undefined
  readonly closed: readonly string[]
  readonly clerks: readonly Clerk[]
  readonly keys: { readonly close: string; readonly year: string; readonly reopen: string }
}

/** 结账: the checklist of a month with what is wrong and where to go, the close, the year's end, and reopening. */
export function closingPage(coop: CoopProfile, view: ClosingView, before: Said): Page {
  const { month, open } = view
  return staffPage(coop, 'closing', month ? `结账 · ${periodName(month)}` : '结账', [
    said(coop.coop, before),
    month
      ? [
          html`<form class="inline" method="get" action="${roomPath(coop.coop, 'closing')}"><div><label for="month">月份</label>
<select id="month" name="month">${open.map(
            each => html`<option value="${each}"${each === month ? html` selected` : ''}>${periodName(each)}</option>`,
          )}</select></div><button class="button" type="submit">查看</button></form>`,
          checklist(coop, view, month),
          closeForm(coop, view, month),
        ]
      : nothing('各月都已结账。'),
    reopenForm(coop, view),
  ])
}

const LINKS: Record<string, (coop: string, month: string) => readonly [href: string, text: string]> = {
  SubmissionsWaiting: coop => [roomPath(coop, 'review'), '去复核'],
  NumbersWithGaps: (coop, month) => [`${roomPath(coop, 'vouchers')}?period=${month}`, '看凭证'],
  TrialBalanceOut: (coop, month) => [`${roomPath(coop, 'trial-balance')}?period=${month}`, '看余额表'],
  CashNegative: (coop, month) => [`${roomPath(coop, 'reports', 'cash-journal')}?period=${month}`, '看日记账'],
  BankNotReconciled: coop => [roomPath(coop, 'bank'), '去对账'],
  SubLedgerOut: coop => [roomPath(coop, 'payables'), '看应付'],
}

/** What may be left undone for a reason that is written down. */
const REASON_FOR: Readonly<Record<string, { name: string; label: string }>> = {
  BankNotReconciled: { name: 'unreconciled', label: '对账单未到的原因' },
  CashNotCounted: { name: 'uncounted', label: '没有盘点现金的原因' },
}

function checklist(coop: CoopProfile, { checks }: ClosingView, month: string): Html {
  const failed = checks.filter(({ fault }) => fault !== undefined).length
  return html`<p>${
    failed === 0
      ? html`<span class="tag good">✓</span> ${checks.length} 项检查全部通过。`
      : html`<span class="tag warn">${failed} 项没有通过</span> 请逐项处理。`
  }</p>
${table({
  stack: true,
  columns: [{ title: '检查' }, { title: '结果' }, { title: '说明' }, { title: '处理' }],
  rows: checks.map(({ check, title, fault, note }) => {
    const [href, text] = LINKS[check]?.(coop.coop, month) ?? []
    return [
      title,
      fault ? html`<span class="tag warn">✗ 未通过</span>` : html`<span class="tag good">✓ 通过</span>`,
      fault ?? note ?? '',
      fault && href ? html`<a href="${href}">${text}</a>` : '',
    ]
  }),
})}`
}

function closeForm(coop: CoopProfile, view: ClosingView, month: string): Html {
  const { checks, notYet, yearFirst, clerks, keys } = view
  const faults = checks.filter(({ fault }) => fault !== undefined)
  const failed = faults.filter(({ check }) => REASON_FOR[check] === undefined)
  const reasons = faults.flatMap(({ check }) => REASON_FOR[check] ?? [])
  const why = notYet ?? (failed.length > 0 ? `还有 ${failed.length} 项检查没有通过，先处理好再结账。` : undefined)
  return html`${yearFirst === undefined ? '' : yearForm(coop, view, yearFirst)}
<h2>${periodName(month)}结账</h2>
<form method="post" action="${roomPath(coop.coop, 'closing')}"><input type="hidden" name="month" value="${month}">
<div class="inline">${clerkFields(clerks, keys.close)}${reasons.map(
    ({ name, label }) =>
      html`<div class="wide"><label for="${name}">${label}（必填）</label><input id="${name}" name="${name}" maxlength="200" required aria-describedby="why"></div>`,
  )}<button class="button main" type="submit"${why ? html` disabled` : ''}>结账</button></div>
<p id="why" class="quiet">${why ?? '结账之后这个月不再接受凭证；差错在以后的月份更正。'}</p></form>`
}

function yearForm(coop: CoopProfile, { clerks, keys, notYet }: ClosingView, year: number): Html {
  return html`<h2>${year}年终结账</h2>
<p>先把本年收支结转到收益分配（501–521 → 321 → 322），再结 12 月。</p>
<form method="post" action="${roomPath(coop.coop, 'closing', 'year')}"><input type="hidden" name="year" value="${year}">
<div class="inline">${clerkFields(clerks, keys.year)}<button class="button main" type="submit"${notYet ? html` disabled` : ''}>年终结账</button></div></form>`
}

function reopenForm(coop: CoopProfile, { last, closed, clerks, keys }: ClosingView): Html | '' {
  if (closed.length === 0) return ''
  const list = html`<h2>已结账的月份</h2><p>${closed.map(periodName).join('、')}</p>`
  if (last === undefined) return html`${list}<p class="quiet">最后一个已结月份已经公开或随年度结账，不能重开。</p>`
  return html`${list}<details><summary>重开${periodName(last)}</summary>
<p class="quiet">只有还没有公开的月份可以重开，要写明原因，并由另一个人同意；已入账的凭证仍然不能改。</p>
<form method="post" action="${roomPath(coop.coop, 'closing', 'reopen')}"><input type="hidden" name="month" value="${last}">
<div class="inline">${clerkFields(clerks, keys.reopen)}${secondPerson(clerks)}
<div class="wide"><label for="reason">原因</label><input id="reason" name="reason" maxlength="200" required></div>
<button class="button" type="submit">申请重开</button></div></form></details>`
}

const leads = ({ roles }: Clerk): number => (roles.includes('理事长') ? 0 : roles.includes('理事') ? 1 : 2)

function secondPerson(clerks: readonly Clerk[]): Html {
  return html`<div><label for="second">同意人</label>${
    clerks.length === 0
      ? html`<input id="second" name="secondPerson" maxlength="200" required>`
      : html`<select id="second" name="secondPerson">${clerks
          .toSorted((a, b) => leads(a) - leads(b))
          .map(clerk => html`<option value="${clerk.person}">${clerkName(clerk)}</option>`)}</select>`
  }</div>`
}
