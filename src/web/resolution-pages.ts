import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { ResolutionRow } from '../../projections/resolution-rows.ts'
import type { Body, Matter } from '../domain/governance/events.ts'
import { BODY_NAMES, MATTER_NAMES } from '../domain/governance/voting.ts'
import type { Page } from './layout.ts'
import { buttons, type Cell, facts, type Html, longDay, money, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { articleName, path } from './words.ts'

/** Every resolution with how far it is, planned and actual. */
export function resolutionsPage(coop: CoopProfile, rows: readonly ResolutionRow[]): Page {
  return staffPage(coop, 'resolutions', '决议', [
    resolutionTable(rows, row => roomPath(coop.coop, 'resolutions', row.no)),
  ])
}

/** A table of resolutions, each linked by `hrefOf`. */
export function resolutionTable(rows: readonly ResolutionRow[], hrefOf: (row: ResolutionRow) => string): Html {
  return table({
    unit: '元',
    stack: true,
    columns: [
      { title: '决议' },
      { title: '编号', kind: 'date' },
      { title: '进展' },
      { title: '公开', kind: 'date' },
      { title: '计划', kind: 'money' },
      { title: '实际', kind: 'money' },
    ],
    rows: rows.map(row => [
      html`<a href="${hrefOf(row)}">${row.title}</a>`,
      row.no,
      stage(row),
      row.notice?.postedOn,
      row.budget,
      row.budget === undefined && row.actual === '0.00' ? '' : row.actual,
    ]),
    empty: '还没有决议。下一步：提出决议事项（ProposeResolution）。',
  })
}

/** One resolution, from proposal to result; `notice` is the path of its PDF once it is posted. */
export function resolutionBody(row: ResolutionRow, notice: string | undefined): Cell[] {
  return [
    html`<h2>决议内容</h2>${row.content.length === 1 ? html`<p>${row.content[0]}</p>` : html`<ol>${row.content.map(text => html`<li>${text}</li>`)}</ol>`}`,
    facts([
      ['编号', row.no],
      ['事项', MATTER_NAMES[row.matter as Matter] ?? row.matter],
      ['决定机构', BODY_NAMES[row.body as Body] ?? row.body],
      ['提议日期', longDay(row.proposedOn)],
      ['供成员查阅', row.laidOpenOn && `${longDay(row.laidOpenOn)}起`],
      ['进展', stage(row)],
      [
        '公示期',
        row.notice &&
          `自 ${longDay(row.notice.objectionFrom)} 至 ${longDay(row.notice.objectionTo)}，共 ${row.notice.days} 日`,
      ],
      ['计划金额', row.budget && html`¥${money(row.budget)}`],
      [
        row.direction === 'received' ? '已收' : '已用',
        row.budget || row.actual !== '0.00' ? html`¥${money(row.actual)}` : undefined,
      ],
    ]),
    votes(row),
    row.outcomes.length > 0
      ? html`<h2>实施结果</h2>${table({
          unit: '元',
          stack: true,
          columns: [
            { title: '日期', kind: 'date' },
            { title: '结果' },
            { title: '金额', kind: 'money' },
            { title: '受益人数', kind: 'count' },
          ],
          rows: row.outcomes.map(({ on, result, spent, beneficiaries }) => [
            on,
            result,
            spent,
            beneficiaries === undefined ? '' : String(beneficiaries),
          ]),
        })}`
      : '',
    notice ? buttons([[notice, '决议公开（PDF）']]) : '',
  ]
}

/** A resolution at the staff's desk. */
export function staffResolutionPage(coop: CoopProfile, row: ResolutionRow): Page {
  const notice = row.notice ? path('coops', coop.coop, 'resolutions', row.no, 'notice.pdf') : undefined
  return staffPage(coop, 'resolutions', row.title, resolutionBody(row, notice))
}

function votes({ vote }: ResolutionRow): Html | '' {
  if (!vote) return ''
  return html`<h2>表决</h2>${facts([
    ['表决日期', longDay(vote.on)],
    ['应到', `${vote.eligible} 人（${vote.basis}）`],
    ['实到', `${vote.present} 人`],
    ['赞成', `${vote.inFavour} 人`],
    ['反对', `${vote.against} 人`],
    ['弃权', `${vote.abstained} 人`],
    ['通过要求', vote.threshold === undefined ? undefined : `不少于 ${vote.threshold} 人赞成`],
    ['结果', vote.adopted ? '通过' : (vote.reason ?? '未通过')],
    ['依据', vote.article && articleName(vote.article)],
  ])}`
}

function stage({ vote, notice, outcomes }: ResolutionRow): string {
  if (outcomes.length > 0) return '已公开结果'
  if (notice) return '已公开决议'
  if (!vote) return '提议中'
  return vote.adopted ? '已通过，待公开' : '未通过'
}
