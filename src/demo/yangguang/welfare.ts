import { type Act, act } from '../act.ts'
import { type Example, numberOf } from '../example.ts'
import { isAged, type Resident } from '../people/households.ts'
import { adopt, listedRun, monthlyAllowance } from '../themes/programmes.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'

const PREMIUM = 120
const MONTHLY = 600
const SUBSIDY = 1500
const GIFT = 300
// Each term's list is drawn up on the first day and paid on the second.
const TERMS = [
  ['03-12', '03-18'],
  ['09-16', '09-22'],
] as const
const DAYS: Matters['days'] = { proposed: '01-02', studied: '01-03', notice: '01-03', vote: '01-13', posted: '01-14' }
const common = { matter: 'programme', body: 'representatives', days: DAYS } as const

// Budgets are counted from the people there are, rounded up to the next thousand yuan.
function matters(people: Welfare): Matters[] {
  const { members, elders } = people
  const old = [...members, ...elders].filter(each => isAged(each, 60, '2025-12-31')).length
  const terms = TERMS.reduce((sum, [on]) => sum + children(members, on).length, 0)
  return [
    {
      ...common,
      name: 'allowance',
      title: '老年人生活津贴发放办法',
      content: ['年满60周岁次月起，每人每月600元', '成员和常住本社区的非成员老人同样享受', '从公益支出列支，按月代发'],
      budget: thousands(old * MONTHLY * 12),
    },
    {
      ...common,
      name: 'kindergarten',
      title: '幼儿入园补贴办法',
      content: ['在园幼儿每学期补贴1500元', '按幼儿园在园名单核发，由监护人代领'],
      budget: thousands(terms * SUBSIDY),
    },
    {
      ...common,
      name: 'insurance',
      title: '为居民购买房屋财产险',
      content: ['按户购买，每户每年保费120元', '保险公司经询价比选确定'],
      budget: thousands(homesOf(members) * PREMIUM),
    },
    {
      ...common,
      name: 'festival',
      title: '重阳节慰问',
      content: ['年满70周岁的成员每人300元'],
      budget: thousands(seventy(people).length * GIFT),
      days: { proposed: '09-05', studied: '09-08', notice: '09-09', vote: '09-20', posted: '09-22' },
    },
  ]
}

const thousands = (yuan: number): string => String(Math.ceil(yuan / 1000) * 1000)

const RULE = { treatment: 'welfare', from: '2025-01' } as const

/** What the community gives by rule: allowance, kindergarten subsidy, house insurance, 重阳 gifts. */
export function welfare(example: Example, people: Welfare, bank: string): Act[] {
  const { members, elders } = people
  return [
    ...resolve(example, matters(people)),
    ...allowance(example, elders[0]!, bank),
    ...kindergarten(example, members, bank),
    ...insurance(example, members, bank),
    ...festival(example, seventy(people), bank),
    ...outcomes(example, members),
  ]
}
/** Members, elders who are none, and the members who die in the year. */
type Welfare = { members: readonly Resident[]; elders: readonly Resident[]; gone: readonly Resident[] }

function allowance(example: Example, inCash: Resident, bank: string): Act[] {
  return [
    adopt(example, '01-21', {
      ...RULE,
      programme: 'LNJT',
      name: '老年人生活津贴',
      kind: 'allowance',
      scope: 'residents',
      minAge: 60,
      monthly: String(MONTHLY),
      rule: '年满60周岁次月起每月600元',
      under: 'allowance',
    }),
    ...monthlyAllowance(example, {
      programme: 'LNJT',
      bank,
      inCash,
      cashMonths: ['2025-01', '2025-02'],
      account: '9990000000000000018',
    }),
  ]
}

function kindergarten(example: Example, members: readonly Resident[], bank: string): Act[] {
  return [
    adopt(example, '01-21', {
      ...RULE,
      programme: 'RYBT',
      name: '幼儿入园补贴',
      kind: 'subsidy',
      scope: 'members',
      tiers: [{ tier: '在园幼儿', amount: String(SUBSIDY) }],
      rule: '在园幼儿每学期1500元',
      under: 'kindergarten',
    }),
    ...TERMS.flatMap(([on, paidOn]) =>
      listedRun(example, { programme: 'RYBT', on, paidOn, tier: '在园幼儿', people: children(members, on), bank }),
    ),
  ]
}

const children = (members: readonly Resident[], on: string): Resident[] =>
  members.filter(child => isAged(child, 3, `2025-${on}`) && !isAged(child, 6, `2025-${on}`))

function insurance(example: Example, members: readonly Resident[], bank: string): Act[] {
  const homes = homesOf(members)
  return [
    adopt(example, '01-21', {
      ...RULE,
      programme: 'FWBX',
      name: '房屋财产险',
      kind: 'insurance',
      scope: 'members',
      rule: '按户购买，每户每年120元',
      under: 'insurance',
    }),
    act(example.code, '2025-03-20', '购买房屋财产险', face =>
      face.run('PayExpense', {
        id: 'BX-2025',
        date: face.today(),
        item: '2025年房屋财产险保费',
        account: '514-保险',
        payee: { organisation: '演示财产保险公司' },
        amount: String(homes * PREMIUM),
        from: bank,
        programme: 'FWBX',
        heads: homes,
        resolution: numberOf(example, 'insurance'),
      }),
    ),
  ]
}

function festival(example: Example, people: Resident[], bank: string): Act[] {
  return [
    adopt(example, '10-10', {
      ...RULE,
      programme: 'CYWW',
      name: '重阳节慰问',
      kind: 'gift',
      scope: 'members',
      from: '2025-10',
      tiers: [{ tier: '70周岁以上', amount: String(GIFT) }],
      rule: '年满70周岁每人300元',
      under: 'festival',
    }),
    ...listedRun(example, {
      programme: 'CYWW',
      on: '10-20',
      paidOn: '10-27',
      tier: '70周岁以上',
      people,
      bank,
    }),
  ]
}

// Those who died before the festival are not on its list.
const seventy = ({ members, gone }: Welfare): Resident[] =>
  members.filter(elder => isAged(elder, 70, '2025-10-29') && !gone.includes(elder))

const homesOf = (members: readonly Resident[]): number => new Set(members.map(({ household }) => household)).size

function outcomes(example: Example, members: readonly Resident[]): Act[] {
  return [
    outcome(example, 'insurance', '04-28', '房屋财产险已投保，保单在社区公示栏备查。', homesOf(members)),
    outcome(example, 'kindergarten', '10-15', '春秋两学期入园补贴已发放。', children(members, '09-16').length),
    outcome(example, 'festival', '11-05', '重阳节慰问金已发放。'),
    outcome(example, 'allowance', '12-30', '2025年老年人生活津贴按月发放完毕。'),
  ]
}
