import { existsSync, readFileSync } from 'node:fs'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REPORTS } from '../../reports/books/registry.ts'
import type { Step } from '../support/coop.ts'
import { office as expense } from '../support/ledger.ts'
import { bank, established, opening } from '../support/stories.ts'
import { at, mz, run, scratch } from './support.ts'

const place = scratch()
const DATA = place.path('data')
const NAMES = REPORTS.map(({ name }) => name)

const rent = {
  date: '2025-01-05',
  summary: '=收租金',
  lines: [
    { account: '101', debit: '12000' },
    { account: '501-物业租赁', credit: '12000' },
  ],
}

beforeAll(async () => {
  const steps = (...list: readonly Step[]) => list.map(([name, body]): [string, unknown] => [name, body])
  await at(DATA, '2025-01-03', office => run(office, 'sun', ...steps(established, bank, opening)))
  await at(DATA, '2025-01-06', office => run(office, 'sun', ['PostVoucher', rent]))
  await at(DATA, '2025-01-20', office => run(office, 'sun', ['PostVoucher', expense('800.50', '2025-01-04')]))
})
afterAll(() => place.gone())

const report = (name: string, ...more: string[]) =>
  mz(['report', name, '--coop', 'sun', '--period', '2025-01', '--data', DATA, ...more])
const rowsOf = async (name: string, ...more: string[]): Promise<Record<string, string>[]> =>
  JSON.parse((await report(name, '--format', 'json', ...more)).out)
const closing = (rows: Record<string, string>[], code: string) =>
  rows.find(row => row.account === code || row.code === code)?.closing

