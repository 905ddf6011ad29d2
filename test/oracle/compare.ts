import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fundsOver } from '../../projections/fund-rows.ts'
import { type TrialBalanceRow, trialBalanceOf } from '../../projections/trial-balance.ts'
import { journal } from '../../projections/vouchers.ts'
import { plusMonths } from '../../src/domain/calendar.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { journalNdjson } from '../../src/ledger/export-journal.ts'
import type { RecordedEvent } from '../../src/store/port.ts'
import type { Sql } from '../../src/store/sql.ts'

export const ORACLE = import.meta.dirname

type Fen = number
/** What the oracle found of one co-op; its movements are fund → month → account → [debit, credit]. */
export type Found = {
  events: number
  movements: Record<string, Record<string, Record<string, [Fen, Fen]>>>
  vouchers: Record<string, number>
  funds: Record<string, Fen>
  dividends: Record<string, [string, Fen][]>
  sheets: Record<string, Record<'assets' | 'liabilities' | 'equity', Fen>>
  income: Record<string, Record<string, Fen>>
  complaints: string[]
}
export type Tally = { figures: number; vouchers: number; events: number }

/** Runs the oracle (or a changed copy of it) on NDJSON lines, by way of a file. */
export function oracle(ndjson: string, file: string, folder = ORACLE): Record<string, Found> {
  writeFileSync(file, ndjson)
  const said = execFileSync('python3', ['-B', join(folder, 'oracle.py'), file], { maxBuffer: 1 << 28 })
  return JSON.parse(said.toString()) as Record<string, Found>
}

/** The log as `export log` writes it. */
export async function exported(events: AsyncIterable<RecordedEvent>): Promise<string> {
  let text = ''
  for await (const piece of journalNdjson(events)) text += piece
  return text
}

/** Where the read models of a co-op differ from the oracle's figures, in words; counts what was compared. */
export function differences(sql: Sql, coop: string, found: Found, tally: Tally): string[] {
  const said = [...found.complaints]
  const months = monthsOf(found)
  for (const fund of [undefined, '', ...Object.keys(found.movements).filter(name => name !== '')]) {
    for (const month of months) {
      const shown = trialBalanceOf(sql, coop, month, fund)
      said.push(...compared(`${coop} ${fund ?? '合计'} ${month}`, shown, expected(found, month, fund)))
      tally.figures += shown.length * 4
    }
  }
  said.push(...countsOf(sql, coop, found), ...fundsOf(sql, coop, found, months.at(-1)!))
  tally.events += found.events
  tally.vouchers += Object.values(found.vouchers).reduce((sum, count) => sum + count, 0)
  return said
}

function monthsOf({ movements }: Found): string[] {
  const booked = Object.values(movements).flatMap(months => Object.keys(months))
  const last = booked.reduce((a, b) => (a > b ? a : b))
  const months = [booked.reduce((a, b) => (a < b ? a : b))]
  while (months.at(-1)! < last) months.push(plusMonths(months.at(-1)!, 1))
  return months
}

type Sums = { opening: Fen; debit: Fen; credit: Fen }

function expected({ movements }: Found, month: string, fund: string | undefined): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const [name, byMonth] of Object.entries(movements)) {
    if (fund !== undefined && name !== fund) continue
    for (const [when, accounts] of Object.entries(byMonth)) {
      if (when > month) continue
      for (const [account, [debit, credit]] of Object.entries(accounts)) {
        for (const each of new Set([account, account.slice(0, 3)])) {
          const sum = sums.get(each) ?? { opening: 0, debit: 0, credit: 0 }
          sums.set(each, sum)
          if (when < month) sum.opening += debit - credit
          else {
            sum.debit += debit
            sum.credit += credit
          }
        }
      }
    }
  }
  return new Map([...sums].filter(([, { opening, debit, credit }]) => opening !== 0 || debit !== 0 || credit !== 0))
}

function compared(where: string, shown: readonly TrialBalanceRow[], ours: Map<string, Sums>): string[] {
  const rows = new Map(shown.map(row => [row.account, row]))
  return [...new Set([...rows.keys(), ...ours.keys()])].flatMap(account => {
    const { opening, debit, credit } = ours.get(account) ?? { opening: 0, debit: 0, credit: 0 }
    const theirs = rows.get(account)
    const wanted = [opening, debit, credit, opening + debit - credit].map(yuan).join(' ')
    const given = theirs ? [theirs.opening, theirs.debit, theirs.credit, theirs.closing].join(' ') : 'nothing'
    return wanted === given ? [] : [`${where} ${account}: ${wanted} by the facts, ${given} in the tables`]
  })
}

function countsOf(sql: Sql, coop: string, { vouchers }: Found): string[] {
  const counts: Record<string, number> = {}
  for (const { number } of journal(sql, coop)) counts[number.slice(0, 7)] = (counts[number.slice(0, 7)] ?? 0) + 1
  return [...new Set([...Object.keys(counts), ...Object.keys(vouchers)])]
    .filter(month => counts[month] !== vouchers[month])
    .map(month => `${coop} ${month}: ${vouchers[month]} vouchers by the facts, ${counts[month]} in the tables`)
}

function fundsOf(sql: Sql, coop: string, { funds }: Found, month: string): string[] {
  const shown = new Map(fundsOver(sql, coop, month).map(({ fund, closing }) => [fund, fenOf(closing)]))
  return [...new Set([...shown.keys(), ...Object.keys(funds)])]
    .filter(fund => shown.get(fund) !== funds[fund])
    .map(fund => `${coop} fund ${fund}: ${funds[fund]} fen by the facts, ${shown.get(fund)} in the tables`)
}
