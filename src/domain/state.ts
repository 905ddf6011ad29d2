import { type Bank, emptyBank, evolveBank } from './bank/state.ts'
import { evolvePlans, type Plans } from './books/budget-state.ts'
import { type Books, emptyBooks, evolveBooks } from './books/state.ts'
import { emptyTaxes, evolveTaxes, type Taxes, undoTaxes } from './books/tax-state.ts'
import { type Cash, emptyCash, evolveCash, undoCash } from './cash/state.ts'
import { type Distribution, emptyDistribution, evolveDistribution } from './distribution/state.ts'
import type { CoopEvent } from './events.ts'
import { emptyFunds, evolveFunds, type Funds, undoFunds } from './funds/state.ts'
import { emptyGovernance, evolveGovernance, type Governance, undoGovernance } from './governance/state.ts'
import { emptyPayments, evolvePayments, type Payments, undoPayments } from './payments/state.ts'
import { emptyProgrammes, evolveProgrammes, type Programmes, undoProgrammes } from './programmes/state.ts'
import { emptyProperty, evolveProperty, type Property, undoProperty } from './property/state.ts'
import { invariant } from './refusal.ts'
import { emptyRegister, evolveRegister, type Register } from './register/state.ts'

/** Everything a decision about one co-op may look at, one part a subject. */
export type CoopState = {
  books: Books
  bank: Bank
  cash: Cash
  taxes: Taxes
  /** The financial plan of each year. */
  plans: Plans
  register: Register
  property: Property
  funds: Funds
  programmes: Programmes
  distribution: Distribution
  payments: Payments
  governance: Governance
}

/** A co-op before its first event. */
export const emptyCoop = (): CoopState => ({
  books: emptyBooks(),
  bank: emptyBank(),
  cash: emptyCash(),
  taxes: emptyTaxes(),
  plans: new Map(),
  register: emptyRegister(),
  property: emptyProperty(),
  funds: emptyFunds(),
  programmes: emptyProgrammes(),
  distribution: emptyDistribution(),
  payments: emptyPayments(),
  governance: emptyGovernance(),
})

/** Folds one event into the state, in place; each subject touches only its own part. */
export function evolve(state: CoopState, event: CoopEvent): void {
  evolveGovernance(state.governance, event)
  evolveRegister(state.register, event)
  evolveProperty(state.property, event)
  evolveFunds(state.funds, event)
  evolveProgrammes(state.programmes, event)
  evolveDistribution(state.distribution, event)
  evolvePayments(state.payments, event)
  evolveBooks(state.books, event)
  evolveBank(state.bank, event)
  evolveCash(state.cash, event)
  evolveTaxes(state.taxes, event)
  evolvePlans(state.plans, event)
  if (event.type === 'VoucherReversed') undo(state, event.data.original)
  // A withdrawn dividend gives its resolution the amount back; its claims are closed by the payments' own evolve.
  if (event.type === 'DividendWithdrawn')
    undoGovernance(state.governance, originalOf(state, event.data.voucher.reverses))
}

// A red voucher takes back what its original did to the sub-ledgers, each subject its own part.
function undo(state: CoopState, number: string): void {
  const original = originalOf(state, number)
  undoGovernance(state.governance, original)
  undoProperty(state.property, original)
  undoFunds(state.funds, original)
  undoProgrammes(state.programmes, original)
  undoPayments(state.payments, original)
  undoCash(state.cash, original)
  undoTaxes(state.taxes, original)
}

function originalOf(state: CoopState, number: string | undefined): CoopEvent {
  const original = state.books.vouchers.get(number ?? '')?.event
  invariant(original, `the voucher ${number} that is taken back`)
  return original
}
