import { z } from 'zod'
import { accountName, codeOf } from '../domain/chart.ts'
import { account as accountField, amount, amountOrZero, year } from '../domain/fields.ts'
import { add, type Fen, fenOf, grouped, yuan } from '../domain/money.ts'
import { isMember } from '../domain/register/state.ts'
import type { CoopState } from '../domain/state.ts'
import type { AccountRow } from './import-opening-accounts.ts'
import type { OpeningTables, SheetName } from './import-opening-sheets.ts'
import { findParty } from './import-party.ts'
import type { Vault } from './vault.ts'
import type { TableRow } from './workbook-table.ts'

type Row = TableRow<string>
export type Known = { tables: OpeningTables; vault: Vault; state: CoopState; on: string }
export type Detail = {
  account: string
  fund?: string
  counterparty: string
  year: number
  debit?: string
  credit?: string
}
export type Claim = { origin: string; year: number; account: string; fund?: string; items: [string, string][] }
export type Rent = { lease: string; deposit: string; prepaid: string; later: string; arrears: string }

/** What stands on an account by name, and the cell that says so first. */
type Held = Map<string, { fen: Fen; sheet: SheetName; row: number; column: string }>

const KINDS = z.enum(['分红', '津贴', '奖学助学', '救助', '补助'], '来源只能是 分红、津贴、奖学助学、救助、补助')
const YEAR = z
  .string()
  .regex(/^\d{4}$/, '年度要写成 2024')
  .transform(Number)
  .pipe(year)
const DETAILED = new Set(['112', '113', '211', '221'])

/** Counts what the sheets say by name against what each account holds. */
export class Names {
  readonly #held: Held = new Map()
  readonly #known: Known

  constructor(known: Known) {
    this.#known = known
  }

