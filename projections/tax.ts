import { type Fen, fenOf, total, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import type { Projection } from './projection.ts'
import { insert, presented, reverseRows } from './rows.ts'

/** Rates of taxes with their dates, and each month's pay, officers' apart. Fen. */
export const tax: Projection = {
  name: 'tax',
  version: 1,
  tables: {
    tax_rates: `coop TEXT NOT NULL, revision INTEGER NOT NULL, tax TEXT NOT NULL, rate TEXT NOT NULL, basis TEXT NOT NULL,
      from_day TEXT NOT NULL, to_day TEXT, source TEXT NOT NULL, every TEXT, day INTEGER, PRIMARY KEY (coop, revision)`,
    pay_groups: `coop TEXT NOT NULL, revision INTEGER NOT NULL, voucher TEXT NOT NULL, date TEXT NOT NULL,
      ordinal INTEGER NOT NULL, month TEXT NOT NULL, title TEXT NOT NULL, account TEXT NOT NULL, officers INTEGER NOT NULL,
      heads INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (coop, revision, ordinal)`,
  },
  apply(tx, event) {
    const { coop, revision, type, data } = event
    if (type === 'TaxRateSet') {
      const { from, to, due, ...setting } = data
      insert(tx, 'tax_rates', {
        coop,
        revision,
        ...setting,
        from_day: from,
        to_day: to,
        every: due?.every,
        day: due?.day,
      })
    }
    if (type === 'PayAccrued') {
      const { month, groups, voucher } = data
      for (const [ordinal, { title, account, officers, heads, amount }] of groups.entries())
        insert(tx, 'pay_groups', {
          ...{ coop, revision, voucher: voucher.number, date: voucher.date, ordinal, month, title, account, heads },
          ...{ officers: officers ? 1 : 0, amount: fenOf(amount) },
        })
    }
    if (type === 'VoucherReversed')
      reverseRows(tx, 'pay_groups', event, ['ordinal', 'month', 'title', 'account', 'officers'], ['heads', 'amount'])
  },
}

/** A tax rate as it was set; the later one overrules the earlier for the days it covers. */
export type TaxRate = {
  tax: string
  rate: string
  basis: string
  from: string
  to: string | undefined
  source: string
  every: 'month' | 'quarter' | 'half-year' | 'year' | undefined
  day: number | undefined
}

/** Every rate that was ever set, by tax, in the order they were set. */
export function taxRates(sql: Sql, coop: string): TaxRate[] {
  return sql
    .all(
      `SELECT tax, rate, basis, from_day AS "from", to_day AS "to", source, every, day FROM tax_rates
        WHERE coop = ? ORDER BY tax, revision`,
      coop,
    )
    .map(row => presented<TaxRate>(row))
}

/** What people of a kind were to be paid in a year; heads of the latest month, yuan. */
export type PayRow = {
  title: string
  account: string
  officers: boolean
  months: number
  heads: number
  amount: string
}

/** The year's accrued pay by kind of people, officers first, so that theirs is shown apart. */
export function payOf(sql: Sql, coop: string, year: number): PayRow[] {
  const rows = sql.all<{ title: string; account: string; officers: number; heads: number; amount: Fen }>(
    `SELECT title, account, officers, sum(heads) AS heads, sum(amount) AS amount FROM pay_groups
      WHERE coop = ? AND month LIKE ? GROUP BY title, account, officers, month HAVING sum(amount) <> 0
      ORDER BY officers DESC, account, title, month`,
    ...[coop, `${year}-%`],
  )
  const kinds = Map.groupBy(rows, ({ title, account, officers }) => `${officers}|${account}|${title}`)
  return [...kinds.values()].map(months => {
    const { title, account, officers, heads } = months.at(-1)!
    const amount = yuan(total(months, row => row.amount))
    return { title, account, officers: officers === 1, months: months.length, heads, amount }
  })
}
