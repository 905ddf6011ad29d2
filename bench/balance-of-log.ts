import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { add, type Fen, fenOf, yuan } from '../src/domain/money.ts'
import { openNodeSql } from '../src/store/sql-node.ts'

/**
 * `node balance-of-log.ts LEDGER.db`: the balance of every account from the log alone, no read model, in a process of its
 * own as the peers run. Payloads come twenty-five to a row: faster than one by one, and little memory.
 */
const { positionals } = parseArgs({ allowPositionals: true })
const JOINED = `SELECT max(position), '[' || group_concat(data) || ']'
  FROM (SELECT position, data FROM events WHERE position > ? ORDER BY position LIMIT 25)`

type Line = { readonly account: string; readonly debit?: string; readonly credit?: string }
type Payload = { readonly voucher: { readonly lines: readonly Line[] } }

const sql = openNodeSql(positionals[0] ?? '', { readOnly: true })
// Each page of the file is read once: a cache of them would only be memory.
sql.run('PRAGMA cache_size = -2000')
const balances = new Map<string, { fen: Fen }>()
for (let [row] = sql.rows(JOINED, 0); row?.[0] != null; [row] = sql.rows(JOINED, row[0])) {
  for (const { voucher } of JSON.parse(row[1] as string) as Payload[]) {
    for (const { account, debit, credit } of voucher.lines) {
      const fen = debit === undefined ? -fenOf(credit ?? '0.00') : fenOf(debit)
      const balance = balances.get(account)
      if (balance) balance.fen = add(balance.fen, fen)
      else balances.set(account, { fen })
    }
  }
}
sql.close()
const lines = [...balances]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([account, { fen }]) => `${yuan(fen)}  ${account}\n`)
process.stdout.write(lines.join(''))
process.stderr.write(`${peakKilobytes()}\n`)

// What the kernel counts for a process begins with its parent's size at the fork; that of the address space does not.
function peakKilobytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
}
