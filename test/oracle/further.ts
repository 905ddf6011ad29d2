import { yuan } from '../../src/domain/money.ts'
import type { Random } from '../simulation/random.ts'
import type { Said } from '../simulation/world.ts'
import type { Coop } from '../support/coop.ts'
import { FURTHER_BOOKS } from './further-books.ts'

/** A command as it is given, and what chance drew for it; days are of 2025 and moved into the year that is played. */
export type Told = Pick<Said, 'name' | 'body'>
export type Drawn = { id: string; date: string; month: string; amount: string; coop: Coop; year: number }

/** What is let besides the shop every co-op begins with. */
export const ASSETS = ['店面2', '店面3', '摊位4']
const PERSONS = ['M00001', 'M00002', 'M00003', 'M00004', 'M00011', 'M00012']

/** Commands the simulation does not give: accruals, deposits, subsidies, investments, shares, more leases and programmes. */
export function furtherCommand(random: Random, coop: Coop, id: string, year: number): Told {
  const month = String(2 + random.below(11)).padStart(2, '0')
  const date = `2025-${month}-${String(1 + random.below(28)).padStart(2, '0')}`
  const amount = yuan(1 + random.below(2_000_000))
  return random.pick(random.chance(0.5) ? FURTHER : FURTHER_BOOKS)(random, {
    id,
    date,
    month: `2025-${month}`,
    amount,
    coop,
    year,
  })
}

