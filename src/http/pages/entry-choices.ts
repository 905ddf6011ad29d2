import { wordsOnLines } from '../../../projections/line-words.ts'
import { accountName, CHART, subOf } from '../../domain/chart.ts'
import { partyName } from '../../domain/fields.ts'
import type { CoopState } from '../../domain/state.ts'
import type { Sql } from '../../store/sql.ts'
import type { Choices } from '../../web/voucher-entry-page.ts'

/** What the entry form offers: open accounts, usual counterparties, funds, projects used before, leases. */
export function choicesOf(sql: Sql, coop: string, { books, funds, property }: CoopState): Choices {
  const leases = [...property.leases].filter(([, { ended }]) => ended === undefined)
  const itself = (word: string) => [word, word] as const
  return {
    account: accountsOf(books.subAccounts).map(path => [path, accountName(path)]),
    counterparty: wordsOnLines(sql, coop, 'counterparty').map(itself),
    fund: [...funds.funds.keys()].map(itself),
    project: wordsOnLines(sql, coop, 'project').map(itself),
    lease: leases.map(([id, { tenant }]) => [id, `${id} ${partyName(tenant)}`]),
  }
}

/** The account that is meant by its code and sub-account or by its name alone; as typed when that is not one account. */
export function accountMeant(text: string, { books }: CoopState): string {
  const accounts = accountsOf(books.subAccounts)
  if (text === '' || accounts.includes(text)) return text
  const named = accounts.filter(path => accountName(path) === text || subOf(path) === text)
  return named.length === 1 ? named[0]! : text
}

// 321 and what is distributed are written by their own commands alone.
function accountsOf(subAccounts: ReadonlySet<string>): string[] {
  return [...CHART.keys(), ...subAccounts].filter(path => path !== '322' && !/^(321|322-各项分配)/.test(path)).sort()
}
