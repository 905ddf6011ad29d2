import type { Act } from '../act.ts'
import { type Example, officersFrom } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { assetCards } from '../themes/assets.ts'
import { yearPlan } from '../themes/budget.ts'
import { cashBox } from '../themes/cash.ts'
import { closings, type Disclose, disclosures } from '../themes/closing.ts'
import { dividend } from '../themes/dividend.ts'
import { enter, establish, FIRST_DAY, type Opening, openBooks } from '../themes/establishing.ts'
import { running } from '../themes/running.ts'
import { taxRates } from '../themes/tax-rates.ts'
import { ASSETS } from './assets.ts'
import { COSTS } from './costs.ts'
import { decisions } from './decisions.ts'
import { type Group, group } from './groups.ts'
import { otherIncome } from './income.ts'
import { changes, inhabitants, registerHolders, type Yangguang } from './people.ts'
import { PLAN } from './plan.ts'
import { lettings } from './property.ts'
import { welfare } from './welfare.ts'

const BANK = '102-基本户'
const OPENING: readonly Opening[] = [
  ['101', '20000'],
  [BANK, '14280000'],
  ['102-一般户', '6000000'],
  ['141-晋江农商银行（演示）', '9960000'],
  ['141-自营企业', '9040000'],
  ['141-入股企业', '5000000'],
  ['151', '156000000'],
  ['152', '-45600000'],
  ['301', '-90000000'],
  ['311-提取', '-52300000'],
  ['322-未分配收益', '-12400000'],
]
const PER_SHARE = '4200.00'
const DECLARED = '8320200'

/** 阳光社区 and its two 小组: the examples and everything that happens to them in the year. */
export function yangguang(seed: number, disclose: Disclose): { examples: Example[]; acts: Act[] } {
  const all = inhabitants(seed)
  const community = whole(all, disclose)
  const groups = [firstGroup(all), secondGroup(all)].map(plan => group(plan, disclose))
  return {
    examples: [community.example, ...groups.map(({ example }) => example)],
    acts: [...community.acts, ...groups.flatMap(({ acts }) => acts)],
  }
}

function whole(all: Yangguang, disclose: Disclose): { example: Example; acts: Act[] } {
  const { holders, heirs, elders } = all
  const example = described(holders)
  const grown = holders.filter(
    ({ birth }) => birth > '1970' && birth < '1988' && !heirs.some(heir => heir.birth === birth),
  )
  const [returned, misdirected, paidTo, objector] = grown.slice(40)
  const members = holders.filter(holder => !heirs.includes(holder))
  const acts = [
    ...establish(example, async face => {
      await registerHolders(face, holders, heirs, () => '1')
      await enter(face, elders, FIRST_DAY, '常住本社区的非成员老人', true)
    }),
    openBooks(
      example.code,
      OPENING,
      OPENING.map(([account]) => account).filter(account => account.startsWith('141-')),
    ),
    ...lettings(example, grown.slice(60, 80), BANK),
    ...otherIncome(example, BANK),
    ...welfare(example, { members, elders, gone: all.passings.map(({ gone }) => gone) }, BANK),
    ...decisions(example, objector!, BANK),
    ...dividend(example, {
      run: 'FH-2024-社区',
      bank: BANK,
      budget: DECLARED,
      mode: { perShare: PER_SHARE },
      content: ['先提取公积公益金 30%', `每股分红 ${PER_SHARE} 元，登记日2025年3月1日`, '余额转入以后年度'],
      waiting: all.accountless,
      why: '一人尚无收款账户',
      returned: returned!,
      misdirected: misdirected!,
      paidTo: paidTo!,
      heads: holders.length,
    }),
    ...running(example, { bank: BANK, ...COSTS }),
    ...assetCards(example.code, ASSETS),
    ...changes(example, all.passings, all.newborns),
    ...cashBox(example, { errands: grown[90]!, shortIn: '2025-06' }),
    ...yearPlan(example, PLAN),
    ...taxRates(example.code),
    ...closings(example),
    ...disclosures(example, disclose),
  ]
  return { example, acts }
}

function described(holders: readonly Resident[]): Example {
  return {
    code: 'yangguang',
    name: '阳光社区股份经济合作社（演示）',
    level: '社区',
    creditCode: 'N29990010000000019',
    charter: { reserveRate: '0.30', objectionDays: 7, representatives: 41 },
    contact: { address: '演示市青阳街道阳光社区服务中心', phone: '0000-0000001', supervisorPhone: '0000-0000002' },
    banks: [
      { name: '基本户', bank: '演示农商银行阳光支行', kind: '基本户', lastFour: '0001' },
      { name: '一般户', bank: '演示商业银行青阳支行', kind: '一般户', lastFour: '0002' },
    ],
    officers: officersFrom(holders, 2),
    resolutions: new Map(),
  }
}

function firstGroup({ groups, heirs, newborns, passings, accountless }: Yangguang): Group {
  return {
    number: 1,
    people: groups[0],
    heirs,
    newborns,
    passing: passings[0],
    waiting: accountless,
    shares: () => '1',
    surplus: '5100000',
    reserve: '0.20',
    mode: { perShare: '3900.00' },
    declared: '4067700',
    buildings: 10,
    rent: '56700',
  }
}

// Years of labour before the reform earned some elders half a share more, and some an eighth.
function secondGroup({ groups, passings }: Yangguang): Group {
  const [, people] = groups
  const elders = people.filter(({ birth }) => birth < '1968')
  const half = new Set(elders.slice(0, 90))
  const eighth = new Set(elders.slice(90, 120))
  return {
    number: 2,
    people,
    heirs: [],
    newborns: [],
    passing: passings[1],
    shares: person => (half.has(person) ? '1.5' : eighth.has(person) ? '1.125' : '1'),
    surplus: '4900000',
    reserve: '0.20',
    mode: { pool: '3900000.00' },
    declared: '3900000.00',
    buildings: 9,
    rent: '58800',
  }
}
