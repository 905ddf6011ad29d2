import { describe, expect, test } from 'vitest'
import type { Doing } from '../../src/domain/governance/events.ts'
import { Coop, given, type Step } from '../support/coop.ts'
import { bank, established, officers, opening, people, ready } from '../support/stories.ts'

const ACCOUNTANT = 'M00008 via cli'
const nobodyYet = { reviewer: '', actor: ACCOUNTANT }
const costs = (amount: string) => ({
  date: '2025-03-10',
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: amount },
    { account: '102-基本户', credit: amount },
  ],
})
const interest = {
  date: '2025-03-21',
  summary: '存款利息',
  lines: [
    { account: '102-基本户', debit: '12.5' },
    { account: '504', credit: '12.5' },
  ],
}

/** A co-op whose accountant has submitted ¥100 of office costs. */
function submitted(): Coop {
  const coop = new Coop().play([ready])
  coop.run('PostVoucher', costs('100'), nobodyYet)
  return coop
}
const decide = (coop: Coop, name: 'ApproveCommand' | 'RejectCommand', body: object, actor = 'M00004 via web') =>
  coop.ask(name, body, { reviewer: '', actor })
const codeOf = (decision: ReturnType<Coop['ask']>) => ('refusal' in decision ? decision.refusal.code : 'accepted')

describe('what pays out, reverses, closes or publishes waits for a second person', () => {
  const waits: Record<string, [Step, Doing, string]> = {
    'a payment by voucher': [['PostVoucher', costs('100')], 'pays', '100.00'],
    'the close of a month': [
      ['ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' }],
      'closes',
      '0.00',
    ],
    'a new policy': [['SetReviewPolicy', { rows: [], reason: '从头来' }], 'other', '0.00'],
    'another automatic rule': [
      ['AuthoriseReviewRule', { rule: 'A2', text: '小额', from: '2025-02-01' }],
      'other',
      '0.00',
    ],
  }
  test.each(Object.entries(waits))('%s', (_, [[name, body], doing, amount]) => {
    given(ready)
      .when(name, body, nobodyYet)
      .yields({
        type: 'CommandSubmitted',
        data: { id: 'S1', command: name, body: expect.any(Object), doing, amount, by: ACCOUNTANT },
      })
  })

  test('a reversal', () => {
    const reverse = { number: '2025-03-记-1', date: '2025-03-31', reason: '重复' }
    given(ready, ['PostVoucher', interest]).when('ReverseVoucher', reverse, nobodyYet).makes('CommandSubmitted')
  })

  test('what only comes in, or moves between the co-op’s own accounts, is reviewed by the rule in force', () => {
    const { review } = given(ready).when('PostVoucher', interest, nobodyYet).voucher
    expect(review).toEqual({ rule: 'AUTO-1', authorisedBy: 'M00001 via cli' })
    const drawn = {
      date: '2025-03-10',
      summary: '提取备用金',
      lines: [
        { account: '101', debit: '500' },
        { account: '102-基本户', credit: '500' },
      ],
    }
    given(ready).when('PostVoucher', drawn, nobodyYet).makes('VoucherPosted')
  })

  test('an import that pays is no way around it, unless it brings the history these books begin with', () => {
    const vouchers = [{ ...costs('100'), reference: '旧-1' }]
    const brought = { source: '旧账', vouchers }
    given(ready).when('ImportVouchers', brought, nobodyYet).makes('CommandSubmitted')
    given(established, bank, people, officers).when('ImportVouchers', brought, nobodyYet).makes('VoucherPosted')
  })

  test('in a co-op of one officer nobody could, so the rule in force does', () => {
    const alone = [established, bank, opening, people, officers[0] as Step]
    given(...alone)
      .when('PostVoucher', costs('100'), nobodyYet)
      .makes('VoucherPosted')
  })

  test('what is wrong is refused at once, not after the review', () => {
    given(ready).when('PostVoucher', costs('995000.01'), nobodyYet).refused('CashShort')
  })
})

