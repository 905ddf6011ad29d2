import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { BankLine, OpenItem, Reconciliation } from '../domain/bank/state.ts'
import type { Suggestion } from '../domain/bank/suggest.ts'
import { accountName } from '../domain/chart.ts'
import { type Fen, total, yuan } from '../domain/money.ts'
import { bankStatementForm, type TypedStatement } from './bank-statement-form.ts'
import { voucherLink } from './books-pages.ts'
import { type Clerk, clerkFields, type Said, said } from './clerk-parts.ts'
import type { Page } from './layout.ts'
import { type Cell, type Html, longDay, money, nothing, table } from './parts.ts'
import { reconciliationTables } from './reconciliation-tables.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { voucherName } from './words.ts'

/** One account's lines beside its vouchers on a day. */
export type BankView = {
  readonly account: string
  readonly accounts: readonly string[]
  readonly on: string
  /** Undefined before the first statement. */
  readonly open: Reconciliation | undefined
  readonly lineOf: (id: string) => Pick<BankLine, 'date' | 'amount' | 'reference'> | undefined
  readonly summaryOf: (id: string) => string
  readonly suggestions: readonly Suggestion[]
  /** Matches that stand, the latest first. */
  readonly matches: readonly (readonly [id: string, match: Suggestion])[]
  readonly clerks: readonly Clerk[]
  readonly typed: TypedStatement
  /** Whether the statement's form is shown open: before the first one, and after a refusal. */
  readonly entering: boolean
  readonly keys: { readonly match: string; readonly unmatch: string; readonly statement: string }
}

/** 对账: what the bank says on the left, what the books say on the right, and the reconciliation below. */
export function bankPage(coop: CoopProfile, view: BankView, before: Said): Page {
  const { account, accounts, on, open } = view
  return staffPage(coop, 'bank', `银行对账 · ${accountName(account)}`, [
    said(coop.coop, before),
    html`<form class="inline" method="get" action="${roomPath(coop.coop, 'bank')}">
<div><label for="account">账户</label><select id="account" name="account">${accounts.map(
      each => html`<option value="${each}"${each === account ? html` selected` : ''}>${accountName(each)}</option>`,
    )}</select></div>
<div><label for="on">截止日</label><input id="on" name="on" type="date" value="${on}"></div>
<button class="button" type="submit">查看</button></form>`,
    open
      ? [matching(coop, view, open), reconciliationTables(coop, open, view), unmatching(coop, view)]
      : nothing('这个账户还没有录入对账单。从网银下载流水，粘贴到下面，录入后会自动给出勾对建议。'),
    bankStatementForm(coop, {
      ...{ account, typed: view.typed, isFirst: open === undefined, open: view.entering },
      ...{ clerks: view.clerks, key: view.keys.statement },
    }),
  ])
}

function matching(coop: CoopProfile, view: BankView, open: Reconciliation): Html {
  const { suggestions } = view
  const suggested = new Set(suggestions.flatMap(({ lines, vouchers }) => [...lines, ...vouchers]))
  const lines = open.bankOnly.filter(({ id }) => !suggested.has(id))
  const items = open.bookOnly.filter(({ id }) => !suggested.has(id))
  return html`<form class="worksheet" method="post" action="${roomPath(coop.coop, 'bank')}">
<input type="hidden" name="account" value="${view.account}"><input type="hidden" name="on" value="${view.on}">
<h2>勾对建议</h2>
<div class="inline">${clerkFields(view.clerks, view.keys.match)}${
    suggestions.length > 1
      ? html`<button class="button main" type="submit" name="match" value="${suggestions.map(matchText).join(';')}">全部勾对（${suggestions.length} 项）</button>`
      : ''
  }</div>
${suggestionTable(coop, view)}
<h2>没有建议的</h2>
${
  lines.length + items.length === 0
    ? nothing('流水和凭证都已对上，或在上面有建议。')
    : html`<p class="quiet">两边勾选合计相等的几项，再点“勾对所选”；银行有而账上没有的，先补凭证。</p>
<div class="twin">${choices('银行流水', 'line', lines, id => ['', view.lineOf(id)?.reference ?? ''])}${choices(
        '账上凭证',
        'item',
        items,
        id => [voucherCell(coop, id), view.summaryOf(id)],
      )}</div>
<p><button class="button" type="submit" name="match" value="chosen">勾对所选</button></p>`
}</form>`
}

