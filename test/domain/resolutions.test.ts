import { describe, expect, test } from 'vitest'
import { given, type Story } from '../support/coop.ts'
import { adopted, ESTABLISHED, people, proposed, ready, vote } from '../support/stories.ts'

const propose = (matter: string, body: string) => ({
  title: '事项',
  matter,
  body,
  content: ['内容'],
  budget: '1000',
  laidOpenOn: '2025-01-06',
  proposedOn: '2025-01-06',
})
const assembly = proposed({ body: 'assembly' })
const board = proposed({ body: 'board', matter: 'lease' })
const counts = (inFavour: number, present: number) => ({ present, inFavour, against: present - inFavour, abstained: 0 })

describe('who may decide what', () => {
  test.each([
    'charter',
    'membership',
    'share-scheme',
    'land-compensation',
    'merger',
  ])('%s is for the assembly of members alone (农集法 art. 28)', matter => {
    given(ready).when('ProposeResolution', propose(matter, 'representatives')).refused('BodyNotCompetent', 'art. 28')
    given(ready).when('ProposeResolution', propose(matter, 'assembly')).makes('ResolutionProposed')
  })

  test.each([
    'budget',
    'distribution-plan',
    'investment',
    'programme',
    'officers',
    'remuneration',
    'write-back',
  ])('%s may be decided by representatives but not by the board (农集法 art. 26)', matter => {
    given(ready).when('ProposeResolution', propose(matter, 'board')).refused('BodyNotCompetent', 'art. 26')
    given(ready).when('ProposeResolution', propose(matter, 'representatives')).makes('ResolutionProposed')
  })

  test('a lease inside an adopted plan may be decided by the board', () => {
    given(ready).when('ProposeResolution', propose('lease', 'board')).makes('ResolutionProposed')
  })
})

describe('how a vote is called', () => {
  test('an assembly of members or representatives has ten days’ notice', () => {
    given(ready, proposed())
      .when('RecordVote', { ...vote, noticeOn: '2025-01-11' })
      .refused('NoticeTooShort', 'art. 27')
    given(ready, proposed())
      .when('RecordVote', { ...vote, noticeOn: '2025-01-10' })
      .makes('ResolutionVoted', 'ResolutionAdopted')
  })

  test('the party organisation has studied the matter before the vote, not after', () => {
    const unstudied: Story = [['ProposeResolution', propose('budget', 'representatives')]]
    given(ready, unstudied).when('RecordVote', vote).refused('PartyStudyMissing', 'art. 26')
    const late: Story = [
      unstudied,
      ['DeliberateResolution', { no: '2025-1', on: '2025-01-21', by: 'party-study', opinion: '补记' }],
    ]
    given(ready, late).when('RecordVote', vote).refused('PartyStudyMissing')
    const others: Story = [
      unstudied,
      ['DeliberateResolution', { no: '2025-1', on: '2025-01-10', by: 'township', opinion: '无异议' }],
    ]
    given(ready, others).when('RecordVote', vote).refused('PartyStudyMissing')
  })

  test('a distribution plan lay open for ten days before the vote', () => {
    const late: Story = [
      ['ProposeResolution', { ...propose('distribution-plan', 'representatives'), laidOpenOn: '2025-01-11' }],
      ['DeliberateResolution', { no: '2025-1', on: '2025-01-10', by: 'party-study', opinion: '同意' }],
    ]
    given(ready, late).when('RecordVote', vote).refused('PlanNotLaidOpen', 'art. 46')
    const { laidOpenOn: _, ...unopened } = propose('distribution-plan', 'representatives')
    given(ready).when('ProposeResolution', unopened).refused('PlanNotLaidOpen', 'art. 46')
  })

  test('a distribution plan says how much is distributed', () => {
    const { budget: _, ...open } = propose('distribution-plan', 'representatives')
    given(ready).when('ProposeResolution', open).refused('BudgetMissing')
  })

  test('nothing is voted on before it is proposed, in the future, or twice', () => {
    given(ready, proposed())
      .when('RecordVote', { ...vote, on: '2025-01-05', noticeOn: '2024-12-20' })
      .refused('DateBeforeProposal')
    given(ready, proposed()).when('RecordVote', vote, { today: '2025-01-19' }).refused('DateInFuture')
    given(ready, adopted()).when('RecordVote', vote).refused('ResolutionDecided')
    given(ready).when('RecordVote', vote).refused('ResolutionUnknown')
  })
})

