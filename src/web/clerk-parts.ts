import { html } from 'hono/html'
import { accountName, codeOf, subOf } from '../domain/chart.ts'
import { waitingText } from '../domain/governance/reviewers.ts'
import { fenOf, total, yuan } from '../domain/money.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { VoucherLine } from '../domain/voucher.ts'
import { voucherLink } from './books-pages.ts'
import { type Html, table } from './parts.ts'
import { roomPath } from './staff-frame.ts'
import { articleName } from './words.ts'

/** Someone in office, by name. */
export type Clerk = { readonly person: string; readonly name: string; readonly roles: readonly string[] }
/** What a form has just done, or that it waits for one of these. */
export type Done =
  | { readonly what: string; readonly voucher: string | undefined }
  | { readonly waiting: string; readonly reviewers: readonly Clerk[] }
/** What is said above a form: what it did, or why it was not taken. */
export type Said = { readonly done?: Done | undefined; readonly refusal?: Refusal | undefined }

/** 陈某（理事长、会计） */
export const clerkName = ({ name, roles }: Clerk): string => `${name}（${roles.join('、')}）`

/** What became of the form before this page; nothing when there was none. */
export function said(coop: string, { done, refusal }: Said): Html | '' {
  if (refusal) {
    return html`<div class="note" role="alert"><p><strong>没有办成：</strong>${refusal.message}</p>${
      refusal.article ? html`<p class="small">依据：${articleName(refusal.article)}</p>` : ''
    }</div>`
  }
  if (!done) return ''
  if ('what' in done) {
    return html`<p class="note good" role="status"><strong>已办理：</strong>${done.what}${
      done.voucher ? html`，凭证 ${voucherLink(coop, done.voucher)}` : ''
    }</p>`
  }
  return html`<p class="note good" role="status"><strong>${waitingText(done.waiting, done.reviewers.map(clerkName))}</strong>
<a href="${roomPath(coop, 'review')}#${done.waiting}">去看待复核</a></p>`
}

/** The choice of who does it, and the key under which it is done once; nothing to choose before anybody is in office. */
export function clerkFields(clerks: readonly Clerk[], key: string, chosen = '', label = '经办人'): Html {
  const field = `clerk-${key.slice(-12)}`
  return html`<input type="hidden" name="key" value="${key}">${
    clerks.length === 0
      ? ''
      : html`<div><label for="${field}">${label}</label><select id="${field}" name="clerk" data-clerk>${clerks.map(
          clerk =>
            html`<option value="${clerk.person}"${clerk.person === chosen ? html` selected` : ''}>${clerkName(clerk)}</option>`,
        )}</select></div>`
  }`
}

/** The lines of a voucher that has no number yet. */
export function linesTable(lines: readonly VoucherLine[], nameOf: (code: string) => string, caption: string): Html {
  const sum = (side: 'debit' | 'credit') => yuan(total(lines, line => fenOf(line[side] ?? '0.00')))
  return table({
    caption,
    unit: '元',
    stack: true,
    columns: [
      { title: '科目' },
      { title: '明细、资金、往来' },
      { title: '借方', kind: 'money' },
      { title: '贷方', kind: 'money' },
    ],
    rows: lines.map(line => [
      `${codeOf(line.account)} ${accountName(codeOf(line.account))}`,
      [subOf(line.account), line.fund, line.counterparty ? nameOf(line.counterparty) : '', line.project, line.lease]
        .filter(Boolean)
        .join(' · '),
      line.debit ?? '',
      line.credit ?? '',
    ]),
    total: ['', '', sum('debit'), sum('credit')],
  })
}
