import { fundAccount } from '../domain/books/state.ts'
import { monthOf } from '../domain/calendar.ts'
import { yuan } from '../domain/money.ts'
import type { Refusal } from '../domain/refusal.ts'
import { type AccountRow, accountRows, newAccounts } from './import-opening-accounts.ts'
import { type Known, Names } from './import-opening-names.ts'
import { checkFunds, type InTransit, inTransit, nextNumbers } from './import-opening-rest.ts'
import { OpeningTables } from './import-opening-sheets.ts'
import {
  carryOut,
  type Imported,
  type ImportOptions,
  type ImportPorts,
  importedBefore,
  importId,
  sourceOf,
} from './import-run.ts'
import type { Request } from './ledger.ts'
import { BadCells, type Sheet } from './workbook.ts'

/** For the first statement of a bank account: what it must open with, and the items to give it as `outstanding`. */
export type Outstanding = {
  opening: string
  outstanding: { voucher: string; amount: string }[]
  items: InTransit['items']
}

export type OpeningImported = Imported & {
  on: string
  voucher: string
  accounts: number
  details: number
  claims: number
  leases: number
  opened: string[]
  /** Whether it waits for a second person, as the review policy wants it. */
  waiting: boolean
  banks: Record<string, Outstanding>
  /** What would be booked, as it was understood. */
  understood: Record<string, unknown>
}

export type OpeningOptions = ImportOptions & { sheets: readonly Sheet[]; openAccounts: boolean; values: boolean }

const KIND = 'opening'

/**
 * Begins a co-op's books on its first day with a workbook of opening balances (already read), whole or not at all; throws
 * BadCells with every wrong cell.
 */
export async function importOpening(
  ports: ImportPorts,
  options: OpeningOptions,
): Promise<OpeningImported | { refusal: Refusal }> {
  const { coop, bytes, actor, dryRun, openAccounts, sheets, values } = options
  const source = sourceOf(bytes)
  const state = await ports.ledger.state(coop)
  const on = state.governance.profile?.firstDay
  if (on === undefined)
    return { refusal: { code: 'CoopUnknown', message: `账里还没有 ${coop} 这个组织，请先建社（EstablishCoop）。` } }
  const tables = new OpeningTables(sheets, { values })
  if (tables.problems.length > 0) throw new BadCells(tables.problems)
  const known: Known = { tables, vault: ports.vault, state, on }
  const accounts = accountRows(tables, state, { on, openAccounts })
  const body = bodyOf(known, accounts)
  const transit = inTransit(known, accounts)
  checkFunds(known, accounts, fund => {
    const opened = state.funds.funds.get(fund)
    return opened && fundAccount(opened.kind, fund)
  })
  const importedAt = await importedBefore(ports, coop, source, KIND)
  const opened = importedAt === undefined ? newAccounts(accounts, state) : []
  const voucher = `${monthOf(on)}-记-0`
  const facts = {
    ...{ dryRun, encoding: 'XLSX', source, rows: accounts.length, warnings: [], on, voucher },
    ...{ accounts: accounts.length, details: body.details.length, leases: body.leases.length, opened },
    claims: body.claims.reduce((count, { items }) => count + items.length, 0),
    waiting: false,
    banks: banksOf(voucher, accounts, transit),
    understood: body,
  }
  if (importedAt !== undefined) return { ...facts, events: 0, importedAt }
  if (tables.problems.length > 0) throw new BadCells(tables.problems)
  const requests: Request[] = [
    ...opened.map(account => ['OpenSubAccount', { account, on }]),
    ['RecordOpeningBalances', body],
  ]
    .map(([name, content]) => ({ coop, name: name as string, body: content, actor, commandId: '' }))
    .map((request, index) => ({ ...request, commandId: importId(source, KIND, index + 1) }))
  const done = await carryOut(ports, requests, dryRun)
  if ('refusal' in done) return done
  const booked = (await ports.ledger.state(coop)).books.vouchers.has(voucher)
  return { ...facts, events: done.events, waiting: !dryRun && !booked }
}

function bodyOf(known: Known, accounts: readonly AccountRow[]) {
  const names = new Names(known)
  const before = known.tables.problems.length
  const [details, claims, leases] = [names.details(), names.claims(), names.rents()]
  // A row that could not be read would show as a difference as well.
  if (known.tables.problems.length === before) names.compare(accounts)
  const place = ({ account, fund }: AccountRow) => ({ account, ...(fund ? { fund } : {}) })
  const moved = accounts.filter(({ debit, credit }) => debit !== 0 || credit !== 0)
  return {
    ...{ on: known.on, priorYearClosed: true, details, claims, leases, nextNumber: nextNumbers(known) },
    lines: accounts
      .filter(({ began }) => began !== 0)
      .map(row => ({ ...place(row), ...(row.began > 0 ? { debit: yuan(row.began) } : { credit: yuan(-row.began) }) })),
    yearToDate: moved.map(row => ({
      ...place(row),
      ...(row.debit > 0 ? { debit: yuan(row.debit) } : {}),
      ...(row.credit > 0 ? { credit: yuan(row.credit) } : {}),
    })),
  }
}

function banksOf(
  voucher: string,
  accounts: readonly AccountRow[],
  transit: ReadonlyMap<string, InTransit>,
): Record<string, Outstanding> {
  const banks: Record<string, Outstanding> = {}
  for (const [account, rows] of Map.groupBy(accounts, each => each.account)) {
    if (!account.startsWith('102-')) continue
    const book = rows.reduce((sum, { balance }) => sum + balance, 0)
    const { amount = 0, items = [] } = transit.get(account) ?? {}
    const outstanding = items.map(item => ({ voucher, amount: item.amount }))
    banks[account] = { opening: yuan(book - amount), outstanding, items }
  }
  return banks
}
