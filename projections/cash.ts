import { fenOf } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import type { EventOf, ProjectedEvent, Projection } from './projection.ts'
import { insert, insertEach, presented } from './rows.ts'

/** The cash box: its limit, its counts, petty cash in people's hands, and the receipts that were given. Fen. */
export const cash: Projection = {
  name: 'cash',
  version: 1,
  tables: {
    cash_limits: `coop TEXT NOT NULL, revision INTEGER NOT NULL, from_day TEXT NOT NULL, most INTEGER NOT NULL,
      petty_cash INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (coop, revision)`,
    cash_counts: `coop TEXT NOT NULL, count TEXT NOT NULL, account TEXT NOT NULL, on_day TEXT NOT NULL,
      counted INTEGER NOT NULL, book INTEGER NOT NULL, difference INTEGER NOT NULL, first TEXT NOT NULL,
      second TEXT NOT NULL, voucher TEXT, settled TEXT, resolution TEXT, person TEXT, revision INTEGER NOT NULL,
      recorded_at TEXT NOT NULL, PRIMARY KEY (coop, count)`,
    cash_pieces: `coop TEXT NOT NULL, count TEXT NOT NULL, ordinal INTEGER NOT NULL, value TEXT NOT NULL,
      pieces INTEGER NOT NULL, PRIMARY KEY (coop, count, ordinal)`,
    petty_cash: `coop TEXT NOT NULL, voucher TEXT NOT NULL, person TEXT NOT NULL, date TEXT NOT NULL,
      amount INTEGER NOT NULL, purpose TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, voucher)`,
    petty_cash_parts: `coop TEXT NOT NULL, voucher TEXT NOT NULL, advance TEXT NOT NULL, date TEXT NOT NULL,
      spent INTEGER NOT NULL, returned INTEGER NOT NULL, PRIMARY KEY (coop, voucher)`,
    receipts: `coop TEXT NOT NULL, year INTEGER NOT NULL, seq INTEGER NOT NULL, no TEXT NOT NULL, voucher TEXT NOT NULL,
      from_kind TEXT NOT NULL, from_whom TEXT NOT NULL, amount INTEGER NOT NULL, item TEXT NOT NULL, on_day TEXT NOT NULL,
      voided_on TEXT, reason TEXT, PRIMARY KEY (coop, year, seq)`,
  },
  apply(tx, event) {
    applyBox(tx, event)
    applyPettyCash(tx, event)
    applyReceipts(tx, event)
    if (event.type === 'VoucherReversed') undo(tx, event)
  },
}

function applyBox(tx: Sql, event: ProjectedEvent): void {
  const { coop, type, data, revision } = event
  if (type === 'CashLimitSet') {
    const { limit, pettyCash = limit, from, reason } = data
    const fen = { most: fenOf(limit), petty_cash: fenOf(pettyCash) }
    insert(tx, 'cash_limits', { coop, revision, from_day: from, ...fen, reason })
  }
  if (type === 'CashCounted') {
    const { count, account, on, counters, pieces } = data
    const [first, second] = counters
    insert(tx, 'cash_counts', {
      ...{ coop, count, account, on_day: on, first, second, revision, recorded_at: event.recordedAt },
      ...{ counted: fenOf(data.counted), book: fenOf(data.book), difference: fenOf(data.difference) },
    })
    insertEach(tx, 'cash_pieces', { coop, count }, ['value', 'pieces'], pieces)
  }
  if (type === 'CashDifferenceBooked')
    tx.run('UPDATE cash_counts SET voucher = ? WHERE coop = ? AND count = ?', data.voucher.number, coop, data.count)
  if (type === 'CashDifferenceSettled')
    tx.run(
      'UPDATE cash_counts SET settled = ?, resolution = ?, person = ? WHERE coop = ? AND count = ?',
      ...[data.voucher.number, data.resolution, data.person ?? null, coop, data.count],
    )
}

