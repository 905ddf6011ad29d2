import { type Act, act, ORDER } from '../act.ts'
import { type Example, numberOf } from '../example.ts'
import { FIRST_DAY } from '../themes/establishing.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'

const GRANT = '路灯改造补助'
const HELD = '路灯业主自筹款'
const OWNERS = '小区全体业主（演示）'

const MATTER: Matters = {
  name: 'lamps',
  title: '小区路灯改造',
  matter: 'project',
  body: 'board',
  content: [
    '更换路灯电缆和灯具；政府补助 30,000 元，业主自筹 18,000 元，由本社代管代付',
    '路灯归业主所有，不入本社资产',
  ],
  budget: '48000',
  days: { proposed: '06-03', studied: '06-05', notice: '06-05', vote: '06-09', posted: '06-10' },
}

/** The estate's street lamps: a subsidy and the owners' own money, both spent for them; the lamps are never the co-op's. */
export function lamps(example: Example, bank: string): Act[] {
  const { code } = example
  return [
    act(code, FIRST_DAY, '设立路灯专项', face => openFunds(face), ORDER.register),
    ...resolve(example, [MATTER]),
    act(code, '2025-06-25', '收路灯补助', face =>
      face.run('ReceiveSubsidy', {
        id: 'LD-补助',
        date: face.today(),
        from: '山腰街道办事处（演示）',
        project: '路灯改造',
        amount: '30000',
        fund: GRANT,
        into: bank,
      }),
    ),
    act(code, '2025-07-08', '收业主自筹款', face =>
      face.run('PostVoucher', {
        date: face.today(),
        summary: '收业主自筹路灯改造款（代管）',
        lines: [
          { account: bank, debit: '18000', fund: HELD },
          { account: `211-代管款-${HELD}`, credit: '18000', fund: HELD, counterparty: OWNERS },
        ],
      }),
    ),
    pay(example, 'LD-1', '08-12', '路灯改造工程款（补助部分）', GRANT, '30000', bank),
    pay(example, 'LD-2', '08-12', '路灯改造工程款（自筹部分）', HELD, '16500', bank),
    outcome(example, 'lamps', '08-20', '路灯改造完工并由业主代表验收，自筹结余 1,500 元退还业主。', 320),
    act(code, '2025-08-22', '退还自筹结余', face =>
      face.run('PayExpense', {
        id: 'LD-3',
        date: face.today(),
        item: '退还路灯自筹结余',
        payee: { organisation: OWNERS },
        amount: '1500',
        from: bank,
        fund: HELD,
        purpose: 'return',
      }),
    ),
  ]
}

async function openFunds(face: Parameters<Act['run']>[0]): Promise<void> {
  const common = { purpose: '小区路灯改造', on: FIRST_DAY }
  await face.run('OpenFund', { ...common, fund: GRANT, kind: 'grant', allows: ['project'] })
  await face.run('OpenFund', { ...common, fund: HELD, kind: 'held', allows: ['project', 'return'], owner: OWNERS })
}

function pay(example: Example, id: string, on: string, item: string, fund: string, amount: string, from: string): Act {
  return act(example.code, `2025-${on}`, item, face =>
    face.run('PayExpense', {
      id,
      date: face.today(),
      item,
      payee: { organisation: '演示市亮化工程公司' },
      amount,
      from,
      fund,
      purpose: 'project',
      resolution: numberOf(example, 'lamps'),
    }),
  )
}
