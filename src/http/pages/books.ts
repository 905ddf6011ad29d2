import type { Context } from 'hono'
import { z } from 'zod'
import { accountLedger } from '../../../projections/account-ledger.ts'
import { fundsOver } from '../../../projections/fund-rows.ts'
import { assetsOf, obligationsOf, rentRollOf } from '../../../projections/leases.ts'
import type { CoopProfile } from '../../../projections/profile.ts'
import { trialBalanceOf } from '../../../projections/trial-balance.ts'
import { partsOf, voucherByNumber, vouchersBetween } from '../../../projections/vouchers.ts'
import { firstDay, lastDay, periodOf, quarterOf } from '../../domain/calendar.ts'
import { account as accountField } from '../../domain/fields.ts'
import { accountPage, type Choice, fundsPage, trialBalancePage, vouchersPage } from '../../web/books-pages.ts'
import type { Page } from '../../web/layout.ts'
import { rentPage } from '../../web/rent-page.ts'
import { SHOWN_PARTS, voucherPage } from '../../web/voucher-page.ts'
import { notFound } from '../coop-of.ts'
import { deskPage, param } from '../desk.ts'
import type { App, House } from '../house.ts'
import { namesOf } from '../names.ts'
import { bookMonth, period, periodsOf } from '../periods.ts'
import { readQuery } from '../read-query.ts'

const query = z.strictObject({ period: period.optional() })
const VOUCHER_NUMBER = /^\d{4}-\d{2}-记-\d{1,9}$/

/** The books for the staff: trial balance, account ledger, vouchers, funds, rent roll. */
export function bookRoutes(app: App, house: House): void {
  app.get('/staff/coops/:coop/trial-balance', deskPage(house, trialBalance))
  app.get('/staff/coops/:coop/accounts/:account', deskPage(house, account))
  app.get('/staff/coops/:coop/vouchers', deskPage(house, vouchers))
  app.get('/staff/coops/:coop/vouchers/:number', deskPage(house, voucher))
  app.get('/staff/coops/:coop/funds', deskPage(house, funds))
  app.get('/staff/coops/:coop/rent', deskPage(house, rent))
}

function trialBalance(house: House, coop: CoopProfile, c: Context): Page {
  const chosen = choice(house, coop, c, bookMonth(house, coop).slice(0, 4))
  return trialBalancePage(coop, chosen, trialBalanceOf(house.office.sql, coop.coop, chosen.period))
}

function account(house: House, coop: CoopProfile, c: Context): Page {
  const name = param(c, 'account')
  if (!accountField.safeParse(name).success) throw notFound('AccountUnknown', '没有这个科目。')
  const chosen = choice(house, coop, c, bookMonth(house, coop))
  return accountPage(coop, chosen, accountLedger(house.office.sql, coop.coop, name, chosen.period))
}

function vouchers(house: House, coop: CoopProfile, c: Context): Page {
  const chosen = choice(house, coop, c, bookMonth(house, coop))
  const { from, to } = monthsOf(chosen)
  return vouchersPage(coop, chosen, vouchersBetween(house.office.sql, coop.coop, from, to))
}

function voucher(house: House, coop: CoopProfile, c: Context): Page {
  const { sql } = house.office
  const number = param(c, 'number')
  const found = VOUCHER_NUMBER.test(number) ? voucherByNumber(sql, coop.coop, number) : undefined
  if (!found) throw notFound('VoucherUnknown', '没有这个编号的凭证。')
  const parts = partsOf(sql, coop.coop, number)
  const codes = [...parts.slice(0, SHOWN_PARTS).map(part => part.person), ...found.lines.map(line => line.counterparty)]
  return voucherPage(coop, found, parts, namesOf(house, codes))
}

function funds(house: House, coop: CoopProfile, c: Context): Page {
  const chosen = choice(house, coop, c, bookMonth(house, coop).slice(0, 4))
  return fundsPage(coop, chosen, fundsOver(house.office.sql, coop.coop, chosen.period))
}

function rent(house: House, coop: CoopProfile, c: Context): Page {
  const { sql } = house.office
  const chosen = choice(house, coop, c, quarterOf(bookMonth(house, coop)))
  const months = monthsOf(chosen)
  const to = lastDay(months.to)
  const roll = rentRollOf(sql, coop.coop, { from: firstDay(months.from), to })
  const tenants = roll.map(row => row.tenant)
  const rest = { assets: assetsOf(sql, coop.coop, to), obligations: obligationsOf(sql, coop.coop, to) }
  return rentPage(coop, chosen, { roll, ...rest }, namesOf(house, tenants))
}

function choice(house: House, coop: CoopProfile, c: Context, usual: string): Choice {
  return { period: readQuery(c, query).period ?? usual, periods: periodsOf(house, coop) }
}

function monthsOf(chosen: Choice): { from: string; to: string } {
  const months = periodOf(chosen.period)
  if (!months) throw notFound()
  return months
}
