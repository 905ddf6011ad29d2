import { checkDigitOf } from '../../src/ledger/id-number.ts'
import type { Step, Story } from '../support/coop.ts'
import {
  adopted,
  BIRTHS,
  bank,
  established,
  fund,
  gift,
  lease,
  officers,
  opening,
  paid,
  programme,
  reserve,
  shares,
} from '../support/stories.ts'

/** An invented person; the same in every co-op, who therefore has the same code in all of them. */
export function invented(code: string, birth: string): { name: string; idNumber: string } {
  const body = `999101${birth.replace('-', '')}01${code.slice(-3)}`
  return { name: `虚构${code.slice(-2)}`, idNumber: `${body}${checkDigitOf(body)}` }
}

const people: Story = [
  [
    'AdmitMembers',
    {
      members: Object.entries(BIRTHS).map(([code, birth]) => ({
        person: invented(code, birth),
        on: '2025-01-01',
        basis: '2017年成员大会确认',
      })),
    },
  ],
  [
    'RegisterPersons',
    {
      persons: [
        { person: invented('M00011', '1972-04'), on: '2025-01-01', relation: '继承人', resident: false },
        { person: invented('M00012', '1949-01'), on: '2025-01-01', relation: '居民', resident: true },
      ],
    },
  ],
]

/** How every co-op of the simulation begins: members, shares, officers, a lease, funds, gifts, programmes, resolutions. */
export const BEGINNING: readonly Step[] = flat([
  [established, bank, opening, people, shares, officers],
  lease(),
  fund('助学金', 'restricted', ['scholarship', 'relief']),
  fund('近邻基金', 'held', ['relief', 'festival']),
  fund('路灯', 'grant', ['project']),
  fund('助困', 'restricted', ['relief'], { through514: true }),
  gift('助学金', '20000'),
  gift('助困', '20000', '捐2'),
  programme('allowance', 'welfare'),
  programme('subsidy', 'distribution'),
  programme('scholarship', 'fund', { fund: '助学金' }),
  programme('relief', 'fund', { fund: '助困' }),
  adopted({ budget: '100000' }),
  adopted({ no: '2025-2', matter: 'write-back' }),
  reserve,
  ['PrepareRun', { run: '津0', programme: 'allowance', period: '2025-01' }],
  ['ApproveRun', { run: '津0', date: '2025-01-31' }],
  paid('津0', '2025-01-31', { batch: '批0', count: 3, total: '1800' }),
  ['ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' }],
])

function flat(story: Story): Step[] {
  return story.flatMap(part => (isStep(part) ? [part] : 'type' in part ? [] : flat(part)))
}

function isStep(part: Story[number]): part is Step {
  return Array.isArray(part) && typeof part[0] === 'string'
}
