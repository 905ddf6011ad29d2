import { movedOn, reconcile } from '../../domain/bank/state.ts'
import { suggestMatches } from '../../domain/bank/suggest.ts'
import { firstDay, lastDay, monthOf, plusDays } from '../../domain/calendar.ts'
import { add, fenOf, yuan } from '../../domain/money.ts'
import type { CoopState } from '../../domain/state.ts'
import { type Act, act, MONTHS, ORDER } from '../act.ts'
import type { Example } from '../example.ts'
import type { Face } from '../face.ts'

/**
 * At the end of each month the bank's statement comes in and is matched as the program suggests. The bank passes what is
 * booked on a month's last day on the first of the next, so that each month has items on their way (未达账项).
 */
export function statements({ code }: Example): Act[] {
  return MONTHS.map(month =>
    act(code, lastDay(month), `${month}银行对账`, face => reconciled(face, month), ORDER.statement),
  )
}

async function reconciled(face: Face, month: string): Promise<void> {
  for (const account of (await face.state()).books.bankAccounts.keys()) {
    const body = statementOf(await face.state(), account, month)
    if (!body) continue
    await face.run('ImportBankStatement', body)
    const { bank, books } = await face.state()
    const matches = suggestMatches(bank, books, account, lastDay(month))
    if (matches.length > 0) await face.run('MatchBankLines', { account, matches })
  }
}

function statementOf(state: CoopState, account: string, month: string) {
  const booked = [...state.books.vouchers.values()]
  if (!booked.some(({ voucher }) => movedOn(account, voucher) !== 0)) return undefined
  const before = state.bank.accounts.get(account)
  const opening = before ? reconcile(state.bank, state.books, account, before.to)!.bank : openingOf(state, account)
  const lines = booked
    .filter(({ event }) => event.type !== 'OpeningBalancesRecorded')
    .map(({ voucher }) => ({ date: passedOn(voucher.date), amount: movedOn(account, voucher), of: voucher.number }))
    .filter(({ date, amount }) => monthOf(date) === month && amount !== 0)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return {
    ...{ statement: `${account.slice(4)}-${month}`, account, from: firstDay(month), to: lastDay(month) },
    ...{ opening: yuan(opening), closing: yuan(lines.reduce((sum, { amount }) => add(sum, amount), opening)) },
    lines: lines.map(({ date, amount, of }) => ({ date, amount: yuan(amount), reference: referenceOf(of) })),
  }
}

function openingOf({ books }: CoopState, account: string): number {
  const opening = [...books.vouchers.values()].filter(({ event }) => event.type === 'OpeningBalancesRecorded')
  return opening.reduce((sum, { voucher }) => add(sum, movedOn(account, voucher)), fenOf('0.00'))
}

const passedOn = (day: string): string => (day === lastDay(monthOf(day)) ? plusDays(day, 1) : day)

/** `2025-03-记-15` → 202503000015, as a bank numbers its lines. */
const referenceOf = (voucher: string): string => {
  const [year, month, , count = ''] = voucher.split('-')
  return `${year}${month}${count.padStart(6, '0')}`
}
