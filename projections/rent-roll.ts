import { monthOf, plusDays } from '../src/domain/calendar.ts'
import { fenOf } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import type { EventOf, Projection } from './projection.ts'
import { insert, insertEach, reverseRows } from './rows.ts'

/**
 * Assets, leases, what each lease earned, was paid, owes, has paid ahead and left as deposit, and the promises in it.
 * Entries are signed and dated; a red voucher enters them once more, negated. `later` is what of `prepaid` lies more than
 * a year ahead (221). Fen.
 */
export const rentRoll: Projection = {
  name: 'rent-roll',
  version: 2,
  tables: {
    assets: `coop TEXT NOT NULL, asset TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, area TEXT, location TEXT,
      use TEXT NOT NULL, on_day TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, asset)`,
    leases: `coop TEXT NOT NULL, lease TEXT NOT NULL, asset TEXT NOT NULL, tenant_kind TEXT NOT NULL,
      tenant TEXT NOT NULL, tenant_is_member INTEGER NOT NULL, vat_rate TEXT NOT NULL, income TEXT NOT NULL,
      deposit INTEGER NOT NULL, resolution TEXT, signed_on TEXT NOT NULL, from_day TEXT NOT NULL, PRIMARY KEY (coop, lease)`,
    lease_terms: `coop TEXT NOT NULL, lease TEXT NOT NULL, revision INTEGER NOT NULL, on_day TEXT NOT NULL,
      from_month TEXT NOT NULL, monthly_rent INTEGER, to_day TEXT, change TEXT NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (coop, lease, revision)`,
    rent_entries: `coop TEXT NOT NULL, lease TEXT NOT NULL, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL,
      change TEXT NOT NULL, month TEXT NOT NULL, gross INTEGER NOT NULL, net INTEGER NOT NULL, vat INTEGER NOT NULL,
      received INTEGER NOT NULL, arrears INTEGER NOT NULL, prepaid INTEGER NOT NULL, later INTEGER NOT NULL,
      deposit INTEGER NOT NULL, date TEXT NOT NULL, voucher TEXT NOT NULL, PRIMARY KEY (coop, lease, revision, ordinal)`,
    obligations: `coop TEXT NOT NULL, lease TEXT NOT NULL, obligation TEXT NOT NULL, promise TEXT NOT NULL,
      revision INTEGER NOT NULL, PRIMARY KEY (coop, lease, obligation)`,
    obligation_checks: `coop TEXT NOT NULL, lease TEXT NOT NULL, obligation TEXT NOT NULL, revision INTEGER NOT NULL,
      on_day TEXT NOT NULL, kept INTEGER NOT NULL, how TEXT NOT NULL, PRIMARY KEY (coop, lease, obligation, revision)`,
  },
  indexes: ['CREATE INDEX rent_entries_by_voucher ON rent_entries (coop, voucher)'],
  apply(tx, event) {
    const { coop, revision } = event
    switch (event.type) {
      case 'AssetRegistered': {
        const { asset, name, kind, area, location, use, on } = event.data
        insert(tx, 'assets', { coop, asset, name, kind, area, location, use, on_day: on, revision })
        break
      }
      case 'LeaseSigned':
        sign(tx, event)
        break
      case 'LeaseAmended': {
        const { lease, on, from, monthlyRent, to, reason } = event.data
        const rent = monthlyRent === undefined ? null : fenOf(monthlyRent)
        const terms = { on_day: on, from_month: from, monthly_rent: rent, to_day: to }
        insert(tx, 'lease_terms', { coop, lease, revision, ...terms, change: 'amended', reason })
        break
      }
      case 'LeaseEnded': {
        const { lease, on, reason } = event.data
        const terms = { on_day: on, from_month: on.slice(0, 7), to_day: on }
        insert(tx, 'lease_terms', { coop, lease, revision, ...terms, change: 'ended', reason })
        break
      }
      case 'LeaseObligationKept':
      case 'LeaseObligationMissed': {
        const { lease, obligation, on, how } = event.data
        const kept = event.type === 'LeaseObligationKept' ? 1 : 0
        insert(tx, 'obligation_checks', { coop, lease, obligation, revision, on_day: on, kept, how })
        break
      }
      case 'OpeningBalancesRecorded':
        begin(tx, event)
        break
      case 'RentAccrued':
        enter(tx, event, 'accrued', event.data.month, event.data.leases.map(earned))
        takeFromLater(tx, event)
        break
      case 'RentReceived':
        enter(tx, event, 'received', event.data.voucher.date.slice(0, 7), event.data.receipts.map(paid))
        break
      case 'DepositReceived':
      case 'DepositReturned': {
        const sign = event.type === 'DepositReceived' ? 1 : -1
        const month = event.data.voucher.date.slice(0, 7)
        enter(tx, event, 'deposit', month, [[event.data.lease, 0, 0, 0, 0, 0, 0, 0, sign * fenOf(event.data.amount)]])
        break
      }
      case 'VoucherReversed':
        reverseRows(tx, 'rent_entries', event, ['lease', 'ordinal', 'change', 'month'], AMOUNTS)
        break
    }
  },
}