function applyPettyCash(tx: Sql, { coop, type, data, revision }: ProjectedEvent): void {
  if (type === 'PettyCashAdvanced') {
    const { person, purpose, voucher } = data
    const advance = { coop, voucher: voucher.number, person, date: voucher.date }
    insert(tx, 'petty_cash', { ...advance, amount: fenOf(data.amount), purpose, revision })
  }
  if (type === 'PettyCashAccounted') {
    const { person, items, returned, voucher } = data
    const spent = items.reduce((sum, { amount }) => sum + fenOf(amount), 0)
    const part = { voucher: voucher.number, date: voucher.date, spent, returned: fenOf(returned?.amount ?? '0.00') }
    insert(tx, 'petty_cash_parts', { coop, advance: openAdvanceOf(tx, coop, person), ...part })
  }
}

// The oldest of the person's that is not accounted for.
function openAdvanceOf(tx: Sql, coop: string, person: string): string {
  return tx.get<{ voucher: string }>(
    `SELECT voucher FROM petty_cash AS p WHERE coop = ? AND person = ? AND amount > (SELECT
      coalesce(sum(spent + returned), 0) FROM petty_cash_parts WHERE coop = p.coop AND advance = p.voucher)
      ORDER BY revision LIMIT 1`,
    ...[coop, person],
  )!.voucher
}

function applyReceipts(tx: Sql, { coop, type, data }: ProjectedEvent): void {
  if (type === 'ReceiptIssued') {
    const { no, of, from, amount, item, on } = data
    const [year, , seq] = no.split('-')
    const [[kind, whom]] = Object.entries(from) as [[string, string | boolean]]
    insert(tx, 'receipts', {
      ...{ coop, year: Number(year), seq: Number(seq), no, voucher: of, from_kind: kind, from_whom: `${whom}` },
      ...{ amount: fenOf(amount), item, on_day: on },
    })
  }
  if (type === 'ReceiptVoided')
    tx.run(
      'UPDATE receipts SET voided_on = ?, reason = ? WHERE coop = ? AND no = ?',
      data.on,
      data.reason,
      coop,
      data.no,
    )
}

function undo(tx: Sql, { coop, data: { original } }: EventOf<'VoucherReversed'>): void {
  tx.run('UPDATE cash_counts SET voucher = NULL WHERE coop = ? AND voucher = ?', coop, original)
  tx.run(
    'UPDATE cash_counts SET settled = NULL, resolution = NULL, person = NULL WHERE coop = ? AND settled = ?',
    ...[coop, original],
  )
  for (const table of ['petty_cash', 'petty_cash_parts'])
    tx.run(`DELETE FROM ${table} WHERE coop = ? AND voucher = ?`, coop, original)
}

/** 盘点表: what was counted, note by note, beside the books; yuan. `settled` is the voucher that took it out of 181. */
export type CashCount = {
  count: string
  account: string
  on: string
  counted: string
  book: string
  difference: string
  first: string
  second: string
  voucher: string | undefined
  settled: string | undefined
  resolution: string | undefined
  person: string | undefined
  pieces: { value: string; pieces: number }[]
}

/** The counts of the days from one to another, both included. */
export function cashCounts(sql: Sql, coop: string, from: string, to: string): CashCount[] {
  const rows = sql.all(
    `SELECT count, account, on_day AS "on", counted, book, difference, first, second, voucher, settled, resolution, person
      FROM cash_counts WHERE coop = ? AND on_day BETWEEN ? AND ? ORDER BY on_day, revision`,
    ...[coop, from, to],
  )
  return rows.map(row => ({
    ...presented<Omit<CashCount, 'pieces'>>(row, ['counted', 'book', 'difference']),
    pieces: sql.all<{ value: string; pieces: number }>(
      'SELECT value, pieces FROM cash_pieces WHERE coop = ? AND count = ? ORDER BY ordinal',
      ...[coop, String(row.count)],
    ),
  }))
}
