import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'

/** One thing wrong with a file: the line it stands on (1 = the first of the file) and why, for the accountant. */
export type Problem = { line: number; reason: string }

/** A file that cannot be imported; every wrong row is named, and nothing was written. */
export class BadFile extends Error {
  readonly code = 'BadFile'
  readonly detail: { problems: Problem[] }

  constructor(problems: Problem[]) {
    const list = [...problems].sort((a, b) => a.line - b.line)
    const said = list.map(({ line, reason }) => `第 ${line} 行：${reason}`)
    super(`文件里有 ${list.length} 处要改，什么也没有导入：\n${said.join('\n')}`)
    this.name = 'BadFile'
    this.detail = { problems: list }
  }
}

/** A column by the name programs use, the headings people write for it, and whether the file must have it. */
export type Column<N extends string> = { name: N; titles: readonly string[]; optional?: true }

/** A row with its place in the file; a column the file lacks reads as ''. */
export type CsvRow<N extends string> = { line: number; cells: Record<N, string> }
export type CsvFile<N extends string> = { encoding: string; rows: CsvRow<N>[] }

/** Reads a CSV file with a heading row, in UTF-8 (a BOM is fine), UTF-16 or GBK; throws BadFile naming every faulty line. */
export function readCsv<N extends string>(bytes: Uint8Array, columns: readonly Column<N>[]): CsvFile<N> {
  const { text, encoding } = decode(bytes)
  const records = split(text)
  const heading = records.shift()
  if (!heading) throw new BadFile([{ line: 1, reason: '文件是空的。' }])
  const places = placesOf(heading.values, columns)
  const problems: Problem[] = []
  const rows: CsvRow<N>[] = []
  for (const { line, values } of records) {
    if (values.length !== heading.values.length) {
      problems.push({ line, reason: `有 ${values.length} 列，表头是 ${heading.values.length} 列。` })
      continue
    }
    const cells = columns.map(({ name }) => [name, values[places.get(name) ?? -1] ?? ''])
    rows.push({ line, cells: Object.fromEntries(cells) as Record<N, string> })
  }
  for (const { line, cells } of rows) {
    for (const [name, value] of Object.entries<string>(cells)) {
      if (isFormula(value))
        problems.push({ line, reason: `${name}：单元格像公式（${value.slice(0, 20)}），请改成普通文字。` })
    }
  }
  if (problems.length > 0) throw new BadFile(problems)
  if (rows.length === 0) throw new BadFile([{ line: 2, reason: '只有表头，没有内容。' }])
  return { encoding, rows: rows.map(unescaped) }
}

/** A cell that a spreadsheet would take for a formula, or that has the apostrophe already, with one that keeps it text. */
export function escaped(text: string): string {
  return FORMULA.test(text) || MARKED.test(text) ? `'${text}` : text
}

const FORMULA = /^['\s]*(?:[=+@]|-(?!(?:\d{1,11}(?:\.\d+)?)?$))/

// An apostrophe before what may be a formula is no part of the text.
const MARKED = /^'(?=['\s]*[=+@-])/

const isFormula = (value: string): boolean => !value.startsWith("'") && FORMULA.test(value)

function unescaped<N extends string>({ line, cells }: CsvRow<N>): CsvRow<N> {
  const plain = Object.entries<string>(cells).map(([name, value]) => [name, value.replace(MARKED, '')])
  return { line, cells: Object.fromEntries(plain) as Record<N, string> }
}

function decode(bytes: Uint8Array): { text: string; encoding: string } {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) fail(1, '这是 Excel 工作簿，不是 CSV；请在 Excel 里“另存为 CSV”。')
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gbk']
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (text.includes('\u0000')) fail(1, '文件里有二进制内容，不是 CSV。')
      return { text, encoding: encoding.toUpperCase() }
    } catch (error) {
      if (error instanceof BadFile) throw error
    }
  }
  return fail(1, '文件的文字编码既不是 UTF-8 也不是 GBK。')
}

function split(text: string): { line: number; values: string[] }[] {
  try {
    const options = {
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1 << 20,
    }
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
    return records
      .filter(({ record }) => record.some(value => value !== ''))
      .map(({ record, info }) => ({ line: info.lines - breaksIn(record), values: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return fail(line, FAULTS[error.code] ?? '不是合法的 CSV 行。')
  }
}

const FAULTS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: '引号没有闭合。',
  CSV_INVALID_CLOSING_QUOTE: '引号的位置不对。',
  INVALID_OPENING_QUOTE: '引号的位置不对。',
  CSV_MAX_RECORD_SIZE: '这一行太长。',
}

// A cell may hold line breaks; the row is named by the line it begins on.
function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, value) => sum + value.split(/\r\n|\n|\r/).length - 1, 0)
}

function placesOf<N extends string>(heading: readonly string[], columns: readonly Column<N>[]): Map<N, number> {
  const places = new Map<N, number>()
  const strange: string[] = []
  heading.forEach((title, index) => {
    const found = columns.find(({ name, titles }) => name === title.toLowerCase() || titles.includes(title))
    if (!found || places.has(found.name)) strange.push(title || `（第 ${index + 1} 列没有名称）`)
    else places.set(found.name, index)
  })
  const missing = columns.filter(({ name, optional }) => !optional && !places.has(name)).map(({ name }) => name)
  const known = columns.map(({ name }) => name).join(',')
  if (missing.length > 0) fail(1, `表头缺少 ${missing.join('、')}；应是 ${known}。`)
  if (strange.length > 0) fail(1, `表头里不认识或重复的列：${strange.join('、')}；应是 ${known}。`)
  return places
}

function fail(line: number, reason: string): never {
  throw new BadFile([{ line, reason }])
}
