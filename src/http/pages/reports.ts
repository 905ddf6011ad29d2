import type { Context } from 'hono'
import { z } from 'zod'
import type { CoopProfile } from '../../../projections/profile.ts'
import { vouchersBetween } from '../../../projections/vouchers.ts'
import { bookCsv, bookPdf, booksKnown, bookXlsx, type Known } from '../../../reports/books/files.ts'
import { INSTANT_FORMS, instantOf } from '../../../reports/books/instant.ts'
import { REPORTS } from '../../../reports/books/registry.ts'
import type { BookQuery, BookReport } from '../../../reports/books/report.ts'
import { signerWith } from '../../../reports/books/signer.ts'
import { periodOf } from '../../domain/calendar.ts'
import { account as accountField, key } from '../../domain/fields.ts'
import { eventHashes } from '../../ledger/event-hashes.ts'
import { escaped } from '../../ledger/import-csv.ts'
import { nameResolver } from '../../office.ts'
import type { Page } from '../../web/layout.ts'
import { type ReportChoice, reportPage, reportsPage } from '../../web/report-pages.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { deskPage, param } from '../desk.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { bookMonth, period, periodsOf } from '../periods.ts'
import { Problem } from '../problem.ts'
import { readQuery } from '../read-query.ts'

const list = z.strictObject({ period: period.optional() })
const query = z.strictObject({
  period: period.optional(),
  known: z
    .string()
    .refine(text => text === '' || instantOf(text) !== undefined, INSTANT_FORMS)
    .optional(),
  account: z.union([z.literal(''), accountField]).optional(),
  fund: z.union([z.literal(''), key]).optional(),
  names: z.enum(['0', '1']).optional(),
})

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const
type Format = keyof typeof TYPES

/** The books and statements for the staff: a list, each on screen, and each as a file. */
export function reportRoutes(app: App, house: House): void {
  app.get('/staff/coops/:coop/reports', deskPage(house, listed))
  app.get('/staff/coops/:coop/reports/:report', deskPage(house, shown))
  app.get('/staff/coops/:coop/reports/:report/:format', c => file(house, c))
}

function listed(house: House, coop: CoopProfile, c: Context): Page {
  const chosen = readQuery(c, list).period ?? bookMonth(house, coop)
  return reportsPage(coop, { period: chosen, periods: periodsOf(house, coop) }, REPORTS)
}

async function shown(house: House, coop: CoopProfile, c: Context): Promise<Page> {
  const report = reportOf(c)
  const choice = choiceOf(house, coop, c)
  const { asked } = await askedOf(house, coop, report, choice)
  const data = report.build(asked)
  return reportPage(coop, choice, report, data, report.paper(data, asked))
}

async function file(house: House, c: Context): Promise<Response> {
  await requireOperator(c, house)
  const coop = await coopOf(c, house)
  const report = reportOf(c)
  const format = param(c, 'format')
  if (!isFormat(format)) throw notFound()
  const choice = choiceOf(house, coop, c)
  const { asked, known } = await askedOf(house, coop, report, choice)
  const data = report.build(asked)
  const content = {
    csv: async () => new TextEncoder().encode(bookCsv(report, data, escaped)),
    xlsx: () => bookXlsx(report, data, { coop, known, period: choice.period }),
    pdf: () => house.drawing.book(fonts => bookPdf(report, data, asked, { coop, known, fonts })),
  }
  const bytes = await content[format]()
  const name = `${coop.coop}-${report.title}-${choice.period}.${format}`
  c.header(
    'Content-Disposition',
    `${format === 'pdf' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
  )
  c.header('Cache-Control', 'no-store')
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': TYPES[format] })
}

const isFormat = (text: string): text is Format => Object.hasOwn(TYPES, text)

function reportOf(c: Context): BookReport {
  const report = REPORTS.find(({ name }) => name === param(c, 'report'))
  if (!report) throw notFound('ReportUnknown', '没有这种账簿或报表。')
  return report
}

function choiceOf(house: House, coop: CoopProfile, c: Context): ReportChoice {
  const { period: chosen, known = '', account = '', fund = '', names } = readQuery(c, query)
  const periods = periodsOf(house, coop)
  return { period: chosen ?? bookMonth(house, coop), periods, known, account, fund, names: names === '1' }
}

async function askedOf(
  { office }: House,
  { coop, name }: CoopProfile,
  report: BookReport,
  choice: ReportChoice,
): Promise<{ asked: BookQuery; known: Known }> {
  if (report.presentOnly && choice.known !== '')
    throw new Problem(400, 'KnownNotKept', `${report.title}只能按现在的记录编制，请不要填“截至”。`)
  const known = booksKnown(office.sql, coop, choice.known === '' ? undefined : instantOf(choice.known))
  if (!known) throw new Problem(404, 'NothingKnown', `${choice.known} 时${name}还没有任何记录，请写晚一些的时刻。`)
  const resolve = nameResolver(office)
  const hashes = report.hashes ? await hashesOf(office, known, coop, choice.period) : undefined
  const narrowed = {
    account: report.narrowedBy.includes('account') ? choice.account || undefined : undefined,
    fund: report.narrowedBy.includes('fund') ? choice.fund || undefined : undefined,
  }
  const asked = {
    ...{ sql: known.sql, coop, period: choice.period, ...narrowed, signer: signerWith(resolve) },
    ...(choice.names ? { resolve } : {}),
    hashOf: (revision: number) => hashes?.get(revision),
  }
  return { asked, known }
}

function hashesOf(office: House['office'], { sql }: Known, coop: string, chosen: string) {
  const months = periodOf(chosen)
  const vouchers = months ? vouchersBetween(sql, coop, months.from, months.to) : []
  const revisions = vouchers.map(({ revision }) => revision)
  return eventHashes(office.store, coop, revisions)
}
