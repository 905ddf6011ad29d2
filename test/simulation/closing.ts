import type { Coop } from '../support/coop.ts'
import type { Random } from './random.ts'

type Move = readonly [name: string, body: unknown]

const figuresHash = 'a'.repeat(64)
const quarter = '2025Q1'
const review = { quarter, on: '2025-04-08', opinion: '内容真实' }

// The way from the months' ends to the published quarter, with the event that tells that a step is done.
const WAY: readonly (readonly [...Move, type: string, part: string])[] = [
  ['ClosePeriod', { month: '2025-02', unreconciled: '对账单未到', uncounted: '未盘点' }, 'PeriodClosed', '2025-02'],
  ['ClosePeriod', { month: '2025-03', unreconciled: '对账单未到', uncounted: '未盘点' }, 'PeriodClosed', '2025-03'],
  ['DraftDisclosure', { quarter, cutoff: '2025-03-31', figuresHash }, 'DisclosureDrafted', quarter],
  ['ReviewDisclosure', { ...review, by: 'board', officer: 'M00004' }, 'DisclosureReviewed', 'board'],
  ['ReviewDisclosure', { ...review, by: 'supervisors', officer: 'M00007' }, 'DisclosureReviewed', 'supervisors'],
  ['PublishDisclosure', { quarter, postedOn: '2025-04-10', figuresHash, closings: [] }, 'DisclosurePublished', quarter],
]

const reopen = { reason: '漏记', secondPerson: '理事长' }
const OUT_OF_TURN: readonly Move[] = [
  ...WAY.map(([name, body]) => [name, body] as const),
  ['ReopenPeriod', { ...reopen, month: '2025-02' }],
  ['ReopenPeriod', { ...reopen, month: '2025-03' }],
  ['ReopenPeriod', { ...reopen, month: '2025-03' }],
  ['ReviewDisclosure', { ...review, by: 'supervisors', officer: 'M00008' }],
  ['PublishDisclosure', { quarter, postedOn: '2025-04-20', figuresHash, closings: [], correction: '漏列一笔' }],
  ['TransferShares', { id: '转1', from: 'M00001', to: 'M00002', shares: '0.25', on: '2025-06-01', basis: '协议' }],
]

/** The next step towards a published quarter, or one that may be out of turn. */
export function closing(random: Random, { events }: Coop): Move {
  const next = WAY.find(
    ([, , type, part]) => !events.some(event => event.type === type && JSON.stringify(event.data).includes(part)),
  )
  return next && random.chance(0.7) ? [next[0], next[1]] : random.pick(OUT_OF_TURN)
}
