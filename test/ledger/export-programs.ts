import { writeFileSync } from 'node:fs'
import { accountSums } from '../../projections/trial-balance.ts'
import { plusMonths } from '../../src/domain/calendar.ts'
import { beancountAccounts, journalBeancount } from '../../src/ledger/export-beancount.ts'
import { hledgerAccount, journalHledger } from '../../src/ledger/export-journal.ts'
import { streamOf } from '../../src/ledger/ledger.ts'
import type { Codec } from '../../src/store/codec.ts'
import type { EventStore } from '../../src/store/port.ts'
import type { Sql } from '../../src/store/sql.ts'
import { runProgram } from '../support/programs.ts'

export type Books = { sql: Sql; store: EventStore; codec: Codec }
/** Fen, debit positive, by `fund|month|account`; what is zero is left out. */
export type Movements = Map<string, number>

const FUNDS = 'SELECT DISTINCT fund FROM balances WHERE coop = ? ORDER BY fund'
const SPAN = 'SELECT min(month) AS first, max(month) AS last FROM balances WHERE coop = ?'

/** What each account moved in each fund and month, by the read models. */
export function ownMovements(sql: Sql, coop: string): Movements {
  const found: Movements = new Map()
  const { first, last } = sql.get<{ first: string; last: string }>(SPAN, coop)!
  for (const { fund } of sql.all<{ fund: string }>(FUNDS, coop)) {
    for (let month = first; month <= last; month = plusMonths(month, 1)) {
      for (const { account, debit, credit } of accountSums(sql, coop, month, fund))
        note(found, fund, month, account, debit - credit)
    }
  }
  return found
}

/** The same by hledger, whose strict checks the journal has to pass, ordered dates among them. */
export async function hledgerMovements(books: Books, coop: string, file: string): Promise<Movements> {
  await written(journalHledger(books.store.read(streamOf(coop)), books.codec, coop), file)
  runProgram('hledger', ['-f', file, 'check', '--strict', 'ordereddates'])
  const names = namesOf(books.sql, coop, hledgerAccount)
  const found: Movements = new Map()
  for (const { fund } of books.sql.all<{ fund: string }>(FUNDS, coop)) {
    const filter = fund === '' ? 'not:tag:fund' : `tag:fund=^${fund.replace(/[.()]/g, '\\$&')}$`
    const [heading = [], ...rows] = csv(runProgram('hledger', ['-f', file, 'bal', '-M', '-O', 'csv', '-N', filter]))
    for (const [name = '', ...amounts] of rows) {
      for (const [index, amount] of amounts.entries())
        note(found, fund, heading[index + 1] ?? '', names.get(name) ?? name, fen(amount))
    }
  }
  return found
}

/** The same by beancount, whose own checker the file has to pass. */
export async function beancountMovements(books: Books, coop: string, file: string): Promise<Movements> {
  await written(journalBeancount(books.store.read(streamOf(coop)), books.codec, coop), file)
  runProgram('bean-check', [file])
  const accounts = [...namesOf(books.sql, coop, account => account).keys()]
  const names = new Map([...beancountAccounts(accounts)].map(([account, name]) => [name, account]))
  const query = `SELECT account, any_meta('fund') AS fund, year, month, sum(number) AS amount GROUP BY account, fund, year, month`
  const found: Movements = new Map()
  for (const [name = '', fund = '', year, month = '', amount] of csv(
    runProgram('bean-query', ['-f', 'csv', file, query]),
  ).slice(1))
    note(found, fund, `${year}-${month.padStart(2, '0')}`, names.get(name) ?? name, fen(amount))
  return found
}

function namesOf(sql: Sql, coop: string, nameOf: (account: string) => string): Map<string, string> {
  const accounts = sql.all<{ account: string }>('SELECT DISTINCT account FROM balances WHERE coop = ?', coop)
  const all = new Set(accounts.flatMap(({ account }) => [account, account.slice(0, 3)]))
  return new Map([...all].sort().map(account => [nameOf(account), account]))
}

function note(found: Movements, fund: string, month: string, account: string, amount: number): void {
  if (amount !== 0) found.set(`${fund}|${month}|${account}`, amount)
}

const fen = (amount = '0'): number => Math.round(Number(amount.replace(' CNY', '')) * 100)

// No name holds a comma or a quote: both would be told apart from the fund by the tests.
const csv = (text: Buffer): string[][] =>
  text
    .toString()
    .trim()
    .split('\n')
    .map(line => line.split(',').map(cell => cell.trim().replace(/^"|"$/g, '')))

async function written(text: AsyncIterable<string>, file: string): Promise<void> {
  let whole = ''
  for await (const piece of text) whole += piece
  writeFileSync(file, whole)
}

/** Movements as a sorted list, for comparison. */
export const sorted = (movements: Movements): [string, number][] =>
  [...movements].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
