import { grow, set, type WrongFact, type WrongRule } from './mutations.ts'

/** Facts of cards, cash, taxes, pay and a start in mid-year that were otherwise than the ledger booked them. */
export const WRONG_BOOK_FACTS: readonly WrongFact[] = [
  { what: 'an asset cost a fen more', type: 'AssetCardOpened', change: data => grow(data, 'cost') },
  {
    what: 'an asset is used otherwise from a month on',
    type: 'AssetUseChanged',
    change: data => set(data, 'use', '?'),
  },
  {
    what: 'a card is charged a fen more',
    type: 'DepreciationCharged',
    change: data => data.cards?.[0] && grow(data.cards[0], 1),
  },
  { what: 'an asset is sold for a fen more', type: 'AssetDisposed', change: data => grow(data, 'proceeds') },
  { what: 'a grant built for a fen more', type: 'ProjectCompleted', change: data => grow(data, 'amount') },
  { what: 'a fen more of a grant goes back', type: 'GrantReturned', change: data => grow(data, 'amount') },
  {
    what: 'work on a project is an asset at once',
    type: 'ExpensePaid',
    change: data => data.account === '153' && data.fund && set(data, 'account', '151'),
  },
  { what: 'a cash box held a fen more', type: 'CashCounted', change: data => grow(data, 'counted') },
  { what: 'the cash that is missing is a fen more', type: 'CashDifferenceBooked', change: more('difference') },
  { what: 'a cash difference is settled otherwise', type: 'CashDifferenceSettled', change: more('difference') },
  { what: 'petty cash is a fen more', type: 'PettyCashAdvanced', change: more('amount') },
  { what: 'somebody is left with a fen more of the petty cash', type: 'PettyCashAccounted', change: more('left') },
  { what: 'a receipt has a later number', type: 'ReceiptIssued', change: data => set(data, 'no', `${data.no}9`) },
  { what: 'a tax has another rate', type: 'TaxRateSet', change: data => set(data, 'rate', '0.13') },
  {
    what: 'a tax is counted on something else',
    type: 'TaxAccrued',
    change: data => data.taxes[0]?.basisAmount && set(data.taxes[0], 'basisAmount', '7777.77'),
  },
  { what: 'another tax is paid', type: 'TaxPaid', change: data => set(data, 'tax', '城建税及附加') },
  { what: 'pay is a fen more', type: 'PayAccrued', change: data => grow(data.groups[0]!, 'amount') },
  { what: 'a fen more of the wages is withheld', type: 'WagesPaid', change: more('withheld') },
  {
    what: 'a movement of the year counts as its beginning',
    type: 'OpeningBalancesRecorded',
    change: data => data.yearToDate && set(data, 'yearToDate', data.yearToDate + 2),
  },
  {
    what: 'what is owed from before is owed by another list',
    type: 'OpeningBalancesRecorded',
    change: data => data.claims?.[0] && set(data.claims[0], 'origin', '下半年津贴'),
  },
  {
    what: 'the month goes on with another number',
    type: 'OpeningBalancesRecorded',
    change: data => data.nextNumber?.[0] && set(data.nextNumber[0], 1, 40),
  },
  {
    what: 'a lease begins with other arrears',
    type: 'OpeningBalancesRecorded',
    change: data => data.leases?.[0] && grow(data.leases[0], 4),
  },
]

/** Mistakes in the oracle's rules of the same subjects. */
export const WRONG_BOOK_RULES: readonly WrongRule[] = [
  {
    what: 'charges an asset in the month it comes',
    module: 'cards.py',
    from: 'month), 0), self',
    to: 'month) + 1, 0), self',
  },
  {
    what: 'sells assets without their last month',
    module: 'cards.py',
    from: 'last, proceeds = card.due(month)',
    to: 'last, proceeds = 0',
  },
  { what: 'takes a grant’s asset for income', module: 'cards.py', from: "'311-政府补助形成'", to: "'503'" },
  { what: 'counts by the first rate ever set', module: 'cashier.py', from: "[-1]['rate']", to: "[0]['rate']" },
  { what: 'takes the tax on profits for a cost', module: 'cashier.py', from: "'521' if", to: "'512' if" },
  {
    what: 'books found cash as missing',
    module: 'cashier.py',
    from: "either(account, found, '181')",
    to: "either(account, -found, '181')",
  },
]

function more(name: string): WrongFact['change'] {
  return data => grow(data, name)
}
