import { fundAccount } from '../src/domain/books/state.ts'
import type { GoodsItem } from '../src/domain/funds/events.ts'
import { type Fen, fenOf } from '../src/domain/money.ts'
import type { Voucher } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import type { EventOf, ProjectedEvent, Projection } from './projection.ts'
import { insert, insertEach, reverseRows } from './rows.ts'

/**
 * Funds, who gave what to them and what it went to, goods in store, subsidies, investment income, and the memorandum
 * register of shared things. Entries are signed and dated; a red voucher enters them once more, negated. Fen.
 */
export const funds: Projection = {
  name: 'funds',
  version: 1,
  tables: {
    funds: `coop TEXT NOT NULL, fund TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL, purpose TEXT NOT NULL,
      allows TEXT NOT NULL, through514 INTEGER NOT NULL, owner TEXT, opened_on TEXT NOT NULL, revision INTEGER NOT NULL,
      PRIMARY KEY (coop, fund)`,
    gifts: `coop TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, fund TEXT NOT NULL, form TEXT NOT NULL,
      donor_kind TEXT NOT NULL, donor TEXT NOT NULL, may_be_named INTEGER NOT NULL, change TEXT NOT NULL,
      amount INTEGER NOT NULL, intent TEXT, valuation TEXT, date TEXT NOT NULL, voucher TEXT NOT NULL,
      PRIMARY KEY (coop, id, revision)`,
    goods_moves: `coop TEXT NOT NULL, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL, fund TEXT NOT NULL,
      id TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL, quantity INTEGER NOT NULL, value INTEGER NOT NULL,
      change TEXT NOT NULL, date TEXT NOT NULL, voucher TEXT NOT NULL, PRIMARY KEY (coop, revision, ordinal)`,
    goods_shared: `coop TEXT NOT NULL, id TEXT NOT NULL, on_day TEXT NOT NULL, what TEXT NOT NULL,
      givers INTEGER NOT NULL, note TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, id)`,
    fund_uses: `coop TEXT NOT NULL, revision INTEGER NOT NULL, fund TEXT NOT NULL, purpose TEXT NOT NULL,
      programme TEXT, form TEXT NOT NULL, heads INTEGER NOT NULL, amount INTEGER NOT NULL, date TEXT NOT NULL,
      voucher TEXT NOT NULL, PRIMARY KEY (coop, revision)`,
    subsidies: `coop TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, giver TEXT NOT NULL,
      project TEXT NOT NULL, fund TEXT NOT NULL, amount INTEGER NOT NULL, date TEXT NOT NULL, voucher TEXT NOT NULL,
      PRIMARY KEY (coop, id, revision)`,
    investment_income: `coop TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, company TEXT NOT NULL,
      stage TEXT NOT NULL, stake TEXT, amount INTEGER NOT NULL, date TEXT NOT NULL, voucher TEXT NOT NULL,
      PRIMARY KEY (coop, id, revision)`,
  },
  apply(tx, event) {
    switch (event.type) {
      case 'FundOpened':
        openFund(tx, event)
        break
      case 'DonationReceived':
      case 'GoodsDonated':
        receive(tx, event)
        break
      case 'DonationReturned':
        giveBack(tx, event)
        break
      case 'GoodsShared': {
        const { id, on, what, givers, note } = event.data
        insert(tx, 'goods_shared', { coop: event.coop, id, on_day: on, what, givers, note, revision: event.revision })
        break
      }
      case 'SubsidyReceived':
      case 'InvestmentIncomeReceived':
        applyIncome(tx, event)
        break
      case 'VoucherReversed':
        reverse(tx, event)
        break
      default:
        applyUses(tx, event)
    }
  },
}

function openFund(tx: Sql, { coop, data, revision }: EventOf<'FundOpened'>): void {
  const { fund, kind, purpose, allows, through514, owner, on } = data
  const account = fundAccount(kind, fund)
  const terms = { purpose, allows: JSON.stringify(allows), through514: through514 ? 1 : 0, owner }
  insert(tx, 'funds', { coop, fund, kind, account, ...terms, opened_on: on, revision })
}

function receive(tx: Sql, event: EventOf<'DonationReceived' | 'GoodsDonated'>): void {
  const { coop, revision, data } = event
  const goods = event.type === 'GoodsDonated'
  const amount = goods ? worth(event.data.items) : fenOf(event.data.amount)
  insert(tx, 'gifts', {
    ...{ coop, id: data.id, revision, fund: data.fund ?? '', form: goods ? 'goods' : 'money' },
    ...donorOf(data.donor),
    ...{ may_be_named: data.mayBeNamed ? 1 : 0, change: 'received', amount, ...booked(data.voucher) },
    intent: goods ? null : event.data.intent,
    valuation: goods ? event.data.valuation : null,
  })
  if (goods) moveGoods(tx, event, event.data.fund, 'donated', event.data.items, 1)
}

