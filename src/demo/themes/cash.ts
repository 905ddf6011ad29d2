import { lastDay } from '../../domain/calendar.ts'
import { boxOn } from '../../domain/cash/box.ts'
import { DENOMINATIONS } from '../../domain/cash/events.ts'
import { fenOf, yuan } from '../../domain/money.ts'
import { type Act, act, MONTHS, ORDER } from '../act.ts'
import { type Example, numberOf, officerOf } from '../example.ts'
import { type Face, payloads } from '../face.ts'
import type { Resident } from '../people/households.ts'
import { type Matters, outcome, resolve } from './resolutions.ts'

/** Who runs errands with petty cash, and the month at whose end twenty yuan are missing. */
export type CashPlan = { errands: Resident; shortIn: string }

const SHORT = '20.00'
const MATTERS: readonly Matters[] = [
  {
    name: 'shortage',
    title: '处理现金短款',
    matter: 'other',
    body: 'board',
    content: [`6月末盘点短款 ${SHORT} 元，由出纳赔偿`],
    budget: SHORT,
    days: { proposed: '07-02', studied: '07-03', notice: '07-03', vote: '07-08', posted: '07-09' },
  },
]

/** The cash box of the year: a limit, a count at each month's end, petty cash in and out, and one shortage made good. */
export function cashBox(example: Example, { errands, shortIn }: CashPlan): Act[] {
  const { code } = example
  const limit = { limit: '20000', pettyCash: '3000', from: '2025-01-01', reason: '按三天零星开支核定' }
  return [
    act(code, '2025-01-02', '核定现金限额', face => face.run('SetCashLimit', limit)),
    ...pettyCash(code, errands),
    ...MONTHS.map(month =>
      act(
        code,
        lastDay(month),
        `${month}盘点现金`,
        face => counted(face, example, month === shortIn ? SHORT : '0.00'),
        ORDER.statement,
      ),
    ),
    ...resolve(example, MATTERS),
    act(code, '2025-07-17', '出纳赔偿短款', face => madeGood(face, example)),
    outcome(example, 'shortage', '07-25', '短款已由出纳赔偿入库。'),
  ]
}

function pettyCash(code: string, errands: Resident): Act[] {
  const items = [
    { account: '513-办公', amount: '1268.5', item: '文具和打印纸' },
    { account: '513-运转', amount: '592', item: '饮用水' },
  ]
  const returned = { amount: '139.5', into: '101' }
  return [
    act(code, '2025-03-05', '支备用金', face =>
      face.run('AdvancePettyCash', {
        ...{ person: errands.code, amount: '2000', from: '101', date: face.today(), purpose: '零星采购' },
      }),
    ),
    act(code, '2025-04-08', '备用金报销', face =>
      face.run('AccountForPettyCash', { person: errands.code, date: face.today(), items, returned, attachments: 3 }),
    ),
  ]
}

async function counted(face: Face, example: Example, short: string): Promise<void> {
  const on = face.today()
  const { books } = await face.state()
  const counters = [officerOf(example, '出纳'), officerOf(example, '会计')]
  const pieces = piecesOf(boxOn(books, '101', on) - fenOf(short))
  await face.run('CountCash', { on, pieces, counters, ...(fenOf(short) > 0 ? { difference: `-${short}` } : {}) })
}

// The fewest notes and coins of an amount in fen.
function piecesOf(fen: number): { value: string; pieces: number }[] {
  let left = fen
  return DENOMINATIONS.flatMap(value => {
    const pieces = Math.floor(left / fenOf(value))
    left -= pieces * fenOf(value)
    return pieces > 0 ? [{ value, pieces }] : []
  })
}

// The cashier pays it back and gets a receipt, the second one written, as the first named the wrong thing.
async function madeGood(face: Face, example: Example): Promise<void> {
  const person = officerOf(example, '出纳')
  const date = face.today()
  const short = [...(await face.state()).cash.counts].find(([, { open }]) => open === -fenOf(SHORT))
  const settled = { count: short?.[0], date, resolution: numberOf(example, 'shortage'), person }
  await face.run('SettleCashDifference', settled)
  const income = { id: `DK-${date}`, date, item: '收回现金短款', account: '113-现金短款', into: '101' }
  const facts = await face.run('ReceiveIncome', { ...income, from: { person }, amount: yuan(fenOf(SHORT)) })
  const of = payloads(facts, 'OtherIncomeReceived')[0]?.voucher.number
  const receipt = { of, from: { person }, amount: SHORT, on: date }
  const [wrong] = payloads(await face.run('IssueReceipt', { ...receipt, item: '收款' }), 'ReceiptIssued')
  await face.run('VoidReceipt', { no: wrong?.no, reason: '事由写得不清楚', on: date })
  await face.run('IssueReceipt', { ...receipt, item: '赔偿6月末现金短款' })
}