  /** The sheet 往来明细. */
  details(): Detail[] {
    const { tables, vault, state } = this.#known
    return tables.rows('往来明细').flatMap(row => {
      const account = tables.read('往来明细', row, 'account', accountField)
      const of = tables.read('往来明细', row, 'year', YEAR)
      const [debit, credit] = ['debit', 'credit'].map(column => this.#amount('往来明细', row, column))
      const party = findParty(vault, state, row.cells.counterparty ?? '')
      if (row.cells.counterparty === '') tables.fault('往来明细', row.row, 'counterparty', '不能为空。')
      else if ('fault' in party) tables.fault('往来明细', row.row, 'counterparty', party.fault)
      else if ('enrol' in party)
        tables.fault('往来明细', row.row, 'counterparty', '登记册里没有这个人，请先登记，或填成员码。')
      if ((debit === 0) === (credit === 0)) tables.fault('往来明细', row.row, 'debit', '借方和贷方要填一边，只填一边。')
      if (account === undefined || of === undefined || !('keep' in party)) return []
      const side = debit ? { debit: yuan(debit) } : { credit: yuan(credit ?? 0) }
      const fund = row.cells.fund ? { fund: row.cells.fund } : {}
      this.#hold('往来明细', row, 'account', account, row.cells.fund, (debit ?? 0) - (credit ?? 0))
      return [{ account, ...fund, counterparty: party.keep, year: of, ...side }]
    })
  }

  /** The sheet 未付分红福利, one claim an origin, account and fund. */
  claims(): Claim[] {
    const { tables, state, on } = this.#known
    const claims = new Map<string, Claim>()
    const seen = new Set<string>()
    for (const row of tables.rows('未付分红福利')) {
      const person = this.#person(row)
      const kind = tables.read('未付分红福利', row, 'kind', KINDS)
      const of = tables.read('未付分红福利', row, 'year', YEAR)
      const owed = tables.read('未付分红福利', row, 'amount', amount)
      if (person === undefined || kind === undefined || of === undefined || owed === undefined) continue
      const origin = `期初-${kind}-${of}`
      if (seen.has(`${origin}|${person}`))
        tables.fault('未付分红福利', row.row, 'member', `${person} 的${of}年${kind}出现了两次，请合并成一行。`)
      seen.add(`${origin}|${person}`)
      const account = `${isMember(state.register.persons.get(person), on) ? '113' : '211'}-${kind}`
      const fund = row.cells.fund ?? ''
      const id = `${origin}|${account}|${fund}`
      const claim = claims.get(id) ?? { origin, year: of, account, ...(fund ? { fund } : {}), items: [] }
      claims.set(id, claim)
      claim.items.push([person, owed])
      this.#hold('未付分红福利', row, 'amount', account, fund, -fenOf(owed))
    }
    return [...claims.values()]
  }

  /** The sheet 租户. */
  rents(): Rent[] {
    const { tables, state } = this.#known
    const seen = new Set<string>()
    return tables.rows('租户').flatMap(row => {
      const id = row.cells.lease ?? ''
      const lease = state.property.leases.get(id)
      const columns = ['deposit', 'prepaid', 'later', 'arrears'] as const
      const [deposit = 0, prepaid = 0, later = 0, arrears = 0] = columns.map(column =>
        this.#amount('租户', row, column),
      )
      if (!lease) tables.fault('租户', row.row, 'lease', `没有编号为 ${id} 的合同，请先登记资产、签订合同。`)
      if (seen.has(id)) tables.fault('租户', row.row, 'lease', `合同 ${id} 出现了两次，请合并成一行。`)
      seen.add(id)
      if (!lease) return []
      const own = lease.tenantIsMember ? '113' : '211'
      this.#hold('租户', row, 'deposit', `${own}-押金`, '', -deposit)
      this.#hold('租户', row, 'prepaid', `${own}-预收租金`, '', -prepaid)
      this.#hold('租户', row, 'later', '221-预收租金', '', -later)
      this.#hold('租户', row, 'arrears', lease.tenantIsMember ? '113-租金' : '112-租金', '', arrears)
      return [{ lease: id, deposit: yuan(deposit), prepaid: yuan(prepaid), later: yuan(later), arrears: yuan(arrears) }]
    })
  }

  /** Compares all that was read by name with the accounts; every account of dealings must be told apart whole. */
  compare(accounts: readonly AccountRow[]): void {
    const { tables } = this.#known
    const left = new Map(this.#held)
    for (const { row, account, fund, balance } of accounts) {
      const held = left.get(`${account}|${fund}`)
      left.delete(`${account}|${fund}`)
      if (!held && !DETAILED.has(codeOf(account))) continue
      const named = held?.fen ?? 0
      if (named === balance) continue
      const reason = `${accountName(account)}余额 ${grouped(yuan(balance))}，往来明细、未付分红福利和租户三张表合计 ${grouped(yuan(named))}（借方为正），差 ${grouped(yuan(balance - named))}。`
      tables.fault('科目', row, 'balance', reason)
    }
    for (const [id, { fen, sheet, row, column }] of left) {
      const [account = ''] = id.split('|')
      if (fen !== 0)
        tables.fault(sheet, row, column, `“科目”表里没有 ${account} 的余额，这里有 ${grouped(yuan(fen))}。`)
    }
  }

  #hold(sheet: SheetName, { row }: Row, column: string, account: string, fund: string | undefined, fen: Fen): void {
    if (fen === 0) return
    const id = `${account}|${fund ?? ''}`
    const held = this.#held.get(id) ?? { fen: 0, sheet, row, column }
    this.#held.set(id, { ...held, fen: add(held.fen, fen) })
  }

  #amount(sheet: SheetName, row: Row, column: string): Fen {
    if (row.cells[column] === '') return 0
    return fenOf(this.#known.tables.read(sheet, row, column, amountOrZero) ?? '0.00')
  }

  #person(row: Row): string | undefined {
    const { tables, vault, state } = this.#known
    const { member = '', id_number: number = '' } = row.cells
    const fault = (column: string, reason: string) => tables.fault('未付分红福利', row.row, column, reason)
    if (member === '' && number === '') return void fault('member', '成员码、身份证号至少要填一项。')
    const byId = number === '' ? undefined : vault.findById(number)
    if (number !== '' && byId === undefined) return void fault('id_number', '没有登记过这个身份证号。')
    if (member !== '' && byId !== undefined && member !== byId)
      return void fault('member', `和身份证号不是同一个人（应是 ${byId}）。`)
    const code = byId ?? member
    if (!state.register.persons.has(code)) return void fault('member', `本社登记册里没有 ${code}，请先登记。`)
    return code
  }
}
