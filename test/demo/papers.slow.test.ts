import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { mz, scratch } from '../cli/support.ts'
import { runProgram, testWith } from '../support/programs.ts'

const COOPS = ['yangguang', 'yangguang-1', 'yangguang-2', 'jufu', 'daiguan'] as const
const place = scratch()
const DIR = place.path('demo')
type Manifest = {
  declared: string
  runs: { id: string; mode: string }[]
  members: { code: string; shares: string; amount: string; sha256: string }[]
}
const paper = (...parts: string[]): string => place.path('demo', 'reports', ...parts)
const manifestOf = (coop: string): Manifest =>
  JSON.parse(readFileSync(paper(coop, 'statements', '2025', 'manifest.json'), 'utf8'))
const balances = (text: string): Record<string, string>[] => JSON.parse(text)

beforeAll(async () => {
  const made = await mz(['demo', '--once', '--out', DIR])
  expect(made).toMatchObject({ code: 0 })
})
afterAll(() => place.gone())

describe('the papers of the demonstration', () => {
  test.each(COOPS)('%s has its pair of every quarter, a notice for each resolution and a statement for all', coop => {
    for (const quarter of ['2025Q1', '2025Q2', '2025Q3', '2025Q4'])
      for (const half of ['decision.pdf', 'outcome.pdf']) expect(existsSync(paper(coop, quarter, half))).toBe(true)
    expect(readdirSync(paper(coop, 'resolutions')).length).toBeGreaterThan(1)
    const statements = readdirSync(paper(coop, 'statements', '2025')).filter(name => name.endsWith('.pdf'))
    expect(statements.sort()).toEqual(
      manifestOf(coop)
        .members.map(({ code }) => `${code}.pdf`)
        .sort(),
    )
  })

  test.each(COOPS)('the manifest of %s sums to what was declared and names the very bytes of each statement', coop => {
    const { declared, members } = manifestOf(coop)
    expect(yuan(members.reduce((sum, { amount }) => sum + fenOf(amount), 0))).toBe(declared)
    for (const { code, sha256 } of members) {
      const bytes = readFileSync(paper(coop, 'statements', '2025', `${code}.pdf`))
      expect([code, createHash('sha256').update(bytes).digest('hex')]).toEqual([code, sha256])
    }
  })

  testWith(['pdftotext'], 'say 演示数据 on every page', () => {
    const pages = runProgram('pdftotext', ['-raw', paper('jufu', '2025Q3', 'outcome.pdf'), '-'])
      .toString()
      .split('\f')
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages.slice(0, -1)) expect(page.replace(/\s/g, '')).toContain('演示数据')
  })

  testWith(['pdftotext'], 'print the rare characters of names', () => {
    const statement = (code: string) => paper('yangguang-1', 'statements', '2025', `${code}.pdf`)
    const codes = manifestOf('yangguang-1')
      .members.map(({ code }) => code)
      .slice(0, 300)
    const names = codes.map(code => runProgram('pdftotext', [statement(code), '-']).toString()).join('\n')
    expect(names).toMatch(/[䶮𠅤㛃犇堃]/u)
    expect(names).not.toContain('〓')
  })

  testWith(['qpdf'], 'are whole PDF files', () => {
    for (const coop of COOPS)
      for (const half of ['decision.pdf', 'outcome.pdf']) runProgram('qpdf', ['--check', paper(coop, '2025Q4', half)])
  })
})

describe('the books of the demonstration', () => {
  test('hold against a rebuild, chain and all', async () => {
    expect(await mz(['verify', '--data', DIR])).toMatchObject({ code: 0 })
  })

  testWith(['hledger'], 'have in every account of every co-op and period the balance that hledger has', async () => {
    for (const coop of COOPS) {
      const { out } = await mz(['export', 'journal', '--coop', coop, '--format', 'hledger', '--data', DIR])
      const journal = place.path(`${coop}.journal`)
      writeFileSync(journal, out)
      runProgram('hledger', ['-f', journal, 'check', '--strict'])
      for (const [period, end] of [
        ['2025-03', '2025-04-01'],
        ['2025Q3', '2025-10-01'],
        ['2025', '2026-01-01'],
      ] as const) {
        const report = await mz([
          'report',
          'trial-balance',
          '--coop',
          coop,
          '--period',
          period,
          '--data',
          DIR,
          '--format',
          'json',
        ])
        const theirs = hledgerBalances(journal, end)
        for (const { account, closing } of balances(report.out)) {
          const sum = [...theirs].filter(([name]) => name === account || name.startsWith(`${account}-`))
          expect([coop, period, account, yuan(sum.reduce((all, [, fen]) => all + fen, 0))]).toEqual([
            coop,
            period,
            account,
            closing,
          ])
        }
      }
    }
  })
})

// Every account's own balance before a day, by our way of writing it: `102 银行存款:基本户` is 102-基本户.
function hledgerBalances(journal: string, before: string): Map<string, number> {
  const csv = runProgram('hledger', ['-f', journal, 'bal', '-e', before, '--flat', '-N', '-O', 'csv']).toString()
  const rows = [...csv.matchAll(/^"(\d{3})[^":]*(?::([^"]+))?","(-?[\d.]+) CNY"$/gm)]
  return new Map(
    rows.map(([, code, sub, amount]) => [
      sub ? `${code}-${sub.replaceAll(':', '-')}` : code!,
      fenOf(Number(amount).toFixed(2)),
    ]),
  )
}
