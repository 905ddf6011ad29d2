import type { Play } from './play.ts'
import { resolve } from './village-start.ts'

/** August and September: a box of cash with a limit, a shortage, petty cash and receipts; taxes, wages, and the year's plan. */
export function cashAndPlan(play: Play): void {
  play.today = '2025-08-06'
  const plan = { title: '2025年度财务预算', matter: 'budget', body: 'representatives', content: ['办公费 2,000 元'] }
  const no = resolve(play, { ...plan, budget: '20000.00' })
  const board = resolve(play, { ...plan, title: '调整2025年度财务预算' })
  play.today = '2025-09-30'
  cashBox(play, no)
  pettyCash(play)
  receipts(play)
  taxesAndPay(play)
  planned(play, no, board)
}

function cashBox(play: Play, resolution: string): void {
  play.do('SetCashLimit', { limit: '400.00', pettyCash: '300.00', from: '2025-08-01', reason: '按三天零星开支核定' })
  play.do('PostVoucher', {
    ...{ date: '2025-08-20', summary: '提现' },
    lines: [
      { account: '101', debit: '500.00' },
      { account: '102-基本户', credit: '500.00' },
    ],
  })
  const pieces = [
    { value: '100', pieces: 4 },
    { value: '10', pieces: 9 },
  ]
  play.do('CountCash', { on: '2025-08-31', pieces, counters: ['M00006', 'M00007'], difference: '-10.00' })
  play.do('SettleCashDifference', { count: 'PD1', date: '2025-09-05', resolution, person: 'M00006' })
}

function pettyCash(play: Play): void {
  const advance = { person: 'M00002', from: '101', purpose: '零星采购' }
  play.do('AdvancePettyCash', { ...advance, amount: '300.00', date: '2025-09-06' })
  const items = [{ account: '513-办公', amount: '120.00', item: '文具' }]
  play.do('AccountForPettyCash', { person: 'M00002', date: '2025-09-10', items })
  const wrong = { items: [{ account: '513-办公', amount: '99.00', item: '看错' }] }
  const [booked] = play.do('AccountForPettyCash', { person: 'M00002', date: '2025-09-11', ...wrong })
  const { voucher } = booked!.data as { voucher: { number: string } }
  play.do('ReverseVoucher', { number: voucher.number, date: '2025-09-11', reason: '看错' })
  const returned = { amount: '50.00', into: '101' }
  play.do('AccountForPettyCash', { person: 'M00002', date: '2025-09-12', returned })
}

function receipts(play: Play): void {
  const income = { account: '501-停车', into: '101', date: '2025-09-15' }
  const [parked] = play.do('ReceiveIncome', {
    ...income,
    id: 'TC1',
    item: '停车费',
    from: { anonymous: true },
    amount: '60.00',
  })
  const { voucher } = parked!.data as { voucher: { number: string } }
  const receipt = { of: voucher.number, item: '停车费', on: '2025-09-15' }
  play.do('IssueReceipt', { ...receipt, from: { organisation: '泉港某厂' }, amount: '60.00' })
  play.do('VoidReceipt', { no: '2025-收-1', reason: '抬头写错', on: '2025-09-15' })
  play.do('IssueReceipt', { ...receipt, from: { person: 'M00003' }, amount: '20.00' })
}

function taxesAndPay(play: Play): void {
  const rate = { basis: '不含税租金', source: '房产税暂行条例 art. 4', from: '2025-01-01' }
  const due = { every: 'quarter', day: 15 }
  play.do('SetTax', { ...rate, tax: '房产税', rate: '0.12', due })
  const taxes = [{ tax: '房产税', basisAmount: '1000.00' }]
  for (const month of ['2025-08', '2025-09']) play.do('AccrueTax', { month, date: `${month}-28`, taxes })
  play.do('PayTax', { tax: '房产税', amount: '150.00', date: '2025-09-29', from: '102-基本户' })
  const groups = [
    { title: '干部', heads: 3, amount: '900.00', account: '513-干部报酬', officers: true },
    { title: '保洁', heads: 2, amount: '400.00', account: '513-人员工资', officers: false },
  ]
  for (const month of ['2025-08', '2025-09']) {
    play.do('AccruePay', { month, date: `${month}-28`, groups })
    play.do('PayWages', { month, date: `${month}-29`, from: '102-基本户', heads: 5, withheld: '10.00' })
  }
}

function planned(play: Play, resolution: string, further: string): void {
  const office = { item: '办公', title: '办公费', direction: 'out', amount: '100.00', account: '513-办公' }
  const items = [
    office,
    { item: '津贴', title: '老年津贴', direction: 'out', amount: '9000.00', programme: 'ELDER' },
    { item: '路灯', title: '路灯改造', direction: 'out', amount: '8000.00', fund: '路灯' },
    { item: '停车', title: '停车收入', direction: 'in', amount: '240.00', account: '501-停车' },
  ]
  play.do('AdoptBudget', { year: 2025, resolution, items })
  const travel = { item: '差旅', title: '差旅费', direction: 'out', amount: '500.00', account: '513-差旅费' }
  play.do('AmendBudget', {
    year: 2025,
    resolution: further,
    reason: '办公费不足',
    items: [{ ...office, amount: '400.00' }, travel],
  })
}
