import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { TimelineRow } from '../../projections/timeline.ts'
import { voucherLink } from './books-pages.ts'
import type { Page } from './layout.ts'
import { facts, figures, nothing, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { periodName } from './words.ts'

/** What the staff want to know of a co-op at a glance; amounts in yuan. */
export type CoopGlance = {
  readonly profile: CoopProfile
  readonly cash: string
  readonly funds: string
  readonly payables: string
  readonly arrears: string
  /** Months with entries that are not closed, oldest first. */
  readonly openMonths: readonly string[]
  readonly members: number
}

/** The staff's first page: every co-op of the ledger with its figures. */
export function staffHome(glances: readonly CoopGlance[]): Page {
  return {
    title: '工作台',
    body: html`<h1>工作台</h1>
${
  glances.length === 0
    ? nothing('账本还是空的。下一步：用命令行 EstablishCoop 建社，或用 import vouchers 导入历史凭证。')
    : glances.map(
        glance => html`<section class="card"><h2><a href="${roomPath(glance.profile.coop)}">${glance.profile.name}</a></h2>
${glanceFigures(glance)}
<p>${openText(glance.openMonths)}</p></section>`,
      )
}`,
  }
}

/** One co-op: its figures, who it is, and what was done last. */
export function coopDesk(
  glance: CoopGlance,
  head: { revision: number; hash: string },
  timeline: readonly TimelineRow[],
): Page {
  const { profile } = glance
  return staffPage(profile, '', profile.name, [
    glanceFigures(glance),
    html`<p>${openText(glance.openMonths)}</p>`,
    html`<h2>最近的记录</h2>`,
    table({
      stack: true,
      columns: [
        { title: '做了什么' },
        { title: '凭证', kind: 'date' },
        { title: '经办' },
        { title: '序号', kind: 'count' },
      ],
      rows: timeline.map(row => [
        row.what,
        row.voucher ? voucherLink(profile.coop, row.voucher) : '',
        row.actor,
        String(row.revision),
      ]),
      empty: '还没有记录。',
    }),
    html`<h2>本社资料</h2>`,
    facts([
      ['编号', profile.coop],
      ['级别', profile.level],
      ['统一社会信用代码', profile.creditCode],
      ['建账日', profile.firstDay],
      ['地址', profile.address],
      ['电话', profile.phone],
      ['监督电话', profile.supervisorPhone ?? '还没有登记，请在建社资料里补上'],
      ['公示期', `${profile.charter.objectionDays} 日`],
      ['账本末条', `第 ${head.revision} 号，指纹 ${head.hash.slice(0, 16)}…`],
    ]),
  ])
}

const glanceFigures = ({ cash, funds, payables, arrears, members }: CoopGlance) =>
  figures([
    ['货币资金', cash, '现金和银行存款'],
    ['其中专项和代管资金', funds, '只能按指定用途使用'],
    ['应付个人未付', payables],
    ['租金欠收', arrears],
    ['成员', `${members} 人`],
  ])

function openText(months: readonly string[]): string {
  const [first] = months
  if (!first) return '各月都已结账。'
  return months.length === 1 ? `${periodName(first)}未结账。` : `${periodName(first)}起 ${months.length} 个月未结账。`
}
