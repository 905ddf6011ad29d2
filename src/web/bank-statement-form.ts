import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import { type Clerk, clerkFields } from './clerk-parts.ts'
import type { Html } from './parts.ts'
import { roomPath } from './staff-frame.ts'

/** A bank's statement as it is typed or pasted. */
export type TypedStatement = {
  readonly statement: string
  readonly from: string
  readonly to: string
  readonly opening: string
  readonly closing: string
  readonly lines: string
  readonly outstanding: string
}

/** 录入对账单: what the bank's page shows of a period, its lines pasted from a spreadsheet. */
export function bankStatementForm(
  coop: CoopProfile,
  {
    account,
    typed,
    isFirst,
    open,
    clerks,
    key,
  }: {
    account: string
    typed: TypedStatement
    /** Whether the account has no statement yet. */
    isFirst: boolean
    open: boolean
    clerks: readonly Clerk[]
    key: string
  },
): Html {
  const field = (name: keyof TypedStatement, label: string, more: Html = html``) =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${typed[name]}" required${more}></div>`
  return html`<details class="worksheet"${open ? html` open` : ''}><summary>录入对账单</summary>
<form method="post" action="${roomPath(coop.coop, 'bank', 'statement')}"><input type="hidden" name="account" value="${account}">
<div class="inline">${field('statement', '对账单编号', html` maxlength="60"`)}${field('from', '从', html` type="date"`)}${field('to', '到', html` type="date"`)}</div>
<div class="inline">${field('opening', '期初余额', html` inputmode="decimal"`)}${field('closing', '期末余额', html` inputmode="decimal"`)}${clerkFields(clerks, key)}</div>
<label for="lines">流水</label>
<textarea id="lines" name="lines" rows="8" aria-describedby="lines-help" spellcheck="false">${typed.lines}</textarea>
<p id="lines-help" class="small quiet">每行一条：日期、金额（收入为正，支出为负）、流水号，从表格软件复制这三列粘贴即可。对方户名和摘要不要粘进来，账本不存。</p>
${
  isFirst
    ? html`<label for="outstanding">这份对账单以前的未达账项（没有就不填）</label>
<textarea id="outstanding" name="outstanding" rows="3" spellcheck="false" aria-describedby="outstanding-help">${typed.outstanding}</textarea>
<p id="outstanding-help" class="small quiet">每行一项：凭证号、金额，例如 2025-01-记-1 和 -300.00。</p>`
    : ''
}<p><button class="button main" type="submit">录入对账单</button></p></form></details>`
}
