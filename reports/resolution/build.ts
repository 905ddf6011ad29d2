import { type CoopProfile, coopProfile, headOf, officersOf } from '../../projections/profile.ts'
import { type ResolutionRow, resolutionByNo, type VoteRow } from '../../projections/resolution-rows.ts'
import { plusDays, shanghaiDay } from '../../src/domain/calendar.ts'
import { capitalAmount } from '../../src/domain/capital.ts'
import type { Body, Matter } from '../../src/domain/governance/events.ts'
import { BODY_NAMES, MATTER_NAMES } from '../../src/domain/governance/voting.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { Sql } from '../../src/store/sql.ts'
import { sourceOf } from '../disclosure/build-governance.ts'
import type { Verification } from '../kit/facts.ts'
import { articleLabel, resolutionLabel } from '../labels.ts'
import type { ResolutionData, ResolutionStep, ResolutionVote } from './data.ts'

export type ResolutionOptions = {
  /** An officer's name by code, from the vault; undefined when it is not known. */
  resolve: (code: string) => string | undefined
  /** UTC instant of issue; the same instant gives the same bytes. */
  issuedAt: string
  verification?: (eventHash: string) => Verification
}

/** The 决议公开 notice of one resolution that has been voted on; undefined when there is none by that number. */
export function resolutionData(
  sql: Sql,
  coop: string,
  no: string,
  options: ResolutionOptions,
): ResolutionData | undefined {
  const profile = coopProfile(sql, coop)
  invariant(profile !== undefined, `no co-op ${coop}`)
  const resolution = resolutionByNo(sql, coop, no)
  if (!resolution?.vote) return undefined
  const { vote, notice } = resolution
  const postedOn = notice?.postedOn ?? shanghaiDay(options.issuedAt)
  const days = notice?.days ?? profile.charter.objectionDays
  const head = headOf(sql, coop)
  const eventHash = vote.hash ?? head?.hash ?? ''
  const watermark = profile.demo ? '演示数据' : notice ? undefined : '未发布'
  return {
    issuedAt: options.issuedAt,
    ...(watermark ? { watermark } : {}),
    organisation: { name: profile.name, creditCode: profile.creditCode },
    number: resolutionLabel(no),
    title: `关于${resolution.title}的决议公开`,
    matter: resolution.title,
    legalBasis: basisOf(resolution),
    body: BODY_NAMES[resolution.body as Body],
    meetingDate: vote.on,
    ...(resolution.body === 'board' ? {} : { noticeDate: vote.noticeOn }),
    steps: stepsOf(resolution, vote),
    vote: voteOf(vote, resolution.body),
    content: resolution.content,
    ...moneyOf(resolution),
    ...(resolution.matter in BENEFICIARIES ? { beneficiaries: BENEFICIARIES[resolution.matter] } : {}),
    objection: {
      from: notice?.objectionFrom ?? plusDays(postedOn, 1),
      to: notice?.objectionTo ?? plusDays(postedOn, days),
      days,
    },
    ...officersPart(sql, profile, resolution, postedOn, options),
    postedOn,
    asOf: { eventHash, revision: vote.decidedRevision ?? resolution.revision },
    ...(options.verification ? { verification: options.verification(eventHash) } : {}),
  }
}

type OfficersPart = Pick<ResolutionData, 'responsible' | 'supervisor' | 'contacts' | 'address' | 'signatures'>

function officersPart(
  sql: Sql,
  { coop, phone, supervisorPhone, address }: CoopProfile,
  resolution: ResolutionRow,
  on: string,
  options: ResolutionOptions,
): OfficersPart {
  const officer = (...roles: string[]) => officerOf(sql, coop, on, roles, options)
  const [chair, supervisor] = [officer('理事长'), officer('监事长', '监事')]
  return {
    responsible: responsibleOf(sql, coop, resolution, on, options) ?? named('理事长', chair),
    supervisor: named('监事会', supervisor),
    contacts: [
      { label: '意见受理', phone: phone ?? '见公示栏', person: officer('会计') },
      { label: '监督电话', phone: supervisorPhone ?? '见公示栏', person: supervisor },
    ],
    address: address ?? '本社办公地点',
    signatures: [
      { role: '理事长', name: chair },
      { role: '监事长', name: supervisor },
    ],
  }
}

const BENEFICIARIES: Record<string, string> = {
  'distribution-plan': '登记日登记在册的全体份额持有人，按份额分配',
  programme: '符合本决议所定条件的人，按规定标准，不按姓名',
}

const STEP_NAMES: Record<string, [string, string]> = {
  'party-study': ['商议', '党组织'],
  supervisors: ['审核', '监事会'],
  township: ['审核', '乡镇（街道）'],
}

function basisOf({ matter, body, vote }: ResolutionRow): string {
  const about = `《农村集体经济组织法》${body === 'board' ? '第三十一条' : '第二十六条'}（${MATTER_NAMES[matter as Matter]}）`
  return vote?.article ? `${about}；表决：${articleLabel(vote.article)}` : about
}

function stepsOf({ proposedOn, laidOpenOn, steps, body, vote: _ }: ResolutionRow, vote: VoteRow): ResolutionStep[] {
  const before: ResolutionStep[] = [
    { step: '提议', body: '理事会', date: proposedOn, result: '提出决议事项' },
    ...steps.map(({ on, by, opinion }): ResolutionStep => {
      const [step, who] = STEP_NAMES[by] ?? ['商议', by]
      return { step, body: who, date: on, result: opinion }
    }),
  ]
  const open = laidOpenOn ? [{ step: '公开', body: '理事会', date: laidOpenOn, result: '方案供成员查阅' }] : []
  const decided = {
    step: '决议',
    body: BODY_NAMES[body as Body],
    date: vote.on,
    result: `应到${vote.eligible}人，实到${vote.present}人，${vote.inFavour}人同意`,
  }
  return [...[...before, ...open].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)), decided]
}

const MAJORITIES: Record<Body, string> = {
  assembly: '全体有表决权成员的三分之二以上',
  representatives: '全体成员代表的三分之二以上',
  board: '全体理事的过半数',
}

function voteOf(vote: VoteRow, body: string): ResolutionVote {
  return {
    entitled: vote.eligible,
    present: vote.present,
    inFavour: vote.inFavour,
    against: vote.against,
    abstained: vote.abstained,
    threshold: vote.reason ?? `${MAJORITIES[body as Body]}同意，即不少于${vote.threshold ?? 0}人`,
    denominator: `${vote.basis}；以应到人数为分母，不以到会人数为分母`,
    adopted: vote.adopted ?? false,
  }
}

function moneyOf(resolution: ResolutionRow): Pick<ResolutionData, 'money'> {
  const { budget } = resolution
  if (budget === undefined) return {}
  return { money: { amount: budget, inWords: `人民币${capitalAmount(budget)}`, source: sourceOf(resolution) } }
}

function officerOf(sql: Sql, coop: string, on: string, roles: readonly string[], options: ResolutionOptions) {
  const officers = officersOf(sql, coop, on)
  for (const role of roles) {
    const officer = officers.find(row => row.role === role)
    if (officer) return options.resolve(officer.person)
  }
  return undefined
}

function responsibleOf(sql: Sql, coop: string, { responsible }: ResolutionRow, on: string, options: ResolutionOptions) {
  const name = responsible && options.resolve(responsible)
  if (!name) return undefined
  const office = officersOf(sql, coop, on).find(row => row.person === responsible)
  return office ? `${office.role} ${name}` : name
}

const named = (role: string, name: string | undefined): string => (name ? `${role} ${name}` : role)
