import { monthOf, yearOf } from '../calendar.ts'
import { accountName, CHART, codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import type { Desk } from '../desk.ts'
import type { EventData } from '../events.ts'
import { fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { DraftLine } from '../voucher.ts'
import { drafted } from './manual.ts'
import type { openingCommands } from './opening-commands.ts'
import { keyOf, type Named, namedLines, type OpeningBody } from './opening-named.ts'

type Recorded = EventData<'OpeningBalancesRecorded'>

/** The decision that begins the books, in January or in mid-year. */
export const decideOpening: Decisions<typeof openingCommands> = {
  RecordOpeningBalances(desk, body) {
    if (desk.state.books.vouchers.size > 0) refuse('BooksBegun', '已经有凭证，不能再录期初余额；差错请用凭证更正。')
    const { on, priorYearClosed, nextNumber = [], leases } = body
    checkStart(desk, body)
    const named = namedLines(desk, body)
    const begun = accountsOf(body, named).flatMap(each => beginning(each, named))
    const movements = (body.yearToDate ?? []).flatMap(movement)
    const lines = [...begun, ...movements]
    if (lines.length < 2) refuse('NothingToOpen', '期初余额至少要有一借一贷两行；没有期初余额的，不用录。')
    const voucher = desk.voucher(
      { date: on, summary: '期初余额', lines: lines.map(({ line }) => line) },
      { noLoan: true },
    )
    const number = nextNumber.some(({ month }) => month === monthOf(on)) ? `${monthOf(on)}-记-0` : voucher.number
    desk.emit('OpeningBalancesRecorded', {
      on,
      priorYearClosed,
      ...(body.yearToDate && !isNewYear(on) ? { yearToDate: begun.length } : {}),
      ...placed(begun),
      ...(leases
        ? { leases: leases.map(each => [each.lease, each.deposit, each.prepaid, each.later, each.arrears]) }
        : {}),
      ...(nextNumber.length > 0 ? { nextNumber: nextNumber.map(({ month, number }) => [month, number]) } : {}),
      voucher: { ...voucher, number },
    })
  },
}

function checkStart({ state }: Desk, { on, lines, yearToDate, nextNumber = [] }: OpeningBody): void {
  const early = nextNumber.find(({ month }) => month < monthOf(on))
  if (early) refuse('NumberBeforeStart', `${early.month} 在期初日之前，不用填凭证起始号。`)
  if (yearToDate === undefined) return
  if (isNewYear(on) && yearToDate.length > 0)
    refuse('NoYearToDate', '1月1日建账时本年还没有发生额，请把本年累计留空，只填年初数。')
  if (isNewYear(on)) return
  const { profile } = state.governance
  if (profile && profile.firstDay !== on)
    refuse('NotFirstDay', `年中建账，期初日要和建账日 ${profile.firstDay} 是同一天，否则中间的发生额会漏记或重记。`)
  const open = lines.find(({ account }) => belongsToOneYear(account))
  if (open) {
    const year = yearOf(on) - 1
    refuse('YearStartNotClosed', `${accountName(open.account)}不应有年初数：${year}年的收支和分配年终应已结转。`)
  }
}

const isNewYear = (on: string): boolean => on.endsWith('-01-01')

const belongsToOneYear = (account: string): boolean => {
  const kind = CHART.get(codeOf(account))?.kind
  return kind === 'income' || kind === 'expense' || codeOf(account) === '321' || account.startsWith('322-各项分配')
}

type Account = { account: string; fund: string; lines: DraftLine[]; moved: number }
type Placed = Omit<Named, 'key'>

// Every account in a fund that the start names, with its beginning lines and what moved on it since.
function accountsOf(body: OpeningBody, named: readonly Named[]): Account[] {
  const accounts = new Map<string, Account>()
  const of = (account: string, fund = ''): Account => {
    const known = accounts.get(keyOf(account, fund)) ?? { account, fund, lines: [], moved: 0 }
    accounts.set(keyOf(account, fund), known)
    return known
  }
  for (const line of drafted(body.lines)) of(line.account, line.fund).lines.push(line)
  for (const { account, fund, debit, credit } of body.yearToDate ?? [])
    of(account, fund).moved += fenOf(debit ?? '0.00') - fenOf(credit ?? '0.00')
  for (const { line } of named) of(line.account, line.fund)
  return [...accounts.values()]
}

// Where the account is told apart by name, the names hold what is there on the day, and one line without a name the
// difference to the beginning of the year, which the year's movements take away again.
function beginning({ account, fund, lines, moved }: Account, all: readonly Named[]): Placed[] {
  const named = all.filter(each => each.key === keyOf(account, fund))
  if (named.length === 0) return lines.map(line => ({ line }))
  const began = total(lines, ({ debit = 0, credit = 0 }) => debit - credit)
  const held = total(named, ({ line: { debit = 0, credit = 0 } }) => debit - credit)
  if (held !== began + moved) {
    refuse(
      'DetailsDiffer',
      `${accountName(account)}${fund ? `（${fund}）` : ''}明细合计 ${grouped(yuan(held))}，总账余额 ${grouped(yuan(began + moved))}，差 ${grouped(yuan(held - began - moved))}；请核对明细。`,
      undefined,
      { account, fund, details: yuan(held), balance: yuan(began + moved) },
    )
  }
  const rest = { account, ...(moved > 0 ? { credit: moved } : { debit: -moved }), ...(fund ? { fund } : {}) }
  return [...named, ...(moved === 0 ? [] : [{ line: rest }])]
}

function movement({ account, fund, debit, credit }: NonNullable<OpeningBody['yearToDate']>[number]): Placed[] {
  const of = { account, ...(fund ? { fund } : {}) }
  return [
    ...(debit ? [{ line: { ...of, debit: fenOf(debit) } }] : []),
    ...(credit ? [{ line: { ...of, credit: fenOf(credit) } }] : []),
  ]
}

function placed(lines: readonly Placed[]): Pick<Recorded, 'details' | 'claims'> {
  const details: [number, number][] = []
  const claims: NonNullable<Recorded['claims']> = []
  for (const [index, { year, origin }] of lines.entries()) {
    if (year === undefined) continue
    if (origin === undefined) details.push([index, year])
    else claims.push({ line: index, origin, year })
  }
  return { ...(details.length > 0 ? { details } : {}), ...(claims.length > 0 ? { claims } : {}) }
}
