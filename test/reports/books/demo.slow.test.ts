import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coopProfile } from '../../../projections/profile.ts'
import { ASSET_LINES, CLAIM_LINES } from '../../../reports/books/balance-sheet-lines.ts'
import { bookPdf, booksKnown, bookXlsx } from '../../../reports/books/files.ts'
import { REPORTS } from '../../../reports/books/registry.ts'
import { groupMoney } from '../../../reports/kit/figures.ts'
import { loadFonts } from '../../../reports/kit/fonts-node.ts'
import { fenOf, yuan } from '../../../src/domain/money.ts'
import { journalHledger } from '../../../src/ledger/export-journal.ts'
import { type Played, played } from '../../demo/play.ts'
import { runProgram, testWith } from '../../support/programs.ts'
import { pagesOf } from '../pdf-tools.ts'
import { monthly, postings, standingBefore, sumUnder } from './hledger.ts'
import { failedChecks, MONTHS, reportOf } from './ledgers.ts'

const COOPS = ['yangguang', 'yangguang-1', 'yangguang-2', 'jufu', 'daiguan'] as const
const folder = mkdtempSync(join(tmpdir(), 'mingzhang-books-'))
let demo: Played
beforeAll(async () => {
  demo = await played()
  for (const coop of COOPS) {
    let text = ''
    for await (const part of journalHledger(
      demo.office.store.read(`coop-${coop}`, { from: 0 }),
      demo.office.codec,
      coop,
    ))
      text += part
    writeFileSync(journalOf(coop), text)
  }
})
afterAll(() => {
  demo?.close()
  rmSync(folder, { recursive: true, force: true })
})

const journalOf = (coop: string): string => join(folder, `${coop}.journal`)
const built = (name: string, coop: string, period: string, more = {}) =>
  reportOf(name).build({ sql: demo.office.sql, coop, period, ...more })

test('the statements of every co-op tie in every month, quarter and year of the demonstration', () => {
  let checks = 0
  for (const coop of COOPS)
    for (const period of [...MONTHS, '2025Q1', '2025Q4', '2025', '2024']) {
      expect(failedChecks(demo.office.sql, period, coop)).toEqual([])
      checks += 1
    }
  console.log(`${checks} periods whose checks all hold`)
  expect(checks).toBe(80)
})

