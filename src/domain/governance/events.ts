import { z } from 'zod'
import { amount, amountOrZero, count, day, key, personCode, quarter, rate, sealed, text } from '../fields.ts'

/** Roles of officers; supervisors may hold none of the others (农村集体经济组织法 art. 34). */
export const ROLES = ['理事长', '理事', '监事长', '监事', '会计', '出纳'] as const
export const role = z.enum(ROLES)

/** What a resolution may be about: the items of 农村集体经济组织法 art. 26, and what the board decides by itself. */
export const MATTERS = [
  'charter',
  'membership',
  'officers',
  'remuneration',
  'budget',
  'distribution-plan',
  'share-scheme',
  'land-compensation',
  'merger',
  'investment',
  'lease',
  'programme',
  'project',
  'fund',
  'write-back',
  'other',
] as const
export const matter = z.enum(MATTERS)
export const body = z.enum(['assembly', 'representatives', 'board'])

/** What a command does, as far as its review is concerned; see governance/review.ts. */
export const DOINGS = ['pays', 'reverses', 'closes', 'publishes', 'other'] as const
/** One row of the review policy: what such a doing, or one command by its name, needs up to an amount. */
export const policyRow = z.strictObject({
  of: z.union([z.enum(DOINGS), z.string().regex(/^[A-Z][A-Za-z]{2,59}$/)]),
  upTo: amount.optional(),
  by: z.union([z.literal('person'), z.strictObject({ rule: key })]),
})

/** How the co-op wants the law filled in where the law leaves it to the charter. */
export const charter = z.strictObject({
  reserveRate: rate,
  objectionDays: z.int().min(1).max(60),
  representatives: count,
})

export const governanceEvents = {
  CoopEstablished: z.strictObject({
    code: key,
    name: text,
    creditCode: z
      .string()
      .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/)
      .optional(),
    level: z.enum(['社区', '小组', '村', '乡镇', '其他']),
    firstDay: day,
    charter,
    demo: z.boolean(),
    contact: z.strictObject({ address: text, phone: text, supervisorPhone: text }).optional(),
    byImport: z.boolean().optional(),
  }),
  OfficerAppointed: z.strictObject({ person: personCode, role, from: day, resolution: key.optional() }),
  OfficerRemoved: z.strictObject({ person: personCode, role, on: day, reason: text }),
  KinshipDeclared: z.strictObject({ person: personCode, relative: personCode, relation: text }),
  ResolutionProposed: z.strictObject({
    no: key,
    title: text,
    matter,
    body,
    content: z.array(text).min(1).max(20),
    budget: amountOrZero.optional(),
    fund: key.optional(),
    laidOpenOn: day.optional(),
    responsible: personCode.optional(),
    proposedOn: day,
  }),
  ResolutionDeliberated: z.strictObject({
    no: key,
    on: day,
    by: z.enum(['party-study', 'supervisors', 'township']),
    opinion: text,
  }),
  ResolutionVoted: z.strictObject({
    no: key,
    on: day,
    noticeOn: day,
    eligible: count,
    present: count,
    inFavour: count,
    against: count,
    abstained: count,
    incapacitated: count,
    basis: text,
  }),
  ResolutionAdopted: z.strictObject({ no: key, on: day, threshold: count, article: text }),
  ResolutionRejected: z.strictObject({ no: key, on: day, threshold: count, reason: text }),
  DecisionDisclosed: z.strictObject({ no: key, postedOn: day, objectionFrom: day, objectionTo: day, days: count }),
  OutcomeDisclosed: z.strictObject({
    no: key,
    on: day,
    result: text,
    spent: amountOrZero,
    beneficiaries: count.optional(),
  }),
  ObjectionRaised: z.strictObject({
    id: key,
    on: day,
    about: text,
    resolution: key.optional(),
    quarter: quarter.optional(),
    confidential: sealed.optional(),
    person: personCode.optional(),
  }),
  ObjectionAnswered: z.strictObject({ id: key, on: day, answer: text }),
  DisclosureDrafted: z.strictObject({ quarter, cutoff: z.string(), revision: z.int(), figuresHash: z.string() }),
  DisclosureReviewed: z.strictObject({
    quarter,
    by: z.enum(['board', 'supervisors']),
    officer: personCode,
    on: day,
    opinion: text,
  }),
  DisclosurePublished: z.strictObject({
    quarter,
    version: z.int().min(1),
    postedOn: day,
    objectionFrom: day,
    objectionTo: day,
    revision: z.int(),
    figuresHash: z.string(),
    closings: z.array(z.tuple([z.string(), z.string(), z.string()])),
  }),
  DisclosureCorrected: z.strictObject({ quarter, version: z.int().min(2), reason: text }),
  ReviewRuleAuthorised: z.strictObject({ rule: key, text, authorisedBy: z.string(), from: day }),
  ReviewPolicySet: z.strictObject({ rows: z.array(policyRow).max(100), reason: text }),
  // `body` is the command's with persons as codes and ciphertext, as its facts would carry them.
  CommandSubmitted: z.strictObject({
    id: key,
    command: z.string(),
    body: z.record(z.string(), z.json()),
    doing: z.enum(DOINGS),
    amount: amountOrZero,
    by: z.string(),
  }),
  CommandApproved: z.strictObject({ id: key, officer: personCode }),
  CommandRejected: z.strictObject({ id: key, officer: personCode, reason: text }),
} as const

export type Resolution = z.infer<typeof governanceEvents.ResolutionProposed>
export type Charter = z.infer<typeof charter>
export type Role = z.infer<typeof role>
export type Matter = z.infer<typeof matter>
export type Body = z.infer<typeof body>
export type Doing = (typeof DOINGS)[number]
export type PolicyRow = z.infer<typeof policyRow>
