import type { OpenRow, ReconciliationRow } from '../../projections/bank-reconciliation.ts'
import { chineseDay } from '../domain/calendar.ts'
import { fenOf, grouped, yuan } from '../domain/money.ts'

const WIDTH = 18
/** The longest label, in characters of full width. */
const LABEL = 8

/** 银行存款余额调节表 as lines of text, both sides to the same adjusted balance. */
export function reconciliationText(coop: string, table: ReconciliationRow): string {
  const { account, on, book, bank, bankOnly, bookOnly, adjustedBook, adjustedBank } = table
  return [
    `银行存款余额调节表　${coop}　${account}　${chineseDay(on)}　单位：元`,
    side('企业账面余额', book, '银行已收、企业未收', '银行已付、企业未付', bankOnly, adjustedBook),
    side('银行对账单余额', bank, '企业已收、银行未收', '企业已付、银行未付', bookOnly, adjustedBank),
    bankOnly.length + bookOnly.length === 0 ? '没有未达账项。' : `未达账项 ${bankOnly.length + bookOnly.length} 笔。`,
  ].join('\n')
}

function side(name: string, balance: string, came: string, went: string, rows: OpenRow[], adjusted: string): string {
  const incoming = rows.filter(({ amount }) => fenOf(amount) > 0)
  const outgoing = rows.filter(({ amount }) => fenOf(amount) < 0)
  return [
    line(name, balance),
    ...(incoming.length > 0 ? [`  加：${came}`, ...incoming.map(item)] : []),
    ...(outgoing.length > 0 ? [`  减：${went}`, ...outgoing.map(item)] : []),
    line('调节后余额', adjusted),
  ].join('\n')
}

const item = ({ id, voucher, date, amount, told }: OpenRow): string =>
  `    ${[date, voucher ?? id, told, grouped(yuan(Math.abs(fenOf(amount))))].filter(part => part !== '').join(' ')}`

const line = (name: string, amount: string): string => `${name.padEnd(LABEL, '　')}${grouped(amount).padStart(WIDTH)}`
