import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { PublishedDisclosure } from '../../projections/publications.ts'
import type { ResolutionRow } from '../../projections/resolution-rows.ts'
import type { DisclosureData, DisclosureGroup } from '../../reports/disclosure/data.ts'
import { charts } from './chart.ts'
import { disclosureFacts, disclosureGroup } from './disclosure-parts.ts'
import type { Page } from './layout.ts'
import { buttons, facts, type Html, longDay, nothing, table } from './parts.ts'
import { resolutionBody, resolutionTable } from './resolution-pages.ts'
import { path, periodName, voucherName } from './words.ts'

/** A co-op's board: what it has published, and its resolutions. */
export function coopPage(
  coop: CoopProfile,
  published: readonly PublishedDisclosure[],
  resolutions: readonly ResolutionRow[],
  latest: DisclosureData | undefined,
): Page {
  return {
    title: coop.name,
    crumbs: [['/', '公开栏']],
    body: [
      html`<h1>${coop.name}</h1>`,
      facts([
        ['统一社会信用代码', coop.creditCode],
        ['地址', coop.address],
        ['监督电话', coop.supervisorPhone],
      ]),
      html`<h2>季度公开</h2>`,
      published.length === 0
        ? nothing('还没有发布季度公开。每季度结账、理事会确认、监事会审核之后，决议公开和结果公开会在这里公布。')
        : html`<ul class="cards">${published.map(row => quarterCard(coop, row))}</ul>`,
      latest ? charts(latest.annex.charts.slice(0, 2)) : '',
      html`<h2>决议公开</h2>`,
      resolutions.length === 0
        ? nothing('还没有公开的决议。决议通过并张榜之后，会在这里公布。')
        : resolutionTable(resolutions, row => path('coops', coop.coop, 'resolutions', row.no)),
    ],
  }
}

function quarterCard(coop: CoopProfile, { quarter, postedOn, objectionTo, version }: PublishedDisclosure): Html {
  const at = (...rest: string[]) => path('coops', coop.coop, 'quarters', quarter, ...rest)
  return html`<li class="card"><h3><a href="${at()}">${periodName(quarter)}</a></h3>
<p class="quiet">${longDay(postedOn)}张贴，公示至${longDay(objectionTo)}${version > 1 ? `，第${version}版` : ''}</p>
${buttons([
  [at('decision.pdf'), '决议公开（PDF）'],
  [at('outcome.pdf'), '结果公开（PDF）'],
])}</li>`
}

type Published = { readonly outcome: DisclosureData; readonly decision: DisclosureData; readonly unchanged: boolean }

/** A published quarter's figures, public edition: what was decided, what was done, and the way down to the entries. */
export function quarterPage(
  coop: CoopProfile,
  quarter: string,
  { outcome, decision, unchanged }: Published,
  accounts: readonly PublicAccount[],
): Page {
  const at = (...rest: string[]) => path('coops', coop.coop, 'quarters', quarter, ...rest)
  return {
    title: `${coop.name}${periodName(quarter)}两公开`,
    crumbs: [
      ['/', '公开栏'],
      [path('coops', coop.coop), coop.name],
    ],
    body: [
      html`<h1>${coop.name}<br>${periodName(quarter)}两公开</h1>`,
      outcome.lead.map(text => html`<p class="lead">${text}</p>`),
      buttons([
        [at('decision.pdf'), '决议公开（PDF）'],
        [at('outcome.pdf'), '结果公开（PDF）'],
      ]),
      charts(outcome.annex.charts),
      html`<h2>结果公开（办了什么）</h2>`,
      outcome.groups.map(group => disclosureGroup(group, at('outcome', String(group.no)))),
      html`<h2>决议公开（定了什么）</h2>`,
      decision.groups.map(group => disclosureGroup(group)),
      html`<h2>逐项看明细</h2><p>点科目名称，可以看到这一季度的每一笔（不含姓名）。</p>`,
      accountsTable(accounts, account => at('accounts', account)),
      html`<h2>审核和核对</h2><p>${outcome.opinion.text}</p><p>${outcome.truthStatement}</p>`,
      unchanged
        ? html`<p><span class="tag good">指纹相符</span> 刚才按账本重新计算了全部数字，公开指纹和张贴时的一样。</p>`
        : html`<p class="note" role="alert">按账本重新计算的公开指纹和张贴时的不一样，请打监督电话询问。</p>`,
      disclosureFacts(outcome),
    ],
  }
}

/** One group of a published outcome with every row. */
export function groupPage(coop: CoopProfile, quarter: string, group: DisclosureGroup): Page {
  return {
    title: `${group.title} · ${periodName(quarter)}`,
    crumbs: [
      ['/', '公开栏'],
      [path('coops', coop.coop), coop.name],
      [path('coops', coop.coop, 'quarters', quarter), periodName(quarter)],
    ],
    body: [html`<h1>${coop.name}${periodName(quarter)}结果公开</h1><h2>全部明细</h2>`, disclosureGroup(group)],
  }
}

function accountsTable(rows: readonly PublicAccount[], hrefOf: (account: string) => string): Html {
  return table({
    unit: '元',
    stack: true,
    columns: [
      { title: '科目' },
      { title: '借方（支出、转出）', kind: 'money' },
      { title: '贷方（收入、冲减）', kind: 'money' },
    ],
    rows: rows.map(({ account, name, debit, credit }) => [
      html`<a href="${hrefOf(account)}">${name}</a>`,
      debit,
      credit,
    ]),
    empty: '本季度没有收支。',
  })
}

type PublicAccount = {
  readonly account: string
  readonly name: string
  readonly debit: string
  readonly credit: string
}
type PublicEntry = PublicAccount & { readonly date: string; readonly voucher: string }

/** The entries of one income or expense account in a published quarter, without names or wording. */
export function entriesPage(coop: CoopProfile, quarter: string, name: string, entries: readonly PublicEntry[]): Page {
  return {
    title: `${name} · ${periodName(quarter)}`,
    crumbs: [
      ['/', '公开栏'],
      [path('coops', coop.coop), coop.name],
      [path('coops', coop.coop, 'quarters', quarter), periodName(quarter)],
    ],
    body: [
      html`<h1>${name} · ${periodName(quarter)}</h1>`,
      table({
        unit: '元',
        stack: true,
        columns: [
          { title: '凭证', kind: 'date' },
          { title: '日期', kind: 'date' },
          { title: '项目' },
          { title: '借方', kind: 'money' },
          { title: '贷方', kind: 'money' },
        ],
        rows: entries.map(row => [voucherName(row.voucher), row.date, row.name, row.debit, row.credit]),
        empty: '本季度没有发生。',
      }),
      html`<p class="quiet">要看凭证原件，可凭身份证到本社查阅；发给个人的款项只公布合计。</p>`,
    ],
  }
}

/** A resolution that has been posted. */
export function publicResolutionPage(coop: CoopProfile, row: ResolutionRow): Page {
  return {
    title: row.title,
    crumbs: [
      ['/', '公开栏'],
      [path('coops', coop.coop), coop.name],
    ],
    body: [
      html`<h1>${row.title}</h1>`,
      ...resolutionBody(row, path('coops', coop.coop, 'resolutions', row.no, 'notice.pdf')),
    ],
  }
}
