import { describe, expect, test } from 'vitest'
import { ifApproved, mayReview, officersOf, waitingText, waitsFor } from '../../src/domain/governance/reviewers.ts'
import { Coop, sha256 } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

const AT = { coop: 'yangguang', today: '2025-12-31', revision: 0, sha256 }
const payment = {
  date: '2025-03-10',
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: '100' },
    { account: '102-基本户', credit: '100' },
  ],
}

/** A co-op in which somebody has submitted a payment. */
function submittedBy(person: string): Coop {
  const coop = new Coop().play([ready])
  coop.run('PostVoucher', payment, { reviewer: '', actor: `${person} via web` })
  return coop
}

describe('who may review what waits', () => {
  test('everyone in office is listed once, with all offices held', () => {
    const { state } = new Coop().play([ready])
    const officers = officersOf(state)
    expect(new Set(officers.map(({ person }) => person)).size).toBe(officers.length)
    expect(officers.find(({ person }) => person === 'M00004')?.roles).toContain('理事长')
  })

  test('neither its maker nor a supervisor nor the cashier is offered', () => {
    const { state } = submittedBy('M00004')
    const offered = mayReview(state, 'S1')
    expect(offered.map(({ person }) => person)).not.toContain('M00004')
    expect(offered.flatMap(({ roles }) => roles).filter(role => ['监事长', '监事', '出纳'].includes(role))).toEqual([])
    expect(mayReview(submittedBy('M99999').state, 'S1').map(({ person }) => person)).toContain('M00004')
  })

  test('nobody may review what does not wait', () => {
    expect(mayReview(submittedBy('M00008').state, 'S2')).toEqual([])
  })

  test('what approval would book is known beforehand, and nothing is changed by asking', () => {
    const { state } = submittedBy('M00008')
    const decision = ifApproved(state, AT, 'S1', 'M00004')
    expect('events' in decision && decision.events.map(({ type }) => type)).toEqual([
      'CommandApproved',
      'VoucherPosted',
    ])
    expect(state.governance.waiting.has('S1')).toBe(true)
  })

  test('the answer names the submission and everyone it may wait for', () => {
    expect(waitingText('S12', ['陈某（理事长）', '王某（会计）'])).toBe(
      '已提交复核（S12），等陈某（理事长）或王某（会计）复核后入账。',
    )
    expect(waitingText('S12', [])).toContain('请先任命')
  })

  test('what was booked at once, or is reviewed by now, waits for nobody', () => {
    const coop = submittedBy('M00008')
    const submitted = coop.events.slice(-1)
    expect(waitsFor(coop.state, submitted)).toMatch(/^已提交复核（S1），等.*M00004（理事长）.*复核后入账。$/)
    coop.run('ApproveCommand', { id: 'S1', officer: 'M00004' })
    expect(waitsFor(coop.state, submitted)).toBeUndefined()
    expect(waitsFor(coop.state, coop.events.slice(-1))).toBeUndefined()
  })
})
