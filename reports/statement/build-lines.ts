import type { EntitlementRow } from '../../projections/entitlement-rows.ts'
import { isOwed } from '../../projections/entitlement-rows.ts'
import { fenOf, grouped, yuan } from '../../src/domain/money.ts'
import { resolutionLabel, voucherShort } from '../labels.ts'
import type { StatementKind, StatementOutstanding, StatementRow } from './data.ts'

/** A printed row with its kind and the entitlement it shows. */
export type Line = { kind: StatementKind; row: StatementRow; of: EntitlementRow }

const KINDS: Record<string, StatementKind> = {
  dividend: 'dividend',
  allowance: 'allowance',
  scholarship: 'scholarship',
  relief: 'relief',
  subsidy: 'subsidy',
  insurance: 'insurance',
}

/**
 * The rows of a statement, oldest first. What was taken back (a withdrawn dividend, a reversed run, a debt written back
 * by resolution) stays as it was and is followed by a row with a minus, so that the sums are what the person got.
 */
export function statementLines(rows: readonly EntitlementRow[]): Line[] {
  return rows.flatMap(of => {
    const line: Line = { kind: KINDS[of.kind] ?? 'other', row: rowOf(of), of }
    return line.row.status === 'reversed' ? [line, { ...line, row: takenBack(of) }] : [line]
  })
}

/** What is still owed of the rows, and why it has not been paid. */
export function outstandingOf(lines: readonly Line[]): StatementOutstanding[] {
  return lines
    .filter(({ of }) => isOwed(of))
    .map(({ row, of }) => ({
      item: row.item,
      voucher: row.voucher,
      since: row.date,
      amount: of.net,
      reason: reasonOf(of),
    }))
}

function rowOf(of: EntitlementRow): StatementRow {
  const note = noteOf(of)
  return {
    date: of.date,
    voucher: voucherShort(of.voucher),
    item: itemOf(of),
    basis: basisOf(of),
    ...{ gross: of.gross, withheld: of.withheld, net: of.net },
    status: statusOf(of),
    ...(of.settledOn ? { paidOn: of.settledOn } : {}),
    ...(isOwed(of) ? { outstanding: of.net } : {}),
    ...(note ? { note } : {}),
  }
}

function takenBack(of: EntitlementRow): StatementRow {
  const what = { withdrawn: '撤回', reversed: '冲销', 'written-back': '核销' }[of.status as string] ?? '冲销'
  return {
    date: of.last?.on ?? of.date,
    voucher: voucherShort(of.last?.voucher ?? of.voucher),
    item: `${what}：${itemOf(of)}`,
    basis: of.last?.note ?? '',
    ...{ gross: minus(of.gross), withheld: minus(of.withheld), net: minus(of.net) },
    status: 'reversed',
  }
}

function statusOf({ status }: EntitlementRow): StatementRow['status'] {
  switch (status) {
    case 'paid':
    case 'returned':
    case 'misdirected':
      return status
    case 'unpaid':
    case 'batched':
      return 'unpaid'
    case 'withdrawn':
    case 'reversed':
    case 'written-back':
      return 'reversed'
  }
}

function noteOf(of: EntitlementRow): string | undefined {
  if (of.form === 'goods') return '实物，按公允价值'
  if (of.status === 'batched') return '付款办理中'
  if (of.status === 'returned') return returnedBy(of)
  return of.status === 'misdirected' ? '曾误付他人，仍应付给您' : undefined
}

function reasonOf(of: EntitlementRow): string {
  if (of.status === 'batched') return '已编入付款批次，等待银行付款'
  if (of.status === 'returned') return `${returnedBy(of)}；请核对收款账号，将重新付款`
  return of.status === 'misdirected' ? '曾误付他人，正在追回；将重新付给您' : '尚未编入付款批次'
}

function itemOf(of: EntitlementRow): string {
  if (of.kind === 'dividend') return `${of.year}年度分红`
  const name = of.programmeName ?? of.programme ?? '福利'
  if (of.kind === 'relief') return of.category ? `${name}（${of.category}）` : name
  if (of.tier) return `${name}（${of.tier}）`
  return of.period ? `${name} ${of.period.slice(0, 4)}年${Number(of.period.slice(5))}月` : name
}

function basisOf(of: EntitlementRow): string {
  if (of.kind !== 'dividend' || of.mode === undefined)
    return of.basis.replace(/决议(\d{4}-\d+)/, (_, no: string) => `决议${resolutionLabel(no)}`)
  const by = of.resolution ? `，决议${resolutionLabel(of.resolution)}` : ''
  const shares = of.shares ?? '0'
  return of.mode === 'per-share'
    ? `${shares} 股 × ${grouped(of.perShare ?? '0.00')} 元/股${by}`
    : `${grouped(of.total)} 元 × ${shares} 股 ÷ ${of.registerShares ?? ''} 股${by}`
}

const returnedBy = (of: EntitlementRow): string => (of.last?.note ? `银行退回：${of.last.note}` : '银行退回')
const minus = (amount: string): string => yuan(-fenOf(amount))
