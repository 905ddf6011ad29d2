import { type VoucherView, vouchersBetween } from '../../projections/vouchers.ts'
import { lastDay, periodOf } from '../../src/domain/calendar.ts'
import { accountName, CHART, codeOf } from '../../src/domain/chart.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { PrintedVoucher } from './printed-voucher.ts'
import { type BookData, type BookQuery, type BookReport, type BookRow, partyShown, same } from './report.ts'
import { sumOf } from './sides.ts'

/** 记账凭证: a row for every line; on paper two A5 sheets on an A4 page, with a cover for every month. */
export const voucherReport: BookReport = {
  name: 'vouchers',
  title: '记账凭证',
  columns: [
    { key: 'voucher', title: '凭证号', kind: 'code', width: 16 },
    { key: 'date', title: '日期', kind: 'date', width: 12 },
    { key: 'summary', title: '摘要', kind: 'text', width: 40 },
    { key: 'account', title: '科目编码', kind: 'code', width: 24 },
    { key: 'name', title: '科目名称', kind: 'text', width: 30 },
    { key: 'fund', title: '资金', kind: 'text', width: 18 },
    { key: 'counterparty', title: '往来', kind: 'text', width: 24 },
    { key: 'debit', title: '借方', kind: 'money', width: 17 },
    { key: 'credit', title: '贷方', kind: 'money', width: 17 },
    { key: 'attachments', title: '附件张数', kind: 'count', width: 9 },
    { key: 'preparedBy', title: '制单', kind: 'text', width: 14 },
    { key: 'review', title: '审核', kind: 'text', width: 24 },
    { key: 'reverses', title: '冲销', kind: 'code', width: 16 },
    { key: 'eventHash', title: '事件指纹', kind: 'code', width: 20 },
  ],
  narrowedBy: [],
  hashes: true,
  build(query) {
    const printed = printedVouchers(query)
    return { rows: printed.flatMap(rowsOf), checks: checksOf(printed) }
  },
  paper: () => [],
  async draw(query, frame) {
    const { renderVouchers } = await import('./vouchers-pdf.ts')
    return renderVouchers(printedVouchers(query), frame)
  },
}

function printedVouchers({ sql, coop, period, signer, hashOf, resolve }: BookQuery): PrintedVoucher[] {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const named = (actor: string) => (signer ? signer(actor) : actor)
  return vouchersBetween(sql, coop, months.from, months.to).map(voucher => ({
    ...voucher,
    lines: voucher.lines.map(line => ({ ...line, counterparty: partyShown(line.counterparty ?? '', resolve) })),
    preparedBy: named(voucher.preparer),
    review: voucher.reviewer === undefined ? byRule(voucher, named) : named(voucher.reviewer),
    eventHash: hashOf?.(voucher.revision) ?? '',
  }))
}

const byRule = ({ rule, authorisedBy = '' }: VoucherView, named: (actor: string) => string): string =>
  `规则 ${rule}（授权：${named(authorisedBy)}）`

function rowsOf(voucher: PrintedVoucher): BookRow[] {
  const { number, date, summary, attachments, preparedBy, review, reverses = '', eventHash } = voucher
  return voucher.lines.map(({ account, fund, counterparty = '', debit, credit }) => ({
    ...{ voucher: number, date, summary, account, name: accountName(account), fund, counterparty, debit, credit },
    ...{ attachments: String(attachments), preparedBy, review, reverses, eventHash },
  }))
}

function checksOf(vouchers: readonly PrintedVoucher[]): BookData['checks'] {
  const sides = (side: 'debit' | 'credit') => sumOf(vouchers.flatMap(({ lines }) => lines.map(line => line[side])))
  const gaps = vouchers.filter(({ number }, index) => {
    const before = vouchers[index - 1]?.number
    const expected = before?.slice(0, 7) === number.slice(0, 7) ? seqOf(before) + 1 : 1
    return seqOf(number) !== expected
  })
  const strange = vouchers.flatMap(({ date, number, lines }) => [
    ...(date > lastDay(number.slice(0, 7)) || date < number.slice(0, 7) ? [number] : []),
    ...lines.filter(({ account }) => !CHART.has(codeOf(account))).map(({ account }) => account),
  ])
  return [
    same('借方合计 = 贷方合计', sides('debit'), sides('credit')),
    { name: '凭证号连续', ok: gaps.length === 0, left: gaps.map(({ number }) => number).join('、'), right: '' },
    { name: '日期和科目合规', ok: strange.length === 0, left: strange.join('、'), right: '' },
  ]
}

const seqOf = (number: string): number => Number(number.slice(number.lastIndexOf('-') + 1))
