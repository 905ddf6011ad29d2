import { parse } from 'csv-parse/sync'
import { fenOf } from '../../../src/domain/money.ts'
import { runProgram } from '../../support/programs.ts'

/** Fen of accounts by month; an account is written `102-基本户`, debit positive. */
export type Monthly = ReadonlyMap<string, readonly number[]>

const csv = (journal: string, args: readonly string[]): string[][] =>
  parse(runProgram('hledger', ['-f', journal, ...args, '-O', 'csv']), { relaxColumnCount: true })

const YEAR = ['-b', '2025-01-01', '-e', '2026-01-01']

/** Every account's balance at the end of each month of 2025 (`-H`), or what it moved in each; `query` narrows it. */
export function monthly(journal: string, what: 'standing' | 'moved', ...query: readonly string[]): Monthly {
  const historical = what === 'standing' ? ['-H'] : []
  const [, ...rows] = csv(journal, ['bal', '-M', ...historical, ...YEAR, '--flat', '-N', ...query])
  return new Map(rows.map(([account = '', ...amounts]) => [coded(account), amounts.map(fen)]))
}

/** What every account stood at before a day. */
export function standingBefore(journal: string, day: string): ReadonlyMap<string, number> {
  const rows = csv(journal, ['bal', '-e', day, '--flat', '-N'])
  return new Map(rows.slice(1).map(([account = '', amount = '0']) => [coded(account), fen(amount)]))
}

export type Posting = { account: string; date: string; code: string; amount: number }

/** Every posting of 2025 in the order of the journal. */
export function postings(journal: string): Posting[] {
  const [, ...rows] = csv(journal, ['reg', ...YEAR])
  return rows.map(([, date = '', code = '', , account = '', amount = '']) => ({
    ...{ account: coded(account), date, code, amount: fen(amount) },
  }))
}

/** The balance of an account with its sub-accounts in a month; months count from 0. */
export function sumUnder(all: Monthly, account: string, month: number): number {
  let sum = 0
  for (const [name, amounts] of all) if (name === account || name.startsWith(`${account}-`)) sum += amounts[month] ?? 0
  return sum
}

// `102 银行存款:基本户` is 102-基本户.
function coded(account: string): string {
  const [, code = '', sub] = /^(\d{3})[^:]*(?::(.+))?$/.exec(account) ?? []
  return sub === undefined ? code : `${code}-${sub.replaceAll(':', '-')}`
}

const fen = (amount: string): number => fenOf(Number(amount.replace(' CNY', '')).toFixed(2))
