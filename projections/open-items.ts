import { codeOf } from '../src/domain/chart.ts'
import type { Fen } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'

/** What of an account is still open between the co-op and one party since a day; fen, debit positive. */
export type OpenItem = { account: string; party: string; date: string; amount: Fen }

/** Accounts whose balance is owed by or to somebody. */
export const PARTY_ACCOUNTS: ReadonlySet<string> = new Set(['112', '113', '211', '221'])

// Rent is booked in one line for all leases: who owes it, and who paid ahead, is in the rent roll. A fund held for others has one owner,
// whoever gave to it. A red entry bears the day of what it takes back.
const MOVES = `WITH moves AS (
  SELECT l.account, iif(l.account LIKE '211-代管款-%', '', coalesce(p.person, l.counterparty, '')) AS party,
    coalesce(o.date, v.date) AS date,
    CASE WHEN p.amount IS NULL THEN l.debit - l.credit WHEN l.debit <> 0 THEN p.amount ELSE -p.amount END AS amount
  FROM voucher_lines l JOIN vouchers v ON v.coop = l.coop AND v.month = l.month AND v.seq = l.seq
    LEFT JOIN voucher_parts p ON p.coop = l.coop AND p.month = l.month AND p.seq = l.seq AND p.line = l.line
    LEFT JOIN vouchers o ON o.coop = v.coop AND o.month = substr(v.reverses, 1, 7)
      AND o.seq = CAST(substr(v.reverses, 11) AS INTEGER)
  WHERE l.coop = ? AND l.period <= ? AND substr(l.account, 1, 3) IN ('112', '113', '211', '221')
    AND NOT (l.account IN ('112-租金', '113-租金', '211-预收租金', '113-预收租金', '221-预收租金') AND EXISTS (SELECT 1
      FROM rent_entries e WHERE e.coop = l.coop AND e.voucher = l.month || '-记-' || l.seq))
  UNION ALL
  SELECT iif(s.tenant_is_member, r.value ->> 0, r.value ->> 1), s.tenant, coalesce(o.date, v.date), r.value ->> 2
  FROM rent_entries e JOIN json_each(json_array(json_array('113-租金', '112-租金', e.arrears),
      json_array('113-预收租金', '211-预收租金', e.later - e.prepaid),
      json_array('221-预收租金', '221-预收租金', -e.later))) r
    JOIN leases s ON s.coop = e.coop AND s.lease = e.lease
    JOIN vouchers v ON v.coop = e.coop AND v.month = substr(e.voucher, 1, 7)
      AND v.seq = CAST(substr(e.voucher, 11) AS INTEGER)
    LEFT JOIN vouchers o ON o.coop = v.coop AND o.month = substr(v.reverses, 1, 7)
      AND o.seq = CAST(substr(v.reverses, 11) AS INTEGER)
  WHERE e.coop = ? AND r.value ->> 2 <> 0 AND v.period <= ?),
  sums AS MATERIALIZED (SELECT account, party, date, sum(amount) AS amount FROM moves GROUP BY account, party, date)
  SELECT account, party, date, amount FROM sums WHERE amount <> 0 AND (account, party) IN
    (SELECT account, party FROM sums GROUP BY account, party HAVING sum(amount) <> 0)
  ORDER BY account, party, date`

/**
 * What is open at the end of a month on 112, 113, 211 and 221, by account as booked, party and day: the oldest is
 * settled first. What was booked without a party settles the oldest of the account, whoever's it is; what is left of it
 * has the party ''.
 */
export function openItems(sql: Sql, coop: string, month: string): OpenItem[] {
  const moves = sql.all<OpenItem>(MOVES, coop, month, coop, month)
  return [...Map.groupBy(moves, ({ account }) => account).values()].flatMap(openOfAccount)
}

/** Sums of open items by the sign of each party's balance on each account: what is owed to the co-op, and by it. */
export function bySign(items: readonly OpenItem[]): { receivable: Fen; payable: Fen } {
  const sums = { receivable: 0, payable: 0 }
  for (const { account, amount } of items) {
    if (codeOf(account) === '221') continue
    if (amount > 0) sums.receivable += amount
    else sums.payable -= amount
  }
  return sums
}

function openOfAccount(moves: OpenItem[]): OpenItem[] {
  const parties = Map.groupBy(moves, ({ party }) => party)
  const nameless = parties.get('') ?? []
  parties.delete('')
  const named = [...parties.values()].flatMap(unsettled)
  let free = nameless.reduce((sum, { amount }) => sum + amount, 0)
  for (const item of named.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))) {
    if (Math.sign(item.amount) !== -Math.sign(free)) continue
    const part = Math.sign(free) * Math.min(Math.abs(free), Math.abs(item.amount))
    item.amount += part
    free -= part
  }
  return [...named, ...lastOf(nameless, free)].filter(({ amount }) => amount !== 0)
}

const unsettled = (moves: OpenItem[]): OpenItem[] =>
  lastOf(
    moves,
    moves.reduce((sum, { amount }) => sum + amount, 0),
  )

// What is left when the oldest are settled first are the last entries on the balance's own side.
function lastOf(moves: readonly OpenItem[], balance: Fen): OpenItem[] {
  const items: OpenItem[] = []
  let left = balance
  for (const move of moves.toReversed()) {
    if (left === 0) break
    if (Math.sign(move.amount) !== Math.sign(left)) continue
    const amount = Math.sign(left) * Math.min(Math.abs(left), Math.abs(move.amount))
    items.unshift({ ...move, amount })
    left -= amount
  }
  return items
}
