import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { mishaps, payOut } from '../themes/paying.ts'
import { adopt } from '../themes/programmes.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'
import { familyRelief } from './families.ts'
import { HELD_BANK, JULONG, NEIGHBOUR } from './held.ts'

type Tier = { tier: string; amount: string; heads: number }
// 56 awards, 51,000 yuan: the two figures are the article's, how they divide is invented.
const NEIGHBOUR_TIERS: readonly Tier[] = [
  { tier: '本科及以上', amount: '1500', heads: 14 },
  { tier: '高中（中职）', amount: '900', heads: 18 },
  { tier: '初中', amount: '650', heads: 12 },
  { tier: '小学', amount: '500', heads: 12 },
]
const JULONG_TIERS: readonly Tier[] = [
  { tier: '清华北大', amount: '20000', heads: 1 },
  { tier: '重点本科', amount: '6000', heads: 5 },
  { tier: '困难学子', amount: '3000', heads: 6 },
]
const DAYS: Matters['days'] = { proposed: '07-02', studied: '07-04', notice: '07-04', vote: '07-18', posted: '07-20' }

const MATTERS: readonly Matters[] = [
  {
    name: 'neighbour',
    title: '近邻奖学金评定办法',
    matter: 'programme',
    body: 'representatives',
    content: ['奖励成绩优秀的业主子女，按学段分四档', '资金为近邻基金，由小区党支部委托代管'],
    budget: '52000',
    fund: NEIGHBOUR,
    days: DAYS,
  },
  {
    name: 'families',
    title: '近邻基金困难家庭补助办法',
    matter: 'programme',
    body: 'representatives',
    content: ['补助家庭发生重大变故的业主，每次最高 5,000 元'],
    budget: '12000',
    fund: NEIGHBOUR,
    days: DAYS,
  },
  {
    name: 'julong',
    title: '聚龙优秀学子奖学金评定办法',
    matter: 'programme',
    body: 'representatives',
    content: ['奖励优秀学子，资助困难学子', '资金由小镇业主筹集，委托代管'],
    budget: '80000',
    fund: JULONG,
    days: DAYS,
  },
]

/** The year's awards of both funds and the relief of two families; one award goes astray, one comes back, one waits. */
export function awards(example: Example, { pupils, scholars, families, waiting }: Honoured): Act[] {
  const { code } = example
  const neighbour = { programme: 'JLJX', award: 'JX-2025', tiers: NEIGHBOUR_TIERS, people: pupils }
  const julong = { programme: 'JLXZ', award: 'XZ-2025', tiers: JULONG_TIERS, people: scholars }
  const [, , returned, misdirected, paidTo] = pupils
  return [
    ...resolve(example, MATTERS),
    scholarship(example, 'JLJX', '近邻奖学金', NEIGHBOUR, NEIGHBOUR_TIERS, 'neighbour'),
    scholarship(example, 'JLXZ', '聚龙优秀学子奖学金', JULONG, JULONG_TIERS, 'julong'),
    given(code, neighbour),
    given(code, julong),
    act(code, '2025-09-05', '奖学金代发', async face => {
      await payOut(face, { batch: 'JX-2025-1', from: HELD_BANK, origins: ['JX-2025'], except: [waiting] })
      await payOut(face, { batch: 'XZ-2025-1', from: HELD_BANK, origins: ['XZ-2025'] })
    }),
    ...mishaps(code, {
      batch: 'JX-2025-1',
      bank: HELD_BANK,
      fund: NEIGHBOUR,
      returned: { resident: returned!, origin: 'JX-2025' },
      misdirected: { resident: misdirected!, origin: 'JX-2025', paidTo: paidTo! },
      days: { returned: '09-10', found: '09-12', recovered: '09-19', again: '09-24' },
    }),
    ...familyRelief(example, families),
    outcome(example, 'neighbour', '10-10', '近邻奖学金评定56人次 51,000 元，一人尚无收款账户。', 56),
    outcome(example, 'julong', '10-10', '聚龙优秀学子奖学金评定12人次 68,000 元。', 12),
    outcome(example, 'families', '12-20', '补助家庭发生重大变故的业主2户。', 2),
  ]
}

type Honoured = {
  pupils: readonly Resident[]
  scholars: readonly Resident[]
  families: readonly Resident[]
  /** A pupil who has no bank account yet. */
  waiting: Resident
}

function scholarship(
  example: Example,
  programme: string,
  name: string,
  fund: string,
  tiers: readonly Tier[],
  under: string,
): Act {
  return adopt(example, '08-01', {
    programme,
    name,
    kind: 'scholarship',
    treatment: 'fund',
    fund,
    scope: 'residents',
    tiers: tiers.map(({ tier, amount }) => ({ tier, amount })),
    from: '2025-08',
    rule: '按学段和评定结果一次性奖励',
    under,
  })
}

type Round = { programme: string; award: string; tiers: readonly Tier[]; people: readonly Resident[] }
function given(code: string, { programme, award, tiers, people }: Round): Act {
  const places = tiers.flatMap(({ tier, heads }) => Array.from({ length: heads }, () => tier))
  return act(code, '2025-08-28', '评定奖学金', face =>
    face.run('AwardScholarship', {
      award,
      programme,
      period: '2025-08',
      awards: places.map((tier, index) => ({ person: people[index]!.code, tier })),
      date: face.today(),
    }),
  )
}
