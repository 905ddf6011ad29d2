import { vouchersBetween } from '../../projections/vouchers.ts'
import type { Sql } from '../../src/store/sql.ts'
import { accountLedger } from '../books/account-ledger.ts'
import { ageing } from '../books/ageing.ts'
import { balanceSheet } from '../books/balance-sheet.ts'
import { fundReport } from '../books/funds.ts'
import { generalLedger } from '../books/general-ledger.ts'
import { incomeDistribution } from '../books/income-distribution.ts'
import { bankJournal, cashJournal } from '../books/journals.ts'
import type { BookReport } from '../books/report.ts'
import { trialBalance } from '../books/trial-balance.ts'
import { voucherReport } from '../books/vouchers.ts'

/** How long a kind of paper is kept (会计档案管理办法, annex 1): years after the fiscal year, or for ever. */
export type Keeping = { readonly years: number | undefined }
const THIRTY_YEARS: Keeping = { years: 30 }
const FOR_EVER: Keeping = { years: undefined }

/** One report that is filed: for a period, in a class (会计档案管理办法 art. 6), under a title. */
export type FiledReport = {
  readonly report: BookReport
  /** `2025-03` or `2025` */
  readonly period: string
  readonly class: (typeof CLASSES)[number]
  readonly title: string
  readonly keeping: Keeping
  readonly formats: readonly ('pdf' | 'csv')[]
}

/** The classes of accounting archives, in the order they are filed. */
export const CLASSES = ['会计凭证', '会计账簿', '财务会计报告', '其他会计资料'] as const

const BOOKS = [generalLedger, accountLedger, cashJournal, bankJournal, trialBalance]
// Funds and what is owed are schedules of the year's report.
const STATEMENTS = [balanceSheet, incomeDistribution, fundReport, ageing]

/** What is filed of a year: the vouchers of each month that has any, the books and the statements. */
export function filedReports(sql: Sql, coop: string, year: number): FiledReport[] {
  const months = new Set(vouchersBetween(sql, coop, `${year}-01`, `${year}-12`).map(({ number }) => number.slice(0, 7)))
  const vouchers = [...months].sort().map(
    (period): FiledReport => ({
      ...{ report: voucherReport, period, class: '会计凭证', title: '记账凭证（附封面）' },
      ...{ keeping: THIRTY_YEARS, formats: ['pdf'] },
    }),
  )
  const ofYear =
    (kind: FiledReport['class'], keeping: Keeping) =>
    (report: BookReport): FiledReport => ({
      ...{ report, period: String(year), class: kind, title: report.title, keeping, formats: ['pdf', 'csv'] },
    })
  return [
    ...vouchers,
    ...BOOKS.map(ofYear('会计账簿', THIRTY_YEARS)),
    ...STATEMENTS.map(ofYear('财务会计报告', FOR_EVER)),
  ]
}

/** What the log is filed as: everything else is derived from it, so it is kept as long as the longest. */
export const LOG_PAPER = { class: CLASSES[3], title: '账本日志（全部事件及其哈希）', keeping: FOR_EVER } as const
/** The sentence about the archive itself. */
export const ABOUT_PAPER = { class: CLASSES[3], title: '档案说明（机读）', keeping: FOR_EVER } as const

/** Period, first day and last day of keeping: from the day after the fiscal year (会计档案管理办法 art. 14). */
export function keptUntil(year: number, { years }: Keeping): { keep: string; keepFrom: string; keepUntil: string } {
  const keepFrom = `${year + 1}-01-01`
  if (years === undefined) return { keep: '永久', keepFrom, keepUntil: '' }
  return { keep: `${years}年`, keepFrom, keepUntil: `${year + years}-12-31` }
}

/** How many pages a PDF of ours has. */
export function pageCount(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  )
}
