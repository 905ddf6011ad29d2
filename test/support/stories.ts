import type { Step, Story } from './coop.ts'

/** Ready-made beginnings of a co-op: 阳光社区, its books open since 2025-01-01, today 2025-12-31 unless said otherwise. */
export const ESTABLISHED = {
  name: '阳光社区股份经济合作社',
  level: '社区',
  firstDay: '2025-01-01',
  charter: { reserveRate: '0.30', objectionDays: 7, representatives: 30 },
  demo: true,
}

export const established: Step = ['EstablishCoop', ESTABLISHED]

export const bank: Step = [
  'RegisterBankAccount',
  {
    id: 'basic',
    name: '基本户',
    bank: '晋江农商银行青阳支行',
    kind: '基本户',
    lastFour: '8888',
    owner: ESTABLISHED.name,
    on: '2025-01-01',
  },
]

/** Cash ¥5,000, bank ¥995,000, buildings ¥500,000 less ¥100,000; undistributed ¥600,000, reserve ¥300,000, capital ¥500,000. */
export const opening: Step = [
  'RecordOpeningBalances',
  {
    on: '2025-01-01',
    priorYearClosed: true,
    lines: [
      { account: '101', debit: '5000' },
      { account: '102-基本户', debit: '995000' },
      { account: '151', debit: '500000' },
      { account: '152', credit: '100000' },
      { account: '301', credit: '500000' },
      { account: '311-提取', credit: '300000' },
      { account: '322-未分配收益', credit: '600000' },
    ],
  },
]

/** Nine grown members (M00001 and M00002 over sixty), the child M00010; M00011 an heir and M00012 an elder, no members. */
export const BIRTHS: Readonly<Record<string, string>> = {
  M00001: '1950-03',
  M00002: '1960-05',
  M00003: '1965-06',
  M00004: '1970-01',
  M00005: '1975-02',
  M00006: '1980-03',
  M00007: '1985-04',
  M00008: '1990-05',
  M00009: '1995-06',
  M00010: '2015-07',
}

export const people: Story = [
  [
    'AdmitMembers',
    {
      members: Object.entries(BIRTHS).map(([code, birthMonth]) => ({
        person: { code, identity: `sealed-${code}` },
        birthMonth,
        on: '2025-01-01',
        basis: '2017年成员大会确认',
      })),
    },
  ],
  [
    'RegisterPersons',
    {
      persons: [
        {
          person: { code: 'M00011', identity: 'sealed-M00011' },
          on: '2025-01-01',
          relation: '继承人',
          resident: false,
        },
        {
          person: { code: 'M00012', identity: 'sealed-M00012' },
          birthMonth: '1949-01',
          on: '2025-01-01',
          relation: '居民',
          resident: true,
        },
      ],
    },
  ],
]

/** M00001–M00003 one share each, M00004 half a share, the heir half a share: four in all. */
export const shares: Step = [
  'IssueShares',
  {
    id: '量化',
    on: '2025-01-01',
    kind: '人口股',
    holdings: [
      ['M00001', '1'],
      ['M00002', '1'],
      ['M00003', '1'],
      ['M00004', '0.5'],
      ['M00011', '0.5'],
    ],
    basis: '量化方案',
  },
]

export const officers: Story = [
  ['AppointOfficer', { person: 'M00004', role: '理事长', from: '2025-01-01' }],
  ['AppointOfficer', { person: 'M00005', role: '理事', from: '2025-01-01' }],
  ['AppointOfficer', { person: 'M00006', role: '理事', from: '2025-01-01' }],
  ['AppointOfficer', { person: 'M00007', role: '监事长', from: '2025-01-01' }],
  ['AppointOfficer', { person: 'M00008', role: '会计', from: '2025-01-01' }],
]

/** Everything a co-op needs before its first business: established, bank, opening balances, people, shares, officers. */
export const ready: Story = [established, bank, opening, people, shares, officers]

export type Plan = { no?: string; matter?: string; body?: string; budget?: string; title?: string }

