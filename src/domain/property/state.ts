import { type Day, daysBetween, firstDay, lastDay, type Month, monthOf, plusMonths } from '../calendar.ts'
import type { CoopEvent, EventData } from '../events.ts'
import type { Party } from '../fields.ts'
import { add, type Fen, fenOf, share } from '../money.ts'
import { invariant } from '../refusal.ts'
import { type Cards, emptyCards, evolveCards, undoCards } from './card-state.ts'

/** A lease and what its tenant owes (arrears), has paid ahead (prepaid, later) and left as deposit. Fen. */
export type Lease = {
  asset: string
  tenant: Party
  tenantIsMember: boolean
  from: Day
  to: Day
  rents: { from: Month; gross: Fen }[]
  vatRate: string
  income: string
  agreedDeposit: Fen
  deposit: Fen
  arrears: Fen
  prepaid: Fen
  later: Fen
  accrued: Set<Month>
  /** What a month's rent took of the money paid more than a year ahead, to be put back there. */
  fromLater: Map<Month, Fen>
  promises: Set<string>
  ended?: string
}
export type Property = { assets: Map<string, EventData<'AssetRegistered'>>; leases: Map<string, Lease> } & Cards

/** No assets, no leases. */
export const emptyProperty = (): Property => ({ assets: new Map(), leases: new Map(), ...emptyCards() })

/** Keeps assets, their cards, leases and each lease's running account. */
export function evolveProperty(property: Property, event: CoopEvent): void {
  evolveCards(property, event)
  const { type, data } = event
  switch (type) {
    case 'AssetRegistered':
      property.assets.set(data.asset, data)
      break
    case 'LeaseSigned':
      property.leases.set(data.lease, signed(data))
      break
    case 'LeaseAmended': {
      const lease = leaseOf(property, data.lease)
      if (data.monthlyRent) lease.rents.push({ from: data.from, gross: fenOf(data.monthlyRent) })
      if (data.to) lease.to = data.to
      break
    }
    case 'LeaseEnded': {
      const lease = leaseOf(property, data.lease)
      lease.ended = data.on
      if (data.on < lease.to) lease.to = data.on
      break
    }
    case 'OpeningBalancesRecorded':
      beginLeases(property, data)
      break
    case 'RentAccrued':
      for (const [id, , , , fromPrepaid, owed] of data.leases) {
        const lease = leaseOf(property, id)
        lease.accrued.add(data.month)
        const later = lease.later
        takePrepaid(lease, fenOf(fromPrepaid))
        lease.fromLater.set(data.month, later - lease.later)
        lease.arrears = add(lease.arrears, fenOf(owed))
      }
      break
    case 'RentReceived':
      for (const [id, , settled, prepaid, later] of data.receipts) {
        const lease = leaseOf(property, id)
        lease.arrears -= fenOf(settled)
        lease.prepaid = add(lease.prepaid, fenOf(prepaid))
        lease.later = add(lease.later, fenOf(later))
      }
      break
    case 'DepositReceived':
      leaseOf(property, data.lease).deposit += fenOf(data.amount)
      break
    case 'DepositReturned':
      leaseOf(property, data.lease).deposit -= fenOf(data.amount)
      break
  }
}

/** Takes a reversed accrual, receipt or deposit out of the lease's account again, a charge or disposal off its card. */
export function undoProperty(property: Property, event: CoopEvent): void {
  undoCards(property, event)
  const { type, data } = event
  switch (type) {
    case 'RentAccrued':
      for (const [id, , , , fromPrepaid, owed] of data.leases) {
        const lease = leaseOf(property, id)
        lease.accrued.delete(data.month)
        const later = lease.fromLater.get(data.month) ?? 0
        lease.later = add(lease.later, later)
        lease.prepaid = add(lease.prepaid, fenOf(fromPrepaid) - later)
        lease.arrears -= fenOf(owed)
      }
      break
    case 'RentReceived':
      for (const [id, , settled, prepaid, later] of data.receipts) {
        const lease = leaseOf(property, id)
        lease.arrears = add(lease.arrears, fenOf(settled))
        lease.prepaid -= fenOf(prepaid)
        lease.later -= fenOf(later)
      }
      break
    case 'DepositReceived':
      leaseOf(property, data.lease).deposit -= fenOf(data.amount)
      break
    case 'DepositReturned':
      leaseOf(property, data.lease).deposit += fenOf(data.amount)
      break
  }
}

// Rent of the months before the books began was accrued where they were kept before.
function beginLeases({ leases }: Property, { on, leases: begun }: EventData<'OpeningBalancesRecorded'>): void {
  for (const lease of begun ? leases.values() : [])
    for (let month = monthOf(lease.from); month < monthOf(on); month = plusMonths(month, 1)) lease.accrued.add(month)
  for (const [id, deposit, prepaid, later, arrears] of begun ?? []) {
    const lease = leases.get(id)
    invariant(lease, `lease ${id} exists`)
    Object.assign(lease, { deposit: fenOf(deposit), prepaid: fenOf(prepaid) })
    Object.assign(lease, { later: fenOf(later), arrears: fenOf(arrears) })
  }
}

/** Gross rent of a lease in a month, by the latest amendment that has begun; a part of a month counts by its days. */
export function rentIn(lease: Lease, month: Month): Fen {
  const gross = lease.rents.filter(rent => rent.from <= month).at(-1)?.gross ?? 0
  const from = lease.from > firstDay(month) ? lease.from : firstDay(month)
  const to = lease.to < lastDay(month) ? lease.to : lastDay(month)
  return from > to ? 0 : share(gross, daysBetween(from, to) + 1, daysBetween(firstDay(month), lastDay(month)) + 1)
}

function signed(data: EventData<'LeaseSigned'>): Lease {
  return {
    asset: data.asset,
    tenant: data.tenant,
    tenantIsMember: data.tenantIsMember,
    from: data.from,
    to: data.to,
    rents: [{ from: monthOf(data.from), gross: fenOf(data.monthlyRent) }],
    vatRate: data.vatRate,
    income: data.income,
    agreedDeposit: fenOf(data.deposit),
    deposit: 0,
    arrears: 0,
    prepaid: 0,
    later: 0,
    accrued: new Set(),
    fromLater: new Map(),
    promises: new Set(data.obligations.map(({ id }) => id)),
  }
}

// What was received for more than a year ahead (221) comes to the short account only when the short one is used up.
function takePrepaid(lease: Lease, fen: Fen): void {
  const short = Math.min(lease.prepaid, fen)
  lease.prepaid -= short
  lease.later -= fen - short
  invariant(lease.later >= 0, 'rent earned from money that was paid ahead')
}

function leaseOf(property: Property, id: string): Lease {
  const lease = property.leases.get(id)
  invariant(lease, `lease ${id} exists`)
  return lease
}
