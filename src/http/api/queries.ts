import { z } from 'zod'
import { accountLedger } from '../../../projections/account-ledger.ts'
import { fundsOver } from '../../../projections/fund-rows.ts'
import { rentRollOf } from '../../../projections/leases.ts'
import { batches, payableOrigins, payables } from '../../../projections/payables.ts'
import { type CoopProfile, headOf } from '../../../projections/profile.ts'
import { holdings, persons } from '../../../projections/register.ts'
import { resolutionByNo, resolutionsOf } from '../../../projections/resolution-rows.ts'
import { trialBalanceOf } from '../../../projections/trial-balance.ts'
import { voucherByNumber, vouchersBetween } from '../../../projections/vouchers.ts'
import { firstDay, lastDay, periodOf } from '../../domain/calendar.ts'
import { account, day, key, personCode, year } from '../../domain/fields.ts'
import { notFound } from '../coop-of.ts'
import type { House } from '../house.ts'
import { disclosureRows, statementOf } from '../papers.ts'
import { period } from '../periods.ts'

/** One question about a co-op: its path below `/api/coops/:coop`, its Chinese title, what it takes, and the answer. */
export type Query<S extends z.ZodObject = z.ZodObject> = {
  readonly path: string
  readonly title: string
  /** Path parameters and query string together. */
  readonly takes: S
  readonly answer: (house: House, coop: CoopProfile, given: z.infer<S>) => unknown
}

const voucherNumber = z.string().regex(/^\d{4}-\d{2}-记-\d{1,9}$/)
const yearText = z
  .string()
  .regex(/^\d{4}$/)
  .transform(Number)
  .pipe(year)
const quarter = z.string().regex(/^(19|20)\d\dQ[1-4]$/)

/** Every query of the API, the same list in the OpenAPI document. Persons appear by code only. */
export const QUERIES: readonly Query[] = [
  query('', '组织资料和账本末条', z.strictObject({}), ({ office }, coop) => ({
    ...coop,
    head: headOf(office.sql, coop.coop),
  })),
  query(
    '/trial-balance',
    '科目余额表',
    z.strictObject({ period, fund: key.optional() }),
    ({ office }, { coop }, given) => trialBalanceOf(office.sql, coop, given.period, given.fund),
  ),
  query(
    '/accounts/:account',
    '明细账',
    z.strictObject({ account, period, fund: key.optional() }),
    ({ office }, { coop }, { account, period, fund }) =>
      accountLedger(office.sql, coop, account, period, fund === undefined ? {} : { fund }),
  ),
  query('/vouchers', '一段期间的凭证', z.strictObject({ period }), ({ office }, { coop }, given) => {
    const { from, to } = months(given.period)
    return vouchersBetween(office.sql, coop, from, to)
  }),
  query(
    '/vouchers/:number',
    '一张凭证',
    z.strictObject({ number: voucherNumber }),
    ({ office }, { coop }, { number }) =>
      found(voucherByNumber(office.sql, coop, number), 'VoucherUnknown', '没有这个编号的凭证。'),
  ),
  query('/funds', '专项、慈善和代管资金', z.strictObject({ period }), ({ office }, { coop }, given) =>
    fundsOver(office.sql, coop, given.period),
  ),
  query('/members', '登记册（只有成员码）', z.strictObject({ on: day.optional() }), ({ office }, { coop }, { on }) =>
    persons(office.sql, coop, on === undefined ? {} : { on }),
  ),
  query('/shares', '某日的份额', z.strictObject({ on: day }), ({ office }, { coop }, { on }) =>
    holdings(office.sql, coop, { on }),
  ),
  query(
    '/persons/:person/statements/:year',
    '一个人一年的对账单',
    z.strictObject({ person: personCode, year: yearText }),
    (house, coop, { person, year }) => statementOf(house, coop, inRegister(house, coop, person), year),
  ),
  query('/rent-roll', '租约台账', z.strictObject({ period }), ({ office }, { coop }, given) => {
    const { from, to } = months(given.period)
    return rentRollOf(office.sql, coop, { from: firstDay(from), to: lastDay(to) })
  }),
  query('/payables', '应付个人和付款批次', z.strictObject({}), ({ office }, { coop }) => ({
    ...payables(office.sql, coop),
    origins: payableOrigins(office.sql, coop),
    batches: batches(office.sql, coop),
  })),
  query('/resolutions', '决议', z.strictObject({}), ({ office }, { coop }) => resolutionsOf(office.sql, coop)),
  query('/resolutions/:no', '一项决议', z.strictObject({ no: key }), ({ office }, { coop }, { no }) =>
    found(resolutionByNo(office.sql, coop, no), 'ResolutionUnknown', '没有这个编号的决议。'),
  ),
  query('/disclosures/:quarter', '一个季度的公开数字', z.strictObject({ quarter }), (house, coop, { quarter }) =>
    disclosureRows(house, coop, quarter),
  ),
]

function query<S extends z.ZodObject>(
  path: string,
  title: string,
  takes: S,
  answer: (house: House, coop: CoopProfile, given: z.infer<S>) => unknown,
): Query {
  return { path, title, takes, answer: (house, coop, given) => answer(house, coop, given as z.infer<S>) }
}

function months(text: string): { from: string; to: string } {
  return found(periodOf(text), 'BadParameter', '期间要写成 2025-12、2025Q4 或 2025。')
}

function inRegister({ office }: House, { coop }: CoopProfile, person: string): string {
  return found(persons(office.sql, coop, {}, person)[0], 'PersonUnknown', '登记册里没有这个成员码。').person
}

function found<T>(value: T | undefined, code: string, message: string): T {
  if (value === undefined) throw notFound(code, message)
  return value
}
