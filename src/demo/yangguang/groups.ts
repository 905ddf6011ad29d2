import type { Act } from '../act.ts'
import { type Example, officersFrom } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { assetCards } from '../themes/assets.ts'
import { closings, type Disclose, disclosures } from '../themes/closing.ts'
import { dividend } from '../themes/dividend.ts'
import { establish, openBooks } from '../themes/establishing.ts'
import { type Letting, letOut, rents } from '../themes/lettings.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'
import { type Running, running } from '../themes/running.ts'
import { buildings } from './assets.ts'
import { changes, type Passing, registerHolders } from './people.ts'

const BANK = '102-基本户'

/** What tells one 小组 from the other. */
export type Group = {
  number: 1 | 2
  people: Resident[]
  heirs: Resident[]
  newborns: Resident[]
  passing: Passing
  /** One who has no bank account at all, if there is one. */
  waiting?: Resident
  shares: (resident: Resident) => string
  /** 322 at the start of 2025, and what is declared of it, in yuan. */
  surplus: string
  reserve: string
  mode: { perShare: string } | { pool: string }
  declared: string
  buildings: number
  rent: string
}

const BUDGET: Matters = {
  name: 'budget',
  title: '2025年度财务预算',
  matter: 'budget',
  body: 'assembly',
  content: ['小组日常办公、维修和水电预算'],
  budget: '150000',
  days: { proposed: '01-02', studied: '01-03', notice: '01-03', vote: '01-14', posted: '01-15' },
}

/** A 小组 of 阳光 with books of its own: shops let, a dividend, nothing of the community's. */
export function group(plan: Group, disclose: Disclose): { example: Example; acts: Act[] } {
  const example = described(plan)
  const { code } = example
  const late = { '2025-06': [`XZ${plan.number}03`], '2025-12': [`XZ${plan.number}05`] }
  const acts = [
    ...establish(example, face => registerHolders(face, plan.people, plan.heirs, plan.shares)),
    openBooks(code, [
      [BANK, plan.surplus],
      ['151', '30000000'],
      ['152', '-6000000'],
      ['301', '-15000000'],
      ['311-提取', '-9000000'],
      ['322-未分配收益', `-${plan.surplus}`],
    ]),
    letOut(example, lettings(plan)),
    ...rents(example, { ahead: [], late }, BANK),
    ...resolve(example, [BUDGET]),
    ...paidOut(example, plan),
    ...running(example, COSTS),
    ...assetCards(code, buildings(plan.number, plan.buildings)),
    ...changes(example, [plan.passing], plan.newborns),
    outcome(example, 'budget', '12-30', '2025年日常开支按预算执行。'),
    ...closings(example),
    ...disclosures(example, disclose),
  ]
  return { example, acts }
}

const COSTS: Running = {
  bank: BANK,
  pay: [{ title: '小组干部', heads: 3, amount: '9000', account: '513-干部报酬', officers: true }],
  expenses: [
    { item: '小组办公费', account: '513-办公', payee: '演示市办公用品商行', amount: '2600', under: 'budget' },
    {
      item: '店面维修',
      account: '511-维修',
      payee: '演示市青阳市政工程队',
      amount: '28000',
      on: ['04-18', '10-17'],
      under: 'budget',
    },
  ],
}

function paidOut(example: Example, plan: Group): Act[] {
  const grown = plan.people.filter(({ birth }) => birth > '1972' && birth < '1990')
  const [waiting, returned, misdirected, paidTo] = grown.filter(person => person !== plan.waiting)
  return dividend(example, {
    run: `FH-2024-${plan.number}组`,
    bank: BANK,
    budget: plan.declared,
    mode: plan.mode,
    content: contentOf(plan),
    waiting: plan.waiting ?? waiting!,
    why: plan.waiting ? '一人尚无收款账户' : '一人本人要求暂缓领取',
    returned: returned!,
    misdirected: misdirected!,
    paidTo: paidTo!,
    heads: plan.people.length,
  })
}

function described({ number, people, reserve }: Group): Example {
  const name = `阳光社区第${'一二'[number - 1]}小组股份经济合作社（演示）`
  return {
    code: `yangguang-${number}`,
    name,
    level: '小组',
    creditCode: `N299900100000001${number}9`,
    charter: { reserveRate: reserve, objectionDays: 7, representatives: 0 },
    contact: {
      address: `演示市青阳街道阳光社区第${number}小组`,
      phone: '0000-0000003',
      supervisorPhone: '0000-0000004',
    },
    banks: [{ name: '基本户', bank: '演示农商银行阳光支行', kind: '基本户', lastFour: `001${number}` }],
    officers: officersFrom(people),
    resolutions: new Map(),
  }
}

function lettings({ number, buildings, rent }: Group): Letting[] {
  return Array.from({ length: buildings }, (_, index): Letting => {
    const id = `XZ${number}${String(index + 1).padStart(2, '0')}`
    const tenant = { organisation: `第${number}小组${index + 1}号楼商户（演示）` }
    const rest = { vatRate: '0.05', income: '501-物业租赁' } as const
    return {
      id,
      asset: `第${number}小组${index + 1}号商住楼`,
      kind: '店面',
      area: '1800',
      rent,
      tenant: () => tenant,
      ...rest,
    }
  })
}

function contentOf({ reserve, mode, declared }: Group): string[] {
  const how = 'perShare' in mode ? `每股 ${mode.perShare} 元` : `总额 ${declared} 元按份额分配`
  return [`先提取公积公益金 ${Number(reserve) * 100}%`, `${how}，登记日2025年3月1日`, '通过银行代发到个人账户']
}
