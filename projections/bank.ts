import type { Sql } from '../src/store/sql.ts'
import type { Projection } from './projection.ts'
import { insert, insertEach, presented } from './rows.ts'

/** What the bank has said of each account, and which voucher each of its lines is. Fen as text is yuan. */
export const bank: Projection = {
  name: 'bank',
  version: 2,
  tables: {
    bank_statements: `coop TEXT NOT NULL, statement TEXT NOT NULL, account TEXT NOT NULL, from_day TEXT NOT NULL,
      to_day TEXT NOT NULL, opening TEXT NOT NULL, closing TEXT NOT NULL, known INTEGER NOT NULL, file TEXT,
      revision INTEGER NOT NULL, recorded_at TEXT NOT NULL, PRIMARY KEY (coop, statement)`,
    bank_lines: `coop TEXT NOT NULL, account TEXT NOT NULL, line TEXT NOT NULL, statement TEXT NOT NULL,
      ordinal INTEGER NOT NULL, date TEXT NOT NULL, amount TEXT NOT NULL, reference TEXT NOT NULL, matched TEXT,
      revision INTEGER NOT NULL, PRIMARY KEY (coop, account, line)`,
    bank_outstanding: `coop TEXT NOT NULL, account TEXT NOT NULL, item TEXT NOT NULL, ordinal INTEGER NOT NULL,
      voucher TEXT NOT NULL, amount TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, account, item)`,
    // A match that was taken back stays, with the revision that took it back: what was published must come out again.
    bank_matches: `coop TEXT NOT NULL, account TEXT NOT NULL, match TEXT NOT NULL, revision INTEGER NOT NULL,
      undone INTEGER, PRIMARY KEY (coop, account, match)`,
    bank_matched: `coop TEXT NOT NULL, account TEXT NOT NULL, match TEXT NOT NULL, item TEXT NOT NULL,
      ordinal INTEGER NOT NULL, side TEXT NOT NULL, PRIMARY KEY (coop, account, match, item)`,
  },
  apply(tx, { coop, type, data, revision, recordedAt }) {
    if (type === 'BankStatementImported') {
      const { statement, account, from, to, opening, closing, known, file, lines, outstanding } = data
      const when = { from_day: from, to_day: to, revision, recorded_at: recordedAt }
      insert(tx, 'bank_statements', { coop, statement, account, opening, closing, known, file, ...when })
      const columns = ['line', 'date', 'amount', 'reference']
      insertEach(tx, 'bank_lines', { coop, account, statement, revision }, columns, lines)
      insertEach(tx, 'bank_outstanding', { coop, account, revision }, ['item', 'voucher', 'amount'], outstanding)
    }
    if (type === 'BankLineMatched') {
      const { account, match, lines, vouchers } = data
      insert(tx, 'bank_matches', { coop, account, match, revision })
      const items = [...lines.map(line => [line, 'line']), ...vouchers.map(voucher => [voucher, 'voucher'])]
      insertEach(tx, 'bank_matched', { coop, account, match }, ['item', 'side'], items)
      tx.run(
        `UPDATE bank_lines SET matched = ? WHERE coop = ? AND account = ? AND line IN (SELECT value FROM json_each(?))`,
        ...[match, coop, account, JSON.stringify(lines)],
      )
    }
    if (type === 'BankLineUnmatched') {
      const key = [coop, data.account, data.match]
      tx.run('UPDATE bank_matches SET undone = ? WHERE coop = ? AND account = ? AND match = ?', ...[revision, ...key])
      tx.run('UPDATE bank_lines SET matched = NULL WHERE coop = ? AND account = ? AND matched = ?', ...key)
    }
  },
}

/** One statement as it was taken; yuan. */
export type StatementRow = {
  statement: string
  account: string
  from: string
  to: string
  opening: string
  closing: string
  known: number
  file: string | undefined
}

/** The statements of one account in the order of their days. */
export function bankStatements(sql: Sql, coop: string, account: string): StatementRow[] {
  return sql
    .all(
      `SELECT statement, account, from_day AS "from", to_day AS "to", opening, closing, known, file
        FROM bank_statements WHERE coop = ? AND account = ? ORDER BY from_day, to_day`,
      ...[coop, account],
    )
    .map(row => presented<StatementRow>(row))
}

/** The bank's line; `matched` names its match. Yuan, money in positive. */
export type BankLineRow = {
  line: string
  statement: string
  date: string
  amount: string
  reference: string
  matched: string | undefined
}

/** The bank's lines of an account between two days, both included. */
export function bankLines(sql: Sql, coop: string, account: string, from: string, to: string): BankLineRow[] {
  return sql
    .all(
      `SELECT line, statement, date, amount, reference, matched FROM bank_lines
        WHERE coop = ? AND account = ? AND date BETWEEN ? AND ? ORDER BY date, length(line), line`,
      ...[coop, account, from, to],
    )
    .map(row => presented<BankLineRow>(row))
}

/** Every file of a bank that a ledger names, co-op by co-op. */
export function statementFiles(sql: Sql): { coop: string; hash: string; where: string }[] {
  return sql.all(
    `SELECT coop, file AS hash, '对账单 ' || statement AS "where" FROM bank_statements WHERE file IS NOT NULL
      ORDER BY coop, revision`,
  )
}
