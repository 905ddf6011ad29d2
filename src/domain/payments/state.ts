import type { CoopEvent } from '../events.ts'
import { type Fen, fenOf } from '../money.ts'
import { invariant } from '../refusal.ts'
import { breakdownOf, type Voucher } from '../voucher.ts'
import type { PaymentItem } from './events.ts'

/** One thing owed to one person: by a dividend, a run, an award or a relief approval. Fen. */
export type Claim = {
  person: string
  origin: string
  account: string
  fund: string
  amount: Fen
  state: 'open' | 'batched' | 'paid' | 'written-back' | 'withdrawn'
  /** The batch the bank paid it in: only that one can come back. */
  paidIn?: string
  /** Money of a dividend may not leave before its objection days have run out. */
  resolution?: string
}
export type Batch = { from: string; items: PaymentItem[]; approvedBy?: string; settled: boolean }
export type Payments = {
  claims: Map<string, Claim>
  batches: Map<string, Batch>
  cash: Set<string>
  /** Origins of what was unpaid when the books began. */
  begun: Set<string>
}

/** Nothing owed. */
export const emptyPayments = (): Payments => ({
  claims: new Map(),
  batches: new Map(),
  cash: new Set(),
  begun: new Set(),
})

/** The key of a claim: the same person is owed once an origin. */
export const claimKey = (person: string, origin: string): string => `${origin}|${person}`

/** Opens claims when something is granted and follows each until it is paid. */
export function evolvePayments(payments: Payments, { type, data }: CoopEvent): void {
  switch (type) {
    case 'OpeningBalancesRecorded':
      for (const { line, origin } of data.claims ?? []) {
        payments.begun.add(origin)
        open(payments, origin, { ...data.voucher, lines: data.voucher.lines.slice(line, line + 1) }, data)
      }
      break
    case 'DividendDeclared':
      open(payments, data.run, data.voucher, data, data.resolution)
      break
    case 'RunApproved':
      open(payments, data.run, data.voucher, data)
      break
    case 'ScholarshipAwarded':
      open(payments, data.award, data.voucher, data)
      break
    case 'ReliefApproved':
      if (data.form === 'money') open(payments, data.request, data.voucher, data)
      break
    case 'DividendWithdrawn':
      for (const claim of payments.claims.values()) if (claim.origin === data.run) claim.state = 'withdrawn'
      break
    case 'PaymentBatchPrepared':
      payments.batches.set(data.batch, { from: data.from, items: data.items, settled: false })
      mark(payments, data.items, 'batched')
      break
    case 'PaymentBatchApproved':
      batchOf(payments, data.batch).approvedBy = data.by
      break
    case 'PaymentsSettled':
      batchOf(payments, data.batch).settled = true
      mark(payments, data.items, 'paid', data.batch)
      mark(payments, data.failed, 'open')
      break
    case 'PaymentsReturned':
      mark(payments, data.items, 'open')
      break
    case 'PaymentMisdirected':
      mark(payments, [data.item], 'open')
      break
    case 'CashPaid':
      payments.cash.add(data.id)
      mark(payments, [data.item], 'paid')
      break
    case 'PayableWrittenBack':
      payments.cash.add(data.id)
      mark(payments, data.items, 'written-back')
      break
  }
}

/** Withdraws the claims that a reversed grant had opened. */
export function undoPayments(payments: Payments, { type, data }: CoopEvent): void {
  const origin =
    type === 'RunApproved'
      ? data.run
      : type === 'ScholarshipAwarded'
        ? data.award
        : type === 'ReliefApproved'
          ? data.request
          : undefined
  if (origin === undefined) return
  for (const claim of payments.claims.values()) if (claim.origin === origin) claim.state = 'withdrawn'
}

// Each control line (113, 211) of the granting voucher says by its breakdown what is owed to whom; a second line on the
// other side of the same account (withheld tax) takes its part off again.
function open(
  payments: Payments,
  origin: string,
  voucher: Voucher,
  data: Record<string, unknown>,
  resolution?: string,
): void {
  for (const line of voucher.lines) {
    if (line.breakdown === undefined) continue
    for (const [person, fen] of breakdownOf(line, data)) {
      const key = claimKey(person, origin)
      // A number whose first grant was reversed begins anew; only lines of one voucher add up.
      const before = payments.claims.get(key)
      const owed = before?.state === 'open' ? before.amount : 0
      const amount = owed + (line.credit !== undefined ? fen : -fen)
      payments.claims.set(key, {
        person,
        origin,
        account: line.account,
        fund: line.fund ?? '',
        amount,
        state: 'open',
        ...(resolution ? { resolution } : {}),
      })
    }
  }
}

function mark(payments: Payments, items: readonly PaymentItem[], state: Claim['state'], batch?: string): void {
  for (const [person, origin, amount] of items) {
    const claim = payments.claims.get(claimKey(person, origin))
    invariant(claim && claim.amount === fenOf(amount), `a claim of ${person} by ${origin}`)
    claim.state = state
    if (batch === undefined) delete claim.paidIn
    else claim.paidIn = batch
  }
}

function batchOf(payments: Payments, id: string): Batch {
  const batch = payments.batches.get(id)
  invariant(batch, `batch ${id} exists`)
  return batch
}
