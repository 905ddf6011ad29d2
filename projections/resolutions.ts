import { type Fen, fenOf } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { type EventOf, type ProjectedEvent, type Projection, voucherOf } from './projection.ts'
import { insert, insertEach, put, reverseRows } from './rows.ts'

/**
 * Resolutions from proposal to result, with the votes, the notices, and what was spent or received on each: the
 * vouchers whose event cites it, directly or through its programme, lease or dividend run. Fen.
 */
export const resolutions: Projection = {
  name: 'resolutions',
  version: 1,
  tables: {
    resolutions: `coop TEXT NOT NULL, no TEXT NOT NULL, title TEXT NOT NULL, matter TEXT NOT NULL, body TEXT NOT NULL,
      content TEXT NOT NULL, budget INTEGER, fund TEXT, laid_open_on TEXT, responsible TEXT, proposed_on TEXT NOT NULL,
      revision INTEGER NOT NULL, PRIMARY KEY (coop, no)`,
    resolution_steps: `coop TEXT NOT NULL, no TEXT NOT NULL, revision INTEGER NOT NULL, on_day TEXT NOT NULL,
      by TEXT NOT NULL, opinion TEXT NOT NULL, PRIMARY KEY (coop, no, revision)`,
    votes: `coop TEXT NOT NULL, no TEXT NOT NULL, on_day TEXT NOT NULL, notice_on TEXT NOT NULL,
      eligible INTEGER NOT NULL, present INTEGER NOT NULL, in_favour INTEGER NOT NULL, against INTEGER NOT NULL,
      abstained INTEGER NOT NULL, incapacitated INTEGER NOT NULL, basis TEXT NOT NULL, adopted INTEGER,
      threshold INTEGER,
      article TEXT, reason TEXT, hash TEXT, decided_revision INTEGER, revision INTEGER NOT NULL,
      PRIMARY KEY (coop, no)`,
    decision_notices: `coop TEXT NOT NULL, no TEXT NOT NULL, posted_on TEXT NOT NULL, objection_from TEXT NOT NULL,
      objection_to TEXT NOT NULL, days INTEGER NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, no)`,
    outcome_notices: `coop TEXT NOT NULL, no TEXT NOT NULL, revision INTEGER NOT NULL, on_day TEXT NOT NULL,
      result TEXT NOT NULL, spent INTEGER NOT NULL, beneficiaries INTEGER, PRIMARY KEY (coop, no, revision)`,
    resolution_links: `coop TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, no TEXT NOT NULL,
      PRIMARY KEY (coop, kind, key)`,
    resolution_moves: `coop TEXT NOT NULL, no TEXT NOT NULL, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL,
      direction TEXT NOT NULL, amount INTEGER NOT NULL, date TEXT NOT NULL, voucher TEXT NOT NULL,
      PRIMARY KEY (coop, no, revision, ordinal)`,
  },
  indexes: ['CREATE INDEX resolution_moves_by_voucher ON resolution_moves (coop, voucher)'],
  apply(tx, event) {
    applySteps(tx, event)
    applyMoney(tx, event)
  },
}

function applySteps(tx: Sql, event: ProjectedEvent): void {
  const { coop, revision } = event
  switch (event.type) {
    case 'ResolutionProposed':
      propose(tx, event)
      break
    case 'ResolutionDeliberated': {
      const { no, on, by, opinion } = event.data
      insert(tx, 'resolution_steps', { coop, no, revision, on_day: on, by, opinion })
      break
    }
    case 'ResolutionVoted': {
      const { no, on, noticeOn, inFavour, ...counts } = event.data
      insert(tx, 'votes', { coop, no, on_day: on, notice_on: noticeOn, in_favour: inFavour, ...counts, revision })
      break
    }
    case 'ResolutionAdopted':
      decide(tx, event, 1, event.data.article, null)
      break
    case 'ResolutionRejected':
      decide(tx, event, 0, null, event.data.reason)
      break
    case 'DecisionDisclosed': {
      const { no, postedOn, objectionFrom, objectionTo, days } = event.data
      const window = { objection_from: objectionFrom, objection_to: objectionTo, days }
      insert(tx, 'decision_notices', { coop, no, posted_on: postedOn, ...window, revision })
      break
    }
    case 'OutcomeDisclosed': {
      const { no, on, result, spent, beneficiaries } = event.data
      insert(tx, 'outcome_notices', { coop, no, revision, on_day: on, result, spent: fenOf(spent), beneficiaries })
      break
    }
  }
}

