import { expect, test } from 'vitest'
import { decidedSubmissions, submissionById, waitingSubmissions } from '../../projections/submissions.ts'
import { live } from './fixture.ts'
import { Play } from './play.ts'
import { establish } from './village-start.ts'

const costs = (summary: string) => ({
  date: '2025-01-01',
  summary,
  lines: [
    { account: '513-办公', debit: '30' },
    { account: '102-基本户', credit: '30' },
  ],
})

/** Three payments submitted by M00001: the first approved, the second sent back, the third waiting. */
function submitted() {
  const play = new Play()
  establish(play)
  for (const summary of ['第一笔', '第二笔', '第三笔']) play.do('PostVoucher', costs(summary), '')
  play.do('ApproveCommand', { id: 'S1', officer: 'M00002' })
  play.do('RejectCommand', { id: 'S2', officer: 'M00002', reason: '票据不全' })
  return live(play.events)
}

test('the waiting commands show what they do, how much, and who made them', () => {
  const [third, ...more] = waitingSubmissions(submitted(), 'sun')
  expect(more).toEqual([])
  expect(third).toMatchObject({ id: 'S3', command: 'PostVoucher', doing: 'pays', amount: '30.00', status: 'waiting' })
  expect(third?.maker).toBe('M00001 via test')
  expect(JSON.parse(third?.body ?? '')).toMatchObject({ summary: '第三笔', lines: [{ debit: '30.00' }, {}] })
})

test('the decided ones show who decided and why', () => {
  const sql = submitted()
  expect(decidedSubmissions(sql, 'sun', 9).map(({ id, status, reason }) => [id, status, reason])).toEqual([
    ['S2', 'rejected', '票据不全'],
    ['S1', 'approved', undefined],
  ])
  expect(decidedSubmissions(sql, 'sun', 1)).toHaveLength(1)
  expect(submissionById(sql, 'sun', 'S1')).toMatchObject({ officer: 'M00002', decidedAt: expect.any(String) })
  expect(submissionById(sql, 'sun', 'S9')).toBeUndefined()
})