// What comes back to a giver is entered under the gift with a minus, so that its entries sum to what was kept.
function giveBack(tx: Sql, { coop, revision, data }: EventOf<'DonationReturned'>): void {
  const { voucher, donation, amount } = data
  tx.run(
    `INSERT INTO gifts SELECT coop, id, ?, fund, form, donor_kind, donor, may_be_named, 'returned', ?, intent,
      valuation, ?, ? FROM gifts WHERE coop = ? AND id = ? AND change = 'received'`,
    ...[revision, -fenOf(amount), voucher.date, voucher.number, coop, donation],
  )
}

function applyUses(tx: Sql, event: ProjectedEvent): void {
  switch (event.type) {
    case 'GoodsGiven': {
      const { fund, purpose, items, recipients } = event.data
      moveGoods(tx, event, fund, 'given', items, -1)
      use(tx, event, { fund, purpose, form: 'goods', heads: recipients, amount: worth(items) })
      break
    }
    case 'ExpensePaid': {
      const { fund, purpose = 'operation', programme, heads = 0, amount } = event.data
      if (fund) use(tx, event, { fund, purpose, programme, form: 'money', heads, amount: fenOf(amount) })
      break
    }
    case 'GrantReturned': {
      const { fund, amount } = event.data
      use(tx, event, { fund, purpose: 'return', form: 'money', heads: 0, amount: fenOf(amount) })
      break
    }
    case 'RunApproved':
    case 'ScholarshipAwarded':
    case 'ReliefApproved': {
      const fund = event.data.voucher.lines.find(line => line.fund)?.fund
      if (!fund) break
      const { programme, total, members, outsiders } = event.data
      const goods = event.type === 'ReliefApproved' ? event.data.items : undefined
      if (goods && event.type === 'ReliefApproved') moveGoods(tx, event, fund, 'given', goods, -1)
      const heads = goods ? 1 : members.length + outsiders.length
      const form = goods ? 'goods' : 'money'
      use(tx, event, { fund, purpose: 'programme', programme, form, heads, amount: fenOf(total) })
      break
    }
  }
}

function applyIncome(tx: Sql, event: EventOf<'SubsidyReceived' | 'InvestmentIncomeReceived'>): void {
  const { coop, revision } = event
  const { id, amount, voucher } = event.data
  const entry = { coop, id, revision, amount: fenOf(amount), ...booked(voucher) }
  if (event.type === 'SubsidyReceived') {
    const { from, project, fund = '' } = event.data
    insert(tx, 'subsidies', { ...entry, giver: from, project, fund })
  } else {
    const { company, stage, stake } = event.data
    insert(tx, 'investment_income', { ...entry, company, stage, stake })
  }
}

function reverse(tx: Sql, event: EventOf<'VoucherReversed'>): void {
  const gift = ['id', 'fund', 'form', 'donor_kind', 'donor', 'may_be_named', 'intent', 'valuation', 'change']
  reverseRows(tx, 'gifts', event, gift, ['amount'])
  const goods = ['ordinal', 'fund', 'id', 'item', 'unit', 'change']
  reverseRows(tx, 'goods_moves', event, goods, ['quantity', 'value'])
  reverseRows(tx, 'fund_uses', event, ['fund', 'purpose', 'programme', 'form'], ['heads', 'amount'])
  reverseRows(tx, 'subsidies', event, ['id', 'giver', 'project', 'fund'], ['amount'])
  reverseRows(tx, 'investment_income', event, ['id', 'company', 'stage', 'stake'], ['amount'])
}

type Use = { fund: string; purpose: string; programme?: string | undefined; form: string; heads: number; amount: Fen }

function use(tx: Sql, event: ProjectedEvent & { data: { voucher: Voucher } }, entry: Use): void {
  const { coop, revision, data } = event
  insert(tx, 'fund_uses', { coop, revision, ...entry, ...booked(data.voucher) })
}

function moveGoods(
  tx: Sql,
  event: EventOf<'GoodsDonated' | 'GoodsGiven' | 'ReliefApproved'>,
  fund: string,
  change: string,
  items: readonly GoodsItem[],
  sign: 1 | -1,
): void {
  const { coop, revision, data } = event
  const id = 'request' in data ? data.request : data.id
  const rows = items.map(({ item, unit, quantity, value }) => [item, unit, sign * quantity, sign * fenOf(value)])
  const shared = { coop, revision, fund, id, change, ...booked(data.voucher) }
  insertEach(tx, 'goods_moves', shared, ['item', 'unit', 'quantity', 'value'], rows)
}

const booked = ({ date, number }: Voucher) => ({ date, voucher: number })
const worth = (items: readonly GoodsItem[]): Fen => items.reduce((sum, { value }) => sum + fenOf(value), 0)

function donorOf(donor: EventOf<'DonationReceived'>['data']['donor']): { donor_kind: string; donor: string } {
  if ('person' in donor) return { donor_kind: 'person', donor: donor.person }
  return 'organisation' in donor
    ? { donor_kind: 'organisation', donor: donor.organisation }
    : { donor_kind: 'anonymous', donor: '' }
}