function propose(tx: Sql, { coop, revision, data }: EventOf<'ResolutionProposed'>): void {
  const { no, title, matter, body, content, budget, fund, laidOpenOn, responsible, proposedOn } = data
  insert(tx, 'resolutions', {
    ...{ coop, no, title, matter, body, content: JSON.stringify(content), fund, responsible, revision },
    budget: budget === undefined ? null : fenOf(budget),
    laid_open_on: laidOpenOn,
    proposed_on: proposedOn,
  })
}

function decide(
  tx: Sql,
  event: EventOf<'ResolutionAdopted' | 'ResolutionRejected'>,
  adopted: 0 | 1,
  article: string | null,
  reason: string | null,
): void {
  tx.run(
    `UPDATE votes SET adopted = ?, threshold = ?, article = ?, reason = ?, hash = ?, decided_revision = ?
      WHERE coop = ? AND no = ?`,
    ...[adopted, event.data.threshold, article, reason, event.hash, event.revision, event.coop, event.data.no],
  )
}

function applyMoney(tx: Sql, event: ProjectedEvent): void {
  switch (event.type) {
    case 'ProgrammeAdopted':
      link(tx, event, 'programme', event.data.programme, event.data.resolution)
      break
    case 'LeaseSigned':
      link(tx, event, 'lease', event.data.lease, event.data.resolution)
      break
    case 'DividendDeclared':
      link(tx, event, 'run', event.data.run, event.data.resolution)
      move(tx, event, event.data.resolution, fenOf(event.data.declared))
      break
    case 'DividendWithdrawn': {
      const no = linked(tx, event, 'run', event.data.run)
      move(tx, event, no, -declaredOn(tx, event.coop, event.data.voucher.reverses))
      break
    }
    case 'RunApproved':
    case 'ReliefApproved':
    case 'ScholarshipAwarded':
      move(tx, event, linked(tx, event, 'programme', event.data.programme), fenOf(event.data.total))
      break
    case 'ExpensePaid': {
      const { resolution, programme, amount } = event.data
      move(tx, event, resolution ?? (programme && linked(tx, event, 'programme', programme)), fenOf(amount))
      break
    }
    case 'RentAccrued':
      earn(tx, event)
      break
    case 'VoucherReversed':
      reverseRows(tx, 'resolution_moves', event, ['no', 'ordinal', 'direction'], ['amount'])
      break
  }
}

function link(tx: Sql, { coop }: ProjectedEvent, kind: string, key: string, no: string | undefined): void {
  if (no !== undefined) put(tx, 'resolution_links', { coop, kind, key, no })
}

function linked(tx: Sql, { coop }: ProjectedEvent, kind: string, key: string): string | undefined {
  return tx.get<{ no: string }>(
    'SELECT no FROM resolution_links WHERE coop = ? AND kind = ? AND key = ?',
    ...[coop, kind, key],
  )?.no
}

function declaredOn(tx: Sql, coop: string, voucher: string | undefined): Fen {
  const row = tx.get<{ amount: Fen }>(
    'SELECT amount FROM resolution_moves WHERE coop = ? AND voucher = ?',
    ...[coop, voucher ?? ''],
  )
  return row?.amount ?? 0
}

function move(tx: Sql, event: ProjectedEvent, no: string | undefined, amount: Fen): void {
  const voucher = voucherOf(event)
  if (no === undefined || !voucher) return
  const { coop, revision } = event
  const booked = { date: voucher.date, voucher: voucher.number }
  insert(tx, 'resolution_moves', { coop, no, revision, ordinal: 0, direction: 'spent', amount, ...booked })
}

// A letting that was resolved on earns its rent month by month: what it was decided for is what has been accrued.
function earn(tx: Sql, { coop, revision, data }: EventOf<'RentAccrued'>): void {
  const links = new Map(
    tx
      .all<{ key: string; no: string }>(
        `SELECT key, no FROM resolution_links WHERE coop = ? AND kind = 'lease'
          AND key IN (SELECT value ->> 0 FROM json_each(?))`,
        ...[coop, JSON.stringify(data.leases)],
      )
      .map(({ key, no }) => [key, no]),
  )
  const earned = data.leases.flatMap(([lease, gross]) => {
    const no = links.get(lease)
    return no === undefined ? [] : [[no, fenOf(gross)] as const]
  })
  const shared = { coop, revision, direction: 'received', date: data.voucher.date, voucher: data.voucher.number }
  insertEach(tx, 'resolution_moves', shared, ['no', 'amount'], earned)
}
