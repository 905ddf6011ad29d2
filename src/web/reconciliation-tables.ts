import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { OpenItem, Reconciliation } from '../domain/bank/state.ts'
import { yuan } from '../domain/money.ts'
import { voucherLink } from './books-pages.ts'
import { type Cell, type Html, longDay, table } from './parts.ts'

type Words = { lineOf: (id: string) => { reference: string } | undefined; summaryOf: (id: string) => string }

/** 银行存款余额调节表: the bank's balance and the books', each brought to what both will be once all has passed. */
export function reconciliationTables(coop: CoopProfile, open: Reconciliation, { lineOf, summaryOf }: Words): Html {
  const fromBooks = ({ id }: OpenItem): Cell =>
    id.startsWith('T') ? `${id} ${summaryOf(id)}` : html`${voucherLink(coop.coop, id)} ${summaryOf(id)}`
  const fromBank = ({ id }: OpenItem): Cell => lineOf(id)?.reference || id
  const equal = open.adjustedBook === open.adjustedBank
  return html`<h2>银行存款余额调节表 · ${longDay(open.on)}</h2>
<p>${
    equal
      ? html`调节后两边相符 <span class="tag good">✓ 相符</span>`
      : html`<span class="tag warn">不符</span> 两边相差 ${yuan(open.adjustedBank - open.adjustedBook)} 元，请检查已勾对的项目。`
  }</p>
<div class="twin">${side({
    title: '银行对账单',
    opening: ['银行对账单余额', open.bank],
    items: open.bookOnly,
    words: ['加：本社已收、银行未收', '减：本社已付、银行未付'],
    cell: fromBooks,
    closing: open.adjustedBank,
  })}${side({
    title: '本社账面',
    opening: ['银行存款账面余额', open.book],
    items: open.bankOnly,
    words: ['加：银行已收、本社未收', '减：银行已付、本社未付'],
    cell: fromBank,
    closing: open.adjustedBook,
  })}</div>`
}

function side({
  title,
  opening,
  items,
  words,
  cell,
  closing,
}: {
  title: string
  opening: [string, number]
  items: readonly OpenItem[]
  words: [string, string]
  cell: (item: OpenItem) => Cell
  closing: number
}): Html {
  const rows = (word: string, some: readonly OpenItem[]): Cell[][] =>
    some.length === 0
      ? [[word, '', '0.00']]
      : some.map(item => [word, html`<span>${item.date} ${cell(item)}</span>`, yuan(Math.abs(item.amount))])
  return table({
    caption: title,
    unit: '元',
    stack: true,
    columns: [{ title: '项目' }, { title: '说明' }, { title: '金额', kind: 'money' }],
    rows: [
      [opening[0], '', yuan(opening[1])],
      ...rows(
        words[0],
        items.filter(({ amount }) => amount > 0),
      ),
      ...rows(
        words[1],
        items.filter(({ amount }) => amount < 0),
      ),
    ],
    total: ['调节后余额', '', yuan(closing)],
  })
}
