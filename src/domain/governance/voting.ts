import { chineseDay, type Day, daysBetween } from '../calendar.ts'
import { refuse } from '../refusal.ts'
import { adultMembers } from '../register/state.ts'
import type { CoopState } from '../state.ts'
import type { Body, Matter } from './events.ts'
import { countOf, type ResolutionState } from './state.ts'

// 农村集体经济组织法 art. 28: what the representatives may not decide (items 1, 3, 8, 10, 12 of art. 26).
const ASSEMBLY_ONLY: readonly Matter[] = ['charter', 'membership', 'share-scheme', 'land-compensation', 'merger']
// What a board may settle by itself inside an adopted plan; everything else is for the members (art. 26).
const BOARD_MAY: readonly Matter[] = ['lease', 'project', 'fund', 'other']

export const BODY_NAMES: Record<Body, string> = {
  assembly: '成员大会',
  representatives: '成员代表大会',
  board: '理事会',
}

export const MATTER_NAMES: Record<Matter, string> = {
  charter: '制定、修改章程',
  membership: '确认成员',
  officers: '选举、罢免理事会和监事会成员',
  remuneration: '报酬',
  budget: '年度财务预决算',
  'distribution-plan': '收益分配方案',
  'share-scheme': '收益权份额量化方案',
  'land-compensation': '土地补偿费分配、使用',
  merger: '合并、分立',
  investment: '投资',
  lease: '出租、发包',
  programme: '福利、奖助标准',
  project: '公益项目',
  fund: '专项资金',
  'write-back': '核销往来',
  other: '其他事项',
}

/** Refuses a body that the law does not let decide the matter. */
export function checkCompetence(body: Body, matter: Matter): void {
  if (ASSEMBLY_ONLY.includes(matter) && body !== 'assembly') {
    refuse('BodyNotCompetent', `“${MATTER_NAMES[matter]}”只能由成员大会决定。`, '农村集体经济组织法 art. 28')
  }
  if (body === 'board' && !BOARD_MAY.includes(matter)) {
    refuse(
      'BodyNotCompetent',
      `“${MATTER_NAMES[matter]}”要由成员（代表）大会决定，理事会不能代替。`,
      '农村集体经济组织法 art. 26',
    )
  }
}

/** Refuses a vote that was not called as the law asks: notice, party study, plan laid open. */
export function checkCalled(resolution: ResolutionState, vote: { on: Day; noticeOn: Day }): void {
  const { body, matter, studiedOn, laidOpenOn, proposedOn } = resolution
  if (vote.on < proposedOn) refuse('DateBeforeProposal', '表决日期不能早于提议日期，请核对。')
  if (body !== 'board' && daysBetween(vote.noticeOn, vote.on) < 10) {
    refuse(
      'NoticeTooShort',
      `${BODY_NAMES[body]}要提前十日通知，${chineseDay(vote.noticeOn)}通知、${chineseDay(vote.on)}开会不够。`,
      '农村集体经济组织法 art. 27',
    )
  }
  if (body !== 'board' && (!studiedOn || studiedOn > vote.on)) {
    refuse('PartyStudyMissing', '重大事项要先经党组织研究讨论，请先补记研究意见。', '农村集体经济组织法 art. 26')
  }
  if (matter === 'distribution-plan' && (!laidOpenOn || daysBetween(laidOpenOn, vote.on) < 10)) {
    refuse('PlanNotLaidOpen', '分配方案要在会前公开满十日，供成员查阅。', '农村集体经济组织法 art. 46')
  }
}

/** Everybody who counts (the denominator), how it was counted, and the quorum and threshold the law asks for. */
export function electorate(state: CoopState, body: Body, on: Day, incapacitated: number) {
  if (body === 'assembly') {
    const adults = adultMembers(state.register, on)
    const without = incapacitated > 0 ? `，减无完全民事行为能力成年成员 ${incapacitated} 人` : ''
    return counted(
      adults - incapacitated,
      `具有完全民事行为能力的成员 ${adults - incapacitated} 人（年满18周岁的成员 ${adults} 人${without}）`,
      2 / 3,
    )
  }
  if (body === 'representatives') {
    const all = state.governance.profile?.charter.representatives ?? 0
    return counted(all, `全体成员代表 ${all} 人`, 2 / 3)
  }
  const directors = countOf(state.governance, ['理事长', '理事'], on)
  return {
    ...counted(directors, `全体理事 ${directors} 人`, 2 / 3),
    threshold: Math.floor(directors / 2) + 1,
    article: '农村集体经济组织法 art. 31',
  }
}

function counted(eligible: number, basis: string, part: number) {
  const most = Math.ceil(eligible * part - 1e-9)
  const article = basis.startsWith('全体成员代表') ? '农村集体经济组织法 art. 28' : '农村集体经济组织法 art. 27'
  return { eligible, basis, quorum: most, threshold: most, article }
}
