import type { z } from 'zod'
import { monthOf } from '../domain/calendar.ts'
import { account, amountOrRed, day, key, text } from '../domain/fields.ts'
import { fenOf, grouped, yuan } from '../domain/money.ts'
import type { Column, CsvRow, Problem } from './import-csv.ts'
import {
  type FileLine,
  isNothing,
  isZeroRow,
  type Mended,
  oddlyRed,
  sumsByFund,
  turned,
} from './import-vouchers-mend.ts'

/** The columns of a file of historic vouchers. */
export const VOUCHER_COLUMNS = [
  { name: 'date', titles: ['日期', '凭证日期'] },
  { name: 'voucher', titles: ['凭证号', '凭证字号'] },
  { name: 'summary', titles: ['摘要'] },
  { name: 'account', titles: ['科目'] },
  { name: 'debit', titles: ['借方', '借方金额'] },
  { name: 'credit', titles: ['贷方', '贷方金额'] },
  { name: 'fund', titles: ['资金', '专项资金'], optional: true },
  { name: 'counterparty', titles: ['往来单位', '往来'], optional: true },
  { name: 'attachments', titles: ['附件', '附件张数'], optional: true },
] as const satisfies readonly Column<string>[]

type VoucherColumn = (typeof VOUCHER_COLUMNS)[number]['name']
export type VoucherRow = CsvRow<VoucherColumn>

/** A voucher as the file has it, ready to be booked: amounts "1234.56" yuan. `line` is where it begins. */
export type FileVoucher = {
  line: number
  date: string
  reference: string
  summary: string
  attachments: number
  lines: FileLine[]
}

const MOST_LINES = 2000
const MOST_SUMMARY = 200

/**
 * Puts rows together into vouchers (same `voucher` within a month), in the order of date and file; names what is wrong.
 * Rows of zero are left out, and in a voucher that balances lines that alone are red go to the other side: `mended` has both.
 */
export function vouchersOf(rows: readonly VoucherRow[]): {
  vouchers: FileVoucher[]
  problems: Problem[]
  mended: Mended
} {
  const problems: Problem[] = []
  const mended: Mended = { zero: [], turned: [] }
  const groups = new Map<string, VoucherRow[]>()
  for (const row of rows) {
    const id = `${monthOf(row.cells.date)}\n${row.cells.voucher}`
    const group = groups.get(id)
    if (group) group.push(row)
    else groups.set(id, [row])
  }
  const vouchers: FileVoucher[] = []
  for (const group of groups.values()) {
    const faults = group.flatMap(rowFaults)
    const moving = group.filter(({ cells }) => !isZeroRow(cells))
    mended.zero.push(...group.filter(row => !moving.includes(row)).map(({ line }) => line))
    if (faults.length === 0 && moving.length > 0) {
      const voucher = together(moving)
      faults.push(...voucherFaults(voucher, moving))
      mended.turned.push(...oddlyRed(voucher.lines).map(({ line }) => line))
      vouchers.push({ ...voucher, lines: turned(voucher.lines) })
    }
    problems.push(...faults)
  }
  if (vouchers.length === 0 && problems.length === 0) problems.push({ line: 2, reason: '文件里每一行的金额都是零。' })
  vouchers.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.line - b.line))
  return { vouchers, problems, mended }
}

function rowFaults({ line, cells }: VoucherRow): Problem[] {
  const faults: string[] = []
  const check = (name: VoucherColumn, schema: z.ZodType, required: boolean) => {
    if (cells[name] === '' && !required) return
    const parsed = schema.safeParse(cells[name])
    if (!parsed.success) faults.push(`${name}：${cells[name] === '' ? '不能为空' : parsed.error.issues[0]?.message}`)
  }
  check('date', day, true)
  check('voucher', text, true)
  check('summary', text, true)
  check('account', account, true)
  check('fund', key, false)
  check('counterparty', text, false)
  for (const side of ['debit', 'credit'] as const) {
    if (isNothing(cells[side])) continue
    check(side, amountOrRed, true)
  }
  const sides = [cells.debit, cells.credit].filter(value => !isNothing(value)).length
  if (sides !== 1 && !isZeroRow(cells))
    faults.push(sides === 0 ? 'debit、credit：借方和贷方都没有金额' : 'debit、credit：一行只能填借方或贷方一边')
  if (cells.attachments !== '' && !/^\d{1,3}$/.test(cells.attachments))
    faults.push('attachments：附件张数要写 0 到 999')
  return faults.map(reason => ({ line, reason }))
}

function together(group: readonly VoucherRow[]): FileVoucher {
  const first = group[0]!
  const attachments = Math.max(...group.map(({ cells }) => Number(cells.attachments || '0')))
  return {
    line: first.line,
    date: first.cells.date,
    reference: first.cells.voucher,
    summary: summaryOf(group),
    attachments,
    lines: group.map(({ line, cells }) => ({
      line,
      account: cells.account,
      ...(isNothing(cells.debit) ? {} : { debit: yuan(fenOf(cells.debit)) }),
      ...(isNothing(cells.credit) ? {} : { credit: yuan(fenOf(cells.credit)) }),
      ...(cells.fund ? { fund: cells.fund } : {}),
      ...(cells.counterparty ? { counterparty: cells.counterparty } : {}),
    })),
  }
}

// Where every row has a summary of its own, the voucher keeps them all as long as there is room.
function summaryOf(group: readonly VoucherRow[]): string {
  const joined = [...new Set(group.map(({ cells }) => cells.summary))].join('；')
  return joined.length <= MOST_SUMMARY ? joined : `${joined.slice(0, MOST_SUMMARY - 1)}…`
}

function voucherFaults(voucher: FileVoucher, group: readonly VoucherRow[]): Problem[] {
  const faults: Problem[] = []
  const name = `凭证 ${voucher.reference}`
  const otherDay = group.find(({ cells }) => cells.date !== voucher.date)
  if (otherDay)
    faults.push({ line: otherDay.line, reason: `${name} 的各行日期不同：${voucher.date} 和 ${otherDay.cells.date}。` })
  if (group.length < 2) faults.push({ line: voucher.line, reason: `${name} 只有一行，一张凭证至少要有一借一贷。` })
  if (group.length > MOST_LINES)
    faults.push({ line: voucher.line, reason: `${name} 超过 ${MOST_LINES} 行，请分成几张。` })
  const sums = sumsByFund(voucher.lines)
  // A lone minus in a voucher that does not balance is a slip of the pen.
  if ([...sums.values()].some(({ debit, credit }) => debit !== credit))
    faults.push(
      ...oddlyRed(voucher.lines).map(({ line }) => ({ line, reason: `${name} 有正有负：红字凭证每一行都要是负数。` })),
    )
  for (const [fund, { debit, credit }] of sums) {
    if (debit === credit) continue
    const which = fund ? `的资金“${fund}”` : sums.size > 1 ? '的一般资金' : ''
    const gap = grouped(yuan(Math.abs(debit - credit)))
    const reason = `${name}${which}借贷不平：借方 ${grouped(yuan(debit))}，贷方 ${grouped(yuan(credit))}，差 ${gap}。`
    faults.push({ line: voucher.line, reason })
  }
  return faults
}
