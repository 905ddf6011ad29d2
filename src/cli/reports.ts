import type { CoopProfile } from '../../projections/profile.ts'
import { subAccounts } from '../../projections/profile.ts'
import { vouchersBetween } from '../../projections/vouchers.ts'
import { bookCsv, bookPdf, booksKnown, bookXlsx, type Known } from '../../reports/books/files.ts'
import type { BookData, BookQuery, BookReport, Check } from '../../reports/books/report.ts'
import { signerWith } from '../../reports/books/signer.ts'
import { periodOf } from '../domain/calendar.ts'
import { accountName, CHART, codeOf, STANDARD_SUB_ACCOUNTS } from '../domain/chart.ts'
import { eventHashes } from '../ledger/event-hashes.ts'
import { escaped } from '../ledger/import-csv.ts'
import { nameResolver, type Office } from '../office.ts'
import { writeWhole } from './files.ts'
import { CliError, print, printJson, remark } from './output.ts'

/** What is asked of a report. */
export type Asked = {
  period: string
  known?: string
  format?: 'json' | 'csv' | 'xlsx' | 'pdf'
  out?: string
  fund?: string
  account?: string
  names?: boolean
  checks?: boolean
  json?: boolean
}

/** Makes a report and writes it where it is wanted; a check that fails is said on standard error. */
export async function writeReport(office: Office, coop: CoopProfile, report: BookReport, asked: Asked): Promise<void> {
  if (report.presentOnly && asked.known !== undefined)
    throw new CliError('KnownNotKept', `${report.title}只能按现在的记录编制，请去掉 --known。`)
  const known = booksKnown(office.sql, coop.coop, asked.known)
  if (!known) {
    throw new CliError('NothingKnown', `${asked.known} 时${coop.name}还没有任何记录，请写晚一些的时刻。`)
  }
  const query = await queryOf(office, coop, known, report, asked)
  const data = report.build(query)
  if (asked.checks) {
    sayChecks(data.checks, asked)
    return
  }
  for (const { ok, name, left, right } of data.checks) if (!ok) remark(`校验不符：${name}（${left}，${right}）`)
  await write(report, data, query, { coop, known, asked })
}

async function queryOf(
  office: Office,
  { coop }: CoopProfile,
  known: Known,
  report: BookReport,
  { period, fund, account, names }: Asked,
): Promise<BookQuery> {
  if (account !== undefined) checkAccount(known, coop, account)
  if (fund) checkFund(known, coop, fund)
  const resolve = nameResolver(office)
  const revisions = report.hashes ? revisionsOf(known, coop, period) : []
  const hashes = await eventHashes(office.store, coop, revisions)
  return {
    ...{ sql: known.sql, coop, period, fund, account },
    ...(names ? { resolve } : {}),
    signer: signerWith(resolve),
    hashOf: revision => hashes.get(revision),
  }
}

function checkAccount({ sql }: Known, coop: string, account: string): void {
  const opened = [...STANDARD_SUB_ACCOUNTS, ...subAccounts(sql, coop).map(each => each.account)]
  const known = CHART.has(account) || opened.some(each => each === account || each.startsWith(`${account}-`))
  if (!known || !CHART.has(codeOf(account)))
    throw new CliError('AccountUnknown', `没有 ${accountName(account)}（${account}）这个科目，请核对编码。`)
}

function checkFund({ sql }: Known, coop: string, fund: string): void {
  const funds = sql.all<{ fund: string }>('SELECT fund FROM funds WHERE coop = ? ORDER BY fund', coop)
  if (funds.some(each => each.fund === fund)) return
  const names = funds.map(each => each.fund).join('、')
  throw new CliError('FundUnknown', `没有“${fund}”这项资金；${names ? `现有：${names}` : '还没有设立资金'}。`)
}

function revisionsOf({ sql }: Known, coop: string, period: string): number[] {
  const months = periodOf(period)
  return months ? vouchersBetween(sql, coop, months.from, months.to).map(({ revision }) => revision) : []
}

function sayChecks(checks: readonly Check[], { json, format, out }: Asked): void {
  if (checks.some(({ ok }) => !ok)) process.exitCode = 2
  const text = checks
    .map(({ name, ok, left, right }) => `${ok ? '相符' : '不符'}　${name}　${left}　${right}\n`)
    .join('')
  if (out !== undefined) writeWhole(out, json || format === 'json' ? `${JSON.stringify(checks, null, 2)}\n` : text)
  else if (json || format === 'json') printJson(checks)
  else print(text)
}

type Paper = { coop: CoopProfile; known: Known; asked: Asked }

async function write(report: BookReport, data: BookData, query: BookQuery, { coop, known, asked }: Paper) {
  const format = asked.format ?? (asked.json ? 'json' : 'csv')
  const content = await contentOf(report, data, query, { coop, known, asked }, format)
  if (asked.out === undefined) {
    print(String(content))
    return
  }
  writeWhole(asked.out, content)
  remark(`已写出 ${report.title}：${asked.out}`)
}

async function contentOf(
  report: BookReport,
  data: BookData,
  query: BookQuery,
  { coop, known }: Paper,
  format: NonNullable<Asked['format']>,
): Promise<string | Uint8Array> {
  if (format === 'json') return `${JSON.stringify(data.rows, null, 2)}\n`
  if (format === 'csv') return bookCsv(report, data, escaped)
  if (format === 'xlsx') return bookXlsx(report, data, { coop, known, period: query.period })
  const { loadFonts } = await import('../../reports/kit/fonts-node.ts')
  return bookPdf(report, data, query, { coop, known, fonts: loadFonts() })
}
