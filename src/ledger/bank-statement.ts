import { isDay } from '../domain/calendar.ts'
import { add, type Fen, grouped, readYuan, yuan } from '../domain/money.ts'
import type { Grid, GridRow } from './bank-grid.ts'
import { type BankColumn, type BankProfile, BUILT_IN, columnsOf, sideOf } from './bank-profiles.ts'
import { checkIdNumber } from './id-number.ts'
import { BadFile, type Problem } from './import-csv.ts'

/** One line of the bank, money in positive; `summary` and `counterparty` name people and never enter the ledger. */
export type StatementLine = {
  line: number
  date: string
  amount: Fen
  balance: Fen | undefined
  reference: string
  summary: string
  counterparty: string
}

/** A bank's file as it was understood, its lines in the order they happened. */
export type BankStatement = {
  profile: string
  lines: StatementLine[]
  /** From the running balance, when there is one. */
  opening: Fen | undefined
  /** The days the file says it is about. */
  from: string | undefined
  to: string | undefined
  /** The last four digits of the account, when the file names it. */
  lastFour: string | undefined
}

type Places = Partial<Record<BankColumn, number>>
const HEADING_WITHIN = 40

/** Understands the rows of a bank's file by its headings; own profiles come before the built-in ones. Throws BadFile. */
export function readStatement({ rows }: Grid, profiles: readonly BankProfile[] = BUILT_IN): BankStatement {
  const { heading, places, profile } = headingOf(rows, profiles)
  const problems: Problem[] = []
  const lines: StatementLine[] = []
  for (const row of rows.slice(heading + 1)) {
    const cell = (name: BankColumn): string => row.cells[places[name] ?? -1] ?? ''
    if (isRemark(row, cell, places)) continue
    try {
      const line = lineOf(row, cell, profile)
      if (line.amount !== 0) lines.push(line)
    } catch (error) {
      problems.push({ line: row.line, reason: (error as Error).message })
    }
  }
  if (problems.length > 0) throw new BadFile(problems)
  const ordered = inOrder(lines)
  const [first] = ordered
  const opening = first?.balance === undefined ? undefined : first.balance - first.amount
  return { profile: profile.name, lines: ordered, opening, ...factsOf(rows.slice(0, heading)) }
}

function headingOf(rows: readonly GridRow[], profiles: readonly BankProfile[]) {
  const heads = rows.slice(0, HEADING_WITHIN)
  for (const profile of profiles) {
    for (const [heading, { cells }] of heads.entries()) {
      const places = columnsOf(profile, cells)
      if (places) return { heading, places, profile }
    }
  }
  const reason = `找不到表头：要有日期，以及收入、支出两列或金额一列（认得的写法见 bank-profiles.json 的说明；也可自己写一份）。`
  throw new BadFile([{ line: rows[0]?.line ?? 1, reason }])
}

const TOTALS =
  /^(?:合计|总计|小计|累计|总笔数|总金额|[本上](?:页|日|月|期|年)(?:合计|小计|累计|余额)|(?:承前|承上|过次|转下)页|期[初末]余额|(?:收入|支出|借方|贷方)合计)[:：\d\s笔条元,.]*$/

// Totals, balances brought forward, signatures and empty rows: without an amount, or with such a word for a date or summary.
function isRemark({ cells }: GridRow, cell: (name: BankColumn) => string, places: Places): boolean {
  const amounts = [places.in, places.out, places.amount].map(at => (at === undefined ? '' : (cells[at] ?? '')))
  if (amounts.every(text => text === '' || text === '-' || text === '—')) return true
  return [cell('date'), cell('summary'), cells[0] ?? ''].some(text => TOTALS.test(text.replaceAll(/\s/g, '')))
}

function lineOf({ line }: GridRow, cell: (name: BankColumn) => string, profile: BankProfile): StatementLine {
  const date = dayOf(cell('date'))
  if (date === undefined) throw new Error(`日期“${cell('date')}”看不懂，要像 2025-03-15 或 20250315。`)
  const balance = profile.columns.balance && cell('balance') !== '' ? moneyOf(cell('balance'), '余额') : undefined
  const told = { summary: cell('summary'), counterparty: cell('counterparty') }
  return { line, date, amount: amountOf(cell, profile), balance, reference: referenceOf(cell('reference')), ...told }
}