describe('whom a vote is counted on', () => {
  test('in the assembly: members of eighteen and over that day, neither children nor heirs nor residents', () => {
    const { message } = given(ready, assembly)
      .when('RecordVote', { ...vote, ...counts(9, 9), eligible: 10 })
      .refused('WrongDenominator', 'art. 27')
    expect(message).toContain('9 人')
    const { events } = given(ready, assembly).when('RecordVote', { ...vote, ...counts(9, 9), eligible: 9 })
    expect(events[0]?.data).toMatchObject({ eligible: 9 })
  })

  test('in the assembly: without members who left before the day, and with those who leave later', () => {
    const left = (on: string): Story => [['EndMembership', { person: 'M00009', on, reason: 'death' }]]
    const eligible = (on: string) =>
      given(ready, left(on), assembly).when('RecordVote', { ...vote, ...counts(8, 8) }).events[0]?.data
    expect(eligible('2025-01-19')).toMatchObject({ eligible: 8 })
    expect(eligible('2025-01-21')).toMatchObject({ eligible: 9 })
  })

  test('in the assembly: without adults who lack full capacity', () => {
    const { events } = given(ready, assembly).when('RecordVote', { ...vote, ...counts(7, 7), incapacitated: 2 })
    expect(events[0]?.data).toMatchObject({ eligible: 7, incapacitated: 2 })
  })

  test('among representatives: all of them by the charter', () => {
    given(ready, proposed())
      .when('RecordVote', { ...vote, eligible: 28 })
      .refused('WrongDenominator', 'art. 28')
  })

  test('in the board: all directors', () => {
    const { events } = given(ready, board).when('RecordVote', { ...vote, ...counts(2, 3) })
    expect(events[0]?.data).toMatchObject({ eligible: 3 })
    expect(events[1]).toMatchObject({ type: 'ResolutionAdopted', data: { threshold: 2 } })
  })

  test('a director who came or left since the vote changes nothing about it', () => {
    const since: Story = [
      ['RemoveOfficer', { person: 'M00006', role: '理事', on: '2025-01-21', reason: '辞职' }],
      ['AppointOfficer', { person: 'M00009', role: '理事', from: '2025-01-22' }],
      ['AppointOfficer', { person: 'M00003', role: '理事', from: '2025-01-22' }],
    ]
    const { events } = given(ready, since, board).when('RecordVote', { ...vote, ...counts(3, 3) })
    expect(events[0]?.data).toMatchObject({ eligible: 3 })
  })

  test('a director who has left no longer counts', () => {
    const gone: Story = [['RemoveOfficer', { person: 'M00006', role: '理事', on: '2025-01-02', reason: '辞职' }], board]
    const { events } = given(ready, gone).when('RecordVote', { ...vote, ...counts(2, 2) })
    expect(events[0]?.data).toMatchObject({ eligible: 2 })
  })

  test('nobody at all cannot adopt anything', () => {
    const charter = { ...ESTABLISHED.charter, representatives: 0 }
    const none: Story = [['EstablishCoop', { ...ESTABLISHED, charter }], people, proposed()]
    given(none)
      .when('RecordVote', { ...vote, ...counts(0, 0) })
      .refused('NobodyEligible', 'art. 28')
    const childless: Story = [['EstablishCoop', ESTABLISHED], assembly]
    given(childless)
      .when('RecordVote', { ...vote, ...counts(0, 0) })
      .refused('NobodyEligible')
  })
})

describe('what a vote needs', () => {
  test('two thirds of all, not of those present: 19 of 30 representatives reject, 20 adopt', () => {
    given(ready, proposed())
      .when('RecordVote', { ...vote, ...counts(19, 20) })
      .makes('ResolutionVoted', 'ResolutionRejected')
    given(ready, proposed())
      .when('RecordVote', { ...vote, ...counts(20, 20) })
      .makes('ResolutionVoted', 'ResolutionAdopted')
  })

  test('a quorum of two thirds of all, whatever those present say', () => {
    const { events } = given(ready, proposed()).when('RecordVote', { ...vote, ...counts(19, 19) })
    expect(events[1]).toMatchObject({ type: 'ResolutionRejected', data: { threshold: 20 } })
    expect(JSON.stringify(events[1])).toContain('到会不足')
  })

  test('in the assembly two thirds of nine are six', () => {
    given(ready, assembly)
      .when('RecordVote', { ...vote, ...counts(5, 9) })
      .makes('ResolutionVoted', 'ResolutionRejected')
    given(ready, assembly)
      .when('RecordVote', { ...vote, ...counts(6, 9) })
      .makes('ResolutionVoted', 'ResolutionAdopted')
  })

  test('counts that add up, and no more present than there are', () => {
    given(ready, proposed())
      .when('RecordVote', { ...vote, against: 1 })
      .refused('VotesDoNotAddUp')
    given(ready, proposed())
      .when('RecordVote', { ...vote, ...counts(31, 31) })
      .refused('VotesDoNotAddUp')
  })
})

describe('决议公开', () => {
  test('is posted once, after adoption; objections run from the next day for the charter’s days', () => {
    given(ready, proposed(), ['RecordVote', vote])
      .when('DiscloseDecision', { no: '2025-1', postedOn: '2025-01-21' })
      .yields({
        type: 'DecisionDisclosed',
        data: {
          no: '2025-1',
          postedOn: '2025-01-21',
          objectionFrom: '2025-01-22',
          objectionTo: '2025-01-28',
          days: 7,
        },
      })
    given(ready, adopted())
      .when('DiscloseDecision', { no: '2025-1', postedOn: '2025-01-22' })
      .refused('AlreadyDisclosed')
    given(ready, proposed())
      .when('DiscloseDecision', { no: '2025-1', postedOn: '2025-01-21' })
      .refused('ResolutionNotAdopted')
    given(ready, proposed(), ['RecordVote', vote])
      .when('DiscloseDecision', { no: '2025-1', postedOn: '2025-01-19' })
      .refused('DateBeforeVote')
  })

  test('comes before the outcome is published', () => {
    const outcome = { no: '2025-1', on: '2025-02-20', result: '已付', spent: '0' }
    given(ready, proposed(), ['RecordVote', vote]).when('DiscloseOutcome', outcome).refused('DecisionNotDisclosed')
    given(ready, adopted()).when('DiscloseOutcome', outcome).makes('OutcomeDisclosed')
  })
})
