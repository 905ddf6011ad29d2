import { fenOf } from '../src/domain/money.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { applyGrants, endGrant } from './grants.ts'
import type { EventOf, ProjectedEvent, Projection } from './projection.ts'
import { insert, reverseRows } from './rows.ts'

/**
 * One row a person and thing owed: a dividend, an allowance, a scholarship, a relief, with its origin, what was granted
 * and how far it has been paid. `granted` is the revision that granted it, as a run taken back may be granted anew;
 * `entitlement_changes` keeps each step, so that any earlier day can be shown. Fen.
 */
export const entitlements: Projection = {
  name: 'entitlements',
  version: 1,
  tables: {
    programmes: `coop TEXT NOT NULL, programme TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
      treatment TEXT NOT NULL, fund TEXT, resolution TEXT, scope TEXT NOT NULL, min_age INTEGER, monthly INTEGER,
      ceiling INTEGER, tiers TEXT NOT NULL, from_month TEXT NOT NULL, on_day TEXT NOT NULL, rule TEXT NOT NULL,
      revision INTEGER NOT NULL, PRIMARY KEY (coop, programme)`,
    grants: `coop TEXT NOT NULL, origin TEXT NOT NULL, kind TEXT NOT NULL, programme TEXT, period TEXT,
      year INTEGER NOT NULL, resolution TEXT, mode TEXT, per_share TEXT, record_date TEXT, register_shares TEXT,
      register_hash TEXT, total INTEGER NOT NULL, heads INTEGER NOT NULL, basis TEXT NOT NULL, rate TEXT,
      rate_basis TEXT, decided_by TEXT, form TEXT NOT NULL, category TEXT, fund TEXT NOT NULL, voucher TEXT,
      date TEXT, state TEXT NOT NULL, revision INTEGER NOT NULL, ended_on TEXT,
      ended_revision INTEGER, PRIMARY KEY (coop, origin, revision)`,
    entitlements: `coop TEXT NOT NULL, origin TEXT NOT NULL, ordinal INTEGER NOT NULL, person TEXT NOT NULL,
      member INTEGER NOT NULL, shares TEXT, tier TEXT,
      gross INTEGER NOT NULL, withheld INTEGER NOT NULL, net INTEGER NOT NULL,
      status TEXT NOT NULL, settled_on TEXT, settled_voucher TEXT, batch TEXT, granted INTEGER NOT NULL,
      PRIMARY KEY (coop, origin, person, granted)`,
    entitlement_changes: `coop TEXT NOT NULL, origin TEXT NOT NULL, person TEXT NOT NULL, revision INTEGER NOT NULL,
      on_day TEXT NOT NULL, change TEXT NOT NULL, voucher TEXT, note TEXT NOT NULL,
      PRIMARY KEY (coop, origin, person, revision)`,
    stops: `coop TEXT NOT NULL, programme TEXT NOT NULL, person TEXT NOT NULL, from_month TEXT NOT NULL,
      revision INTEGER NOT NULL, PRIMARY KEY (coop, programme, person)`,
    relief_requests: `coop TEXT NOT NULL, request TEXT NOT NULL, programme TEXT NOT NULL, person TEXT NOT NULL,
      category TEXT NOT NULL, asked INTEGER NOT NULL, on_day TEXT NOT NULL, approved INTEGER NOT NULL,
      revision INTEGER NOT NULL, PRIMARY KEY (coop, request)`,
    programme_expenses: `coop TEXT NOT NULL, revision INTEGER NOT NULL, programme TEXT NOT NULL,
      heads INTEGER NOT NULL, amount INTEGER NOT NULL, date TEXT NOT NULL, voucher TEXT NOT NULL,
      PRIMARY KEY (coop, revision)`,
    batches: `coop TEXT NOT NULL, batch TEXT NOT NULL, account TEXT NOT NULL, prepared_on TEXT NOT NULL,
      items INTEGER NOT NULL, total INTEGER NOT NULL, approved_on TEXT, approved_by TEXT, settled_on TEXT,
      voucher TEXT, failed INTEGER NOT NULL, PRIMARY KEY (coop, batch)`,
  },
  indexes: [
    'CREATE INDEX entitlements_by_person ON entitlements (person, coop)',
    'CREATE INDEX grants_by_date ON grants (coop, date)',
  ],
  apply(tx, event) {
    applyGrants(tx, event)
    applyPayments(tx, event)
    applyTakenBack(tx, event)
  },
}

/** What a payment event says of each thing owed: `[person, origin, amount]`. */
type Items = readonly (readonly [string, string, string])[]
// CROSS JOIN keeps the list outside: the other way round reads every entitlement once for each item.
const OWED = `json_each(?) item CROSS JOIN entitlements e WHERE e.coop = ? AND e.origin = item.value ->> 1
  AND e.person = item.value ->> 0 AND e.status NOT IN ('withdrawn', 'reversed')`
