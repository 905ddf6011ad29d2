import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { balanceSheet } from '../../reports/books/balance-sheet.ts'
import { incomeDistribution } from '../../reports/books/income-distribution.ts'
import { trialBalance } from '../../reports/books/trial-balance.ts'
import { voucherReport } from '../../reports/books/vouchers.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { importVouchers } from '../../src/ledger/import-vouchers.ts'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'

// A journal somebody published, brought in, compared with hledger on the original at every month-end, closed and compared
// again. By hand, as the journal is no part of this repository:
//   node test/oracle/published.ts --journal main.ledger --map map.csv [--commodity '$'] [--data DIR]
const { values } = parseArgs({
  options: {
    journal: { type: 'string' },
    map: { type: 'string' },
    commodity: { type: 'string', default: '$' },
    data: { type: 'string' },
  },
})
const { journal = '', map: mapFile = '', commodity, data } = values
const COOP = 'published'
const CONVERTER = join(import.meta.dirname, 'from_hledger.py')
const map = new Map(lines(readFileSync(mapFile, 'utf8')).map(line => line.split(',') as [string, string]))
const said = { monthEnds: 0, figures: 0, closedMonths: 0, closedYears: 0, checks: 0 }
const differences: string[] = []

function lines(text: string): string[] {
  return text.trim().split('\n')
}

function hledger(...args: string[]): string {
  return execFileSync('hledger', ['-f', journal, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
}

/** The original's balances by account and month-end, fen, debit positive: the first row names the months. */
function theirs(): Map<string, Map<string, number>> {
  const text = hledger('bal', '-M', '--historical', '--flat', '--empty', '-N', '-O', 'csv')
  const [head = [], ...rows] = lines(text).map(line => [...line.matchAll(/"([^"]*)"/g)].map(([, cell = '']) => cell))
  const months = new Map<string, Map<string, number>>()
  head.slice(1).forEach((title, index) => {
    const month = /\d{4}-\d\d(?=-\d\d$|$)/.exec(title)?.[0] ?? title
    const fenIn = (cell = '0') => Math.round(Number(cell.replace(/[^\d.-]/g, '')) * 100)
    months.set(month, new Map(rows.map(row => [row[0]!, fenIn(row[index + 1])])))
  })
  return months
}

function compare(where: string, ours: number, original: number): void {
  said.figures += 1
  if (ours !== original) differences.push(`${where}: ${yuan(ours)}, not ${yuan(original)}`)
}

function oursAt({ sql }: Office, period: string): Map<string, number> {
  return new Map(trialBalanceOf(sql, COOP, period).map(({ account, closing }) => [account, fenOf(closing)]))
}

function compareMonths(office: Office, originals: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
  for (const [month, original] of originals) {
    said.monthEnds += 1
    const ours = oursAt(office, month)
    for (const [account, fen] of original) compare(`${month} ${account}`, ours.get(map.get(account) ?? '') ?? 0, fen)
    const mapped = new Set(map.values())
    for (const [account, fen] of ours)
      if (account.includes('-') && !mapped.has(account)) compare(`${month} ${account} (in no original)`, fen, 0)
  }
}

async function command(office: Office, name: string, body: Record<string, unknown>): Promise<void> {
  const commandId = `${name}-${Object.values(body).join('-')}`
  const answer = await office.ledger.execute({ coop: COOP, name, body, actor: '会计 via cli', commandId })
  if ('refusal' in answer) throw new Error(`${commandId}: ${answer.refusal.code} ${answer.refusal.message}`)
}

/** Closes every month and year the original has whole, and compares what is carried over with it. */
async function closeAll(office: Office, originals: ReadonlyMap<string, ReadonlyMap<string, number>>): Promise<void> {
  const today = office.now().slice(0, 7)
  for (const [month, original] of originals) {
    if (month >= today) break
    const year = Number(month.slice(0, 4))
    if (month.endsWith('-12')) await command(office, 'CloseYear', { year })
    await command(office, 'ClosePeriod', { month, uncounted: '历史账' })
    said.closedMonths += 1
    if (month.endsWith('-12')) compareYear(office, year, original)
  }
}

function compareYear(office: Office, year: number, original: ReadonlyMap<string, number>): void {
  said.closedYears += 1
  const ours = oursAt(office, `${year}`)
  let earned = 0
  for (const [account, fen] of original) {
    const own = map.get(account) ?? ''
    if (own.startsWith('5')) earned -= fen
    compare(`${year} closed ${account}`, ours.get(own) ?? 0, own.startsWith('5') ? 0 : fen)
  }
  compare(`${year} 322-未分配收益`, -(ours.get('322-未分配收益') ?? 0), earned)
  for (const report of [trialBalance, balanceSheet, incomeDistribution, voucherReport]) {
    for (const { name, ok } of report.build({ sql: office.sql, coop: COOP, period: `${year}` }).checks) {
      said.checks += 1
      if (!ok) differences.push(`${year} ${report.name}: ${name}`)
    }
  }
}

const place = data ?? mkdtempSync(join(tmpdir(), 'published-'))
const office = openOffice(place)
try {
  const printed = hledger('print', '-x', '-O', 'csv')
  const bytes = execFileSync('python3', ['-B', CONVERTER, mapFile, commodity], { input: printed, maxBuffer: 1 << 28 })
  const asked = { coop: COOP, actor: '会计 via cli', dryRun: false, demo: false, openAccounts: true }
  const done = await importVouchers(office, { ...asked, bytes })
  if ('refusal' in done) throw new Error(done.refusal.message)
  const originals = theirs()
  compareMonths(office, originals)
  await closeAll(office, originals)
  const { rows, vouchers, from, to, warnings } = done
  console.log(JSON.stringify({ rows, vouchers, from, to, accounts: map.size, ...said, warnings, differences }, null, 2))
  if (differences.length > 0 || said.closedYears === 0) process.exitCode = 1
} finally {
  await office.close()
  if (data === undefined) rmSync(place, { recursive: true, force: true })
}
