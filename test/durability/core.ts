import { openOffice } from '../../src/office-node.ts'
import { PEOPLE } from '../http/people.ts'
import type { Step, Story } from '../support/coop.ts'
import { adopted, bank, dividend, established, fund, gift, lease, opening, paid, reserve } from '../support/stories.ts'
import { costs } from './bodies.ts'

export const COOP = 'yangguang'
/** The clock of every office here, unless a test moves it. */
export const NOW = '2025-12-30T02:00:00.000Z'

const DAY = '2025-01-01'
const admission = (person: (typeof PEOPLE)[number]) => ({ person, on: DAY, basis: '成员大会确认' })
const holdings = ['M00001', 'M00002', 'M00003', 'M00004'].map(code => [code, '1'])
/** A co-op's beginning and one of each kind of core command: people, gift, lease, voucher, resolution, dividend, payment, close. */
const STORY: Story = [
  established,
  bank,
  opening,
  ['AdmitMembers', { members: PEOPLE.map(admission) }],
  ['IssueShares', { id: '量化', on: DAY, kind: '人口股', holdings, basis: '量化方案' }],
  [
    'ChangeMemberDetails',
    { person: 'M00004', on: '2025-02-01', reason: '换卡', details: { bankAccount: '6222020000000000001' } },
  ],
  fund('助学', 'restricted', ['scholarship']),
  gift('助学', '30000'),
  lease(),
  adopted(),
  reserve,
  ['DeclareDividend', dividend],
  paid(dividend.run, '2025-02-10', { count: 4, total: '400000' }),
  ['PostVoucher', costs('128.50')],
  ['ReverseVoucher', { number: '2025-12-记-1', date: '2025-12-06', reason: '金额有误' }],
  ['ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' }],
]

/** The commands in order, each with the id under which it is given. */
export const CORE: readonly { name: string; body: unknown; commandId: string }[] = stepsOf(STORY).map(
  ([name, body], index) => ({ name, body, commandId: `core-${index + 1}-${name}` }),
)

/** A bug for the suite to find: an answer before the commit, or commits that do not wait for the disk. */
export type Fault = 'early' | 'unsynced'

/** Opens the directory and gives the core commands in order, saying the id of each as it is acknowledged. */
export async function runCore(
  directory: string,
  acknowledged: (commandId: string) => void = () => {},
  fault?: Fault,
): Promise<void> {
  const office = openOffice(directory, { now: () => NOW })
  if (fault === 'unsynced') office.sql.run('PRAGMA synchronous = OFF')
  for (const { name, body, commandId } of CORE) {
    const answering = office.ledger.execute({ coop: COOP, name, body, actor: '会计 via test', commandId })
    if (fault === 'early') acknowledged(commandId)
    const answer = await answering
    if ('refusal' in answer) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
    if (fault !== 'early') acknowledged(commandId)
  }
  office.close()
}

function stepsOf(story: Story): Step[] {
  return story.flatMap(step => {
    if ('type' in step) throw new Error('only commands are given here')
    return typeof step[0] === 'string' ? [step as Step] : stepsOf(step as Story)
  })
}