function amountOf(cell: (name: BankColumn) => string, profile: BankProfile): Fen {
  if (profile.columns.in) {
    const [came, went] = [moneyOf(cell('in'), '收入'), moneyOf(cell('out'), '支出')]
    if (came !== 0 && went !== 0) throw new Error('收入和支出两列都有金额，应只有一列。')
    return came - went
  }
  const amount = moneyOf(cell('amount'), '金额')
  if (!profile.columns.side) return amount
  const side = sideOf(profile, cell('side'))
  if (side === undefined) throw new Error(`看不懂收支标志“${cell('side')}”，应是收、支或贷、借。`)
  return side * amount
}

function moneyOf(text: string, what: string): Fen {
  const plain = text.normalize('NFKC').replaceAll(/[\s,¥元]/g, '')
  if (plain === '' || plain === '-' || plain === '—') return 0
  const [, open, sign = '', digits = ''] =
    /^(\()?([-+]?)(\d{1,11}(?:\.\d{1,2})?)(?:(?<=\.\d\d)0+)?\)?$/.exec(plain) ?? []
  const fen = readYuan(digits === '' ? '' : digits.replace(/^0+(?=\d)/, ''))
  if (fen === undefined) throw new Error(`${what}“${text}”不是金额，要像 1234.56。`)
  return sign === '-' || open ? -fen : fen
}

const MOMENT = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:$|[\sT\-日]*\d{1,2}[:.时]?\d{2})/

function dayOf(text: string): string | undefined {
  const [, year, month = '', day = ''] = MOMENT.exec(text.normalize('NFKC').trim()) ?? []
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return year !== undefined && isDay(written) ? written : undefined
}

// The ledger takes the bank's number only: what has other signs, or is a citizen's number, could name a person.
function referenceOf(text: string): string {
  return /^[\w./-]{1,60}$/.test(text) && !checkIdNumber(text).valid ? text : ''
}

/** Lines as they happened: files come newest first, oldest first, or by days; the running balance tells, else the days. */
function inOrder(lines: readonly StatementLine[]): StatementLine[] {
  const turned = [...lines].reverse()
  const orders = [lines, turned, byDay(lines), byDay(turned)]
  if (lines.every(({ balance }) => balance === undefined)) {
    const descending = lines.length > 1 && lines[0]!.date > lines.at(-1)!.date
    return byDay(descending ? turned : lines)
  }
  const breaks = orders.map(order => order.map((line, index) => breakAt(order[index - 1], line)).filter(isThere))
  const whole = breaks.findIndex(faults => faults.length === 0)
  if (whole >= 0) return [...orders[whole]!]
  throw new BadFile([...breaks].sort((a, b) => a.length - b.length)[0]!.slice(0, 20))
}

const byDay = (lines: readonly StatementLine[]): StatementLine[] =>
  [...lines].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))

function breakAt(before: StatementLine | undefined, { line, amount, balance }: StatementLine): Problem | undefined {
  if (balance === undefined) return { line, reason: '这一行没有余额，别的行有；请核对文件是否完整。' }
  if (before?.balance === undefined || add(before.balance, amount) === balance) return undefined
  const due = grouped(yuan(add(before.balance, amount)))
  return { line, reason: `余额对不上：上一笔之后应为 ${due}，文件里是 ${grouped(yuan(balance))}；可能漏了行或改动过。` }
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined

const DAY = String.raw`(\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?)`
const SPAN = new RegExp(String.raw`${DAY}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:至|到|-{1,2}|—{1,2}|~|～)\s*${DAY}`)
const BEGIN = new RegExp(String.raw`(?:起始|开始|起)(?:日期|时间|日)?[:：\s,]*${DAY}`)
const END = new RegExp(String.raw`(?:截止|终止|结束|截至|止)(?:日期|时间|日)?[:：\s,]*${DAY}`)

// What stands above the headings: the account and the days the file is about.
function factsOf(rows: readonly GridRow[]): Pick<BankStatement, 'from' | 'to' | 'lastFour'> {
  const head = rows
    .map(({ cells }) => cells.filter(cell => cell !== '').join(' '))
    .join('\n')
    .normalize('NFKC')
  const span = SPAN.exec(head)
  const account = /(?<!对方)[账帐]户?号码?[^\d\n]{0,12}(\d[\d\s*]{6,40}\d)/.exec(head)?.[1]?.replaceAll(/\s/g, '')
  return {
    from: dayOf(span?.[1] ?? BEGIN.exec(head)?.[1] ?? ''),
    to: dayOf(span?.[2] ?? END.exec(head)?.[1] ?? ''),
    lastFour: account && /\d{4}$/.test(account) ? account.slice(-4) : undefined,
  }
}
