import { balanceSheet } from '../../reports/books/balance-sheet.ts'
import { incomeDistribution } from '../../reports/books/income-distribution.ts'
import { fenOf } from '../../src/domain/money.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { Found } from './compare.ts'

/** Lines of the 收益及收益分配表 by the names the oracle gives them. */
const INCOME = {
  operating: 'operating-surplus',
  'before tax': 'total-surplus',
  net: 'net-surplus',
  closing: 'closing-undistributed',
} as const

/**
 * Where the statements differ from the oracle's totals, in words. Both sides of a sheet carry whoever owes and is owed at
 * once; `bothSides`: every dealing names its party, so that the oracle knows them too. Otherwise equity has to be the same.
 */
export function statementDifferences(sql: Sql, coop: string, found: Found, bothSides: boolean): string[] {
  const said: string[] = []
  const compare = (what: string, ours: number | undefined, theirs: string | undefined): void => {
    if (theirs === undefined || fenOf(theirs) !== ours)
      said.push(`${coop} ${what}: ${ours} fen by the facts, ${theirs} shown`)
  }
  for (const [month, totals] of Object.entries(found.sheets)) {
    const { rows, checks } = balanceSheet.build({ sql, coop, period: month })
    const shown = new Map(rows.map(row => [row.code, row.closing]))
    for (const name of bothSides ? (['assets', 'liabilities', 'equity'] as const) : (['equity'] as const))
      compare(`${month} ${name}`, totals[name], shown.get(name))
    said.push(...checks.filter(({ ok }) => !ok).map(({ name }) => `${coop} ${month}: ${name}`))
  }
  for (const [year, statement] of Object.entries(found.income)) {
    const { rows } = incomeDistribution.build({ sql, coop, period: year })
    const shown = new Map(rows.map(row => [row.code, row.year]))
    for (const [name, code] of Object.entries(INCOME)) compare(`${year} ${name}`, statement[name], shown.get(code))
  }
  return said
}