const AMOUNTS = ['gross', 'net', 'vat', 'received', 'arrears', 'prepaid', 'later', 'deposit'] as const

/** `[lease, gross, net, vat, received, arrears, prepaid, later, deposit]`, in fen. */
type Entry = [string, number, number, number, number, number, number, number, number]

type RentEvent = EventOf<'RentAccrued' | 'RentReceived' | 'DepositReceived' | 'DepositReturned'>

function earned([lease, gross, net, vat, prepaid, owed]: string[]): Entry {
  const fen = (amount = '0.00') => fenOf(amount)
  return [lease ?? '', fen(gross), fen(net), fen(vat), 0, fen(owed), -fen(prepaid), 0, 0]
}

function paid([lease, received, settled, prepaid, later]: string[]): Entry {
  const fen = (amount = '0.00') => fenOf(amount)
  return [lease ?? '', 0, 0, 0, fen(received), -fen(settled), fen(prepaid) + fen(later), fen(later), 0]
}

// What was paid more than a year ahead is earned when the nearer months are used up.
function takeFromLater(tx: Sql, { coop, revision }: EventOf<'RentAccrued'>): void {
  tx.run(
    `UPDATE rent_entries SET later = min(0, prepaid + (SELECT coalesce(sum(e.prepaid - e.later), 0) FROM rent_entries e
      WHERE e.coop = rent_entries.coop AND e.lease = rent_entries.lease AND e.revision < rent_entries.revision))
      WHERE coop = ? AND prepaid < 0 AND revision = ?`,
    ...[coop, revision],
  )
}

function enter(tx: Sql, event: RentEvent, change: string, month: string, entries: Entry[]): void {
  const { date, number } = event.data.voucher
  const shared = { coop: event.coop, revision: event.revision, change, month, date, voucher: number }
  insertEach(tx, 'rent_entries', shared, ['lease', ...AMOUNTS], entries)
}

// What leases owe, have paid ahead and left when the books begin is of the day before.
function begin(tx: Sql, { coop, revision, data }: EventOf<'OpeningBalancesRecorded'>): void {
  const date = plusDays(data.on, -1)
  const entries = (data.leases ?? []).map(([lease, deposit, prepaid, later, arrears]): Entry => {
    return [lease, 0, 0, 0, 0, fenOf(arrears), fenOf(prepaid) + fenOf(later), fenOf(later), fenOf(deposit)]
  })
  const shared = { coop, revision, change: 'accrued', month: monthOf(date), date, voucher: data.voucher.number }
  insertEach(tx, 'rent_entries', shared, ['lease', ...AMOUNTS], entries)
}

function sign(tx: Sql, { coop, revision, data }: EventOf<'LeaseSigned'>): void {
  const { lease, asset, tenant, tenantIsMember, vatRate, income, deposit, resolution, on, from, to, monthlyRent } = data
  const whole = 'person' in tenant ? tenant.person : 'organisation' in tenant ? tenant.organisation : ''
  insert(tx, 'leases', {
    ...{ coop, lease, asset, tenant_kind: Object.keys(tenant)[0], tenant: whole, vat_rate: vatRate, income },
    tenant_is_member: tenantIsMember ? 1 : 0,
    ...{ deposit: fenOf(deposit), resolution, signed_on: on, from_day: from },
  })
  const terms = { on_day: on, from_month: from.slice(0, 7), monthly_rent: fenOf(monthlyRent), to_day: to }
  insert(tx, 'lease_terms', { coop, lease, revision, ...terms, change: 'signed', reason: '' })
  for (const { id, promise } of data.obligations)
    insert(tx, 'obligations', { coop, lease, obligation: id, promise, revision })
}