/** A resolution proposed on 6 January, studied on the 10th and not yet voted on. */
export function proposed({ no = '2025-1', matter = 'distribution-plan', body, budget, title }: Plan = {}): Story {
  return [
    [
      'ProposeResolution',
      {
        title: title ?? '2024年度收益分配方案',
        matter,
        body: body ?? 'representatives',
        content: ['按方案执行'],
        budget: budget ?? '400000',
        laidOpenOn: '2025-01-06',
        proposedOn: '2025-01-06',
      },
    ],
    ['DeliberateResolution', { no, on: '2025-01-10', by: 'party-study', opinion: '同意提交表决' }],
  ]
}

/** Called on 8 January, voted on 20 January: all thirty representatives in favour. */
export const vote = {
  no: '2025-1',
  on: '2025-01-20',
  noticeOn: '2025-01-08',
  present: 30,
  inFavour: 30,
  against: 0,
  abstained: 0,
}

/** Adopted by all representatives and posted on 21 January: objections run to the 28th. */
export function adopted(plan: Plan = {}): Story {
  const no = plan.no ?? '2025-1'
  return [proposed(plan), ['RecordVote', { ...vote, no }], ['DiscloseDecision', { no, postedOn: '2025-01-21' }]]
}

export const reserve: Step = ['SetReserveAside', { year: 2024, date: '2025-01-22' }]

/** ¥400,000 over four shares on 1 January's register, declared on 23 January. */
export const dividend = {
  run: '分红2024',
  year: 2024,
  resolution: '2025-1',
  pool: '400000',
  recordDate: '2025-01-01',
  date: '2025-01-23',
}
export const declared: Story = [adopted(), reserve, ['DeclareDividend', dividend]]

/** Prepared, approved and paid through the bank on one day. */
export function paid(origin: string, on: string, { batch = `批-${origin}`, count = 1, total = '0' } = {}): Story {
  return [
    ['PreparePayments', { batch, from: '102-基本户', on, origins: [origin] }],
    ['ApprovePayments', { batch, on, by: '理事长', count, total }],
    ['SettlePayments', { batch, date: on }],
  ]
}

export const lease = (more: Record<string, unknown> = {}): Story => [
  ['RegisterAsset', { asset: '店面1', name: '一号店面', kind: '店面', use: 'let', on: '2025-01-01' }],
  [
    'SignLease',
    {
      lease: '租1',
      asset: '店面1',
      tenant: { organisation: '晋江某某贸易有限公司' },
      from: '2025-01-01',
      to: '2027-12-31',
      monthlyRent: '10500',
      vatRate: '0.05',
      deposit: '20000',
      income: '501-物业租赁',
      on: '2025-01-01',
      ...more,
    },
  ],
]

export type FundKind = 'restricted' | 'held' | 'grant'
export function fund(name: string, kind: FundKind, allows: string[], more: Record<string, unknown> = {}): Step {
  const owner = kind === 'held' ? { owner: '慈善协会' } : {}
  return ['OpenFund', { fund: name, kind, purpose: `${name}专用`, allows, on: '2025-01-01', ...owner, ...more }]
}

export const gift = (fundName: string | undefined, amount: string, id = '捐1'): Step => [
  'ReceiveDonation',
  {
    id,
    date: '2025-03-01',
    donor: { organisation: '某某鞋业有限公司' },
    amount,
    into: '102-基本户',
    ...(fundName ? { fund: fundName } : {}),
  },
]

export function programme(kind: string, treatment: string, more: Record<string, unknown> = {}): Step {
  const standards = {
    allowance: { minAge: 60, monthly: '600' },
    scholarship: { tiers: [{ tier: '本科', amount: '3000' }] },
    subsidy: { tiers: [{ tier: '入园', amount: '1000' }] },
    relief: { ceiling: '10000' },
  } as Record<string, object>
  return [
    'AdoptProgramme',
    {
      programme: kind,
      name: `${kind}项目`,
      kind,
      treatment,
      scope: 'residents',
      from: '2025-01',
      on: '2025-01-01',
      rule: '成员代表大会通过的办法',
      ...standards[kind],
      ...more,
    },
  ]
}
