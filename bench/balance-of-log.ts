import { parseArgs } from 'node:util'
import { add, fenOf, yuan } from '../src/domain/money.ts'
import { openNodeSql } from '../src/store/sql-node.ts'

/**
 * `node balance-of-log.ts LEDGER.db`: the balance of every account from the log alone, no read model, in a process of its
 * own as the peers run. Payloads come a hundred to a row, which SQLite hands over faster than one by one.
 */
const { positionals } = parseArgs({ allowPositionals: true })
const JOINED = `SELECT max(position), '[' || group_concat(data) || ']'
  FROM (SELECT position, data FROM events WHERE position > ? ORDER BY position LIMIT 100)`

type Line = { readonly account: string; readonly debit?: string; readonly credit?: string }
type Payload = { readonly voucher: { readonly lines: readonly Line[] } }

const sql = openNodeSql(positionals[0] ?? '', { readOnly: true })
const balances = new Map<string, number>()
for (let [row] = sql.rows(JOINED, 0); row?.[0] != null; [row] = sql.rows(JOINED, row[0])) {
  for (const { voucher } of JSON.parse(row[1] as string) as Payload[]) {
    for (const { account, debit, credit } of voucher.lines) {
      const fen = debit === undefined ? -fenOf(credit ?? '0.00') : fenOf(debit)
      balances.set(account, add(balances.get(account) ?? 0, fen))
    }
  }
}
sql.close()
for (const [account, fen] of [...balances].sort()) process.stdout.write(`${yuan(fen)}  ${account}\n`)
process.stderr.write(`${process.resourceUsage().maxRSS}\n`)
