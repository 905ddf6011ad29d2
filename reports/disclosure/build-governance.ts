import { disclosuresOf, objectionsOf } from '../../projections/publications.ts'
import type { Cut } from '../../projections/quarter.ts'
import { voucherCounts } from '../../projections/quarter-money.ts'
import { registerChanges, registerCounts } from '../../projections/register.ts'
import { type ResolutionRow, resolutionsOf } from '../../projections/resolution-rows.ts'
import { chineseDay, chineseQuarter } from '../../src/domain/calendar.ts'
import type { Body } from '../../src/domain/governance/events.ts'
import { BODY_NAMES } from '../../src/domain/governance/voting.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { TableData } from '../kit/table.ts'
import { resolutionLabel } from '../labels.ts'
import { count, money, text } from './build-cells.ts'
import { headCount, SMALLEST_GROUP, withoutCodes } from './build-privacy.ts'
import type { DisclosureEdition, DisclosureGroup } from './data.ts'

type Group = Omit<DisclosureGroup, 'no' | 'title'>

/** The resolutions put to the vote in the quarter, as they stood at its end. */
export function votedIn(sql: Sql, cut: Cut): ResolutionRow[] {
  return resolutionsOf(sql, cut.coop, { on: cut.to, revision: cut.revision }).filter(
    row => row.vote !== undefined && row.vote.on >= cut.from,
  )
}

/** Group 12: what was decided in the quarter, and what became of earlier decisions. */
export function resolutionGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Group {
  const all = resolutionsOf(sql, cut.coop, { on: cut.to, revision: cut.revision })
  const voted = votedIn(sql, cut)
  return {
    tables: [...(voted.length > 0 ? [voteTable(voted)] : []), ...outcomeTable(all, cut, edition)],
  }
}

function voteTable(rows: readonly ResolutionRow[]): TableData {
  const columns = [
    ...[text('文号', 12), text('事项', 26), text('机构', 14), text('应到/实到', 11), text('赞成/反对/弃权', 13)],
    ...[text('门槛', 10), text('结果', 9)],
  ]
  return {
    caption: '本季决议',
    columns,
    rows: rows.map(row => [
      ...[resolutionLabel(row.no), row.title, BODY_NAMES[row.body as Body]],
      ...[
        `${row.vote?.eligible}/${row.vote?.present}`,
        `${row.vote?.inFavour}/${row.vote?.against}/${row.vote?.abstained}`,
      ],
      ...[`不少于${row.vote?.threshold}`, row.vote?.adopted ? '通过' : '未通过'],
    ]),
  }
}

// Adopted decisions that cost or bring money: planned against actual, and the result where one was posted.
function outcomeTable(all: readonly ResolutionRow[], cut: Cut, edition: DisclosureEdition): TableData[] {
  const followed = all.filter(
    row =>
      row.vote?.adopted &&
      (row.outcomes.some(outcome => outcome.on >= cut.from) ||
        (row.budget !== undefined && row.vote.on >= `${cut.quarter.slice(0, 4)}-01-01`)),
  )
  if (followed.length === 0) return []
  const columns = [
    text('文号', 12),
    text('事项', 24),
    money('批准'),
    money('至季末实际'),
    money('差额'),
    text('实施结果', 26),
  ]
  const rows = followed.map(row => {
    const outcome = row.outcomes.findLast(each => each.on >= cut.from)
    const difference = row.budget === undefined ? '' : yuan(fenOf(row.budget) - fenOf(row.actual))
    const result = outcome
      ? withoutCodes(outcome.result, edition)
      : row.direction === 'received'
        ? '收入，按月实现'
        : '实施中'
    return [resolutionLabel(row.no), row.title, row.budget ?? '', row.actual, difference, result]
  })
  return [{ caption: '决议执行（计划与实际）', unit: '元', columns, rows }]
}

const CHANGES: Record<string, string> = {
  admitted: '确认成员',
  ended: '终止成员身份',
  registered: '登记非成员',
  sealed: '封存个人资料',
  erased: '销毁个人资料',
  issued: '量化份额',
  received: '份额转让',
  inherited: '份额继承',
  cancelled: '份额注销',
}

/** Group 13: changes of the register, counts only. */
export function registerGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Group {
  const changes = registerChanges(sql, cut.coop, cut.quarter, cut.revision)
  const counts = registerCounts(sql, cut.coop, { on: cut.to, revision: cut.revision })
  const few = (persons: number) => edition === 'public' && persons < SMALLEST_GROUP
  const columns = [text('事项', 24), count('人数'), count('股份', 14)]
  const rows = changes.map(row => [
    ...[CHANGES[row.change] ?? row.change, headCount(row.persons, edition)],
    row.shares === '0' ? '' : few(row.persons) ? '不单列' : row.shares,
  ])
  const standing = `季末成员 ${counts.members} 人（${counts.households} 户），持份人 ${counts.holders} 人，股份总数 ${counts.shares} 股。`
  return { tables: rows.length > 0 ? [{ columns, rows }] : [], text: [standing] }
}