const FURTHER: readonly ((random: Random, drawn: Drawn) => Told)[] = [
  (random, { month, date, amount }) => ({
    name: 'ChargeDepreciation',
    body: { month, date, charges: [{ use: random.pick(['let', 'own', 'welfare']), amount }] },
  }),
  (random, { month, date, amount }) => ({
    name: 'AccrueTax',
    body: {
      month,
      date,
      taxes: [
        { tax: random.pick(['房产税', '印花税']), amount },
        { tax: '城建税及附加', amount: '0.07' },
      ],
    },
  }),
  (random, { month, date, amount }) => ({
    name: 'AccruePay',
    body: {
      month,
      date,
      groups: [
        { title: '干部', heads: 3, amount, account: random.pick(['513-干部报酬', '513-人员工资']), officers: true },
      ],
    },
  }),
  (random, { id, date, amount }) => ({
    name: 'ReceiveSubsidy',
    body: {
      ...{ id, date, from: '区财政局', project: '运转', amount, into: '102-基本户' },
      ...(random.chance(0.5) ? { fund: '路灯' } : {}),
    },
  }),
  (random, { id, date, amount }) => {
    const stage = random.pick(['declared', 'received', 'received-declared'])
    const into = stage === 'declared' ? {} : { into: '102-基本户' }
    return { name: 'RecordInvestmentIncome', body: { id, company: '某某投资公司', stage, amount, date, ...into } }
  },
  (random, { id, date, amount }) => ({
    name: 'PayExpense',
    body: { id, date, item: '缴税', account: random.pick(['212', '214-房产税', '511-维修', '151']), amount, ...toFirm },
  }),
  (random, { id, date, amount }) => ({
    name: 'PayExpense',
    body: { id, date, item: '助困', amount, fund: '助困', purpose: random.pick(['relief', 'project']), ...toFirm },
  }),
  (_, { date }) => ({ name: 'ReceiveDeposit', body: { lease: '租1', amount: '500', date, into: '102-基本户' } }),
  (_, { date }) => ({ name: 'ReturnDeposit', body: { lease: '租1', amount: '50', date, from: '101' } }),
  (random, { id, date }) => ({
    name: 'TransferShares',
    body: { id, from: random.pick(PERSONS), to: random.pick(PERSONS), shares: '0.166667', on: date, basis: '协议' },
  }),
  (random, { id, date }) => ({
    name: 'CancelShares',
    body: { id, person: random.pick(PERSONS), shares: '0.01', on: date, basis: '退出' },
  }),
  (random, { date }) => ({
    name: 'EndMembership',
    body: { person: random.pick(['M00003', 'M00009']), on: date, reason: random.pick(['death', 'elsewhere']) },
  }),
  (random, { coop, year }) => {
    const numbers = [...coop.state.books.vouchers.keys()].filter(number => number.startsWith(String(year)))
    return {
      name: 'ReverseVoucher',
      body: { number: random.pick(numbers) ?? '无', date: '2025-12-28', reason: '记错' },
    }
  },
  (random, { coop, date }) => {
    const requests = [...coop.state.programmes.requests].filter(([, each]) => !each.approved)
    const [request, { asked }] = random.pick(requests) ?? ['无', { asked: '1' }]
    const goods = { form: 'goods', items: [{ item: '大米', quantity: 1, unit: '份' }] }
    const given = random.chance(0.4) ? goods : { form: 'money', amount: asked.length > 6 ? '999.99' : asked }
    return { name: 'ApproveRelief', body: { request, conflict: '无', date: date.replace(/-\d\d-/, '-12-'), ...given } }
  },
  (random, { coop, id }) => {
    const stocks = [...coop.state.funds.stock].flatMap(([fund, items]) =>
      [...items].map(each => [fund, ...each] as const),
    )
    const [fund, item, { quantity }] = random.pick(stocks) ?? ['助困', '大米', { quantity: 1 }]
    const given = { item, quantity: 1 + random.below(Math.max(1, quantity)), unit: '份' }
    const purpose = random.pick(['relief', 'scholarship'])
    const body = { id, date: '2025-12-20', fund, purpose, items: [given], recipients: 1, note: '发放' }
    return { name: 'GiveGoods', body }
  },
  (random, { id, date }) => lease(random, id, date),
  (random, { id, date }) => lease(random, id, date),
  (_, { month }) => ({ name: 'AccrueRent', body: { month, date: `${month}-28` } }),
  (random, { coop, month }) => ({
    name: 'AmendLease',
    body: {
      lease: random.pick([...coop.state.property.leases.keys()]),
      ...{ on: `${month}-01`, from: month, monthlyRent: yuan(1 + random.below(900_000)), reason: '协商' },
    },
  }),
  (random, { coop, date }) => ({
    name: 'EndLease',
    body: {
      lease: random.pick([...coop.state.property.leases.keys()].filter(each => each !== '租1')) ?? '无',
      on: date,
      reason: '到期',
    },
  }),
  (random, { coop, date, amount }) => {
    const leases = [...coop.state.property.leases.keys()]
    const receipts = [...new Set([random.pick(leases), random.pick(leases)])].map(each => ({ lease: each, amount }))
    return { name: 'ReceiveRent', body: { date, into: '102-基本户', receipts } }
  },
  (random, { id, date, year }) => ({
    name: 'DeclareDividend',
    body: {
      ...{ run: id, year: year - 1, resolution: `${year}-1`, recordDate: date, date },
      ...(random.chance(0.5)
        ? { pool: yuan(100 + random.below(900_000)) }
        : { perShare: yuan(1 + random.below(99_999)) }),
      ...(random.chance(0.5) ? { withholding: { rate: '0.2', basis: '税务局意见', decidedBy: '理事会' } } : {}),
    },
  }),
]

const toFirm = { payee: { organisation: '某某公司' }, from: '102-基本户' }

// The asset may be let already, which is refused.
function lease(random: Random, id: string, date: string): Told {
  const asset = random.pick(ASSETS)
  const tenant = random.chance(0.5) ? { person: random.pick(PERSONS) } : { organisation: '某某商行' }
  const terms = {
    monthlyRent: yuan(1 + random.below(900_000)),
    vatRate: random.pick(['0', '0.05', '0.09']),
    deposit: '0',
  }
  const body = { lease: id, asset, tenant, from: date, to: '2026-11-17', ...terms, income: '501-摊位', on: date }
  return { name: 'SignLease', body }
}
