import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { yuan } from '../../src/domain/money.ts'
import { readGrid } from '../../src/ledger/bank-grid.ts'
import { BUILT_IN, readProfiles } from '../../src/ledger/bank-profiles.ts'
import { type BankStatement, readStatement } from '../../src/ledger/bank-statement.ts'
import { BadFile } from '../../src/ledger/import-csv.ts'
import { zip } from './document-files.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = async (file: string | Uint8Array, profiles = BUILT_IN): Promise<BankStatement> =>
  readStatement(await readGrid(typeof file === 'string' ? bytes(file) : file), profiles)
const told = ({ lines }: BankStatement) =>
  lines.map(({ date, amount, reference }) => [date, yuan(amount), reference].filter(part => part !== '').join(' '))

async function problems(file: string | Uint8Array): Promise<string[]> {
  try {
    return told(await read(file))
  } catch (error) {
    if (error instanceof BadFile) return error.detail.problems.map(({ line, reason }) => `${line}：${reason}`)
    throw error
  }
}

const LINES = ['2025-03-01 1000.00 A1', '2025-03-02 -200.50 A2']

describe('the headings of the usual banks are known', () => {
  test.each([
    [
      '收入金额 and 支出金额 (农行)',
      '交易时间,收入金额,支出金额,账户余额,交易行名,对方账号,对方户名,交易用途,日志号\n' +
        '2025-03-01 10:20:30,"1,000.00",,6000.00,青阳支行,6228,某店,租金,A1\n2025-03-02 09:00:00,,200.50,5799.50,,,,电费,A2\n',
    ],
    [
      '借方 and 贷方发生额 with the bank’s side, where 借/贷 stands too (工行)',
      '凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额\n' +
        'A1\t,1402,6222,2025-03-01\t,贷,0.00,1000.00,,租金,,某店,6000.00\nA2\t,1402,6222,2025-03-02\t,借,200.50,0.00,,,电费,,5799.50\n',
    ],
    [
      '借方发生额/元（支取） (建行)',
      '交易时间,借方发生额/元(支取),贷方发生额/元(收入),余额,币种,对方户名,记账日期,摘要,账户明细编号-交易流水号\n' +
        '20250228 23:59:59,0,1000.00,6000.00,人民币,某店,20250301,租金,A1\n20250302 08:00:00,200.5,0,5799.5,人民币,,20250302,电费,A2\n',
    ],
    [
      '交易金额 with 借贷标志 (邮储、农信)',
      '交易日期,交易流水号,借贷标志,交易金额,余额,摘要,对方户名\n2025/3/1,A1,贷,1000.00,6000.00,租金,某店\n2025年3月2日,A2,借,200.50,5799.50,电费,\n',
    ],
    [
      'one amount with its sign',
      '日期,金额（元）,余额（元）,流水号,摘要\n2025-03-01,+1000.00,6000.00,A1,租金\n2025.03.02,(200.50),5799.50,A2,电费\n',
    ],
  ])('%s', async (_, file) => {
    const statement = await read(file)
    expect(told(statement)).toEqual(LINES)
    expect(statement.opening).toBe(500000)
    expect(statement.lines[0]).toMatchObject({ summary: '租金' })
  })

  test('own ones are read from JSON, and what is wrong in it is named', async () => {
    const own = [
      {
        name: '某行',
        columns: { date: ['过账日'], amount: ['数额'], side: ['进出'], reference: ['编号'] },
        sides: { in: ['Cr'], out: ['出 账'] },
      },
    ]
    const file = '过账日,数额,进出,编号\n20250301,1000,CR,A1\n20250302,200.5,出账,A2\n'
    expect(told(await read(file, readProfiles(JSON.stringify(own))))).toEqual(LINES)
    expect(() => readProfiles('{')).toThrow(/JSON/)
    expect(() => readProfiles('[{"name":"x","columns":{"date":["日"]}}]')).toThrow(/in 和 out/)
    expect(() => readProfiles('[{"name":"x","columns":{"date":[],"amount":["a"]}}]')).toThrow(/0\.columns\.date/)
  })

  test('a file with other headings is refused with a sentence', async () => {
    expect(await problems('甲,乙\n1,2\n')).toEqual([expect.stringMatching(/找不到表头/)])
    expect(await problems('')).toEqual([expect.stringMatching(/找不到表头/)])
  })
})

