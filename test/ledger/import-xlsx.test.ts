import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { journal } from '../../projections/vouchers.ts'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { at, file, HISTORY, mz, run, scratch } from '../cli/support.ts'

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.gone())

const TODAY = '2025-06-01'
const ID = `99910119580310001${checkDigitOf('99910119580310001')}`
const MEMBERS = ['姓名', '身份证号', '银行账号', '确认日期']

type Book = { rows: CellValue[][]; cells?: Map<string, object>; name?: string }

async function book(...sheets: Book[]): Promise<string> {
  const made = sheets.map(({ rows, cells, name = '表' }) => ({
    name,
    rows,
    ...(cells ? { cells: cells as never } : {}),
  }))
  return file(place.path('表.xlsx'), await writeXlsx({ sheets: made }))
}

const established = () =>
  at(place.path('data'), TODAY, office =>
    run(office, 'sun', ['EstablishCoop', { name: '示例社', level: '村', firstDay: '2025-01-01', demo: true }]),
  )
const bring = (kind: string, path: string, ...more: string[]) =>
  mz(['import', kind, path, '--coop', 'sun', '--data', place.path('data'), '--json', ...more])
const faultsOf = (err: string) =>
  (JSON.parse(err) as { problems: { cell?: string; line: number; reason: string }[] }).problems.map(
    ({ cell, line, reason }) => `${cell ?? line} ${reason}`,
  )

// A CSV as a workbook: what looks like a number or a day is one, as spreadsheet programs make it.
const rowsOf = (csv: string): CellValue[][] =>
  csv
    .trim()
    .split('\n')
    .map(line =>
      line.split(',').map(cell => {
        if (/^-?\d+(\.\d+)?$/.test(cell)) return Number(cell)
        return /^\d{4}-\d\d-\d\d$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : cell
      }),
    )

describe('a workbook in the place of a CSV file', () => {
  test('brings the same vouchers, its numbers and days read as they are shown', async () => {
    const [csv, xlsx] = [place.path('a'), place.path('b')]
    const rows = rowsOf(HISTORY)
    const days = rows.map((_, row) => [`${row},0`, { style: { numFmt: 'yyyy-mm-dd' } }] as const)
    const path = await book({ rows, cells: new Map(days.slice(1)) })
    const common = ['--coop', 'old', '--open-accounts', '--json']
    const plain = await mz(['import', 'vouchers', file(place.path('h.csv'), HISTORY), '--data', csv, ...common])
    const same = await mz(['import', 'vouchers', path, '--data', xlsx, ...common])
    expect(same.err).toBe('')
    expect(JSON.parse(same.out)).toMatchObject({ encoding: 'XLSX', vouchers: 3, rows: 6 })
    const { source: _, encoding: __, ...facts } = JSON.parse(plain.out)
    expect(JSON.parse(same.out)).toMatchObject(facts)
    const booked = (data: string) =>
      at(data, TODAY, async office => journal(office.sql, 'old').map(({ recordedAt: _, ...voucher }) => voucher))
    expect(await booked(xlsx)).toEqual(await booked(csv))
  })

  test('shows on a dry run each row as it was understood, and the same workbook is known again', async () => {
    await established()
    const path = await book({ rows: [MEMBERS, ['陈一', ID, '0622000011', '2025-01-01']] })
    const tried = await bring('members', path, '--dry-run')
    expect(JSON.parse(tried.out)).toMatchObject({
      dryRun: true,
      preview: [{ line: 2, name: '陈一', id_number: ID, bank_account: '0622000011', on: '2025-01-01' }],
    })
    expect(JSON.parse((await bring('members', path)).out)).toMatchObject({ members: 1, events: 1 })
    expect(JSON.parse((await bring('members', path)).out)).toMatchObject({ importedAt: expect.any(String) })
  })

  test('names every fault by its cell, and nothing is imported', async () => {
    await established()
    const rows = [MEMBERS, ['甲', 999101195803100000, '', '2025-01-01'], [], ['乙', ID, 622200001111, '2025-13-01']]
    expect(faultsOf((await bring('members', await book({ rows }))).err)).toMatchObject([
      expect.stringMatching(/^B2 .*设为文本/),
      expect.stringMatching(/^C4 .*设为文本/),
    ])
    const later = [MEMBERS, ['甲', `${ID.slice(0, 17)}A`, '', '2025-01-01'], [], ['乙', ID, '12ab', '2025-13-01']]
    expect(faultsOf((await bring('members', await book({ rows: later }))).err)).toMatchObject([
      expect.stringMatching(/^B2 id_number/),
      expect.stringMatching(/^C4 bank_account/),
      expect.stringMatching(/^D4 on/),
    ])
  })

  test('with formulas is refused, cell by cell, unless what they show is asked for', async () => {
    await established()
    await bring('members', await book({ rows: [MEMBERS, ['陈一', ID, '', '2025-01-01']] }))
    const rows = [
      ['成员码', '股份', '股别', '日期', '依据'],
      ['M00001', null, '成员股', '2025-02-01', '量化方案'],
    ]
    const cells = new Map([['1,1', { value: 3, type: 'formula', formula: '5*2.5', formulaResult: 12.5 }]])
    const path = await book({ rows, cells })
    expect(faultsOf((await bring('shares', path)).err)).toMatchObject([expect.stringMatching(/^B2 单元格是公式/)])
    const taken = await bring('shares', path, '--values', '--dry-run')
    expect(JSON.parse(taken.out)).toMatchObject({ holders: 1, preview: [{ shares: '12.5' }] })
  })

  test('of several sheets has to say which one', async () => {
    await established()
    const rows = [MEMBERS, ['陈一', ID, '', '2025-01-01']]
    const path = await book({ name: '一组', rows }, { name: '二组', rows: rows.slice(0, 1) })
    expect((await bring('members', path)).err).toContain('--sheet')
    expect((await bring('members', path, '--sheet', '三组')).err).toContain('没有这张表')
    expect(JSON.parse((await bring('members', path, '--sheet', '一组')).out)).toMatchObject({ members: 1 })
  })

  test('with an unknown heading, or something beside the table, is refused', async () => {
    await established()
    const rows = [
      [...MEMBERS, '备注'],
      ['陈一', ID, '', '2025-01-01', '', '多出来的'],
    ]
    expect(faultsOf((await bring('members', await book({ rows }))).err)).toMatchObject([
      expect.stringMatching(/^E1 不认识的表头/),
      expect.stringMatching(/^F2 /),
    ])
  })

  test('may hold a text that looks like a formula, which stays text', async () => {
    await established()
    const rows = [
      [...MEMBERS, '依据'],
      ['陈一', ID, '', '2025-01-01', '=会议纪要'],
    ]
    const tried = await bring('members', await book({ rows }), '--dry-run')
    expect(JSON.parse(tried.out)).toMatchObject({ preview: [{ basis: '=会议纪要' }] })
  })
})

