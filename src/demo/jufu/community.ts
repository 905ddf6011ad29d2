import { type Act, act } from '../act.ts'
import { type Example, officersFrom } from '../example.ts'
import { assetCards, type Owned } from '../themes/assets.ts'
import { planned, yearPlan } from '../themes/budget.ts'
import { closings, type Disclose, disclosures } from '../themes/closing.ts'
import { establish, type Opening, openBooks } from '../themes/establishing.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'
import { running } from '../themes/running.ts'
import { taxRates } from '../themes/tax-rates.ts'
import { CHARITY_BANK, FUND, gifts } from './code505.ts'
import { otherIncome } from './income.ts'
import { lamps } from './lamps.ts'
import { lettings } from './lettings.ts'
import { inhabitants, register } from './people.ts'
import { relief } from './relief.ts'

const BANK = '102-基本户'
const STAKE = '141-泉港城乡经济投资（演示）'

const OPENING: readonly Opening[] = [
  [BANK, '182000'],
  [CHARITY_BANK, '96000', FUND],
  [STAKE, '500000'],
  ['151', '1800000'],
  ['152', '-420000'],
  ['301', '-1400000'],
  ['311-提取', '-542000'],
  ['322-未分配收益', '-120000'],
  [`311-受赠(限定)-${FUND}`, '-96000', FUND],
]
const DAYS: Matters['days'] = { proposed: '01-02', studied: '01-03', notice: '01-03', vote: '01-13', posted: '01-14' }
const MATTERS: readonly Matters[] = [
  {
    name: 'budget',
    title: '2025年度财务预算',
    matter: 'budget',
    body: 'representatives',
    content: ['办公和维修等日常开支预算 20,000 元'],
    budget: '20000',
    days: DAYS,
  },
  {
    name: 'elders',
    title: '购买居家养老服务',
    matter: 'programme',
    body: 'representatives',
    content: ['向社会机构购买“伍心夕阳红”居家养老“六助”服务，每月 3,000 元'],
    budget: '36000',
    days: DAYS,
  },
]

/** 聚福小区: rents, a stake, a charity fund, bought services, and the owners' lamps. */
export function jufu(seed: number, disclose: Disclose): { examples: Example[]; acts: Act[] } {
  const all = inhabitants(seed)
  const { members, neighbours } = all
  const example = described(all.members)
  const grown = members.filter(({ birth }) => birth < '1998')
  const accountless = grown[0]!
  accountless.bankAccount = ''
  const acts = [
    ...establish(example, face => register(face, all)),
    openBooks('jufu', OPENING, [STAKE]),
    ...gifts(example, grown.slice(20, 150)),
    ...relief(example, {
      people: [...grown.slice(150), ...neighbours],
      pupils: members.filter(({ birth }) => birth > '2007' && birth < '2019'),
      accountless,
    }),
    ...lamps(example, BANK),
    ...lettings(example, BANK),
    ...otherIncome(example, BANK),
    ...resolve(example, MATTERS),
    act('jufu', '2025-03-18', '提取公积公益金', face =>
      face.run('SetReserveAside', { year: 2024, date: face.today() }),
    ),
    outcome(example, 'elders', '12-30', '全年居家养老服务已按月验收付费。'),
    outcome(example, 'budget', '12-30', '2025年日常开支按预算执行。'),
    ...running(example, COSTS),
    ...assetCards('jufu', ASSETS),
    ...yearPlan(example, PLAN),
    ...taxRates(example.code),
    ...closings(example),
    ...disclosures(example, disclose),
  ]
  return { examples: [example], acts }
}

const since = { inService: '2016-03' }
const ASSETS: readonly Owned[] = [
  { ...since, name: '旧党群服务中心、店面', use: 'let', cost: '1000000', residual: '40000', life: 480 },
  { ...since, name: '社区办公用房', use: 'own', cost: '330000', residual: '10000', life: 400 },
  { ...since, name: '小区公益用房', use: 'welfare', cost: '470000', residual: '14000', life: 380 },
]

// What the members adopted binds: nothing is spent beyond an item.
const PLAN = {
  under: 'budget',
  on: '01-15',
  binding: true,
  items: [planned('out', '办公费', '513-办公', '11000'), planned('out', '维修费', '511-维修', '6000')],
}

const COSTS = {
  bank: BANK,
  pay: [{ title: '社区干部补贴', heads: 3, amount: '3600', account: '513-干部报酬', officers: true }],
  expenses: [
    { item: '社区办公费', account: '513-办公', payee: '演示市办公用品商行', amount: '900', under: 'budget' },
    {
      item: '店面维修',
      account: '511-维修',
      payee: '演示市山腰维修服务部',
      amount: '5200',
      on: ['05-15'],
      under: 'budget',
    },
    {
      item: '居家养老服务费',
      account: '514-养老服务',
      payee: '伍心夕阳红养老服务站（演示）',
      amount: '3000',
      under: 'elders',
    },
  ],
}

function described(members: Parameters<typeof officersFrom>[0]): Example {
  return {
    code: 'jufu',
    name: '聚福社区股份经济合作社（演示）',
    level: '社区',
    creditCode: 'N29990020000000029',
    charter: { reserveRate: '0.20', objectionDays: 7, representatives: 21 },
    contact: { address: '演示市山腰街道聚福小区党群服务站', phone: '0000-0000005', supervisorPhone: '0000-0000006' },
    banks: [
      { name: '基本户', bank: '演示农商银行山腰支行', kind: '基本户', lastFour: '0021' },
      { name: '慈善专户', bank: '演示农商银行山腰支行', kind: '专户', lastFour: '0022' },
    ],
    officers: officersFrom(members),
    resolutions: new Map(),
  }
}