describe('what stands around the lines', () => {
  test('says the account and the days; totals, balances brought forward and signatures are no lines', async () => {
    const statement = await read(
      '某银行对公账户明细,,,,\n账号：6228 4800 0000 1234,户名：阳光社区,,,\n起始日期：20250301,截止日期：20250331,,,\n,,,,\n' +
        '日期,摘要,收入,支出,余额\n2025-03-01,期初余额,,,5000\n2025-03-01,租金,1000,,6000\n2025-03-02,电费,,200.50,5799.50\n' +
        ',本月合计,1000,200.50,\n合计：,,1000,200.50,5799.50\n打印时间：2025-04-01,,,,\n',
    )
    expect(statement).toMatchObject({ from: '2025-03-01', to: '2025-03-31', lastFour: '1234', opening: 500000 })
    expect(told(statement)).toEqual(['2025-03-01 1000.00', '2025-03-02 -200.50'])
    const timed = '账户余额：12345678.00\n查询时间 2025年3月1日 00:00:00 至 2025年3月31日 23:59:59\n日期,收入,支出\n'
    expect(await read(timed)).toMatchObject({ from: '2025-03-01', to: '2025-03-31', lastFour: undefined })
    expect(await read('查询期间：2025-03-01 至 2025-03-31\n日期,收入,支出,余额\n')).toMatchObject({
      ...{ from: '2025-03-01', to: '2025-03-31', lastFour: undefined, lines: [], opening: undefined },
    })
  })

  test('an amount is taken as it is written: commas, signs, places without meaning, never a digit less', async () => {
    const cells = ['"1,234.50"', '￥5', '12.3000', '－6.00', '（7.00）', '99999999999', '0.01元']
    const file = `日期,金额\n${cells.map(cell => `2025-03-01,${cell}`).join('\n')}\n`
    expect((await problems(file)).map(line => line.slice(11))).toEqual([
      '1234.50',
      '5.00',
      '12.30',
      '-6.00',
      '-7.00',
      '99999999999.00',
      '0.01',
    ])
    for (const cell of ['100000000000', '1.234', '12a', '1.2.3', '--5'])
      expect(await problems(`日期,金额\n2025-03-01,${cell}\n`), cell).toEqual([expect.stringMatching(/^2：金额/)])
  })

  test('a payment whose summary begins like a total is a line', async () => {
    expect(await problems('日期,摘要,收入,支出\n2025-03-21,本月利息,5,\n2025-03-22,合计划转,,7\n')).toEqual([
      '2025-03-21 5.00',
      '2025-03-22 -7.00',
    ])
  })

  test('a reference that could name a person is left out', async () => {
    const file =
      '日期,金额,流水号\n2025-03-01,1,张三\n2025-03-01,2,11010519491231002X\n2025-03-01,3,20250301000000000001\n'
    expect(await problems(file)).toEqual(['2025-03-01 1.00', '2025-03-01 2.00', '2025-03-01 3.00 20250301000000000001'])
  })
})

