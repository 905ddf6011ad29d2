import { describe, expect, test } from 'vitest'
import { given, type Step, type Story } from '../support/coop.ts'
import { adopted, ESTABLISHED, established, ready } from '../support/stories.ts'

const HASH = 'a'.repeat(64)
const quarter = '2025Q1'
const closed: Story = ['01', '02', '03'].map(
  (month): Step => ['ClosePeriod', { month: `2025-${month}`, unreconciled: '对账单未到', uncounted: '未盘点' }],
)
const draft: Step = ['DraftDisclosure', { quarter, cutoff: '2025-03-31', figuresHash: HASH }]
const review = (by: string, officer: string): Step => [
  'ReviewDisclosure',
  { quarter, by, officer, on: '2025-04-08', opinion: '内容真实' },
]
const board = review('board', 'M00004')
const supervisors = review('supervisors', 'M00007')
const publish = { quarter, postedOn: '2025-04-10', figuresHash: HASH, closings: [['102-基本户', '', '995000.00']] }
const published: Story = [closed, draft, board, supervisors, ['PublishDisclosure', publish]]

describe('a quarter', () => {
  test('is drafted when its three months are closed, with all of them in it', () => {
    given(ready, closed.slice(0, 2)).when('DraftDisclosure', draft[1]).refused('PeriodOpen')
    given(ready, closed)
      .when('DraftDisclosure', { ...(draft[1] as object), cutoff: '2025-03-30' })
      .refused('CutoffTooEarly')
  })

  test('is published only after the board confirmed it (art. 45) and the supervisors signed (art. 32)', () => {
    given(ready, closed).when('PublishDisclosure', publish).refused('NotDrafted')
    given(ready, closed, draft, supervisors).when('PublishDisclosure', publish).refused('BoardNotConfirmed', 'art. 45')
    given(ready, closed, draft, board).when('PublishDisclosure', publish).refused('SupervisorsNotSigned', 'art. 32')
    given(ready, closed, draft, board, supervisors).when('PublishDisclosure', publish).makes('DisclosurePublished')
  })

  test('is signed by directors for the board and by supervisors for the supervisors', () => {
    given(ready, closed, draft).when('ReviewDisclosure', review('board', 'M00007')[1]).refused('NotEntitled', 'art. 45')
    given(ready, closed, draft)
      .when('ReviewDisclosure', review('supervisors', 'M00008')[1])
      .refused('NotEntitled', 'art. 32')
    given(ready, closed).when('ReviewDisclosure', board[1]).refused('NotDrafted')
  })

  test('whose figures changed after the draft is drafted and reviewed again', () => {
    given(ready, closed, draft, board, supervisors)
      .when('PublishDisclosure', { ...publish, figuresHash: 'b'.repeat(64) })
      .refused('FiguresChanged')
    given(ready, closed, draft, board, supervisors, draft)
      .when('PublishDisclosure', publish)
      .refused('BoardNotConfirmed')
  })

  test('of which a month was reopened after the draft is drafted and reviewed again', () => {
    const reopened: Step = ['ReopenPeriod', { month: '2025-03', reason: '漏记一笔', secondPerson: '理事长' }]
    given(ready, closed, draft, board, supervisors, reopened).when('PublishDisclosure', publish).refused('NotDrafted')
    given(ready, closed, draft, board, supervisors, reopened, closed[2]!)
      .when('PublishDisclosure', publish)
      .refused('NotDrafted')
    given(ready, closed, draft, reopened, closed[2]!, draft, board, supervisors)
      .when('PublishDisclosure', publish)
      .makes('DisclosurePublished')
  })

  test('that was never published has nothing to correct', () => {
    given(ready, closed, draft, board, supervisors)
      .when('PublishDisclosure', { ...publish, correction: '漏列一笔捐款' })
      .refused('NothingToCorrect')
  })

  test('once published stays as it is: a correction is a new version that says why', () => {
    const again: Story = [published, draft, board, supervisors]
    given(ready, again).when('PublishDisclosure', publish).refused('AlreadyDisclosed')
    const { events } = given(ready, again).when('PublishDisclosure', { ...publish, correction: '漏列一笔捐款' })
    expect(events).toMatchObject([
      { type: 'DisclosurePublished', data: { version: 2, objectionFrom: '2025-04-11', objectionTo: '2025-04-17' } },
      { type: 'DisclosureCorrected', data: { version: 2, reason: '漏列一笔捐款' } },
    ])
  })
})

describe('an objection', () => {
  const raise: Step = ['RaiseObjection', { id: '异1', on: '2025-04-12', about: '捐款数', quarter }]
  const answer = { id: '异1', on: '2025-04-15', answer: '已核对凭证，数字无误' }

  test('is raised under its own number and answered once', () => {
    given(ready, published, raise).when('RaiseObjection', raise[1]).refused('IdTaken')
    given(ready, published, raise).when('AnswerObjection', answer).makes('ObjectionAnswered')
    given(ready, published, raise, ['AnswerObjection', answer])
      .when('AnswerObjection', answer)
      .refused('ObjectionAnswered')
    given(ready).when('AnswerObjection', answer).refused('ObjectionUnknown')
  })

  test('to a resolution names one that exists', () => {
    const about = { id: '异2', on: '2025-01-23', about: '表决', resolution: '2025-1' }
    given(ready).when('RaiseObjection', about).refused('ResolutionUnknown')
    given(ready, adopted()).when('RaiseObjection', about).makes('ObjectionRaised')
  })
})

test('a co-op is established once, with a review rule that says who switched it on', () => {
  given()
    .when('EstablishCoop', ESTABLISHED)
    .yields(
      { type: 'CoopEstablished', data: { code: 'yangguang', ...ESTABLISHED, level: '社区' } },
      {
        type: 'ReviewRuleAuthorised',
        data: {
          rule: 'AUTO-1',
          text: '单人制单时由系统按科目、余额、期间、资金用途和程序规则自动复核',
          authorisedBy: 'M00001 via cli',
          from: '2025-01-01',
        },
      },
    )
  given(established).when('EstablishCoop', ESTABLISHED).refused('CoopExists')
})
