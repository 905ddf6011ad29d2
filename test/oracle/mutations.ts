/** The payload of an event, to be changed in place. */
type Data = Record<string, string> &
  Record<'leases' | 'members' | 'holdings' | 'items' | 'receipts', string[][]> & {
    voucher: { lines: Record<string, string>[]; date: string }
    charges: Record<string, string>[]
    taxes: Record<string, string>[]
    groups: Record<string, string>[]
    cards?: [string, string][]
    yearToDate?: number
    claims?: Record<string, string>[]
    nextNumber?: [string, number][]
    tenantIsMember: boolean
    through514: boolean
  }

export type WrongFact = { what: string; type: string; change: (data: Data) => void }
export type WrongRule = { what: string; module: string; from: string; to: string }

/** Facts that were otherwise than the ledger booked them: each must be noticed in the figures. */
export const WRONG_FACTS: readonly WrongFact[] = [
  { what: 'a gift is a fen larger', type: 'DonationReceived', change: data => grow(data, 'amount') },
  { what: 'a subsidy goes to another account', type: 'SubsidyReceived', change: data => set(data, 'into', '101') },
  { what: 'an expense is a fen smaller', type: 'ExpensePaid', change: data => shrink(data, 'amount') },
  { what: 'an income is of another kind', type: 'OtherIncomeReceived', change: data => set(data, 'account', '504') },
  { what: 'a lease has another rent', type: 'LeaseSigned', change: data => set(data, 'monthlyRent', '10501.00') },
  { what: 'a tenant is a member', type: 'LeaseSigned', change: data => set(data, 'tenantIsMember', true) },
  { what: 'a receipt is a fen larger', type: 'RentReceived', change: data => grow(data.receipts[0]!, 1) },
  {
    what: 'an asset is used otherwise',
    type: 'DepreciationCharged',
    change: data => set(data.charges[0]!, 'use', 'welfare'),
  },
  { what: 'a tax has another name', type: 'TaxAccrued', change: data => set(data.taxes[0]!, 'tax', '增值税') },
  { what: 'somebody holds other shares', type: 'SharesIssued', change: data => set(data.holdings[0]!, 1, '1.1') },
  { what: 'a dividend is a fen larger', type: 'DividendDeclared', change: data => grow(data, 'declared') },
  {
    what: 'an allowance is a fen larger',
    type: 'RunApproved',
    change: data => data.members[0] && grow(data.members[0], 1),
  },
  { what: 'a member was admitted later', type: 'MemberAdmitted', change: data => set(data, 'on', '2026-12-31') },
  { what: 'one payment of a batch is missing', type: 'PaymentsSettled', change: data => void data.items.pop() },
  { what: 'a fund is of another kind', type: 'FundOpened', change: data => set(data, 'kind', 'held') },
  { what: 'a fund is not spent through 514', type: 'FundOpened', change: data => set(data, 'through514', false) },
  {
    what: 'a programme is paid from elsewhere',
    type: 'ProgrammeAdopted',
    change: data => set(data, 'treatment', 'reserve'),
  },
  { what: 'the reserve has another rate', type: 'ReserveSetAside', change: data => set(data, 'rate', '0.31') },
  {
    what: 'a voucher is reversed that was another',
    type: 'VoucherReversed',
    change: data => set(data, 'original', '2025-01-记-1'),
  },
  {
    what: 'an opening balance is a fen larger',
    type: 'OpeningBalancesRecorded',
    change: data => grow(data.voucher.lines[0]!, 'debit'),
  },
]

/** Mistakes in the oracle's own rules: each must be noticed too, or the rule is not tested by these ledgers. */
export const WRONG_RULES: readonly WrongRule[] = [
  { what: 'rounds down', module: 'money.py', from: 'rounding=ROUND_HALF_UP', to: 'rounding=ROUND_DOWN' },
  { what: 'breaks ties by the code first', module: 'money.py', from: '(run + code)', to: '(code + run)' },
  { what: 'owes heirs through 113', module: 'settling.py', from: "'211-分红'", to: "'113-分红'" },
  { what: 'takes depreciation off the asset', module: 'entries.py', from: "Line('152'", to: "Line('151'" },
  { what: 'knows no long-term prepaid rent', module: 'entries.py', from: "'221-预收租金'", to: "'211-预收租金'" },
  {
    what: 'takes a gift for income',
    module: 'entries.py',
    from: "UNRESTRICTED = '311-受赠(未限定)'",
    to: "UNRESTRICTED = '504'",
  },
  {
    what: 'leaves the distributions open at the year-end',
    module: 'settling.py',
    from: '(-result, given)',
    to: '(-result, 0)',
  },
  { what: 'counts whole months only', module: 'facts.py', from: 'begun[-1] * days', to: 'begun[-1] * whole' },
  { what: 'settles arrears last', module: 'entries.py', from: 'min(lease.arrears, amount)', to: '0' },
  {
    what: 'puts the opening into the first month',
    module: 'oracle.py',
    from: 'timedelta(days=1)',
    to: 'timedelta(days=0)',
  },
]

/** Sets a fact. */
export function set(target: object, key: PropertyKey, value: unknown): void {
  Reflect.set(target, key, value)
}

/** Makes an amount in yuan a fen larger; one that is not there stays away. */
export const grow = (target: object, key: PropertyKey): void => moved(target, key, 1)
const shrink = (target: object, key: PropertyKey): void => moved(target, key, -1)

function moved(target: object, key: PropertyKey, fen: number): void {
  const before: unknown = Reflect.get(target, key)
  if (before !== undefined) Reflect.set(target, key, ((Math.round(Number(before) * 100) + fen) / 100).toFixed(2))
}