type Change = { status: string; change: string; on: string; voucher?: string; note?: string; batch?: string }

function applyPayments(tx: Sql, event: ProjectedEvent): void {
  switch (event.type) {
    case 'PaymentBatchPrepared': {
      const { batch, from, on, items } = event.data
      insertBatch(tx, event)
      change(tx, event, items, { status: 'batched', change: 'batched', on, batch, note: `付款批次 ${batch}，${from}` })
      break
    }
    case 'PaymentBatchApproved':
      tx.run(
        'UPDATE batches SET approved_on = ?, approved_by = ? WHERE coop = ? AND batch = ?',
        ...[event.data.on, event.data.by, event.coop, event.data.batch],
      )
      break
    case 'PaymentsSettled': {
      const { batch, items, failed, voucher } = event.data
      tx.run(
        'UPDATE batches SET settled_on = ?, voucher = ?, failed = ? WHERE coop = ? AND batch = ?',
        ...[voucher.date, voucher.number, failed.length, event.coop, batch],
      )
      change(tx, event, items, { status: 'paid', change: 'paid', on: voucher.date, voucher: voucher.number, batch })
      change(tx, event, failed, { status: 'returned', change: 'returned', on: voucher.date, batch })
      break
    }
    case 'PaymentsReturned':
      reopen(tx, event, event.data.items, 'returned', event.data.reason)
      break
    case 'PaymentMisdirected':
      reopen(tx, event, [event.data.item], 'misdirected', event.data.reason)
      break
    case 'CashPaid': {
      const { item, voucher } = event.data
      const how = { on: voucher.date, voucher: voucher.number, note: '现金' }
      change(tx, event, [item], { status: 'paid', change: 'paid', ...how })
      break
    }
    case 'PayableWrittenBack': {
      const { items, reason, voucher } = event.data
      const how = { on: voucher.date, voucher: voucher.number, note: reason }
      change(tx, event, items, { status: 'written-back', change: 'written-back', ...how })
      break
    }
  }
}

function applyTakenBack(tx: Sql, event: ProjectedEvent): void {
  if (event.type === 'DividendWithdrawn') endGrant(tx, event, event.data.run, 'withdrawn')
  if (event.type !== 'VoucherReversed') return
  const grant = tx.get<{ origin: string }>(
    'SELECT origin FROM grants WHERE coop = ? AND voucher = ?',
    ...[event.coop, event.data.original],
  )
  if (grant) endGrant(tx, event, grant.origin, 'reversed')
  reverseRows(tx, 'programme_expenses', event, ['programme'], ['heads', 'amount'])
}

function reopen(
  tx: Sql,
  event: EventOf<'PaymentsReturned' | 'PaymentMisdirected'>,
  items: Items,
  status: 'returned' | 'misdirected',
  note: string,
): void {
  const { date, number } = event.data.voucher
  change(tx, event, items, { status, change: status, on: date, voucher: number, note })
}

// Every item must be a thing owed, to the fen: the pair of the check that was made when the payment was decided.
function change(tx: Sql, event: ProjectedEvent, items: Items, to: Change): void {
  if (items.length === 0) return
  const list = JSON.stringify(items)
  const matching = tx.get<{ n: number }>(
    `SELECT count(*) AS n FROM ${OWED} AND e.net = CAST(replace(item.value ->> 2, '.', '') AS INTEGER)`,
    ...[list, event.coop],
  )
  invariant(matching?.n === items.length, `${event.type} at ${event.position}: pays what is not owed`)
  const paid = to.status === 'paid'
  tx.run(
    `UPDATE entitlements SET status = ?, settled_on = ?, settled_voucher = ?, batch = coalesce(?, batch)
      WHERE (coop, origin, person, granted) IN (SELECT e.coop, e.origin, e.person, e.granted FROM ${OWED})`,
    ...[to.status, paid ? to.on : null, paid ? (to.voucher ?? null) : null, to.batch ?? null, list, event.coop],
  )
  tx.run(
    `INSERT INTO entitlement_changes
      SELECT ?, value ->> 1, value ->> 0, ?, ?, ?, ?, ? FROM json_each(?)`,
    ...[event.coop, event.revision, to.on, to.change, to.voucher ?? null, to.note ?? '', list],
  )
}

function insertBatch(tx: Sql, { coop, data }: EventOf<'PaymentBatchPrepared'>): void {
  const { batch, from, on, items, total } = data
  const control = { items: items.length, total: fenOf(total), failed: 0 }
  insert(tx, 'batches', { coop, batch, account: from, prepared_on: on, ...control })
}
