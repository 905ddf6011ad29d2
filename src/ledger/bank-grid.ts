import { parse } from 'csv-parse/sync'
import { BadFile } from './import-csv.ts'
import { BadWorkbook, type Cell } from './workbook.ts'
import { readWorkbook } from './workbook-node.ts'

/** A row of a statement as text, with the line or row it stands on (1 = the first). */
export type GridRow = { line: number; cells: string[] }
export type Grid = { encoding: string; rows: GridRow[] }

const MOST_BYTES = 10_485_760
const MOST_ROWS = 20_000

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

// The first sheet that is to be seen; a stranger's workbook is opened in a thread of its own.
async function sheetOf(bytes: Uint8Array): Promise<Grid> {
  try {
    const sheets = await readWorkbook(bytes)
    const rows = (sheets.find(({ hidden }) => !hidden)?.rows ?? []).map((cells, index) => ({
      line: index + 1,
      cells: Array.from(cells, shown),
    }))
    return { encoding: 'XLSX', rows: rows.filter(({ cells }) => cells.some(cell => cell !== '')) }
  } catch (error) {
    if (error instanceof BadWorkbook) return fail(error.message)
    throw error
  }
}

// A number too long for a spreadsheet has lost digits already and says nothing.
function shown(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  return cell.kind === 'number' && !Number.isSafeInteger(Math.trunc(Number(cell.text))) ? '' : trimmed(cell.text)
}

const trimmed = (text: string): string => text.replaceAll(/^[\s\u00a0']+|[\s\u00a0]+$/g, '')
const occurrences = (text: string, mark: string): number => text.split(mark).length - 1

function fail(reason: string): never {
  throw new BadFile([{ line: 1, reason }])
}