test('a fault of a CSV file is named by its cell as well, in UTF-8 and GBK', async () => {
  await established()
  const row = 'name,bank_account,birth_month,on\n陈一,12ab,1958-03,2025-13-01\n'
  expect(faultsOf((await bring('members', file(place.path('m.csv'), row))).err)).toMatchObject([
    expect.stringMatching(/^B2 bank_account/),
    expect.stringMatching(/^D2 on/),
    expect.stringMatching(/^2 这是演示账本/),
  ])
  const gbk = Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, ...new TextEncoder().encode(',on\na,2025-13-01\n'))
  expect(faultsOf((await bring('members', file(place.path('g.csv'), gbk))).err)).toContainEqual(
    expect.stringMatching(/^B2 on/),
  )
})

test('what the books say against a voucher is named by its cell: day, account, fund', async () => {
  await established()
  const rows = [
    'date,voucher,summary,account,debit,credit,fund',
    ...[
      '2024-12-31,1,收款,102-某行,5,,',
      '2024-12-31,1,收款,599,,5,',
      '2025-01-05,2,付款,513,5,,助学',
      '2025-01-05,2,付款,101,,5,助学',
    ],
  ]
  await bring('vouchers', file(place.path('a.csv'), `${rows[0]}\n2025-01-02,1,收,101,5,,\n2025-01-02,1,收,504,,5,\n`))
  const found = faultsOf((await bring('vouchers', file(place.path('v.csv'), `${rows.join('\n')}\n`))).err)
  expect(found.map(each => each.split(' ')[0])).toEqual(['A2', 'D2', 'D3', 'G4', 'G5'])
})

describe('mz import opening', () => {
  const data = () => ['--data', place.path('data')]

  test('writes a workbook to be filled in, and never over a file that is there', async () => {
    const path = place.path('期初.xlsx')
    expect(await mz(['import', 'opening', '--template', path])).toMatchObject({ code: 0 })
    expect((await mz(['import', 'opening', '--template', path])).code).not.toBe(0)
  })

  test('says by sheet and cell what is wrong with it, and what to name', async () => {
    await established()
    const path = place.path('期初.xlsx')
    await mz(['import', 'opening', '--template', path])
    const refused = await mz(['import', 'opening', path, '--coop', 'sun', '--dry-run', ...data()])
    expect(refused.code).not.toBe(0)
    expect(refused.err).toContain('科目!A3：银行账户 102-基本户 还没有登记')
    expect((await mz(['import', 'opening', path, ...data()])).err).toContain('--coop')
  })

  test('begins the books, and tells what the first statement needs', async () => {
    await established()
    const rows = [
      ['科目', '年初数'],
      ['101', 300],
      ['322-未分配收益', 300],
    ]
    const path = await book({ name: '科目', rows })
    const done = await mz(['import', 'opening', path, '--coop', 'sun', ...data()])
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringContaining('2025-01-01 期初余额（2025-01-记-0），2 个科目'),
    })
    expect((await mz(['import', 'opening', path, '--coop', 'sun', ...data()])).out).toContain('已导入过')
  })
})
