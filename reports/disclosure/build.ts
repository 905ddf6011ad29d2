import { type CoopProfile, coopProfile, officersOf } from '../../projections/profile.ts'
import { type Closing, draftOf, publishedDisclosure, reviewsOf } from '../../projections/publications.ts'
import { type Cut, cutOf } from '../../projections/quarter.ts'
import { chineseDay, chineseQuarter, daysBetween, plusDays, shanghaiDay } from '../../src/domain/calendar.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { Verification } from '../kit/facts.ts'
import { charityGroup, grantGroup } from './build-funds.ts'
import { decisionGroups, registerGroup, resolutionGroup, supervisionGroup, votedIn } from './build-governance.ts'
import { decisionAnnex, decisionLead, outcomeAnnex, outcomeLead, summaryOf } from './build-lead.ts'
import { cashGroup, closingsOf, expenseGroup, incomeGroup } from './build-money.ts'
import { dividendGroup, welfareGroup } from './build-people.ts'
import { assetGroup, debtGroup, factsOf, investmentGroup, rentGroup } from './build-property.ts'
import {
  type DisclosureData,
  type DisclosureEdition,
  type DisclosureGroup,
  type DisclosureHeader,
  type DisclosureKind,
  OUTCOME_GROUPS,
  type SupervisorOpinion,
} from './data.ts'

export type DisclosureOptions = {
  /** An officer's name by code, from the vault; undefined when it is not known. */
  resolve: (code: string) => string | undefined
  /** SHA-256 of a text in UTF-8, as hex. */
  sha256: (text: string) => string
  /** UTC instant of issue; the same instant gives the same bytes. */
  issuedAt: string
  /** Where the paper can be checked; given the hash of the figures. */
  verification: (figuresHash: string) => Verification
}

/** The figures of a quarter as rows of text: what is published, hashed and given out over the API. */
export type DisclosureFigures = {
  coop: string
  quarter: string
  cutoff: string
  decision: readonly DisclosureGroup[]
  outcome: readonly DisclosureGroup[]
}

/** The public figures of a quarter, cut where it was published, or at a revision of the co-op's stream. */
export function disclosureFigures(sql: Sql, coop: string, quarter: string, revision?: number): DisclosureFigures {
  const cut = cutOf(sql, coop, quarter, revision)
  return {
    ...{ coop, quarter, cutoff: cut.to },
    decision: groupsOf(sql, cut, 'decision', 'public'),
    outcome: groupsOf(sql, cut, 'outcome', 'public'),
  }
}

/** SHA-256 over the canonical JSON (keys sorted, no spaces) of a quarter's public figures. */
export function figuresHashOf(figures: DisclosureFigures, sha256: (text: string) => string): string {
  return sha256(canonical(figures))
}

/** The closing balances that publishing a quarter fixes for the next one. */
export function disclosureClosings(sql: Sql, coop: string, quarter: string): Closing[] {
  return closingsOf(sql, cutOf(sql, coop, quarter))
}

/** Fills one half of a quarter's pair from the read models, in the public or the members' edition. */
export function disclosureData(
  sql: Sql,
  coop: string,
  quarter: string,
  kind: DisclosureKind,
  edition: DisclosureEdition,
  options: DisclosureOptions,
): DisclosureData {
  const profile = coopProfile(sql, coop)
  invariant(profile !== undefined, `no co-op ${coop}`)
  const cut = cutOf(sql, coop, quarter)
  const figures = disclosureFigures(sql, coop, quarter, cut.revision)
  const figuresHash = figuresHashOf(figures, options.sha256)
  const voted = votedIn(sql, cut).length
  const summary = summaryOf(sql, cut, voted)
  const outcome = kind === 'outcome'
  const watermark = watermarkOf(sql, profile, quarter)
  return {
    issuedAt: options.issuedAt,
    ...(watermark ? { watermark } : {}),
    ...{ kind, edition },
    header: headerOf(sql, profile, cut, kind, figuresHash, options),
    lead: outcome ? outcomeLead(sql, cut, summary) : decisionLead(cut, voted),
    groups: edition === 'public' ? figures[kind] : groupsOf(sql, cut, kind, edition),
    opinion: opinionOf(sql, cut, options),
    truthStatement: truthOf(sql, cut, options),
    annex: outcome ? outcomeAnnex(sql, cut, summary) : decisionAnnex(cut, voted),
  }
}

