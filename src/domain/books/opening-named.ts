import type { Decisions } from '../command.ts'
import type { Desk } from '../desk.ts'
import { partyName } from '../fields.ts'
import { type Fen, fenOf, total } from '../money.ts'
import type { Lease } from '../property/state.ts'
import { refuse } from '../refusal.ts'
import type { DraftLine } from '../voucher.ts'
import { drafted } from './manual.ts'
import type { openingCommands } from './opening-commands.ts'

export type OpeningBody = Parameters<Decisions<typeof openingCommands>['RecordOpeningBalances']>[1]

/** A line of the start that names whose it is; `year` and `origin` where the amount is of one. */
export type Named = { key: string; line: DraftLine; year?: number; origin?: string }

/** Accounts on which a claim that PreparePayments can pay may lie. */
const CLAIMS = /^(113|211)-(分红|津贴|奖学助学|救助|补助)$/

/** The key by which an account in a fund is told apart. */
export const keyOf = (account: string, fund = ''): string => `${account}|${fund}`

/** Every line of the start that stands for a counterparty, a lease or persons, with the account it belongs to. */
export function namedLines(desk: Desk, body: OpeningBody): Named[] {
  const details = (body.details ?? []).map(({ year, ...line }) => ({
    key: keyOf(line.account, line.fund),
    line: drafted([line])[0]!,
    year,
  }))
  return [...details, ...leaseLines(desk, body.leases ?? []), ...claimLines(desk, body.claims ?? [])]
}

type Leases = NonNullable<OpeningBody['leases']>

function leaseLines({ state }: Desk, leases: Leases): Named[] {
  const seen = new Set<string>()
  return leases.flatMap(({ lease: id, deposit, prepaid, later, arrears }) => {
    const lease = state.property.leases.get(id)
    if (!lease) refuse('LeaseUnknown', `没有编号为 ${id} 的合同，请先登记资产、签订合同，再录期初余额。`)
    if (seen.has(id)) refuse('ListedTwice', `合同 ${id} 在期初里出现了两次，请合并成一行。`)
    seen.add(id)
    const own = lease.tenantIsMember ? '113' : '211'
    return [
      ofLease(id, lease, `${own}-押金`, { credit: fenOf(deposit) }),
      ofLease(id, lease, `${own}-预收租金`, { credit: fenOf(prepaid) }),
      ofLease(id, lease, '221-预收租金', { credit: fenOf(later) }),
      ofLease(id, lease, lease.tenantIsMember ? '113-租金' : '112-租金', { debit: fenOf(arrears) }),
    ].filter(({ line: { debit = 0, credit = 0 } }) => debit !== 0 || credit !== 0)
  })
}

function ofLease(id: string, lease: Lease, account: string, side: { debit: Fen } | { credit: Fen }): Named {
  return { key: keyOf(account), line: { account, ...side, counterparty: partyName(lease.tenant), lease: id } }
}

function claimLines({ state }: Desk, claims: NonNullable<OpeningBody['claims']>): Named[] {
  const seen = new Set<string>()
  return claims.map(({ origin, year, account, fund, items }) => {
    if (!CLAIMS.test(account))
      refuse('ClaimAccount', `未付款项要记在 113 或 211 的分红、津贴、奖学助学、救助、补助明细，不能记在 ${account}。`)
    for (const [person] of items) {
      if (!state.register.persons.has(person))
        refuse('PersonUnknown', `登记册里没有 ${person}，请先登记，再录他的未付款项。`)
      if (seen.has(`${origin}|${person}`)) refuse('ListedTwice', `${person} 在 ${origin} 里出现了两次，请合并成一行。`)
      seen.add(`${origin}|${person}`)
    }
    const credit = total(items, ([, amount]) => fenOf(amount))
    const line = { account, credit, breakdown: items, ...(fund ? { fund } : {}) }
    return { key: keyOf(account, fund), line, year, origin }
  })
}