/** Group 14: corrections and objections; the supervisors' opinion stands at the end of the notice. */
export function supervisionGroup(sql: Sql, cut: Cut, edition: DisclosureEdition): Group {
  const vouchers = voucherCounts(sql, cut)
  const corrected = disclosuresOf(sql, cut.coop).filter(
    row =>
      row.correction !== undefined &&
      row.postedOn >= cut.from &&
      row.postedOn <= cut.to &&
      row.revision <= cut.revision,
  )
  const objections = objectionsOf(sql, cut.coop, cut.revision).filter(row => row.on >= cut.from && row.on <= cut.to)
  const answered = objections.filter(row => row.answeredOn !== undefined && row.answeredOn <= cut.to)
  const columns = [text('编号', 10), text('异议事项', 36), text('答复', 36)]
  const rows = objections.map(row => [
    row.id,
    withoutCodes(row.about, edition),
    withoutCodes(answered.includes(row) ? (row.answer ?? '') : '尚未答复', edition),
  ])
  return {
    tables: edition === 'members' && rows.length > 0 ? [{ caption: '异议与答复', columns, rows }] : [],
    text: [
      `本季记账凭证 ${vouchers.all} 张，其中红字更正 ${vouchers.red} 张。`,
      corrected.length === 0
        ? '上次公开以来没有更正公告。'
        : corrected
            .map(
              row =>
                `更正：${chineseQuarter(row.quarter)}公开第${row.version}版，${withoutCodes(row.correction ?? '', edition)}。`,
            )
            .join(''),
      `收到异议 ${objections.length} 件，已答复 ${answered.length} 件。监事会审核意见见文末。`,
    ],
  }
}

/** The groups of the decision notice: what was decided, what it says, what it may cost, what was not adopted. */
export function decisionGroups(sql: Sql, cut: Cut, edition: DisclosureEdition): DisclosureGroup[] {
  const voted = votedIn(sql, cut)
  const adopted = voted.filter(row => row.vote?.adopted)
  const rejected = voted.filter(row => row.vote?.adopted === false)
  const open = resolutionsOf(sql, cut.coop, { on: cut.to, revision: cut.revision }).filter(
    row => row.vote === undefined,
  )
  const told = (row: ResolutionRow) => row.content.map(each => withoutCodes(each, edition)).join('；')
  const name = (row: ResolutionRow) => `${resolutionLabel(row.no)}《${row.title}》`
  const groups: Omit<DisclosureGroup, 'no'>[] = [
    { title: '本季决议', tables: adopted.length > 0 ? [voteTable(adopted)] : [] },
    { title: '决议内容', tables: [], ...paragraphs(adopted.map(row => `${name(row)}：${told(row)}。`)) },
    { title: '资金安排', tables: budgetTable(adopted) },
    { title: '公示与异议', tables: noticeTable(adopted) },
    { title: '未通过的事项', tables: rejected.length > 0 ? [voteTable(rejected)] : [] },
    {
      title: '正在商议、计划提交表决的事项',
      tables: [],
      ...paragraphs(open.map(row => `${name(row)}，${chineseDay(row.proposedOn)}提出。`)),
    },
  ]
  return groups.map((group, index) => ({ no: index + 1, ...group }))
}

const paragraphs = (text: string[]): { text?: string[] } => (text.length > 0 ? { text } : {})

function budgetTable(rows: readonly ResolutionRow[]): TableData[] {
  const costly = rows.filter(row => row.budget !== undefined)
  const columns = [text('文号', 12), text('事项', 30), money('金额', 16), text('资金来源', 24)]
  const list = costly.map(row => [resolutionLabel(row.no), row.title, row.budget ?? '', sourceOf(row)])
  return costly.length > 0 ? [{ unit: '元', columns, rows: list }] : []
}

/** Where the money of a resolution comes from, or for a letting that it is income. */
export function sourceOf(row: Pick<ResolutionRow, 'fund' | 'matter'>): string {
  if (row.fund) return `专项资金“${row.fund}”`
  if (row.matter === 'distribution-plan') return '322 收益分配——上年度可分配收益'
  return row.matter === 'lease' ? '租金收入（预计）' : '一般资金'
}

function noticeTable(rows: readonly ResolutionRow[]): TableData[] {
  const posted = rows.filter(row => row.notice !== undefined)
  const columns = [text('文号', 12), text('事项', 28), text('张榜', 12), text('公示期', 26), count('日数', 7)]
  const list = posted.map(row => [
    ...[resolutionLabel(row.no), row.title, row.notice?.postedOn ?? ''],
    ...[`${row.notice?.objectionFrom} 至 ${row.notice?.objectionTo}`, String(row.notice?.days ?? '')],
  ])
  return posted.length > 0 ? [{ columns, rows: list }] : []
}