function suggestionTable(coop: CoopProfile, view: BankView): Html {
  return table({
    unit: '元',
    stack: true,
    columns: [
      { title: '银行流水' },
      { title: '银行金额', kind: 'money' },
      { title: '账上凭证' },
      { title: '账上金额', kind: 'money' },
      { title: '勾对' },
    ],
    rows: view.suggestions.map(suggestion => {
      const lines = suggestion.lines.map(id => view.lineOf(id)!)
      const dates = [...new Set(lines.map(({ date }) => date))].join('、')
      const bank = yuan(total(lines, ({ amount }) => amount))
      const many = lines.length > 1 ? `共 ${lines.length} 条` : (lines[0]?.reference ?? '')
      return [
        html`${dates} <span class="quiet small keep">${many}</span>`,
        bank,
        html`<span>${suggestion.vouchers.map(id => html`${voucherCell(coop, id)} ${view.summaryOf(id)}`)}</span>`,
        bank,
        html`<button class="button" type="submit" name="match" value="${matchText(suggestion)}">对上<span class="hide"> ${dates} ${bank}</span></button>`,
      ]
    }),
    empty: '没有可以自动对上的：金额相同、日期相近的流水和凭证会列在这里。',
  })
}

/** Lines and vouchers of a match as a button carries them. */
export const matchText = ({ lines, vouchers }: Suggestion): string => `${lines.join(',')}|${vouchers.join(',')}`

function choices(
  title: string,
  kind: 'line' | 'item',
  items: readonly OpenItem[],
  about: (id: string) => [Cell, string],
): Html {
  return html`<fieldset class="choices"><legend>${title}（${items.length}）</legend>${
    items.length === 0
      ? html`<p class="quiet">没有。</p>`
      : items.map(({ id, date, amount }) => {
          const [link, text] = about(id)
          return html`<div><label><input type="checkbox" name="${kind}-${id}"><span>${date} <span class="quiet small">${text || id}</span></span><b class="n">${money(yuan(amount))}</b></label>${link}</div>`
        })
  }</fieldset>`
}

// An item on its way from before the first statement has a number of its own.
const voucherCell = (coop: CoopProfile, id: string): Cell => (id.startsWith('T') ? id : voucherLink(coop.coop, id))

function unmatching(coop: CoopProfile, view: BankView): Html | '' {
  if (view.matches.length === 0) return ''
  return html`<details class="worksheet"><summary>取消勾对</summary>
<form method="post" action="${roomPath(coop.coop, 'bank', 'unmatch')}">
<input type="hidden" name="account" value="${view.account}"><input type="hidden" name="on" value="${view.on}">
<div class="inline"><div><label for="undo">哪一项</label><select id="undo" name="undo">${view.matches.map(
    ([id, match]) => html`<option value="${id}">${id}：${aboutMatch(view, match)}</option>`,
  )}</select></div>
<div class="wide"><label for="reason">原因</label><input id="reason" name="reason" maxlength="200" required></div>
${clerkFields(view.clerks, view.keys.unmatch)}
<button class="button" type="submit">取消勾对</button></div></form></details>`
}

function aboutMatch({ lineOf }: BankView, { lines, vouchers }: Suggestion): string {
  const found = lines.flatMap(id => lineOf(id) ?? [])
  const sum: Fen = total(found, ({ amount }) => amount)
  const [first] = found
  return `${first ? longDay(first.date) : ''} ${yuan(sum)} ${vouchers.map(id => (id.startsWith('T') ? id : voucherName(id))).join('、')}`
}
