import { add, type Fen, fenOf, total, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'

/** Something on one side of the account alone at the end of a day; yuan, money in positive. */
export type OpenRow = {
  /** What a match names it by: the bank's line, the voucher's number, or an item on its way from before the first statement. */
  id: string
  /** The voucher's number, of what is booked. */
  voucher?: string
  date: string
  amount: string
  /** What the voucher says, or the bank's reference. */
  told: string
}

/** 银行存款余额调节表 of one account at the end of a day; yuan. The two adjusted balances are equal. */
export type ReconciliationRow = {
  account: string
  on: string
  book: string
  bank: string
  /** 银行已收、企业未收 and 银行已付、企业未付. */
  bankOnly: OpenRow[]
  /** 企业已收、银行未收 and 企业已付、银行未付. */
  bookOnly: OpenRow[]
  adjustedBook: string
  adjustedBank: string
}

type Begun = { from: string; to: string; opening: string; revision: number }
type Item = OpenRow & { key: string; fen: Fen }

/**
 * Sets the books of an account beside its bank's lines, as both were at the end of a day and known at a revision of the
 * co-op's stream (default: all there is); undefined when no statement reaches that day. A match with something after the
 * day is still open on it: what was on its way then shows as such, whenever the table is made.
 */
export function reconciliation(
  sql: Sql,
  coop: string,
  account: string,
  on: string,
  revision = Number.MAX_SAFE_INTEGER,
): ReconciliationRow | undefined {
  const begun = begunBy(sql, coop, account, revision)
  if (!begun || on < begun.from || begun.to < on) return undefined
  const lines = bankItems(sql, coop, account, on, revision)
  const vouchers = bookItems(sql, coop, account, on, revision, begun)
  const closed = closedBy(sql, coop, account, revision, new Set([...lines, ...vouchers].map(({ key }) => key)))
  const bankOnly = lines.filter(({ key }) => !closed.has(key))
  const bookOnly = vouchers.filter(({ key }) => !closed.has(key))
  const book = bookBalance(sql, coop, account, on, revision)
  const bank = add(fenOf(begun.opening), total(lines, fenIn))
  return {
    ...{
      account,
      on,
      book: yuan(book),
      bank: yuan(bank),
      bankOnly: bankOnly.map(shown),
      bookOnly: bookOnly.map(shown),
    },
    adjustedBook: yuan(add(book, total(bankOnly, fenIn))),
    adjustedBank: yuan(add(bank, total(bookOnly, fenIn))),
  }
}

/** Up to which day the bank's statements of an account reach, undefined before the first. */
export function statementsReach(
  sql: Sql,
  coop: string,
  account: string,
  revision = Number.MAX_SAFE_INTEGER,
): string | undefined {
  return begunBy(sql, coop, account, revision)?.to
}

// The first statement's opening, and how far all of them reach.
function begunBy(sql: Sql, coop: string, account: string, revision: number): Begun | undefined {
  const key = [coop, account, revision]
  return sql.get<Begun>(
    `SELECT from_day AS "from", opening, revision, (SELECT max(to_day) FROM bank_statements
        WHERE coop = ? AND account = ? AND revision <= ?) AS "to"
      FROM bank_statements WHERE coop = ? AND account = ? AND revision <= ? ORDER BY revision LIMIT 1`,
    ...[...key, ...key],
  )
}

function bankItems(sql: Sql, coop: string, account: string, on: string, revision: number): Item[] {
  const rows = sql.all<OpenRow>(
    `SELECT line AS id, date, amount, reference AS told FROM bank_lines
      WHERE coop = ? AND account = ? AND date <= ? AND revision <= ? ORDER BY date, length(line), line`,
    ...[coop, account, on, revision],
  )
  return rows.map(row => ({ ...row, key: `line ${row.id}`, fen: fenOf(row.amount) }))
}

// Vouchers since the first statement, opening balances left out, and what was named with it as not yet passed by the bank.
function bookItems(sql: Sql, coop: string, account: string, on: string, revision: number, begun: Begun): Item[] {
  const since = sql.all<{ voucher: string; date: string; fen: Fen; told: string }>(
    `SELECT v.month || '-记-' || v.seq AS voucher, v.date, sum(l.debit - l.credit) AS fen, v.summary AS told
      FROM voucher_lines l JOIN vouchers v ON v.coop = l.coop AND v.month = l.month AND v.seq = l.seq
      WHERE l.coop = ? AND l.account = ? AND v.date <= ? AND v.revision <= ? AND v.date >= ?
      AND v.type <> 'OpeningBalancesRecorded' GROUP BY v.month, v.seq HAVING fen <> 0 ORDER BY v.date, v.month, v.seq`,
    ...[coop, account, on, revision, begun.from],
  )
  const before = sql.all<OpenRow>(
    `SELECT o.item AS id, o.voucher, v.date, o.amount, v.summary AS told
      FROM bank_outstanding o JOIN vouchers v ON v.coop = o.coop AND v.month || '-记-' || v.seq = o.voucher
      WHERE o.coop = ? AND o.account = ? AND o.revision <= ? ORDER BY o.ordinal`,
    ...[coop, account, revision],
  )
  return [
    ...before.map(row => ({ ...row, key: `voucher ${row.id}`, fen: fenOf(row.amount) })),
    ...since.map(row => ({ ...row, id: row.voucher, amount: yuan(row.fen), key: `voucher ${row.voucher}` })),
  ]
}

// Closed is a match all of which lies within what is looked at.
function closedBy(sql: Sql, coop: string, account: string, revision: number, within: ReadonlySet<string>): Set<string> {
  const rows = sql.all<{ match: string; key: string }>(
    `SELECT d.match, d.side || ' ' || d.item AS key FROM bank_matched d
      JOIN bank_matches m ON m.coop = d.coop AND m.account = d.account AND m.match = d.match
      WHERE d.coop = ? AND d.account = ? AND m.revision <= ? AND (m.undone IS NULL OR m.undone > ?)`,
    ...[coop, account, revision, revision],
  )
  const matches = [...Map.groupBy(rows, ({ match }) => match).values()].map(items => items.map(({ key }) => key))
  return new Set(matches.filter(keys => keys.every(key => within.has(key))).flat())
}

function bookBalance(sql: Sql, coop: string, account: string, on: string, revision: number): Fen {
  const row = sql.get<{ fen: Fen }>(
    `SELECT coalesce(sum(l.debit - l.credit), 0) AS fen
      FROM voucher_lines l JOIN vouchers v ON v.coop = l.coop AND v.month = l.month AND v.seq = l.seq
      WHERE l.coop = ? AND l.account = ? AND v.date <= ? AND v.revision <= ?`,
    ...[coop, account, on, revision],
  )
  return row?.fen ?? 0
}

const fenIn = ({ fen }: Item): Fen => fen
const shown = ({ fen: _, key: __, ...row }: Item): OpenRow => row