describe('a waiting command', () => {
  test('takes no voucher number and moves no balance until it is approved', () => {
    const coop = submitted()
    expect(coop.balance('102-基本户')).toBe('995000.00')
    const [, posted] = coop.run('ApproveCommand', { id: 'S1', officer: 'M00004' }, { reviewer: '' })
    expect(posted).toMatchObject({ data: { voucher: { number: '2025-03-记-1' } } })
    expect(coop.balance('102-基本户')).toBe('994900.00')
  })

  test('names on its voucher who prepared it and who reviewed it', () => {
    const [verdict, posted] = submitted().run('ApproveCommand', { id: 'S1', officer: 'M00004' }, { reviewer: '' })
    expect(verdict).toEqual({ type: 'CommandApproved', data: { id: 'S1', officer: 'M00004' } })
    expect(posted).toMatchObject({ data: { voucher: { review: { person: 'M00004', preparer: ACCOUNTANT } } } })
  })

  test('is decided again on what the books hold by the time of its approval', () => {
    const coop = submitted()
    const data = { month: '2025-03', vouchers: 0, debit: '0.00', credit: '0.00' }
    coop.fold({ type: 'PeriodClosed', data })
    expect(codeOf(decide(coop, 'ApproveCommand', { id: 'S1', officer: 'M00004' }))).toBe('PeriodClosed')
    expect(coop.state.governance.waiting.has('S1'), 'it waits on, to be sent back').toBe(true)
  })

  test('is never decided on by its own maker, by the cashier, or by who holds no office for it', () => {
    const coop = submitted()
    coop.run('AppointOfficer', { person: 'M00009', role: '出纳', from: '2025-02-01' })
    coop.run('AppointOfficer', { person: 'M00005', role: '出纳', from: '2025-02-01' })
    const approve = (officer: string) => codeOf(decide(coop, 'ApproveCommand', { id: 'S1', officer }))
    expect(approve('M00008')).toBe('SamePerson')
    expect(approve('M00009')).toBe('NotEntitled')
    expect(approve('M00005'), 'a director who is the cashier as well').toBe('NotEntitled')
    expect(approve('M00007'), 'a supervisor').toBe('NotEntitled')
    expect(approve('M00002'), 'a plain member').toBe('NotEntitled')
    expect(codeOf(decide(coop, 'RejectCommand', { id: 'S1', officer: 'M00008', reason: '票据不全' }))).toBe(
      'SamePerson',
    )
  })

  test('is sent back with a reason, and then gone for good', () => {
    const coop = submitted()
    coop.run('RejectCommand', { id: 'S1', officer: 'M00004', reason: '票据不全' }, { reviewer: '' })
    expect(codeOf(decide(coop, 'ApproveCommand', { id: 'S1', officer: 'M00004' }))).toBe('SubmissionDecided')
    expect(codeOf(decide(coop, 'ApproveCommand', { id: 'S2', officer: 'M00004' }))).toBe('SubmissionUnknown')
    expect(coop.run('PostVoucher', costs('90'), nobodyYet)).toMatchObject([{ data: { id: 'S2' } }])
  })

  test('that publishes may be reviewed by the supervisors', () => {
    const coop = new Coop().play([ready])
    coop.fold({
      type: 'CommandSubmitted',
      data: { id: 'S1', command: 'DiscloseDecision', body: {}, doing: 'publishes', amount: '0.00', by: ACCOUNTANT },
    })
    expect(codeOf(decide(coop, 'RejectCommand', { id: 'S1', officer: 'M00007', reason: '未表决' }))).toBe('accepted')
  })
})

describe('the policy', () => {
  const small = { rule: 'A2', text: '二百元以下的办公费由系统复核', from: '2025-02-01' }
  const policy = (rows: object[]): Step => ['SetReviewPolicy', { rows, reason: '成员代表大会通过' }]

  test('gives amounts up to a band to a named rule, which the voucher prints, and the rest to a person', () => {
    const coop = new Coop().play([
      ready,
      ['AuthoriseReviewRule', small],
      ['AuthoriseReviewRule', { ...small, rule: 'A3' }],
    ])
    coop.play([policy([{ of: 'pays', upTo: '200', by: { rule: 'A2' } }])])
    const [posted] = coop.run('PostVoucher', costs('200'), nobodyYet)
    expect(posted).toMatchObject({ data: { voucher: { review: { rule: 'A2', authorisedBy: 'M00001 via cli' } } } })
    expect(coop.run('PostVoucher', costs('200.01'), nobodyYet)).toMatchObject([{ type: 'CommandSubmitted' }])
  })

  test('may ask for a person where none is asked for by default, command by command', () => {
    given(ready, policy([{ of: 'PostVoucher', by: 'person' }]))
      .when('PostVoucher', interest, nobodyYet)
      .makes('CommandSubmitted')
  })

  test('names only commands there are and rules that somebody authorised', () => {
    given(ready)
      .when('SetReviewPolicy', { rows: [{ of: 'PayOut', by: 'person' }], reason: '试' })
      .refused('CommandUnknown')
    given(ready)
      .when('SetReviewPolicy', { rows: [{ of: 'pays', by: { rule: 'A9' } }], reason: '试' })
      .refused('RuleUnknown')
  })
})
