import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import { otherPayersText } from '../../reports/labels.ts'
import type { StatementData, StatementElsewhere, StatementGroup } from '../../reports/statement/data.ts'
import type { Page } from './layout.ts'
import { buttons, figures, type Html, longDay, money, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'
import { statusName } from './words.ts'

/** One person's year on a page: the same figures as on paper, in the same order. */
export function statementPage(coop: CoopProfile, data: StatementData): Page {
  const { person, total, year } = data
  const own = roomPath(coop.coop, 'members', person.code)
  return staffPage(coop, 'members', `${year}年度分红对账单`, [
    html`<p class="lead">${person.name}　${person.code}${person.household ? `　${person.household}` : ''}</p>`,
    figures([
      ['全年应发', total.gross],
      ['代扣', total.withheld],
      ['全年实发', total.net],
      ['已付', total.paid],
      ['未付', total.outstanding],
    ]),
    html`<p>实发大写：<span class="words">${total.netInWords}</span></p>`,
    data.holdings.length > 0
      ? html`<p>分红份额：${data.holdings.map(({ shares, recordDate }) => html`${shares} 股（${longDay(recordDate)}登记）　`)}</p>`
      : '',
    buttons([
      [`${own}/${year}/statement.pdf`, '下载对账单（PDF）'],
      [own, '其他年度'],
    ]),
    data.groups.length === 0 ? html`<p class="empty">${year}年没有发放记录。</p>` : data.groups.map(groupTable),
    outstanding(data),
    ...data.elsewhere.map(elsewhere),
    data.joined
      ? html`<p>本社和其他组织合计实发 <strong>¥${money(data.joined.net)}</strong>，<span class="words">${data.joined.netInWords}</span></p>`
      : '',
    otherPayers(data),
    html`<h2>说明与核对</h2><p>${data.withholdingBasis}</p><ul>${data.howToCheck.map(line => html`<li>${line}</li>`)}</ul>
<p>${data.contacts.map(({ label, person: name, phone }) => html`${label}${name ? `（${name}）` : ''}：${phone}　`)}</p>
<p class="small quiet">数字截至账本第 ${data.asOf.revision} 号事件，指纹 ${data.asOf.eventHash.slice(0, 16)}…</p>`,
  ])
}

const SUM_COLUMNS = [
  { title: '应发', kind: 'money' },
  { title: '代扣', kind: 'money' },
  { title: '实发', kind: 'money' },
] as const

function groupTable({ title, rows, subtotal }: StatementGroup): Html {
  return table({
    caption: title,
    unit: '元',
    stack: true,
    columns: [
      { title: '项目' },
      { title: '日期', kind: 'date' },
      { title: '凭证', kind: 'date' },
      { title: '计算依据' },
      ...SUM_COLUMNS,
      { title: '付款' },
    ],
    rows: rows.map(row => [
      row.item,
      row.date,
      row.voucher,
      row.basis,
      row.gross,
      row.withheld,
      row.net,
      [row.paidOn ? `${row.paidOn} ${statusName(row.status)}` : statusName(row.status), row.note]
        .filter(Boolean)
        .join('，'),
    ]),
    total: ['小计', '', '', '', subtotal.gross, subtotal.withheld, subtotal.net, ''],
  })
}

function outstanding({ outstanding }: StatementData): Html | '' {
  if (outstanding.length === 0) return ''
  return html`<h2>尚未支付</h2>${table({
    unit: '元',
    stack: true,
    columns: [
      { title: '项目' },
      { title: '凭证', kind: 'date' },
      { title: '起算日', kind: 'date' },
      { title: '金额', kind: 'money' },
      { title: '原因' },
    ],
    rows: outstanding.map(({ item, voucher, since, amount, reason }) => [item, voucher, since, amount, reason]),
  })}`
}

function elsewhere({ organisation, rows, subtotal }: StatementElsewhere): Html {
  return html`<h2>在${organisation}的收入</h2>${table({
    unit: '元',
    stack: true,
    columns: [
      { title: '项目' },
      { title: '日期', kind: 'date' },
      { title: '凭证', kind: 'date' },
      ...SUM_COLUMNS,
      { title: '付款' },
    ],
    rows: rows.map(row => [
      row.item,
      row.date,
      row.voucher,
      row.gross,
      row.withheld,
      row.net,
      row.paidOn ? `${row.paidOn} ${statusName(row.status)}` : statusName(row.status),
    ]),
    total: ['小计', '', '', subtotal.gross, subtotal.withheld, subtotal.net, ''],
  })}`
}

function otherPayers({ otherPayers: payers }: StatementData): Html | '' {
  if (!payers) return ''
  const links = payers === 'unasked' ? [] : payers
  return html`<h2>本人所在的其他组织</h2><p>${otherPayersText(payers)}</p>
${links.length > 0 ? html`<ul>${links.map(({ organisation, address }) => html`<li><a href="${address}">${organisation}</a></li>`)}</ul>` : ''}`
}
