import { describe, expect, test } from 'vitest'
import { BadFile, type Problem, readCsv } from '../../src/ledger/import-csv.ts'

const COLUMNS = [
  { name: 'name', titles: ['姓名'] },
  { name: 'amount', titles: ['金额'], optional: true },
] as const

const bytes = (text: string) => new TextEncoder().encode(text)

function problemsOf(content: Uint8Array | string): Problem[] {
  try {
    readCsv(typeof content === 'string' ? bytes(content) : content, COLUMNS)
  } catch (error) {
    if (error instanceof BadFile) return error.detail.problems
    throw error
  }
  return []
}

describe('a CSV file', () => {
  test('is read by its headings, in any order and in Chinese, and a column it lacks is empty', () => {
    expect(readCsv(bytes('金额,姓名\n1.00,甲\n'), COLUMNS).rows).toEqual([
      { line: 2, cells: { name: '甲', amount: '1.00' } },
    ])
    expect(readCsv(bytes('name\n甲\n'), COLUMNS).rows[0]?.cells).toEqual({ name: '甲', amount: '' })
  })

  test('may begin with a BOM and end its lines in any of the three ways', () => {
    for (const text of ['\ufeffname,amount\r\n甲,1\r\n', 'name,amount\r甲,1\r', 'name,amount\n甲,1'])
      expect(readCsv(bytes(text), COLUMNS)).toMatchObject({
        encoding: 'UTF-8',
        rows: [{ cells: { name: '甲', amount: '1' } }],
      })
  })

  test('in GBK is recognised and decoded', () => {
    const gbk = Uint8Array.of(...bytes('name\n'), 0xd1, 0xf4, 0xb9, 0xe2)
    expect(readCsv(gbk, COLUMNS)).toMatchObject({ encoding: 'GBK', rows: [{ cells: { name: '阳光' } }] })
  })

  test('names a row by the line it begins on, whatever blank lines and line breaks in cells come before', () => {
    const { rows } = readCsv(bytes('name,amount\n\n"甲\n乙",1\n丙,2\n,\n丁,3\n'), COLUMNS)
    expect(rows.map(({ line }) => line)).toEqual([3, 5, 7])
  })

  test('with a cell that a spreadsheet would compute is refused, cell by cell', () => {
    const faulty = problemsOf('name,amount\n=1+1,1\n甲,1\n@SUM(A1),1\n+1,2\n"-cmd|x",3\n')
    expect(faulty.map(({ line }) => line)).toEqual([2, 4, 5, 6])
    expect(faulty[0]?.reason).toContain('公式')
  })

  test('may hold such a text behind an apostrophe, which is taken off', () => {
    expect(readCsv(bytes("name,amount\n'=甲,-5\n"), COLUMNS).rows[0]?.cells).toEqual({ name: '=甲', amount: '-5' })
  })

  test('with a missing, unknown or repeated heading is refused, also one named like a part of an object', () => {
    expect(problemsOf('amount\n1\n')[0]?.reason).toContain('name')
    expect(problemsOf('name,__proto__\n甲,1\n')[0]?.reason).toContain('__proto__')
    expect(problemsOf('name,name\n甲,乙\n')[0]?.reason).toContain('重复')
  })

  test('names every row with too few or too many cells', () => {
    expect(problemsOf('name,amount\n甲\n乙,1\n丙,1,2\n').map(({ line }) => line)).toEqual([2, 4])
  })

  test('that is a workbook, binary, empty, in no known encoding or with an open quote is refused in words', () => {
    expect(problemsOf(Uint8Array.of(0x50, 0x4b, 3, 4))[0]?.reason).toContain('Excel')
    expect(problemsOf(Uint8Array.of(0x6e, 0, 1))[0]?.reason).toContain('二进制')
    expect(problemsOf('')[0]?.reason).toContain('空')
    expect(problemsOf(Uint8Array.of(0xff, 0xff, 0x0a))[0]?.reason).toContain('编码')
    expect(problemsOf('name\n"甲\n')[0]?.reason).toContain('引号')
  })
})
