import { closeSync, openSync, writeSync } from 'node:fs'
import type { OurLog } from './our-log.ts'

/** A program that reads a journal as text and prints the balance of every account. */
export type Bookkeeper = {
  readonly id: string
  readonly name: string
  readonly command: (journal: string) => readonly string[]
  readonly dialect: 'ledger' | 'beancount'
  /** Times as long as ours at the least. */
  readonly floor: number
}

/** The same in beancount 2 and 3; the older `bean-report` is gone from 3. */
const BALANCES = 'SELECT account, sum(position) GROUP BY account'

export const bookkeepers: readonly Bookkeeper[] = [
  {
    id: 'balance-hledger',
    name: 'hledger',
    command: file => ['hledger', '-f', file, 'balance', '--flat'],
    dialect: 'ledger',
    floor: 50,
  },
  {
    id: 'balance-ledger',
    name: 'ledger',
    command: file => ['ledger', '-f', file, 'balance', '--flat'],
    dialect: 'ledger',
    floor: 8,
  },
  {
    id: 'balance-beancount',
    name: 'bean-query',
    // Version 2 keeps what it has read in a file beside the journal, unless it is told not to.
    command: file => ['env', 'BEANCOUNT_DISABLE_LOAD_CACHE=1', 'bean-query', '-q', file, BALANCES],
    dialect: 'beancount',
    floor: 70,
  },
]

type Line = { readonly account: string; readonly debit?: string; readonly credit?: string }
type Voucher = { readonly date: string; readonly summary: string; readonly lines: readonly Line[] }

/** Writes the log's vouchers as a journal of that dialect; the same transactions, dates and amounts. */
export function writeJournal(log: OurLog, file: string, dialect: Bookkeeper['dialect']): void {
  const out = openSync(file, 'w')
  const accounts = new Map<string, string>()
  const nameOf = (account: string): string => {
    const name = dialect === 'ledger' ? account : `Assets:A${accounts.size}`
    if (!accounts.has(account)) accounts.set(account, name)
    return accounts.get(account) ?? name
  }
  for (let page = log.store.page(0, 2000); page.length > 0; page = log.store.page(page.at(-1)?.position ?? 0, 2000)) {
    writeSync(out, page.map(event => entryOf(JSON.parse(event.data).voucher as Voucher, dialect, nameOf)).join(''))
  }
  // Beancount takes directives in any order.
  if (dialect === 'beancount') writeSync(out, [...accounts.values()].map(name => `2000-01-01 open ${name}\n`).join(''))
  closeSync(out)
}

function entryOf(
  { date, summary, lines }: Voucher,
  dialect: Bookkeeper['dialect'],
  nameOf: (a: string) => string,
): string {
  const head = dialect === 'ledger' ? `${date} ${summary}` : `${date} * "${summary}"`
  const postings = lines.map(line => `  ${nameOf(line.account)}  ${line.debit ?? `-${line.credit}`} CNY\n`)
  return `${head}\n${postings.join('')}\n`
}
