import type { Draft } from '../src/store/codec.ts'

/** One transaction of the made-up ledger: the co-op it belongs to, and the fact that records it. */
export type Transaction = { readonly coop: string; readonly draft: Draft }

const COOPS = 10_000
const ACCOUNTS = [
  '101',
  '102-基本户',
  '112-王家',
  '201-李家',
  '321',
  '501-铺面',
  '513-办公',
  '514-助老',
  '521-物业',
  '531',
]

/**
 * A source of made-up transactions, the same in every run, lot after lot: two to four postings, on average three, over
 * co-ops hit at random (a hundred events a co-op, at most ten thousand co-ops).
 */
export function transactionSource(total: number): (count: number) => Transaction[] {
  const next = generator()
  const coops = Math.min(COOPS, Math.max(1, Math.ceil(total / 100)))
  let number = 0
  return count => Array.from({ length: count }, () => nextTransaction(next, coops, ++number))
}

type Next = (below: number) => number

function nextTransaction(next: Next, coops: number, number: number): Transaction {
  const coop = `c${String(next(coops)).padStart(5, '0')}`
  const month = `2025-${String(1 + next(12)).padStart(2, '0')}`
  const voucher = {
    number: `${month}-记-${number}`,
    date: `${month}-${String(1 + next(28)).padStart(2, '0')}`,
    summary: `收付款项${next(1_000_000)}`,
    attachments: next(10),
    lines: linesOf(next),
    review: { rule: 'entry', authorisedBy: 'M00001' },
  }
  return { coop, draft: { type: 'VoucherPosted', payload: { voucher } } }
}

function linesOf(next: Next): { account: string; debit?: string; credit?: string; counterparty?: string }[] {
  const debits = Array.from({ length: 1 + next(3) }, () => 1 + next(10_000_000))
  const total = debits.reduce((sum, fen) => sum + fen, 0)
  const account = (): string => ACCOUNTS[next(ACCOUNTS.length)] ?? '101'
  return [
    ...debits.map(fen => ({ account: account(), debit: yuanOf(fen), counterparty: `承租户${next(5000)}` })),
    { account: account(), credit: yuanOf(total) },
  ]
}

const yuanOf = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** A small linear generator (Numerical Recipes); good enough to scatter, the same everywhere. */
function generator(): Next {
  let state = 2025
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}
