import { bySign, openItems } from '../../projections/open-items.ts'
import { accountSums } from '../../projections/trial-balance.ts'
import { periodOf } from '../../src/domain/calendar.ts'
import { codeOf } from '../../src/domain/chart.ts'
import { type Fen, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { PaperColumn, PaperRow } from '../kit/book-table.ts'
import { ASSET_LINES, CLAIM_LINES, type SheetLine } from './balance-sheet-lines.ts'
import { type BookReport, type BookRow, type Check, same } from './report.ts'
import { orBlank } from './sides.ts'

const MONEY = { width: 23, kind: 'money' } as const
const PAPER: readonly PaperColumn[] = [
  { title: '资产', width: 48, kind: 'text' },
  { title: '期末余额', ...MONEY },
  { title: '年初余额', ...MONEY },
  { title: '负债和所有者权益', width: 39, kind: 'text' },
  { title: '期末余额', ...MONEY },
  { title: '年初余额', ...MONEY },
]

/** 资产负债表 (财会〔2023〕14号) at the end of a period: each line at the period's end and at the beginning of its year. */
export const balanceSheet: BookReport = {
  name: 'balance-sheet',
  title: '资产负债表',
  columns: [
    { key: 'code', title: '行代码', kind: 'code', width: 42 },
    { key: 'name', title: '项目', kind: 'text', width: 30 },
    { key: 'closing', title: '期末余额', kind: 'money', width: 20 },
    { key: 'opening', title: '年初余额', kind: 'money', width: 20 },
  ],
  narrowedBy: [],
  build({ sql, coop, period }) {
    const months = periodOf(period)
    invariant(months !== undefined, `not a period: ${period}`)
    const closing = standing(sql, coop, months.to)
    const opening = standing(sql, coop, `${Number(months.to.slice(0, 4)) - 1}-12`)
    const rows = [...ASSET_LINES, ...CLAIM_LINES].map(({ code, name }) => ({
      code,
      name,
      closing: yuan(closing.lines.get(code) ?? 0),
      opening: yuan(opening.lines.get(code) ?? 0),
    }))
    return { rows, checks: [...checksOf('期末', closing), ...checksOf('年初', opening)] }
  },
  paper({ rows }) {
    const of = new Map(rows.map(row => [row.code!, row]))
    const left: Slot[] = ['流动资产：', ...ASSET_LINES.slice(0, 6), '非流动资产：', ...ASSET_LINES.slice(6)]
    const claims: Slot[] = ['流动负债：', ...CLAIM_LINES.slice(0, 6), '非流动负债：', ...CLAIM_LINES.slice(6, 11)]
    claims.push('所有者权益：', ...CLAIM_LINES.slice(11, 14))
    // The totals of both sides stand on the last lines.
    const gap = Array.from({ length: left.length - claims.length - 2 }, (): Slot => '')
    const right = [...claims, ...gap, ...CLAIM_LINES.slice(14)]
    const lines = left.map((asset, index): PaperRow => {
      const claim = right[index] ?? ''
      const strong = [...(isSum(asset) ? [0, 1, 2] : []), ...(isSum(claim) ? [3, 4, 5] : [])]
      const look = index === left.length - 1 ? 'grand' : undefined
      return { cells: [...cellsOf(asset, of), ...cellsOf(claim, of)], strong, look }
    })
    return [{ columns: PAPER, rows: lines }]
  },
}

/** A line, the heading of a group, or nothing. */
type Slot = SheetLine | string

const isSum = (slot: Slot): boolean => typeof slot === 'string' || slot.name.endsWith('计')

function cellsOf(slot: Slot, rows: ReadonlyMap<string, BookRow>): string[] {
  if (typeof slot === 'string') return [slot, '', '']
  const { closing = '', opening = '' } = rows.get(slot.code) ?? {}
  return [isSum(slot) ? slot.name : `　${slot.name}`, orBlank(closing), orBlank(opening)]
}

type Standing = { lines: ReadonlyMap<string, Fen>; parties: { receivable: Fen; payable: Fen }; control: Fen }

// What every line stands at when a month has ended; assets debit positive, claims credit positive.
function standing(sql: Sql, coop: string, month: string): Standing {
  const balances = new Map<string, Fen>()
  for (const { account, opening, debit, credit } of accountSums(sql, coop, month))
    balances.set(codeOf(account), (balances.get(codeOf(account)) ?? 0) + opening + debit - credit)
  const parties = bySign(openItems(sql, coop, month))
  const lines = new Map<string, Fen>()
  for (const line of ASSET_LINES) lines.set(line.code, amountOf(line, balances, parties, lines, 1))
  for (const line of CLAIM_LINES) lines.set(line.code, amountOf(line, balances, parties, lines, -1))
  const control = ['112', '113', '211'].reduce((sum, code) => sum + (balances.get(code) ?? 0), 0)
  return { lines, parties, control }
}

function amountOf(
  { accounts = [], less = false, parties: kind, sums = [] }: SheetLine,
  balances: ReadonlyMap<string, Fen>,
  parties: Standing['parties'],
  lines: ReadonlyMap<string, Fen>,
  sign: 1 | -1,
): Fen {
  if (kind !== undefined) return parties[kind]
  const booked = accounts.reduce((sum, code) => sum + sign * (balances.get(code) ?? 0), 0)
  const summed = sums.reduce((sum, code) => sum + (LESS.has(code) ? -1 : 1) * (lines.get(code) ?? 0), 0)
  return (less ? -booked : booked) + summed || 0
}

const LESS = new Set(ASSET_LINES.filter(({ less }) => less).map(({ code }) => code))

function checksOf(when: string, { lines, parties, control }: Standing): Check[] {
  const at = (code: string) => yuan(lines.get(code) ?? 0)
  return [
    same(`${when}资产总计 = 负债和所有者权益总计`, at('assets'), at('liabilities-and-equity')),
    same(
      `${when}应收款项 − 应付款项 = 112、113、211 科目余额`,
      yuan(parties.receivable - parties.payable),
      yuan(control),
    ),
  ]
}