describe('hledger has on the exported journal', () => {
  testWith(['hledger'], 'the balance of every account at every month end: 科目余额表, 总账, 明细账', () => {
    let compared = 0
    for (const coop of COOPS) {
      const standing = monthly(journalOf(coop), 'standing')
      for (const [index, month] of MONTHS.entries()) {
        const theirs = (account: string) => yuan(sumUnder(standing, account, index))
        for (const { account, closing } of built('trial-balance', coop, month).rows) {
          expect([coop, month, account, closing]).toEqual([coop, month, account, theirs(account!)])
          compared += 1
        }
        for (const name of ['general-ledger', 'account-ledger']) {
          const last = new Map(built(name, coop, month).rows.map(row => [row.account!, row.balance]))
          for (const [account, balance] of last)
            expect([coop, month, name, account, balance]).toEqual([coop, month, name, account, theirs(account)])
        }
      }
    }
    console.log(`${compared} balances at month ends compared with hledger`)
    expect(compared).toBeGreaterThan(1500)
  })

  testWith(['hledger'], 'every line of the balance sheet, and its totals', () => {
    for (const coop of COOPS) {
      const standing = monthly(journalOf(coop), 'standing')
      const opening = standingBefore(journalOf(coop), '2025-01-01')
      const start = new Map([...opening].map(([account, fen]) => [account, [fen]]))
      for (const [index, month] of MONTHS.entries()) {
        const rows = new Map(built('balance-sheet', coop, month).rows.map(row => [row.code, row]))
        for (const [key, all, at] of [
          ['closing', standing, index],
          ['opening', start, 0],
        ] as const) {
          const under = (...codes: readonly string[]) => codes.reduce((sum, code) => sum + sumUnder(all, code, at), 0)
          const ours = (code: string) => fenOf(rows.get(code)![key]!)
          for (const { code, accounts, less } of ASSET_LINES)
            if (accounts)
              expect([coop, month, code, ours(code)]).toEqual([
                coop,
                month,
                code,
                (less ? -1 : 1) * under(...accounts) || 0,
              ])
          for (const { code, accounts } of CLAIM_LINES)
            if (accounts) expect([coop, month, code, ours(code)]).toEqual([coop, month, code, -under(...accounts) || 0])
          expect(ours('receivables') - ours('payables')).toBe(under('112', '113', '211'))
          const classOf = (digit: RegExp) =>
            [...all].reduce((sum, [name, amounts]) => sum + (digit.test(name) ? (amounts[at] ?? 0) : 0), 0)
          // Assets as booked, and what 211 and 113 owe more than the parties' signs say.
          expect(ours('assets')).toBe(classOf(/^[14]/) + ours('payables') + under('211'))
          expect(ours('assets')).toBe(ours('liabilities') + ours('equity'))
          expect(ours('equity')).toBe(-classOf(/^[35]/))
        }
      }
    }
  })

  testWith(
    ['hledger'],
    'every line of the income statement of every month and of the year, without the closing entry',
    () => {
      const gained = {
        'operating-income': '501',
        'investment-income': '502',
        'subsidy-income': '503',
        'other-income': '504',
      }
      const spent = {
        ...{ 'operating-expenses': '511', 'taxes-and-surcharges': '512', 'administrative-expenses': '513' },
        ...{ 'public-welfare-expenses': '514', 'other-expenses': '515', 'income-tax': '521' },
        ...{ 'reserve-set-aside': '322-各项分配-提取公积公益金', 'distributed-to-members': '322-各项分配-成员分配' },
      }
      let moving = 0
      for (const coop of COOPS) {
        const moved = monthly(journalOf(coop), 'moved', 'not:tag:event=^YearClosed$')
        for (const [index, month] of MONTHS.entries()) {
          const rows = new Map(built('income-distribution', coop, month).rows.map(row => [row.code, row]))
          for (const [lines, sign] of [
            [gained, -1],
            [spent, 1],
          ] as const)
            for (const [code, account] of Object.entries(lines)) {
              const upTo = Array.from({ length: index + 1 }, (_, at) => sumUnder(moved, account, at))
              const theirs = [upTo.at(-1)!, upTo.reduce((sum, fen) => sum + fen, 0)].map(fen => yuan(sign * fen || 0))
              const row = rows.get(code)
              expect([coop, month, code, row?.period, row?.year]).toEqual([coop, month, code, ...theirs])
              if (theirs[0] !== '0.00') moving += 1
            }
        }
      }
      console.log(`${moving} figures of the income statement that moved, compared with hledger`)
      expect(moving).toBeGreaterThan(100)
    },
  )

  testWith(['hledger'], 'every posting of every book, with the balance after each day of cash and bank', () => {
    let entries = 0
    for (const coop of COOPS) {
      const theirs = Map.groupBy(postings(journalOf(coop)), ({ account }) => account)
      const ours = Map.groupBy(
        built('account-ledger', coop, '2025').rows.filter(({ kind }) => kind === 'entry'),
        row => row.account!,
      )
      for (const [account, list] of theirs) {
        const lines = ours
          .get(account)
          ?.map(row => `${row.date} ${row.voucher} ${fenOf(row.debit!) - fenOf(row.credit!)}`)
        expect([coop, account, lines?.sort()]).toEqual([
          ...[coop, account],
          list.map(({ date, code, amount }) => `${date} ${code} ${amount}`).sort(),
        ])
        entries += list.length
      }
      const start = standingBefore(journalOf(coop), '2025-01-01')
      for (const name of ['cash-journal', 'bank-journal']) {
        for (const row of built(name, coop, '2025').rows.filter(({ kind }) => kind === 'day')) {
          const until = theirs.get(row.account!)!.filter(({ date }) => date <= row.date!)
          const balance = until.reduce((sum, { amount }) => sum + amount, start.get(row.account!) ?? 0)
          expect([coop, row.account, row.date, row.balance]).toEqual([coop, row.account, row.date, yuan(balance)])
        }
      }
    }
    console.log(`${entries} postings compared with hledger`)
    expect(entries).toBeGreaterThan(2000)
  })

  testWith(['hledger'], 'what every fund has at the end of each month', () => {
    let funds = 0
    for (const coop of COOPS) {
      const standing = monthly(journalOf(coop), 'standing', 'tag:fund')
      for (const [index, month] of MONTHS.entries())
        for (const row of built('funds', coop, month).rows) {
          expect([coop, month, row.fund, row.closing]).toEqual([
            ...[coop, month, row.fund],
            yuan(-sumUnder(standing, row.account!, index) || 0),
          ])
          funds += 1
        }
    }
    console.log(`${funds} fund balances compared with hledger`)
    expect(funds).toBeGreaterThan(40)
  })
})

