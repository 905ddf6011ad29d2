import { type Day, monthOf, yearOf } from '../calendar.ts'
import { codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { type CommandName, commands } from '../commands.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { decideOffices } from '../governance/offices.ts'
import { holds } from '../governance/state.ts'
import { add, type Fen, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'
import { signed } from '../voucher.ts'
import type { handoverCommands } from './handover-commands.ts'

/** The decision by which one accountant hands the books to another (会计法 art. 39). */
export const decideHandover: Decisions<typeof handoverCommands> = {
  HandOverBooks(desk, { from, to, witness, on, appoint, list, unfinished }) {
    notInFuture(desk, on, '交接日期')
    checkPersons(desk.state, { from, to, witness, appoint })
    if (appoint) decideOffices.AppointOfficer(desk, { person: to, role: '会计', from: on })
    desk.emit('AccountantHandedOver', { from, to, witness, on, ...standing(desk, on), list, unfinished })
    desk.emit('OfficerRemoved', { person: from, role: '会计', on, reason: '会计交接' })
  },
}

type Persons = Record<'from' | 'to' | 'witness', string> & { appoint: boolean }

function checkPersons({ governance }: CoopState, { from, to, witness, appoint }: Persons): void {
  if (!holds(governance, from, ['会计'])) refuse('NotOfficer', `${from} 现在不是会计，请核对移交人。`)
  if (from === to) refuse('SamePerson', '移交人和接收人不能是同一个人，请核对。')
  if (witness === from || witness === to)
    refuse('WitnessInvolved', '监交人不能是移交人或接收人，请另请一位。', '会计法 art. 39')
  if (!holds(governance, witness, ['理事长', '理事', '监事长', '监事']))
    refuse('NotEntitled', `${witness} 不是理事或监事，不能监交。`, '会计法 art. 39')
  if (!appoint && !holds(governance, to, ['会计']))
    refuse('NotOfficer', `${to} 还不是会计，请先任命，或在交接时一并任命。`)
}

// What there is to hand over, as the books and registers have it at the end of the day.
function standing({ state }: Desk, on: Day) {
  const { books, payments, governance } = state
  const held = new Map<string, Fen>()
  for (const { voucher } of books.vouchers.values()) {
    if (voucher.date > on) continue
    for (const line of voucher.lines)
      if (/^10[12]/.test(line.account)) held.set(line.account, add(held.get(line.account) ?? 0, signed(line)))
  }
  const of = (code: string): [string, string][] =>
    [...held].filter(([account]) => codeOf(account) === code).map(([account, fen]) => [account, yuan(fen)])
  const owed = [...payments.claims.values()].filter(claim => claim.state === 'open' || claim.state === 'batched')
  return {
    cash: of('101'),
    banks: of('102'),
    vouchers: [...books.lastNumber]
      .filter(([month]) => yearOf(month) === yearOf(on) && month <= monthOf(on))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    claims: { count: owed.length, total: yuan(total(owed, ({ amount }) => amount)) },
    submissions: [...governance.waiting.keys()],
    documents: books.documents.size,
  }
}

/**
 * Refuses what books or closes to an accountant who has handed the books over; what he had submitted before may still be
 * approved by another. The actor is told by the code in `M00012 via cli`.
 */
export function checkNotHandedOver({ books, governance }: CoopState, name: CommandName, actor: string): void {
  const person = /^(M\d{5,}) via /.exec(actor)?.[1]
  if (person === undefined || !books.handedOver.has(person) || holds(governance, person, ['会计'])) return
  if (commands[name].marks.some(mark => mark === 'money' || mark === 'close'))
    refuse('NotInOffice', `${person} 已经移交会计工作，不能再制单或结账；请由接任的会计办理。`, '会计法 art. 39')
}
