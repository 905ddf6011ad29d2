import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre/xlsx'
import { BadFile } from './import-csv.ts'
import { zipEntries } from './zip-entries.ts'

/** A row of a statement as text, with the line or row it stands on (1 = the first). */
export type GridRow = { line: number; cells: string[] }
export type Grid = { encoding: string; rows: GridRow[] }

const MOST_BYTES = 10_485_760
const MOST_ROWS = 20_000
const MOST_ENTRIES = 200
const MOST_UNPACKED = 60_000_000

/** Every row of a bank's CSV (UTF-8, UTF-16, GBK; commas or tabs) or xlsx file as text; throws BadFile. */
export async function readGrid(bytes: Uint8Array): Promise<Grid> {
  if (bytes.length > MOST_BYTES) fail('文件超过 10 MB；请分月下载对账单。')
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) fail('这是旧式 Excel（.xls）；请在 Excel 或 WPS 里另存为 .xlsx 或 CSV。')
  const grid = bytes[0] === 0x50 && bytes[1] === 0x4b ? await sheetOf(bytes) : separated(bytes)
  if (grid.rows.length > MOST_ROWS) fail(`超过 ${MOST_ROWS} 行；请分月下载对账单。`)
  return grid
}

function separated(bytes: Uint8Array): Grid {
  const { text, encoding } = decoded(bytes)
  if (/^\s*<(?:!doctype|html|table)/i.test(text)) fail('这是网页格式的表格；请在 Excel 或 WPS 里另存为 .xlsx 或 CSV。')
  const head = text.slice(0, 10_000)
  const delimiter = occurrences(head, '\t') > occurrences(head, ',') * 2 ? '\t' : ','
  const options = { delimiter, info: true, relax_column_count: true, relax_quotes: true, max_record_size: 1 << 20 }
  try {
    const records = parse(text.replace(/^\ufeff/, ''), options) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    return { encoding, rows: records.map(({ record, info }) => ({ line: info.lines, cells: record.map(trimmed) })) }
  } catch {
    return fail('不是完整的 CSV 文件（引号没有闭合或某一行太长）；请重新下载。')
  }
}

function decoded(bytes: Uint8Array): { text: string; encoding: string } {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gbk']
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\u0000')) return { text, encoding: encoding.toUpperCase() }
    } catch {}
  }
  return fail('文件读不出文字（编码既不是 UTF-8 也不是 GBK）；请另存为 CSV 或 .xlsx。')
}

// Sizes are checked in the directory before anything is unpacked.
async function sheetOf(bytes: Uint8Array): Promise<Grid> {
  const entries = zipEntries(bytes)
  const unpacked = entries?.reduce((size, entry) => size + entry.size, 0) ?? 0
  if (!entries || entries.length > MOST_ENTRIES || unpacked > MOST_UNPACKED)
    fail('不是正常的 .xlsx 文件；请在 Excel 或 WPS 里重新另存。')
  try {
    const { sheets } = await readXlsx(bytes, { sheets: [0], maxRows: MOST_ROWS + 1 })
    const rows = (sheets[0]?.rows ?? []).map((cells, index) => ({ line: index + 1, cells: cells.map(shown) }))
    return { encoding: 'XLSX', rows: rows.filter(({ cells }) => cells.some(cell => cell !== '')) }
  } catch {
    return fail('.xlsx 文件读不出来；请在 Excel 或 WPS 里重新另存。')
  }
}

// A number too long for a spreadsheet has lost digits already and says nothing.
function shown(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ')
  if (typeof value !== 'number') return trimmed(String(value ?? ''))
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : ''
  return Math.abs(value * 100 - Math.round(value * 100)) < 1e-4 ? value.toFixed(2) : String(value)
}

const trimmed = (text: string): string => text.replaceAll(/^[\s\u00a0']+|[\s\u00a0]+$/g, '')
const occurrences = (text: string, mark: string): number => text.split(mark).length - 1

function fail(reason: string): never {
  throw new BadFile([{ line: 1, reason }])
}
