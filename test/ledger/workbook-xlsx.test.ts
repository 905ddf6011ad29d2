import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { BadWorkbook, type Cell, cellName } from '../../src/ledger/workbook.ts'
import { readWorkbook } from '../../src/ledger/workbook-node.ts'
import { type Part, zipFile } from './zip-file.ts'

type Made = { rows: CellValue[][]; cells?: Map<string, object>; dateSystem?: '1900' | '1904' }

async function cellsOf({ rows, cells, dateSystem = '1900' }: Made): Promise<(Cell | undefined)[][]> {
  const sheet = { name: '表', rows, ...(cells ? { cells: cells as never } : {}) }
  const [read] = await readWorkbook(await writeXlsx({ dateSystem, sheets: [sheet] }))
  return read?.rows ?? []
}
const texts = async (made: Made) => (await cellsOf(made)).map(row => row.map(cell => cell?.text))

const TYPES = { name: '[Content_Types].xml', data: '<Types/>' }
const BOOK = { name: 'xl/workbook.xml', data: '<workbook/>' }
const refusalOf = (bytes: Uint8Array, limits?: { seconds: number; megabytes: number }): Promise<string> =>
  readWorkbook(bytes, limits).then(
    () => 'opened',
    error => {
      if (!(error instanceof BadWorkbook)) throw error
      expect(error.message).toMatch(/\p{Script=Han}{2}.*。$/u)
      return error.message
    },
  )
const archive = (...parts: Part[]) => refusalOf(zipFile([TYPES, BOOK, ...parts]))

describe('a cell of a workbook', () => {
  test('is text, number or day as its owner sees it', async () => {
    const day = new Date(Date.UTC(2025, 2, 15))
    const cells = new Map([['0,2', { style: { numFmt: 'yyyy"年"m"月"d"日"' } }]])
    expect(await texts({ rows: [['甲', 1234.56, day, null, -0.05]], cells })).toEqual([
      ['甲', '1234.56', '2025-03-15', undefined, '-0.05'],
    ])
  })

  test.each(['1900', '1904'] as const)('holds the same day in the date system %s', async dateSystem => {
    const rows = [[new Date(Date.UTC(2024, 1, 29)), new Date(Date.UTC(1958, 2, 10))]]
    const cells = new Map(['0,0', '0,1'].map(place => [place, { style: { numFmt: 'yyyy-mm-dd' } }]))
    expect(await texts({ rows, cells, dateSystem })).toEqual([['2024-02-29', '1958-03-10']])
  })

  test('keeps zeros in front that are text, or that its format shows', async () => {
    const cells = new Map([['0,1', { style: { numFmt: '000000' } }]])
    expect(await texts({ rows: [['0123', 42]], cells })).toEqual([['0123', '000042']])
  })

  test('with the dust of binary fractions is read at 15 digits', async () => {
    expect(await texts({ rows: [[0.1 + 0.2, 1.1 * 3]] })).toEqual([['0.3', '3.3']])
  })

  test('computed by a formula is marked, with the result the file holds', async () => {
    const cells = new Map([['0,0', { value: 3, type: 'formula', formula: 'SUM(B1:B9)', formulaResult: 12.5 }]])
    expect(await cellsOf({ rows: [[null, 1]], cells })).toMatchObject([
      [
        { text: '12.5', formula: true },
        { text: '1', formula: false },
      ],
    ])
  })

  test('is named as spreadsheets name it', () => {
    expect([cellName(12, 1), cellName(1, 25), cellName(3, 26), cellName(9, 701)]).toEqual(['B12', 'Z1', 'AA3', 'ZZ9'])
  })
})

describe('an archive that may do harm is refused before anything in it is read', () => {
  test('a bomb: too tight, one part too large, all too large, too many', async () => {
    expect(await archive({ name: 'xl/a.xml', data: Buffer.alloc(2_000_000) })).toContain('压缩炸弹')
    expect(await archive({ name: 'xl/a.xml', data: 'x', says: 31 * 1024 * 1024 })).toContain('30 MB')
    const parts = [1, 2, 3].map(n => ({ name: `xl/${n}.xml`, data: noise(600_000), says: 21 * 1024 * 1024 }))
    expect(await archive(...parts)).toContain('60 MB')
    const many = Array.from({ length: 199 }, (_, n) => ({ name: `xl/${n}.xml`, data: 'x' }))
    expect(await archive(...many)).toContain('200')
  })

  test('a part that holds more than the directory says', async () => {
    expect(await archive({ name: 'xl/a.xml', data: Buffer.alloc(90_000), says: 100 })).toContain('比目录里写的大')
  })

  test('paths that lead out of it, macros, files in files, twice the same part, encryption', async () => {
    for (const name of ['../x.xml', '/etc/x.xml', 'a\\b.xml', 'xl/../../x.xml'])
      expect(await archive({ name, data: 'x' })).toContain('路径')
    for (const name of ['xl/vbaProject.bin', 'xl/embeddings/a.xlsx', 'b.zip'])
      expect(await archive({ name, data: 'x' })).toContain('宏或嵌套')
    expect(await archive(BOOK)).toContain('重名')
    expect(await archive({ name: 'xl/a.xml', data: 'x', flags: 1 })).toContain('密码')
  })

  test('what is no workbook: an old .xls, another zip, half a file, plain text', async () => {
    expect(await refusalOf(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).toContain('.xls')
    expect(await refusalOf(zipFile([{ name: 'a.txt', data: 'x' }]))).toContain('不是 Excel')
    expect(await refusalOf(zipFile([TYPES, BOOK]).subarray(0, 80))).toContain('损坏')
    expect(await refusalOf(new TextEncoder().encode('a,b'))).toContain('不是 Excel')
    expect(await refusalOf(zipFile([TYPES, BOOK]))).toContain('损坏')
  })

  test('a workbook that takes too long or too much memory is given up', async () => {
    const rows = Array.from({ length: 40_000 }, (_, n) => [n, `第 ${n} 行`, n * 3, `${n}-${n}`])
    const large = await writeXlsx({ sheets: [{ name: '表', rows }] })
    expect(await refusalOf(large, { seconds: 0.001, megabytes: 256 })).toContain('限制')
    expect(await refusalOf(large, { seconds: 20, megabytes: 16 })).toContain('限制')
  })
})

// Bytes that do not compress, the same in every run.
function noise(length: number): Uint8Array {
  let seed = 7
  return Uint8Array.from({ length }, () => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return seed
  })
}
