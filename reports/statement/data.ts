import type { Contact, DocumentFacts, Verification } from '../kit/facts.ts'

/** What a person may be paid for; each kind has its own subtotal. */
export type StatementKind = 'dividend' | 'allowance' | 'scholarship' | 'relief' | 'subsidy' | 'insurance' | 'other'

/** `returned`: the bank sent it back, so it is owed again; `misdirected`: it reached someone else, so it is owed again. */
export type StatementStatus = 'paid' | 'partly' | 'unpaid' | 'returned' | 'misdirected' | 'reversed'

/** Money as `"1234.56"` yuan strings, negative for a correction. Nothing is added up in the layout. */
export interface StatementSum {
  /** 应发 */
  readonly gross: string
  /** 代扣 */
  readonly withheld: string
  /** 实发 = 应发 − 代扣 */
  readonly net: string
}

/** One entitlement of the person in this co-op. */
export interface StatementRow extends StatementSum {
  /** Date of the voucher, `YYYY-MM-DD`. */
  readonly date: string
  /** 凭证号 as printed, e.g. `2025-03 记-12`. */
  readonly voucher: string
  /** 项目, e.g. `2024年度分红`, `养老金 2025年3月`. */
  readonly item: string
  /** 计算依据, e.g. `12.5 股 × 3,800.00 元/股，决议〔2025〕3号`. */
  readonly basis: string
  readonly status: StatementStatus
  /** Date of the (last) payment, `YYYY-MM-DD`. */
  readonly paidOn?: string | undefined
  /** What is still owed of this row, if the row is not settled, e.g. `"300.00"`. */
  readonly outstanding?: string | undefined
  /** Said under the status, e.g. `银行退回：账号有误`, `实物，按公允价值`. */
  readonly note?: string | undefined
}

/** Rows of one kind, oldest first, with their subtotal. */
export interface StatementGroup {
  readonly kind: StatementKind
  /** e.g. 股份分红, 养老补助, 奖学金, 困难救助, 补贴. */
  readonly title: string
  readonly rows: readonly StatementRow[]
  readonly subtotal: StatementSum
}

/** What is still to be paid, and why it is not paid yet. */
export interface StatementOutstanding {
  readonly item: string
  readonly voucher: string
  /** Since when it is owed, `YYYY-MM-DD`. */
  readonly since: string
  readonly amount: string
  readonly reason: string
}

/** The shares the year's dividends were counted on. */
export interface StatementHolding {
  /** e.g. 成员股, 人口股; omitted where the co-op has one kind. */
  readonly kind?: string | undefined
  /** Decimal string, e.g. `"12.5"`. */
  readonly shares: string
  /** 基准日, `YYYY-MM-DD`. */
  readonly recordDate: string
}

/** One line of what another organisation of the same ledger paid the person. */
export interface StatementElsewhereRow extends StatementSum {
  readonly date: string
  readonly voucher: string
  readonly item: string
  readonly status: StatementStatus
  readonly paidOn?: string | undefined
}

/** Another payer: its own books, its own sum. */
export interface StatementElsewhere {
  readonly organisation: string
  readonly rows: readonly StatementElsewhereRow[]
  readonly subtotal: StatementSum
}

/** An organisation with a ledger of its own: named with where to read its figures, never with them. */
export interface OtherPayer {
  readonly organisation: string
  /** Link to its published pages. */
  readonly address: string
}

/** 分红对账单: everything one co-op awarded one person in one year. */
export interface StatementData extends DocumentFacts {
  readonly organisation: { readonly name: string; readonly creditCode?: string | undefined }
  readonly year: number
  /** Number of the statement, if the co-op numbers them. */
  readonly number?: string | undefined
  /** Sealed or erased persons come in already replaced, e.g. 已注销成员. */
  readonly person: {
    readonly name: string
    /** 成员码, e.g. `M00012`. */
    readonly code: string
    /** e.g. 聚龙小组 · 第37户（户主 张三）. */
    readonly household?: string | undefined
  }
  readonly holdings: readonly StatementHolding[]
  readonly groups: readonly StatementGroup[]
  /** The whole year in this co-op; `paid` + `outstanding` = `net`. */
  readonly total: StatementSum & {
    readonly paid: string
    readonly outstanding: string
    /** 大写 of `net`, with 人民币: 人民币捌仟元整. */
    readonly netInWords: string
  }
  readonly outstanding: readonly StatementOutstanding[]
  /** Legal basis of what is withheld, or why nothing is, and who decided it. */
  readonly withholdingBasis: string
  /** Other payers of the same ledger; empty when there is none. */
  readonly elsewhere: readonly StatementElsewhere[]
  /** This co-op and the others together; present when `elsewhere` is not empty. */
  readonly joined?: (StatementSum & { readonly netInWords: string }) | undefined
  /**
   * Who else may pay the person, where every organisation has a ledger of its own; 'unasked' when that could not be found
   * out. Absent where there is none, and where `elsewhere` tells it.
   */
  readonly otherPayers?: readonly OtherPayer[] | 'unasked' | undefined
  /** How the reader can check the figures: one sentence each. */
  readonly howToCheck: readonly string[]
  /** Two telephone numbers: the accountant's and the supervisors'. */
  readonly contacts: readonly Contact[]
  /** `YYYY-MM-DD` */
  readonly issueDate: string
  /** The figures are those of the ledger up to this event: its hash (hex; printed short) and revision. */
  readonly asOf: { readonly eventHash: string; readonly revision: number }
  readonly verification?: Verification | undefined
}
