import { accountName, codeOf } from '../chart.ts'
import { ROLES } from '../governance/events.ts'
import { type Governance, holds, inOffice } from '../governance/state.ts'
import { add, type Fen, grouped, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'
import type { Draft } from '../voucher.ts'
import { type ByName, bookByName } from './by-name.ts'
import type { Books } from './state.ts'

/** 理事长 M00004, or 理事长 M00004 的近亲属 M00009; undefined for one who is neither. */
export function officeOf(governance: Governance, person: string): string | undefined {
  const serving = inOffice(governance)
  if (serving.has(person)) return `${roleOf(governance, person)} ${person} `
  const pair = governance.kin.find(([a, b]) => (a === person && serving.has(b)) || (b === person && serving.has(a)))
  const officer = pair?.find(each => each !== person)
  return officer && `${roleOf(governance, officer)} ${officer} 的近亲属 ${person} `
}

const roleOf = (governance: Governance, person: string): string =>
  ROLES.filter(role => holds(governance, person, [role])).join('、')

/**
 * Refuses a voucher after which an officer, or a declared near relative of one, owes the co-op more than before
 * (农村集体经济组织法 art. 35: no borrowing from it, directly or indirectly). Paying what the person is owed is none of that: it
 * is the balance on the account that counts. A red or correcting voucher may bring back the debt there was before its
 * original, and no more. `moved` holds what earlier vouchers of the same decision did.
 */
export function checkOfficersDebts({ books, governance }: CoopState, draft: Draft, moved: Map<string, Fen>): void {
  const touched = new Map<string, { account: string; person: string; fen: Fen }>()
  for (const { account, counterparty: person, debit = 0, credit = 0 } of draft.lines) {
    if (!person || !['112', '113'].includes(codeOf(account))) continue
    const id = `${account}\n${person}`
    touched.set(id, { account, person, fen: add(touched.get(id)?.fen ?? 0, debit - credit) })
  }
  for (const [id, { account, person, fen }] of touched) {
    moved.set(id, add(moved.get(id) ?? 0, fen))
    const owes = (books.byName.get(account)?.get(person) ?? 0) + moved.get(id)!
    const office = fen > 0 && owes > 0 ? officeOf(governance, person) : undefined
    if (!office || owes <= heldBefore(books, account, person, draft.reverses ?? draft.corrects)) continue
    refuse(
      'OfficerDebt',
      `${office}不能向本社借款：这张凭证之后${accountName(account)}里本人欠 ${grouped(yuan(owes))} 元；备用金请用“支付备用金”办理。`,
      '农村集体经济组织法 art. 35',
    )
  }
}

// What the account held by that name before a voucher was booked; 0 where there is no voucher to go back to.
function heldBefore({ vouchers }: Books, account: string, name: string, number: string | undefined): Fen {
  if (number === undefined) return 0
  const before: ByName = new Map()
  for (const [each, { event, voucher }] of vouchers) {
    if (each === number) break
    bookByName(before, voucher, event.data, vouchers.get(voucher.reverses ?? ''))
  }
  return before.get(account)?.get(name) ?? 0
}