describe('report', () => {
  test('has the names of the books', () => {
    expect(NAMES).toEqual(
      expect.arrayContaining([
        ...['trial-balance', 'general-ledger', 'account-ledger', 'cash-journal', 'bank-journal', 'vouchers'],
        ...['balance-sheet', 'income-distribution', 'funds', 'ageing', 'bank-reconciliation', 'assets', 'budget'],
      ]),
    )
    expect(new Set(NAMES).size).toBe(NAMES.length)
  })

  test.each(NAMES)('%s is an array of rows in JSON, the same rows in CSV, a workbook and a PDF', async name => {
    const rows = await rowsOf(name)
    expect(Array.isArray(rows)).toBe(true)
    const csv = await report(name, '--format', 'csv')
    expect(csv).toMatchObject({ code: 0, err: '' })
    const { columns } = REPORTS.find(each => each.name === name)!
    expect(csv.out.split('\n')[0]).toBe(columns.map(({ key }) => key).join(','))
    for (const format of ['xlsx', 'pdf']) {
      const out = place.path(`${name}.${format}`)
      expect(await report(name, '--format', format, '--out', out)).toMatchObject({ code: 0, out: '' })
      expect(readFileSync(out).subarray(0, 4).toString('latin1')).toBe(format === 'pdf' ? '%PDF' : 'PK\u0003\u0004')
    }
  })

  test.each(NAMES)('%s of a year without anything is an empty book and no fault', async name => {
    for (const format of ['json', 'csv', 'xlsx', 'pdf']) {
      const out = place.path(`empty.${format}`)
      const said = await report(name, '--period', '2023', '--format', format, '--out', out)
      expect([format, said.code, said.err]).toEqual([format, 0, expect.not.stringContaining('不符')])
    }
  })

  test('writes the same rows under --json alone', async () => {
    expect(JSON.parse((await report('balance-sheet', '--json')).out)).toEqual(await rowsOf('balance-sheet'))
  })

  test('keeps codes as text and money as numbers in a workbook, its heads frozen', async () => {
    const out = place.path('ledger.xlsx')
    await report('account-ledger', '--format', 'xlsx', '--out', out)
    const { sheets } = await readXlsx(readFileSync(out), { readStyles: true })
    const [sheet] = sheets
    const { columns } = REPORTS.find(({ name }) => name === 'account-ledger')!
    const rows = await rowsOf('account-ledger')
    expect(sheet?.rows[0]?.[0]).toBe('明细账')
    expect(sheet?.rows[4]).toEqual(columns.map(({ title }) => title))
    expect(sheet?.rows.length).toBe(rows.length + 5)
    expect(sheet?.freezePane).toMatchObject({ rows: 5 })
    for (const [index, row] of rows.entries())
      for (const [at, { key, kind }] of columns.entries()) {
        const cell = sheet?.rows[index + 5]?.[at] ?? ''
        expect(cell).toBe(kind === 'money' ? Number(row[key]) : row[key])
      }
  })

  test('lets no text in a CSV begin a formula', async () => {
    expect((await report('vouchers')).out).toContain(",'=收租金,")
    expect((await rowsOf('vouchers')).some(row => row.summary === '=收租金')).toBe(true)
  })

  test('knows by --known what was recorded at an instant: a day in Shanghai to its end, a time there, or in UTC', async () => {
    const cash = async (...known: string[]) => closing(await rowsOf('trial-balance', ...known), '102')
    expect(await cash()).toBe('994199.50')
    expect(await cash('--known', '2025-01-19')).toBe('995000.00')
    expect(await cash('--known', '2025-01-20')).toBe('994199.50')
    expect(await cash('--known', '2025-01-20 09:59:59')).toBe('995000.00')
    expect(await cash('--known', '2025-01-20T10:00')).toBe('994199.50')
    expect(await cash('--known', '2025-01-20T01:59:59.999Z')).toBe('995000.00')
    expect(await cash('--known', '2025-01-20T02:00:00Z')).toBe('994199.50')
    const then = await rowsOf('vouchers', '--known', '2025-01-03')
    expect(new Set(then.map(({ voucher }) => voucher))).toEqual(new Set(['2025-01-记-1']))
  })

  test('narrows a book to one account or fund, and refuses what is not there', async () => {
    const books = async (...more: string[]) =>
      new Set((await rowsOf('account-ledger', ...more)).map(row => row.account))
    expect(await books('--account', '513')).toEqual(new Set(['513']))
    expect((await books()).has('501-物业租赁')).toBe(true)
    const refused = async (...args: string[]) => JSON.parse((await report(...(args as [string]), '--json')).err)
    expect(await refused('account-ledger', '--account', '999')).toMatchObject({ code: 'AccountUnknown' })
    expect(await refused('account-ledger', '--account', '102-没有')).toMatchObject({ code: 'AccountUnknown' })
    expect(await refused('trial-balance', '--fund', '没有')).toMatchObject({ code: 'FundUnknown' })
    expect(await refused('balance-sheet', '--fund', '助学金')).toMatchObject({ code: 'BadUsage' })
  })

  test.each([
    ['no-such-report', [], 'BadUsage', '没有 no-such-report 这个命令'],
    ['trial-balance', ['--known', 'yesterday'], 'BadUsage', '时刻要写成'],
    ['trial-balance', ['--known', '2025-02-30'], 'BadUsage', '时刻要写成'],
    ['trial-balance', ['--known', '2025-01-03T25:00'], 'BadUsage', '时刻要写成'],
    ['trial-balance', ['--known', '2025-01-02'], 'NothingKnown', '还没有任何记录'],
    ['trial-balance', ['--period', '2025-13'], 'BadUsage', '--period'],
    ['trial-balance', ['--period', '2025Q5'], 'BadUsage', '--period'],
    ['trial-balance', ['--coop', 'moon'], 'CoopUnknown', '没有编号为 moon'],
    ['budget', ['--known', '2025-01-19'], 'KnownNotKept', '请去掉 --known'],
    ['vouchers', ['--format', 'pdf'], 'OutNeeded', '--out'],
    ['vouchers', ['--format', 'doc'], 'BadUsage', 'csv'],
  ])('answers %s %j with %s and a sentence', async (name, more, code, message) => {
    const { err, out, code: exit } = await report(name, ...more, '--json')
    expect([exit, out]).toEqual([1, ''])
    expect(JSON.parse(err)).toMatchObject({ code, message: expect.stringContaining(message) })
  })

  test('writes the checks alone under --checks, and ends with 2 when one fails', async () => {
    const { code, out } = await report('balance-sheet', '--checks', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toContainEqual({
      name: '期末资产总计 = 负债和所有者权益总计',
      ok: true,
      left: '1411199.50',
      right: '1411199.50',
    })
    expect((await report('income-distribution', '--checks')).out).toContain('相符')
  })

  test('a report whose checks fail is written, and says so on standard error', async () => {
    const broken = place.path('broken')
    await at(broken, '2025-01-03', async office => {
      await run(office, 'sun', ...[established, bank, opening].map(([name, body]): [string, unknown] => [name, body]))
      office.sql.run(`UPDATE balances SET debit = debit + 1 WHERE account = '101'`)
    })
    const args = ['report', 'balance-sheet', '--coop', 'sun', '--period', '2025-01', '--data', broken]
    expect(await mz(args)).toMatchObject({ code: 0, err: expect.stringContaining('校验不符：期末资产总计') })
    expect(await mz([...args, '--checks'])).toMatchObject({ code: 2, out: expect.stringContaining('不符') })
    expect(existsSync(broken)).toBe(true)
  })
})
