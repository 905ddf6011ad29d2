import type { Contact, DocumentFacts, ObjectionWindow, Signature, Verification } from '../kit/facts.ts'

/** One step on the way to the vote: 提议, 商议, 审议, 决议. */
export interface ResolutionStep {
  readonly step: string
  readonly body: string
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly result: string
}

/** Heads counted at the meeting that decided. */
export interface ResolutionVote {
  /** 应到 */
  readonly entitled: number
  /** 实到 */
  readonly present: number
  readonly inFavour: number
  readonly against: number
  readonly abstained: number
  /** 门槛, e.g. 全体成员代表的三分之二以上同意（即不少于34人）. */
  readonly threshold: string
  /** How the denominator was counted, e.g. 应到人数按具有完全民事行为能力的成员计，未成年成员和非成员继承人不计入. */
  readonly denominator: string
  readonly adopted: boolean
}

/** 决议公开: the numbered notice of one resolution. */
export interface ResolutionData extends DocumentFacts {
  readonly organisation: { readonly name: string; readonly creditCode?: string | undefined }
  /** e.g. 〔2025〕3号 */
  readonly number: string
  /** Without the organisation's name, e.g. 关于2024年度收益分配方案的决议公开. */
  readonly title: string
  /** 决议事项 */
  readonly matter: string
  /** 法律依据 */
  readonly legalBasis: string
  /** 决议机构, e.g. 成员代表大会 */
  readonly body: string
  /** `YYYY-MM-DD` */
  readonly meetingDate: string
  /** When the meeting was announced, `YYYY-MM-DD`. */
  readonly noticeDate?: string | undefined
  /** The steps before the vote, in order; may be empty. */
  readonly steps: readonly ResolutionStep[]
  readonly vote: ResolutionVote
  /** 决议内容: a paragraph each. */
  readonly content: readonly string[]
  /** Absent when the matter costs nothing. */
  readonly money?:
    | {
        /** `"1234.56"` yuan */
        readonly amount: string
        /** 大写, with 人民币. */
        readonly inWords: string
        /** 资金来源, e.g. 322 收益分配——2024年度可分配收益. */
        readonly source: string
      }
    | undefined
  /** Who is to benefit, by rule, never by name. */
  readonly beneficiaries?: string | undefined
  /** 责任人 */
  readonly responsible: string
  /** 监督人 */
  readonly supervisor: string
  readonly objection: ObjectionWindow
  readonly contacts: readonly Contact[]
  readonly address: string
  readonly signatures: readonly Signature[]
  /** Date of posting, `YYYY-MM-DD`. */
  readonly postedOn: string
  readonly asOf: { readonly eventHash: string; readonly revision: number }
  readonly verification?: Verification | undefined
}
