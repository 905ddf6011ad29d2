import { chineseDay, lastDay, monthsOfQuarter, plusDays } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { refuse } from '../refusal.ts'
import type { governanceCommands } from './commands.ts'
import type { decideOffices } from './offices.ts'
import { holds, type ResolutionState } from './state.ts'
import { checkCalled, checkCompetence, electorate } from './voting.ts'

/** Decisions about the co-op itself, its resolutions and disclosures. */
export const decideGovernance: Omit<
  Decisions<typeof governanceCommands>,
  keyof typeof decideOffices | 'ApproveCommand'
> = {
  EstablishCoop(desk, { name, creditCode, level, firstDay, charter, demo, contact }) {
    if (desk.state.governance.profile) refuse('CoopExists', '这个编号已经建过社了。')
    desk.emit('CoopEstablished', {
      code: desk.context.coop,
      name,
      ...(creditCode ? { creditCode } : {}),
      level,
      firstDay,
      charter,
      demo,
      ...(contact ? { contact } : {}),
    })
    desk.emit('ReviewRuleAuthorised', {
      rule: 'AUTO-1',
      text: '单人制单时由系统按科目、余额、期间、资金用途和程序规则自动复核',
      authorisedBy: desk.context.actor,
      from: firstDay,
    })
  },

  ProposeResolution(desk, { budget, fund, laidOpenOn, responsible, ...rest }) {
    notInFuture(desk, rest.proposedOn, '提议日期')
    if (!desk.state.governance.profile) refuse('CoopUnknown', '还没有这个组织的账，请先建社（EstablishCoop）。')
    checkCompetence(rest.body, rest.matter)
    if (fund && !desk.state.funds.funds.has(fund)) refuse('FundUnknown', `没有“${fund}”这个资金，请先设立。`)
    if (rest.matter === 'distribution-plan' && !budget)
      refuse('BudgetMissing', '分配方案要写明分配总额，宣告分红时据此核对。', '农村集体经济组织法 art. 26')
    if (rest.matter === 'distribution-plan' && !laidOpenOn) {
      refuse('PlanNotLaidOpen', '分配方案要写明从哪一天起供成员查阅。', '农村集体经济组织法 art. 46')
    }
    const year = rest.proposedOn.slice(0, 4)
    const no = `${year}-${(desk.state.governance.proposedIn.get(year) ?? 0) + 1}`
    desk.emit('ResolutionProposed', {
      no,
      ...rest,
      ...(budget ? { budget } : {}),
      ...(fund ? { fund } : {}),
      ...(laidOpenOn ? { laidOpenOn } : {}),
      ...(responsible ? { responsible } : {}),
    })
  },

  DeliberateResolution(desk, body) {
    const resolution = find(desk, body.no)
    notInFuture(desk, body.on, '研究日期')
    if (resolution.status !== 'proposed') refuse('ResolutionDecided', `决议 ${body.no} 已经表决，不能再补记商议。`)
    desk.emit('ResolutionDeliberated', body)
  },

  RecordVote(desk, vote) {
    const resolution = find(desk, vote.no)
    notInFuture(desk, vote.on, '表决日期')
    if (resolution.status !== 'proposed') refuse('ResolutionDecided', `决议 ${vote.no} 已经表决过，不能再表决。`)
    checkCalled(resolution, vote)
    const counted = electorate(desk.state, resolution.body, vote.on, vote.incapacitated)
    if (counted.eligible <= 0)
      refuse(
        'NobodyEligible',
        `没有人有表决权（${counted.basis}），请核对成员名册、章程的代表人数或理事名单。`,
        counted.article,
      )
    if (vote.eligible !== undefined && vote.eligible !== counted.eligible) {
      refuse(
        'WrongDenominator',
        `应到人数应是 ${counted.eligible} 人（${counted.basis}），不是 ${vote.eligible} 人。`,
        counted.article,
      )
    }
    if (vote.present > counted.eligible || vote.inFavour + vote.against + vote.abstained !== vote.present) {
      refuse('VotesDoNotAddUp', `赞成、反对、弃权之和要等于实到人数，实到不能超过应到 ${counted.eligible} 人。`)
    }
    const { eligible: _, ...counts } = vote
    desk.emit('ResolutionVoted', { ...counts, eligible: counted.eligible, basis: counted.basis })
    if (vote.present < counted.quorum) {
      return desk.emit('ResolutionRejected', {
        no: vote.no,
        on: vote.on,
        threshold: counted.quorum,
        reason: `到会不足应到的三分之二（${counted.quorum} 人）`,
      })
    }
    if (vote.inFavour < counted.threshold) {
      return desk.emit('ResolutionRejected', {
        no: vote.no,
        on: vote.on,
        threshold: counted.threshold,
        reason: `赞成不足全体的法定比例（${counted.threshold} 人）`,
      })
    }
    desk.emit('ResolutionAdopted', { no: vote.no, on: vote.on, threshold: counted.threshold, article: counted.article })
  },

  DiscloseDecision(desk, { no, postedOn }) {
    const resolution = find(desk, no)
    notInFuture(desk, postedOn, '张榜日期')
    if (resolution.status !== 'adopted') refuse('ResolutionNotAdopted', `决议 ${no} 没有通过，不能作决议公开。`)
    if (resolution.posted) refuse('AlreadyDisclosed', `决议 ${no} 已于${chineseDay(resolution.posted.postedOn)}公开。`)
    if (resolution.votedOn && postedOn < resolution.votedOn) refuse('DateBeforeVote', '公开日期不能早于表决日期。')
    const days = desk.state.governance.profile?.charter.objectionDays ?? 7
    desk.emit('DecisionDisclosed', {
      no,
      postedOn,
      objectionFrom: plusDays(postedOn, 1),
      objectionTo: plusDays(postedOn, days),
      days,
    })
  },

  DiscloseOutcome(desk, { beneficiaries, ...rest }) {
    const resolution = find(desk, rest.no)
    notInFuture(desk, rest.on, '公开日期')
    if (!resolution.posted) refuse('DecisionNotDisclosed', `决议 ${rest.no} 还没有作决议公开，不能公开结果。`)
    desk.emit('OutcomeDisclosed', { ...rest, ...(beneficiaries === undefined ? {} : { beneficiaries }) })
  },

  RaiseObjection(desk, { resolution, quarter, person, confidential, ...rest }) {
    if (desk.state.governance.objections.has(rest.id)) refuse('IdTaken', `异议编号 ${rest.id} 已经用过，请换一个。`)
    if (resolution) find(desk, resolution)
    desk.emit('ObjectionRaised', {
      ...rest,
      ...(resolution ? { resolution } : {}),
      ...(quarter ? { quarter } : {}),
      ...(person ? { person } : {}),
      ...(confidential ? { confidential } : {}),
    })
  },

  AnswerObjection(desk, body) {
    const answered = desk.state.governance.objections.get(body.id)
    if (answered === undefined) refuse('ObjectionUnknown', `没有编号为 ${body.id} 的异议，请核对编号。`)
    if (answered) refuse('ObjectionAnswered', `异议 ${body.id} 已经答复，不能重复答复。`)
    desk.emit('ObjectionAnswered', body)
  },

  DraftDisclosure(desk, { quarter, cutoff, figuresHash }) {
    for (const month of monthsOfQuarter(quarter)) {
      if (!desk.state.books.closedMonths.has(month))
        refuse('PeriodOpen', `${month} 还没有结账，不能编制${quarter}的公开稿。`)
    }
    if (cutoff < lastDay(monthsOfQuarter(quarter)[2])) refuse('CutoffTooEarly', '截止日不能早于季末。')
    desk.emit('DisclosureDrafted', { quarter, cutoff, revision: desk.context.revision, figuresHash })
  },

  ReviewDisclosure(desk, body) {
    const quarter = desk.state.governance.quarters.get(body.quarter)
    if (!quarter?.drafted) refuse('NotDrafted', `${body.quarter} 还没有公开稿，请先编制。`)
    const mayBe = body.by === 'board' ? (['理事长', '理事'] as const) : (['监事长', '监事'] as const)
    if (!holds(desk.state.governance, body.officer, mayBe)) {
      refuse(
        'NotEntitled',
        `${body.officer} 不是${mayBe.join('或')}，不能签署这项意见。`,
        body.by === 'board' ? '农村集体经济组织法 art. 45' : '农村集体经济组织法 art. 32',
      )
    }
    desk.emit('DisclosureReviewed', body)
  },

  PublishDisclosure(desk, { quarter, postedOn, figuresHash, closings, correction }) {
    notInFuture(desk, postedOn, '张榜日期')
    const state = desk.state.governance.quarters.get(quarter)
    if (!state?.drafted) refuse('NotDrafted', `${quarter} 还没有公开稿，请先编制。`)
    if (!state.board) refuse('BoardNotConfirmed', '理事会还没有确认内容真实，不能发布。', '农村集体经济组织法 art. 45')
    if (!state.supervisors)
      refuse('SupervisorsNotSigned', '监事会还没有签署审核意见，不能发布。', '农村集体经济组织法 art. 32')
    if (state.drafted.figuresHash !== figuresHash)
      refuse('FiguresChanged', '公开稿编制之后账上又有变化，请重新编制并审核。')
    if (state.version > 0 && !correction)
      refuse('AlreadyDisclosed', `${quarter} 已经发布第${state.version}版；更正要写明原因。`)
    if (state.version === 0 && correction)
      refuse('NothingToCorrect', `${quarter} 还没有发布过，第一次发布不填更正原因。`)
    const days = desk.state.governance.profile?.charter.objectionDays ?? 7
    const version = state.version + 1
    desk.emit('DisclosurePublished', {
      quarter,
      version,
      postedOn,
      objectionFrom: plusDays(postedOn, 1),
      objectionTo: plusDays(postedOn, days),
      revision: state.drafted.revision,
      figuresHash,
      closings,
    })
    if (correction) desk.emit('DisclosureCorrected', { quarter, version, reason: correction })
  },
}

/** An adopted resolution whose decision has been posted, for the money that rests on it; refuses any other. */
export function adopted(desk: Desk, no: string): ResolutionState {
  const resolution = find(desk, no)
  if (resolution.status !== 'adopted')
    refuse('ResolutionNotAdopted', `决议 ${no} 没有通过，不能据此办理。`, '农村集体经济组织法 art. 26')
  if (!resolution.posted)
    refuse('DecisionNotDisclosed', `决议 ${no} 还没有作决议公开，不能据此办理。`, '农村集体经济组织法 art. 45')
  return resolution
}

function find(desk: Desk, no: string): ResolutionState {
  const resolution = desk.state.governance.resolutions.get(no)
  if (!resolution) refuse('ResolutionUnknown', `没有编号为 ${no} 的决议，请核对编号。`)
  return resolution
}
