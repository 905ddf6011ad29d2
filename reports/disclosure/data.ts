import type { ChartData } from '../kit/chart.ts'
import type { Contact, DocumentFacts, ObjectionWindow, Signature, Verification } from '../kit/facts.ts'
import type { TableData } from '../kit/table.ts'

/** 决议公开 (what was decided) or 结果公开 (what was done). */
export type DisclosureKind = 'decision' | 'outcome'

/** `public`: totals only; `members`: by household, masked. */
export type DisclosureEdition = 'public' | 'members'

/** The fourteen groups of an outcome disclosure, in their order; group n has `no` n (1-based). */
export const OUTCOME_GROUPS = [
  '货币资金',
  '各项收入',
  '各项支出',
  '租赁与租金',
  '对外投资',
  '资产与资源',
  '债权债务',
  '专项补助',
  '公益福利',
  '慈善基金',
  '收益分配',
  '两公开登记',
  '成员与份额变动',
  '监督、更正与异议',
] as const

/** One numbered group. With neither tables nor text it prints 本季度无。 */
export interface DisclosureGroup {
  /** 1-based; printed 一、二、… */
  readonly no: number
  readonly title: string
  /** A sentence of explanation above the tables. */
  readonly note?: string | undefined
  readonly tables: readonly TableData[]
  /** Paragraphs below the tables. */
  readonly text?: readonly string[] | undefined
}

/** Who publishes what, as of when, and how to object. */
export interface DisclosureHeader {
  readonly organisation: string
  /** 统一社会信用代码 */
  readonly creditCode?: string | undefined
  /** 社区 or 小组 */
  readonly level: string
  /** e.g. 2025年第四季度 */
  readonly quarter: string
  /** Without the organisation's name: it is printed above the title. e.g. 关于2025年第四季度财务收支情况的公示 */
  readonly title: string
  /** e.g. 聚龙股社公〔2025〕8号 */
  readonly number: string
  /** Figures up to and including this day, `YYYY-MM-DD`. */
  readonly cutoff: string
  readonly version: number
  /** Number or version this one corrects. */
  readonly priorVersion?: string | undefined
  /** Hex; printed short in the footer and whole in the annex. */
  readonly figuresHash: string
  readonly verification: Verification
  /** `YYYY-MM-DD` */
  readonly postedOn: string
  readonly objection: ObjectionWindow
  readonly contacts: readonly Contact[]
  readonly address: string
  readonly preparer: string
  /** 理事长 */
  readonly chair: string
  /** 监事长 */
  readonly supervisor: string
  /** 会计 */
  readonly accountant: string
}

/** 监事会审核意见, signed. */
export interface SupervisorOpinion {
  readonly text: string
  readonly signatures: readonly Signature[]
}

/** Charts and the English summary; never a figure that the notice itself does not show. */
export interface DisclosureAnnex {
  readonly charts: readonly ChartData[]
  /** One line each; the first is its heading. */
  readonly english: readonly string[]
}

/** One half of a quarter's pair. An `outcome` has exactly the groups of OUTCOME_GROUPS. */
export interface DisclosureData extends DocumentFacts {
  readonly kind: DisclosureKind
  readonly edition: DisclosureEdition
  readonly header: DisclosureHeader
  /** Plain-language paragraphs before the first group. */
  readonly lead: readonly string[]
  readonly groups: readonly DisclosureGroup[]
  readonly opinion: SupervisorOpinion
  /** 理事会's statement that the content is true, 农村集体经济组织法 art. 45. */
  readonly truthStatement: string
  readonly annex: DisclosureAnnex
}
