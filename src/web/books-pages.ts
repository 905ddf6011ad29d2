import { html } from 'hono/html'
import type { AccountLedger } from '../../projections/account-ledger.ts'
import type { FundRow } from '../../projections/fund-rows.ts'
import type { CoopProfile } from '../../projections/profile.ts'
import type { TrialBalanceRow } from '../../projections/trial-balance.ts'
import type { VoucherView } from '../../projections/vouchers.ts'
import { accountName } from '../domain/chart.ts'
import { add, fenOf, yuan } from '../domain/money.ts'
import type { Page } from './layout.ts'
import { type Html, table } from './parts.ts'
import { periodChooser, roomPath, staffPage } from './staff-frame.ts'
import { fundKindName, periodName, voucherName } from './words.ts'

export type Choice = { readonly period: string; readonly periods: readonly string[] }

/** 科目余额表 of a period: opening, movement and closing, each by side; first-level accounts with their sub-accounts. */
export function trialBalancePage(
  coop: CoopProfile,
  { period, periods }: Choice,
  rows: readonly TrialBalanceRow[],
): Page {
  const cells = rows.map(row => [
    ...sides(row.opening),
    blankZero(row.debit),
    blankZero(row.credit),
    ...sides(row.closing),
  ])
  const first = cells.filter((_, index) => rows[index]?.account.length === 3)
  const sums = [0, 1, 2, 3, 4, 5].map(at => yuan(first.reduce((sum, row) => add(sum, fenOf(row[at] || '0.00')), 0)))
  return staffPage(coop, 'trial-balance', `科目余额表 · ${periodName(period)}`, [
    periodChooser(roomPath(coop.coop, 'trial-balance'), periods, period),
    table({
      unit: '元',
      columns: [
        { title: '科目' },
        ...['期初借方', '期初贷方', '本期借方', '本期贷方', '期末借方', '期末贷方'].map(title => ({
          title,
          kind: 'money' as const,
        })),
      ],
      rows: rows.map((row, index) => [accountLink(coop, row, period), ...(cells[index] ?? [])]),
      total: ['', ...sums],
      empty: `${periodName(period)}还没有凭证。下一步：录入期初余额或凭证，或另选期间。`,
    }),
  ])
}

/** 明细账 of an account over a period with its running balance. */
export function accountPage(coop: CoopProfile, { period, periods }: Choice, ledger: AccountLedger): Page {
  const { account, opening, entries, closing } = ledger
  const blank = ['', '', '']
  return staffPage(coop, 'trial-balance', `${account.slice(0, 3)} ${accountName(account)} · ${periodName(period)}`, [
    periodChooser(roomPath(coop.coop, 'accounts', account), periods, period),
    table({
      caption: '明细账',
      unit: '元',
      columns: [
        { title: '日期', kind: 'date' },
        { title: '凭证', kind: 'date' },
        { title: '摘要' },
        { title: '明细、资金、往来' },
        { title: '借方', kind: 'money' },
        { title: '贷方', kind: 'money' },
        { title: '方向' },
        { title: '余额', kind: 'money' },
      ],
      rows: [
        ['期初', '', '', ...blank, ...directed(opening)],
        ...entries.map(entry => [
          entry.date,
          voucherLink(coop.coop, entry.voucher),
          entry.summary,
          [entry.account === account ? '' : accountName(entry.account), entry.fund, entry.counterparty]
            .filter(Boolean)
            .join(' · '),
          blankZero(entry.debit),
          blankZero(entry.credit),
          ...directed(entry.balance),
        ]),
      ],
      total: ['期末', '', '', ...blank, ...directed(closing)],
    }),
  ])
}

/** 凭证 of a month. */
export function vouchersPage(coop: CoopProfile, { period, periods }: Choice, vouchers: readonly VoucherView[]): Page {
  return staffPage(coop, 'vouchers', `凭证 · ${periodName(period)}`, [
    periodChooser(roomPath(coop.coop, 'vouchers'), periods, period),
    table({
      unit: '元',
      columns: [
        { title: '凭证', kind: 'date' },
        { title: '日期', kind: 'date' },
        { title: '摘要' },
        { title: '金额', kind: 'money' },
        { title: '附单', kind: 'count' },
      ],
      rows: vouchers.map(voucher => [
        voucherLink(coop.coop, voucher.number),
        voucher.date,
        voucher.reversedBy ? html`${voucher.summary} <span class="tag warn">已冲销</span>` : voucher.summary,
        yuan(voucher.lines.reduce((sum, { debit }) => add(sum, fenOf(debit)), 0)),
        String(voucher.attachments),
      ]),
      empty: `${periodName(period)}没有凭证。请另选期间。`,
    }),
  ])
}

/** 专项、慈善和代管资金 over a period. */
export function fundsPage(coop: CoopProfile, { period, periods }: Choice, funds: readonly FundRow[]): Page {
  return staffPage(coop, 'funds', `资金 · ${periodName(period)}`, [
    periodChooser(roomPath(coop.coop, 'funds'), periods, period),
    table({
      unit: '元',
      columns: [
        { title: '资金' },
        { title: '性质' },
        { title: '期初', kind: 'money' },
        { title: '收入', kind: 'money' },
        { title: '支出', kind: 'money' },
        { title: '期末', kind: 'money' },
        { title: '其中物资', kind: 'money' },
        { title: '用途' },
      ],
      rows: funds.map(fund => [
        html`<a href="${roomPath(coop.coop, 'accounts', fund.account)}?period=${period}">${fund.fund}</a>`,
        fund.owner ? `${fundKindName(fund.kind)}（${fund.owner}）` : fundKindName(fund.kind),
        ...[fund.opening, fund.received, fund.spent, fund.closing, fund.goods],
        fund.purpose,
      ]),
      empty: '还没有设立资金。收到限定用途的捐款或代管的钱之前，请先用 OpenFund 设立。',
    }),
  ])
}

/** A link to a voucher by its number. */
export const voucherLink = (coop: string, number: string): Html =>
  html`<a href="${roomPath(coop, 'vouchers', number)}">${voucherName(number)}</a>`

const sizeOf = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : amount)

/** A balance, debit positive, as its debit and its credit column. */
const sides = (balance: string): [string, string] =>
  balance.startsWith('-') ? ['', sizeOf(balance)] : [blankZero(balance), '']

/** A balance, debit positive, as 借, 贷 or 平 and its size. */
function directed(balance: string): [string, string] {
  if (balance === '0.00') return ['平', balance]
  return [balance.startsWith('-') ? '贷' : '借', sizeOf(balance)]
}

const blankZero = (amount: string): string => (amount === '0.00' ? '' : amount)

function accountLink(coop: CoopProfile, { account, name }: TrialBalanceRow, period: string): Html {
  const href = `${roomPath(coop.coop, 'accounts', account)}?period=${period}`
  if (account.length === 3) return html`<a href="${href}">${account} ${name}</a>`
  return html`<span class="sub"><a href="${href}">${name.slice(name.indexOf('-') + 1)}</a></span>`
}
