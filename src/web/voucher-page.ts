import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { VoucherLineView, VoucherPart, VoucherView } from '../../projections/vouchers.ts'
import { capitalAmount } from '../domain/capital.ts'
import { accountName, codeOf, subOf } from '../domain/chart.ts'
import { add, fenOf, yuan } from '../domain/money.ts'
import { voucherLink } from './books-pages.ts'
import type { Page } from './layout.ts'
import { facts, type Html, longDay, table } from './parts.ts'
import { staffPage } from './staff-frame.ts'
import { shanghaiTime, voucherName } from './words.ts'

/** So many persons of a voucher are listed, and need names. */
export const SHOWN_PARTS = 500

/** One voucher as 记账凭证, with whom its lines are split over; `nameOf` resolves a code for the operator's eyes. */
export function voucherPage(
  coop: CoopProfile,
  voucher: VoucherView,
  parts: readonly VoucherPart[],
  nameOf: (code: string) => string,
): Page {
  const debit = sumOf(voucher.lines, line => line.debit)
  return staffPage(coop, 'vouchers', `记账凭证 ${voucherName(voucher.number)}`, [
    html`<div class="sheet">${[
      facts([
        ['单位', coop.name],
        ['日期', longDay(voucher.date)],
        ['编号', voucher.number],
        ['附单据', `${voucher.attachments} 张`],
        ['摘要', voucher.summary],
        ['原凭证号', voucher.reference],
      ]),
      entryTable(voucher, nameOf),
      html`<p>合计大写：<span class="words">${capitalAmount(debit)}</span></p>`,
      facts([
        ['冲销', voucher.reverses ? html`本凭证注销 ${voucherLink(coop.coop, voucher.reverses)}` : undefined],
        ['已被冲销', voucher.reversedBy ? voucherLink(coop.coop, voucher.reversedBy) : undefined],
        ['制单', voucher.preparer],
        ['复核', reviewText(voucher, nameOf)],
        ['入账时间', shanghaiTime(voucher.recordedAt)],
        ['账本序号', `第 ${voucher.revision} 号`],
      ]),
    ]}</div>`,
    parts.length === 0 ? '' : partsTable(voucher, parts, nameOf),
  ])
}

function reviewText({ reviewer, rule, authorisedBy }: VoucherView, nameOf: (code: string) => string): string {
  return reviewer === undefined ? `${rule}（由 ${authorisedBy} 启用）` : nameOf(reviewer)
}

function entryTable(voucher: VoucherView, nameOf: (code: string) => string): Html {
  return table({
    caption: '分录',
    unit: '元',
    columns: [
      { title: '总账科目' },
      { title: '明细科目' },
      { title: '资金' },
      { title: '往来' },
      { title: '借方', kind: 'money' },
      { title: '贷方', kind: 'money' },
    ],
    rows: voucher.lines.map(line => [
      `${codeOf(line.account)} ${accountName(codeOf(line.account))}`,
      subOf(line.account) ?? '',
      line.fund,
      line.counterparty ? nameOf(line.counterparty) : '',
      line.debit === '0.00' ? '' : line.debit,
      line.credit === '0.00' ? '' : line.credit,
    ]),
    total: ['', '', '', '', sumOf(voucher.lines, line => line.debit), sumOf(voucher.lines, line => line.credit)],
  })
}

function partsTable(voucher: VoucherView, parts: readonly VoucherPart[], nameOf: (code: string) => string) {
  const shown = parts.slice(0, SHOWN_PARTS)
  const more = parts.length > shown.length ? `，这里列出前 ${shown.length} 人` : ''
  return html`<h2>按人明细</h2>${table({
    caption: `共 ${parts.length} 人${more}`,
    unit: '元',
    columns: [
      { title: '成员码', kind: 'date' },
      { title: '姓名' },
      { title: '科目' },
      { title: '金额', kind: 'money' },
    ],
    rows: shown.map(({ line, person, amount }) => [
      person,
      nameOf(person),
      accountName(voucher.lines[line]?.account ?? ''),
      amount,
    ]),
  })}`
}

const sumOf = (lines: readonly VoucherLineView[], pick: (line: VoucherLineView) => string): string =>
  yuan(lines.reduce((sum, line) => add(sum, fenOf(pick(line))), 0))