describe('the running balance', () => {
  const head = '日期,收入,支出,余额\n'

  test('is checked line by line, and the first wrong line is named', async () => {
    const [fault, ...more] = await problems(
      `${head}2025-03-01,10,,110\n2025-03-02,,5,105\n2025-03-03,7,,113\n2025-03-04,1,,114\n`,
    )
    expect(fault).toMatch(/^4：余额对不上：上一笔之后应为 112\.00，文件里是 113\.00/)
    expect(more).toEqual([])
    expect(await problems(`${head}2025-03-01,10,,110\n2025-03-02,,5,\n2025-03-03,7,,112\n`)).toContainEqual(
      expect.stringMatching(/^3：这一行没有余额/),
    )
  })

  test('tells which way a file runs: newest first, or days newest first with their lines oldest first', async () => {
    const days = ['2025-03-03,7,,112', '2025-03-02,,4,105', '2025-03-02,,1,109', '2025-03-01,10,,110']
    const want = ['2025-03-01 10.00', '2025-03-02 -1.00', '2025-03-02 -4.00', '2025-03-03 7.00']
    expect(await problems(`${head}${days.join('\n')}\n`)).toEqual(want)
    const [third, a, b, first] = days
    expect(await problems(`${head}${[third, b, a, first].join('\n')}\n`)).toEqual(want)
  })

  test('whatever the lines, a file gives the same in either direction, and one changed figure is found', async () => {
    const amounts = fc.array(
      fc.integer({ min: -9999, max: 9999 }).filter(fen => fen !== 0),
      { minLength: 3, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(amounts, fc.nat(), async (list, at) => {
        let balance = 0
        const rows = list.map((fen, index) => {
          balance += fen
          const day = String(Math.floor(index / 2) + 1).padStart(2, '0')
          return `2025-03-${day},${fen > 0 ? yuan(fen) : ''},${fen < 0 ? yuan(-fen) : ''},${yuan(balance)}`
        })
        const straight = await problems(`${head}${rows.join('\n')}\n`)
        expect(straight).toEqual(
          list.map((fen, index) => `2025-03-${String(Math.floor(index / 2) + 1).padStart(2, '0')} ${yuan(fen)}`),
        )
        expect(await problems(`${head}${[...rows].reverse().join('\n')}\n`)).toEqual(straight)
        const wrong = rows.map((row, index) =>
          index === 1 + (at % (rows.length - 1)) ? row.replace(/[^,]*$/, '77777.77') : row,
        )
        expect((await problems(`${head}${wrong.join('\n')}\n`)).join()).toContain('余额对不上')
      }),
      { numRuns: 40 },
    )
  })
})

describe('a file that cannot be read is refused with a sentence', () => {
  test('each wrong cell is named with its line', async () => {
    const file = '日期,收入,支出\n3月1日,1,\n2025-02-30,1,\n2025-03-01,一元,\n2025-03-01,1,2\n2025-03-01,1.005,\n'
    expect((await problems(file)).map(line => line.slice(0, 6))).toEqual([
      '2：日期“3',
      '3：日期“2',
      '4：收入“一',
      '5：收入和支',
      '6：收入“1',
    ])
    expect(await problems('日期,金额,借贷\n2025-03-01,1,其他\n')).toEqual([expect.stringMatching(/^2：看不懂收支标志/)])
  })

  test('old workbooks, pages, zips that are no workbooks, files of another encoding', async () => {
    for (const [file, reason] of [
      [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), /另存为 \.xlsx/],
      [bytes('<html><table></table></html>'), /网页格式/],
      [zip('a.txt'), /\.xlsx/],
      [Uint8Array.of(0x50, 0x4b, 1, 2, 3), /\.xlsx/],
      [Uint8Array.of(0xff, 0xff, 0xff), /编码/],
      [new Uint8Array(10_485_761), /10 MB/],
    ] as const)
      expect((await problems(file)).join()).toMatch(reason)
  })
})

test('GBK, tabs and workbooks give the same lines', async () => {
  const gbk = Buffer.concat([
    Uint8Array.of(0xc8, 0xd5, 0xc6, 0xda), // 日期
    bytes('\t'),
    Uint8Array.of(0xbd, 0xf0, 0xb6, 0xee), // 金额
    bytes('\n2025-03-01\t1000\n2025-03-02\t-200.5\n'),
  ])
  const plain = ['2025-03-01 1000.00', '2025-03-02 -200.50']
  expect(told(await read(gbk))).toEqual(plain)
  const rows = [
    ['账户明细', null, null],
    ['日期', '金额', '流水号'],
    [new Date('2025-03-01T00:00:00Z'), 1000, '00A1'],
    ['20250302', -200.5, '00A2'],
  ]
  const workbook = await writeXlsx({ sheets: [{ name: '明细', rows }] })
  expect(told(await read(workbook))).toEqual(['2025-03-01 1000.00 00A1', '2025-03-02 -200.50 00A2'])
})