function groupsOf(sql: Sql, cut: Cut, kind: DisclosureKind, edition: DisclosureEdition): DisclosureGroup[] {
  if (kind === 'decision') return decisionGroups(sql, cut, edition)
  const facts = factsOf(sql, cut)
  const groups = [
    cashGroup(sql, cut),
    incomeGroup(sql, cut, edition),
    expenseGroup(sql, cut, edition),
    rentGroup(sql, cut, edition, facts.roll),
    investmentGroup(sql, cut),
    assetGroup(sql, cut),
    debtGroup(sql, cut, edition, facts),
    grantGroup(sql, cut),
    welfareGroup(sql, cut, edition),
    charityGroup(sql, cut, edition),
    dividendGroup(sql, cut, edition, facts),
    resolutionGroup(sql, cut, edition),
    registerGroup(sql, cut, edition),
    supervisionGroup(sql, cut, edition),
  ]
  return OUTCOME_GROUPS.map((title, index) => ({ no: index + 1, title, ...groups[index]! }))
}

function headerOf(
  sql: Sql,
  profile: CoopProfile,
  cut: Cut,
  kind: DisclosureKind,
  figuresHash: string,
  options: DisclosureOptions,
): DisclosureHeader {
  const published = publishedDisclosure(sql, cut.coop, cut.quarter)
  const postedOn = published?.postedOn ?? shanghaiDay(options.issuedAt)
  const from = published?.objectionFrom ?? plusDays(postedOn, 1)
  const to = published?.objectionTo ?? plusDays(postedOn, profile.charter.objectionDays)
  const version = published?.version ?? 1
  const name = (...roles: string[]) => officerName(sql, cut, postedOn, roles, options)
  return {
    ...{ organisation: profile.name, creditCode: profile.creditCode, level: profile.level },
    quarter: chineseQuarter(cut.quarter),
    title: `关于${chineseQuarter(cut.quarter)}${kind === 'outcome' ? '财务收支和决议实施结果' : '决议事项'}的公示`,
    number: numberOf(cut.quarter, kind),
    cutoff: published?.cutoff || (draftOf(sql, cut.coop, cut.quarter)?.cutoff ?? cut.to),
    version,
    ...(version > 1 ? { priorVersion: `第${version - 1}版` } : {}),
    figuresHash,
    verification: options.verification(figuresHash),
    postedOn,
    objection: { from, to, days: daysBetween(from, to) + 1 },
    contacts: [
      { label: '意见受理', phone: profile.phone ?? '见公示栏', person: name('会计') || undefined },
      { label: '监督电话', phone: profile.supervisorPhone ?? '见公示栏', person: name('监事长', '监事') || undefined },
    ],
    address: profile.address ?? '本社办公地点',
    preparer: name('会计'),
    chair: name('理事长'),
    supervisor: name('监事长', '监事'),
    accountant: name('会计'),
  }
}

// Each quarter has a pair: 〔2025〕7号 is the decisions of the fourth quarter, 8号 its outcome.
function numberOf(quarter: string, kind: DisclosureKind): string {
  const pair = Number(quarter[5]) * 2
  return `公开〔${quarter.slice(0, 4)}〕${kind === 'outcome' ? pair : pair - 1}号`
}

function officerName(sql: Sql, cut: Cut, on: string, roles: readonly string[], options: DisclosureOptions): string {
  const officers = officersOf(sql, cut.coop, on)
  for (const role of roles) {
    const officer = officers.find(row => row.role === role)
    if (officer) return options.resolve(officer.person) ?? ''
  }
  return ''
}

function opinionOf(sql: Sql, cut: Cut, options: DisclosureOptions): SupervisorOpinion {
  const reviews = reviewsOf(sql, cut.coop, cut.quarter).filter(row => row.by === 'supervisors')
  const signatures = reviews.map(row => {
    const office = officersOf(sql, cut.coop, row.on).find(officer => officer.person === row.officer)
    return { role: office?.role ?? '监事会', name: options.resolve(row.officer), date: row.on }
  })
  return {
    text: reviews.map(row => row.opinion).join('；') || '（待监事会审核）',
    signatures: signatures.length > 0 ? signatures : [{ role: '监事长' }],
  }
}

function truthOf(sql: Sql, cut: Cut, options: DisclosureOptions): string {
  const review = reviewsOf(sql, cut.coop, cut.quarter).findLast(row => row.by === 'board')
  const guarantee = '理事会保证本公示的内容真实、完整（《农村集体经济组织法》第四十五条）。'
  if (!review) return `${guarantee}（待理事会确认）`
  const name = options.resolve(review.officer)
  return `${guarantee}${name ? `确认人：${name}，` : ''}${chineseDay(review.on)}。`
}

function watermarkOf(sql: Sql, profile: CoopProfile, quarter: string): string | undefined {
  if (profile.demo) return '演示数据'
  return publishedDisclosure(sql, profile.coop, quarter) ? undefined : '未发布'
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
}
