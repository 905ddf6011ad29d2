import { boxOn } from '../../src/domain/cash/box.ts'
import { DENOMINATIONS } from '../../src/domain/cash/events.ts'
import { leftOf, openAdvance } from '../../src/domain/cash/state.ts'
import { fenOf, times, yuan } from '../../src/domain/money.ts'
import type { Random } from '../simulation/random.ts'
import type { Coop } from '../support/coop.ts'
import type { Drawn, Told } from './further.ts'

const HOLDERS = ['M00001', 'M00004', 'M00011']
const CONTRA: Readonly<Record<string, string>> = { '151': '152', '161': '162', '132': '133' }

/** Commands of the accountant's desk: asset cards and projects, the cash box, petty cash, receipts, taxes, wages. */
export const FURTHER_BOOKS: readonly ((random: Random, drawn: Drawn) => Told)[] = [
  (_, { month }) => ({ name: 'RunDepreciation', body: { month, date: `${month}-28` } }),
  (random, { coop, month }) => {
    const body = { from: month, use: random.pick(['let', 'own', 'welfare']), reason: '调整用途' }
    return { name: 'ChangeAssetUse', body: { card: cardIn(random, coop), ...body } }
  },
  (random, { coop, date, amount }) => {
    const sold = random.chance(0.6) ? { proceeds: amount, into: '102-基本户' } : {}
    return { name: 'DisposeAsset', body: { card: cardIn(random, coop), date, reason: '报废', ...sold } }
  },
  (random, { id, coop, month, date }) => {
    const account = random.pick(['151', '151', '161', '171'])
    const held = coop.state.books.balances.get('')?.get(account) ?? 0
    const shown = [...coop.state.property.cards.values()].filter(card => card.account === account && !card.disposed)
    const free =
      held - shown.reduce((sum, { cost, accumulated }) => sum + cost - (CONTRA[account] ? 0 : accumulated), 0)
    const terms = { account, cost: yuan(Math.max(1, free)), residual: '0', life: 1 + random.below(60), use: 'own' }
    return { name: 'OpenAssetCard', body: { card: id, name: id, ...terms, inService: month, on: date } }
  },
  (_, { id, date, amount }) => ({
    name: 'PayExpense',
    body: { id, date, item: '工程款', ...toBuilder, amount, fund: '路灯', purpose: 'project', account: '153' },
  }),
  (random, { id, date, amount }) => ({
    name: 'PayExpense',
    body: { id, date, item: '设备', ...toBuilder, amount, account: random.pick(['153', '161', '171']) },
  }),
  (random, { id, coop, date }) => {
    const work = (fund: string) => Math.max(0, coop.state.books.balances.get(fund)?.get('153') ?? 0)
    const own = random.chance(0.5) ? yuan(work('')) : '0.00'
    const terms = {
      fund: '路灯',
      amount: yuan(Math.max(1, work('路灯'))),
      own,
      residual: '0',
      life: 37,
      use: 'welfare',
    }
    return { name: 'CompleteProject', body: { card: id, name: '路灯', date, ...terms } }
  },
  (_, { date, amount }) => ({
    name: 'ReturnGrant',
    body: { fund: '路灯', amount, to: '区财政局', reason: '结余', date, from: '102-基本户' },
  }),
  (random, { coop, date, year }) => {
    const book = boxOn(coop.state.books, '101', `${year}${date.slice(4)}`)
    const difference = random.pick([0, 1, -1, 2000, -550].filter(each => book + each >= 0))
    const counted = { pieces: piecesOf(book + (difference ?? 0)), difference: yuan(difference ?? 0) }
    return { name: 'CountCash', body: { on: date, counters: ['M00008', 'M00004'], ...counted } }
  },
  (random, { coop, date, year }) => {
    const open = [...coop.state.cash.counts].filter(each => each[1].open !== 0 && !each[1].settled)
    const count = random.pick(open)?.[0] ?? '无'
    const person = random.chance(0.4) ? { person: random.pick(HOLDERS) } : {}
    return { name: 'SettleCashDifference', body: { count, date, resolution: `${year}-1`, ...person } }
  },
  (random, { date }) => ({
    name: 'AdvancePettyCash',
    body: { person: random.pick(HOLDERS), amount: yuan(1 + random.below(90_000)), from: '101', date, purpose: '采购' },
  }),
  (random, { coop, date }) => {
    const person = random.pick(HOLDERS)
    const advance = openAdvance(coop.state.cash, person)
    const left = advance ? leftOf(advance) : 1
    const spent = random.chance(0.5) ? left : 1 + random.below(left)
    const items = [{ account: random.pick(['513-办公', '511-维修']), amount: yuan(spent), item: '购物' }]
    const back = random.chance(0.5) && spent < left ? { returned: { amount: yuan(left - spent), into: '101' } } : {}
    return { name: 'AccountForPettyCash', body: { person, date, items, ...back } }
  },
  (random, { coop, amount }) => {
    const [of, { voucher }] = random.pick([...coop.state.books.vouchers]) ?? ['无', { voucher: { date: '2025-12-31' } }]
    return { name: 'IssueReceipt', body: { of, from: { person: 'M00001' }, amount, item: '收款', on: voucher.date } }
  },
  (random, { coop }) => {
    const no = random.pick([...coop.state.cash.receipts.keys()]) ?? '2025-收-999'
    return { name: 'VoidReceipt', body: { no, reason: '写错', on: '2025-12-20' } }
  },
  (random, { date }) => ({
    name: 'SetTax',
    body: {
      ...{ tax: random.pick(['房产税', '印花税']), rate: random.pick(['0.12', '0.0005', '4.5']), basis: '租金' },
      ...{ from: date, source: '税务局通知' },
      ...(random.chance(0.3) ? { to: date.replace(/-\d\d-/, '-12-') } : {}),
    },
  }),
  (random, { month, date, amount }) => {
    const counted = { tax: random.pick(['房产税', '房产税', '印花税']), basisAmount: amount }
    const profit = random.chance(0.3) ? [{ tax: '企业所得税', amount: '321.09' }] : []
    return { name: 'AccrueTax', body: { month, date, taxes: [counted, ...profit] } }
  },
  (random, { coop, date, amount }) => {
    const tax = random.pick(['房产税', '印花税', '增值税', '代扣个人所得税', '企业所得税'])
    const owed = -(coop.state.books.balances.get('')?.get(`214-${tax}`) ?? 0)
    const part = yuan(Math.min(fenOf(amount), Math.max(1, owed)))
    return { name: 'PayTax', body: { tax, amount: part, date, from: '102-基本户' } }
  },
  (random, { coop, date, year }) => {
    const open = [...coop.state.taxes.pay].filter(
      ([month, { accrued, paid }]) => month.startsWith(`${year}`) && accrued > paid,
    )
    const [month, { accrued, paid }] = random.pick(open) ?? ['2025-02', { accrued: 100, paid: 0 }]
    const withheld = random.chance(0.5) ? yuan(times(accrued - paid, '0.03')) : '0'
    return { name: 'PayWages', body: { month, date: date.replace(/-\d\d-/, '-12-'), from: '102-基本户', withheld } }
  },
]

const toBuilder = { payee: { organisation: '某某建筑公司' }, from: '102-基本户' }

const cardIn = (random: Random, coop: Coop): string =>
  random.pick([...coop.state.property.cards].filter(([, card]) => !card.disposed).map(([id]) => id)) ?? '无'

// As few notes and coins as make the sum.
function piecesOf(fen: number): { value: string; pieces: number }[] {
  let left = fen
  return DENOMINATIONS.flatMap(value => {
    const pieces = Math.floor(left / times(100, value))
    left -= pieces * times(100, value)
    return pieces > 0 ? [{ value, pieces }] : []
  })
}
