import { type CommandName, commands } from '../../src/domain/commands.ts'
import type { CoopEvent } from '../../src/domain/events.ts'
import { ENTRIES } from '../entries.table.ts'
import type { Step, Story } from '../support/coop.ts'
import { adopted, declared, established, opening, paid, ready } from '../support/stories.ts'

/** What must have happened for a command to succeed, and the command. */
export type FaultStory = { before: Story; command: readonly [CommandName, unknown] }

/** The commands that move money, close a period or publish. */
export const CORE = (Object.keys(commands) as CommandName[]).filter(name => commands[name].marks.length > 0)

const HASH = 'a'.repeat(64)
const quarter = '2025Q1'
const closed: Story = ['01', '02', '03'].map(
  (month): Step => ['ClosePeriod', { month: `2025-${month}`, unreconciled: '对账单未到', uncounted: '未盘点' }],
)
const review = (by: string, officer: string): Step => [
  'ReviewDisclosure',
  { quarter, by, officer, on: '2025-04-08', opinion: '内容真实' },
]
const drafted: Story = [
  closed,
  ['DraftDisclosure', { quarter, cutoff: '2025-03-31', figuresHash: HASH }],
  review('board', 'M00004'),
  review('supervisors', 'M00007'),
]
const voted = adopted().slice(0, -1)
const postedOn = '2025-01-21'
const batch = paid('分红2024', '2025-02-01', { batch: '批1', count: 5, total: '400000' }) as readonly Step[]

function step([name, body]: Step): FaultStory['command'] {
  return [name, body]
}

const imported = {
  source: '旧账',
  vouchers: [3, 8, 21].map(day => ({
    date: `2025-02-${String(day).padStart(2, '0')}`,
    summary: '付办公费',
    reference: `旧-${day}`,
    lines: [
      { account: '513-办公', debit: '100' },
      { account: '102-基本户', credit: '100' },
    ],
  })),
}

// Those for which the table of entries has nothing, because they book nothing or begin the books.
const OTHERS: readonly FaultStory[] = [
  { before: [ready, voted], command: ['DiscloseDecision', { no: '2025-1', postedOn }] },
  {
    before: [ready, adopted()],
    command: ['DiscloseOutcome', { no: '2025-1', on: '2025-03-01', result: '已发放', spent: '0', beneficiaries: 5 }],
  },
  {
    before: [ready, drafted],
    command: [
      'PublishDisclosure',
      { quarter, postedOn: '2025-04-10', figuresHash: HASH, closings: [['102-基本户', '', '995000.00']] },
    ],
  },
  { before: [established, ready.slice(1, 2)], command: step(opening) },
  { before: [ready], command: ['ImportVouchers', imported] },
  {
    before: [ready, closed.slice(0, 1)],
    command: ['ClosePeriod', { month: '2025-02', unreconciled: '对账单未到', uncounted: '未盘点' }],
  },
  {
    before: [ready, closed],
    command: ['ReopenPeriod', { month: '2025-03', reason: '漏记一笔', secondPerson: '理事长' }],
  },
  { before: [ready, declared], command: step(batch[0]!) },
  { before: [ready, declared, batch.slice(0, 1)], command: step(batch[1]!) },
]

// The commands themselves are to fail here, not their submission, so a rule reviews them.
const byRule = ['pays', 'reverses', 'closes', 'publishes'] as const
const RULE: CoopEvent = {
  type: 'ReviewPolicySet',
  data: { rows: byRule.map(of => ({ of, by: { rule: 'AUTO-1' } })), reason: '试验' },
}
const spent = {
  date: '2025-03-10',
  summary: '付办公费',
  attachments: 1,
  lines: [
    { account: '513-办公', debit: '100.00' },
    { account: '102-基本户', credit: '100.00' },
  ],
}
const APPROVAL: FaultStory = {
  before: [
    ready,
    {
      type: 'CommandSubmitted',
      data: { id: 'S1', command: 'PostVoucher', body: spent, doing: 'pays', amount: '100.00', by: 'M00008 via cli' },
    },
  ],
  command: ['ApproveCommand', { id: 'S1', officer: 'M00004' }],
}

/** For each core command a story in which it succeeds; the last entry of a command counts. */
export const STORIES: ReadonlyMap<CommandName, FaultStory> = new Map(
  [
    ...[...OTHERS, ...Object.values(ENTRIES).flat()].map(({ before, command }) => ({
      before: [before, RULE],
      command,
    })),
    APPROVAL,
  ].map(story => [story.command[0], story]),
)