testWith(['hledger'], 'a fen moved in the journal is seen by the comparison', () => {
  const text = readFileSync(journalOf('yangguang'), 'utf8')
  const wrong = join(folder, 'wrong.journal')
  const posting = /^( {4}511 [^\n]* {2})(\d+\.\d\d) CNY[^\n]*\n( {4}102 [^\n]* {2}-)\2 CNY/m
  const changed = text.replace(posting, (_, one: string, amount: string, other: string) => {
    const more = yuan(fenOf(amount) + 1)
    return `${one}${more} CNY\n${other}${more} CNY`
  })
  expect(changed).not.toBe(text)
  writeFileSync(wrong, changed)
  const standing = monthly(wrong, 'standing')
  const different = built('trial-balance', 'yangguang', '2025-11').rows.filter(
    ({ account, closing }) => closing !== yuan(sumUnder(standing, account!, 10)),
  )
  expect(different.map(({ account }) => account)).toEqual(expect.arrayContaining(['102', '511']))
})

describe('the files of the demonstration', () => {
  testWith(['soffice'], 'open in LibreOffice with every cell as it is in the rows', async () => {
    const coop = coopProfile(demo.office.sql, 'jufu')!
    const known = booksKnown(demo.office.sql, 'jufu')!
    for (const report of REPORTS) {
      const bytes = await bookXlsx(report, built(report.name, 'jufu', '2025Q4'), { coop, known, period: '2025Q4' })
      writeFileSync(join(folder, `${report.name}.xlsx`), bytes)
    }
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    const files = REPORTS.map(({ name }) => join(folder, `${name}.xlsx`))
    runProgram('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', folder, ...files])
    let cells = 0
    for (const report of REPORTS) {
      const data = built(report.name, 'jufu', '2025Q4')
      const { columns, rows } = report.sheet?.(data) ?? { columns: report.columns, rows: data.rows }
      const file = readdirSync(folder).find(name => name.startsWith(`${report.name}-`) && name.endsWith('.csv'))!
      const table: string[][] = parse(readFileSync(join(folder, file)), { relaxColumnCount: true })
      expect(table[4]).toEqual(columns.map(({ title }) => title))
      expect(table.length).toBe(rows.length + 5)
      rows.forEach((row, at) => {
        columns.forEach(({ key, kind }, column) => {
          const cell = table[at + 5]![column]!
          const shown = kind === 'money' && cell !== '' ? Number(cell).toFixed(2) : cell
          expect([report.name, at, key, shown]).toEqual([report.name, at, key, row[key]])
          cells += 1
        })
      })
    }
    console.log(`${cells} cells read back through LibreOffice`)
    expect(cells).toBeGreaterThan(5000)
  })

  testWith(['pdftotext'], 'print on paper the figures of the rows', async () => {
    const fonts = loadFonts()
    let figures = 0
    for (const coop of ['yangguang', 'jufu', 'daiguan'])
      for (const report of REPORTS) {
        const query = { sql: demo.office.sql, coop, period: '2025-12' }
        const data = report.build(query)
        const frame = { coop: coopProfile(query.sql, coop)!, known: booksKnown(query.sql, coop)!, fonts }
        const text = pagesOf(await bookPdf(report, data, query, frame)).join('')
        for (const row of data.rows)
          for (const { key, kind } of report.columns) {
            const figure = groupMoney(row[key]!.replace('-', ''))
            if (kind !== 'money' || figure === '0.00') continue
            expect(text, `${coop} ${report.name} ${key}`).toContain(figure)
            figures += 1
          }
      }
    console.log(`${figures} figures read back from paper`)
    expect(figures).toBeGreaterThan(1000)
  })
})
