import { stringify } from 'csv-stringify/sync'
import { asKnown, recordedAt, revisionAt } from '../../projections/as-known.ts'
import { type CoopProfile, headOf } from '../../projections/profile.ts'
import { chineseDay, shanghaiDay } from '../../src/domain/calendar.ts'
import type { Sql } from '../../src/store/sql.ts'
import { groupMoney } from '../kit/figures.ts'
import type { FontSet } from '../kit/fonts.ts'
import { writeWorkbook } from '../kit/workbook.ts'
import type { BookData, BookFrame, BookQuery, BookReport, Check } from './report.ts'

/** The read models a report is made from, and up to which event they know. */
export type Known = { readonly sql: Sql; readonly revision: number; readonly recordedAt: string }

/**
 * A co-op's books as they are, or as they were known at an instant (UTC); undefined when the co-op had no record then.
 */
export function booksKnown(sql: Sql, coop: string, instant?: string): Known | undefined {
  if (instant === undefined) {
    const head = headOf(sql, coop)
    return head && { sql, revision: head.revision, recordedAt: head.recordedAt }
  }
  const revision = revisionAt(sql, coop, instant)
  if (revision === undefined) return undefined
  return { sql: asKnown(sql, coop, revision), revision, recordedAt: recordedAt(sql, coop, revision) }
}

/** `2025-03`, `2025Q3` or `2025` as it is written on a book. */
export function periodTitle(period: string): string {
  const year = `${period.slice(0, 4)}年`
  if (period.length === 4) return `${year}度`
  if (period[4] === 'Q') return `${year}第${'一二三四'[Number(period[5]) - 1]}季度`
  return `${year}${Number(period.slice(5, 7))}月`
}

/** 截至2026年1月15日 10:00（第 812 号事件）, in Shanghai. */
function knownTitle({ revision, recordedAt: at }: Known): string {
  const clock = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16)
  return `账目截至${chineseDay(shanghaiDay(at))} ${clock} 的记录（第 ${revision} 号事件）`
}

/** The rows as CSV under their keys; `guarded` keeps a spreadsheet from taking a text for a formula. */
export function bookCsv({ columns }: BookReport, { rows }: BookData, guarded: (text: string) => string): string {
  const cell = (kind: string, text: string) => (kind === 'money' || kind === 'count' ? text : guarded(text))
  return stringify([
    columns.map(({ key }) => key),
    ...rows.map(row => columns.map(({ key, kind }) => cell(kind, row[key] ?? ''))),
  ])
}

/** The report as a workbook with a title block; the same events give the same bytes. */
export function bookXlsx(
  report: BookReport,
  data: BookData,
  { coop, known, period }: { coop: CoopProfile; known: Known; period: string },
): Promise<Uint8Array> {
  const table = report.sheet?.(data) ?? { columns: report.columns, rows: data.rows }
  return writeWorkbook({
    sheet: report.title,
    title: [report.title, `单位名称：${coop.name}`, `期间：${periodTitle(period)}　单位：元`, knownTitle(known)],
    ...table,
    issuedAt: known.recordedAt,
  })
}

/** The report as PDF. */
export async function bookPdf(
  report: BookReport,
  data: BookData,
  query: BookQuery,
  { coop, known, fonts }: { coop: CoopProfile; known: Known; fonts: FontSet },
): Promise<Uint8Array> {
  const frame: BookFrame = {
    fonts,
    organisation: coop.name,
    period: periodTitle(query.period),
    known: knownTitle(known),
    issuedAt: known.recordedAt,
    watermark: coop.demo ? '演示数据' : undefined,
  }
  if (report.draw) return report.draw(query, frame)
  const { renderBook } = await import('../kit/book-document.ts')
  return renderBook({
    ...frame,
    title: report.title,
    tables: report.paper(data, query),
    notes: notesOf(data.checks),
  })
}

// Of many checks (one an account) paper says how many there were, and those that failed.
function notesOf(checks: readonly Check[]): string[] {
  const said = ({ name, ok, left, right }: Check) =>
    `${ok ? '校验相符' : '校验不符'}：${name}（${groupMoney(left)}，${groupMoney(right)}）`
  const failed = checks.filter(({ ok }) => !ok)
  if (checks.length <= 6) return checks.map(said)
  return [`校验 ${checks.length} 项，相符 ${checks.length - failed.length} 项。`, ...failed.map(said)]
}
