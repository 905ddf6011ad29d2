import { describe, expect, test } from 'vitest'
import {
  allCoops,
  bankAccounts,
  closedMonths,
  coopProfile,
  distributionFacts,
  headOf,
  officersOf,
  subAccounts,
} from '../../projections/profile.ts'
import { disclosuresOf, draftOf, objectionsOf, publishedDisclosure, reviewsOf } from '../../projections/publications.ts'
import { timelineOf } from '../../projections/timeline.ts'
import { live, Story } from './fixture.ts'
import { village } from './village.ts'

const { events } = village()
const sql = live(events)

describe('a co-op', () => {
  test('is known with its charter, contact and accounts', () => {
    expect(allCoops(sql)).toHaveLength(1)
    expect(coopProfile(sql, 'sun')).toMatchObject({
      ...{ name: '阳光社区股份经济合作社', level: '社区', demo: true, byImport: false, phone: '0595-1000' },
      charter: { reserveRate: '0.10', objectionDays: 7, representatives: 30 },
    })
    expect(coopProfile(sql, 'moon')).toBeUndefined()
    expect(bankAccounts(sql, 'sun')).toMatchObject([{ account: '102-基本户', bank: '农商银行', lastFour: '1234' }])
    expect(subAccounts(sql, 'sun')).toEqual([{ account: '513-差旅费', openedOn: '2025-03-31' }])
    expect(closedMonths(sql, 'sun')).toEqual(['2025-01', '2025-02', '2025-03'])
    expect(headOf(sql, 'sun')).toMatchObject({ revision: events.length - 1, hash: events.at(-1)?.hash })
  })

  test('has the officers of the day asked for', () => {
    const story = new Story()
    story.add('OfficerAppointed', { person: 'M00001', role: '会计', from: '2025-01-01' })
    story.add('OfficerRemoved', { person: 'M00001', role: '会计', on: '2025-03-01', reason: '离任' })
    story.add('OfficerAppointed', { person: 'M00002', role: '会计', from: '2025-03-01' })
    const database = live(story.events)
    const accountant = (on: string) => officersOf(database, 'sun', on).map(({ person }) => person)
    expect(accountant('2025-02-28')).toEqual(['M00001'])
    expect(accountant('2025-03-01')).toEqual(['M00002'])
    expect(officersOf(database, 'sun')).toHaveLength(2)
  })

  test('keeps the surplus it computed and the reserve it took from it', () => {
    expect(distributionFacts(sql, 'sun', 2024)).toEqual({
      year: 2024,
      distributable: '40000.00',
      reserve: '4000.00',
      reserveRate: '0.10',
    })
    expect(distributionFacts(sql, 'sun', 2023)).toMatchObject({ distributable: undefined, reserve: undefined })
  })

  test('a month that was opened again is not closed', () => {
    const story = new Story()
    story.add('PeriodClosed', { month: '2025-01', vouchers: 0, debit: '0.00', credit: '0.00' })
    story.add('PeriodReopened', { month: '2025-01', reason: '漏记', secondPerson: 'M00002' })
    expect(closedMonths(live(story.events), 'sun')).toEqual([])
  })

  test('what it published keeps its version, hash, closings and the reviews of its draft', () => {
    const published = publishedDisclosure(sql, 'sun', '2025Q1')
    expect(published).toMatchObject({ version: 1, postedOn: '2025-04-08', cutoff: '2025-03-31' })
    expect(published?.closings).toEqual([
      ['account', '102-基本户', '47707.00'],
      ['fund', '路灯', '5000.00'],
      ['fund', '慈善金', '3700.00'],
    ])
    expect(published?.figuresHash).toBe(draftOf(sql, 'sun', '2025Q1')?.figuresHash)
    expect(reviewsOf(sql, 'sun', '2025Q1').map(({ by, officer }) => [by, officer])).toEqual([
      ['board', 'M00001'],
      ['supervisors', 'M00005'],
    ])
    expect(publishedDisclosure(sql, 'sun', '2025Q2')).toBeUndefined()
  })

  test('a new draft needs new reviews, and a second version says what it corrects', () => {
    const story = new Story()
    const draft = { quarter: '2025Q1', cutoff: '2025-03-31', figuresHash: 'ab' }
    const notice = { quarter: '2025Q1', postedOn: '2025-04-08', objectionFrom: '2025-04-09', objectionTo: '2025-04-15' }
    const publish = (version: number) =>
      story.add('DisclosurePublished', { ...notice, version, revision: 0, figuresHash: 'ab', closings: [] })
    story.add('DisclosureDrafted', { ...draft, revision: 0 })
    story.add('DisclosureReviewed', {
      quarter: '2025Q1',
      by: 'board',
      officer: 'M00001',
      on: '2025-04-07',
      opinion: '真实',
    })
    publish(1)
    story.add('DisclosureDrafted', { ...draft, revision: 3 })
    expect(reviewsOf(live(story.events), 'sun', '2025Q1')).toEqual([])
    publish(2)
    story.add('DisclosureCorrected', { quarter: '2025Q1', version: 2, reason: '漏列一笔' })
    expect(disclosuresOf(live(story.events), 'sun').map(({ version, correction }) => [version, correction])).toEqual([
      [2, '漏列一笔'],
      [1, undefined],
    ])
  })

  test('an objection is unanswered at the revision before its answer', () => {
    const answer = events.find(({ type }) => type === 'ObjectionAnswered')!
    expect(objectionsOf(sql, 'sun')).toMatchObject([{ id: 'O1', answer: '已出示发票', answeredOn: '2025-03-31' }])
    expect(objectionsOf(sql, 'sun', answer.revision - 1)).toMatchObject([
      { id: 'O1', answer: undefined, answeredOn: undefined },
    ])
  })
})

describe('the timeline', () => {
  test('has one line an event, the newest first', () => {
    const lines = timelineOf(sql, 'sun', { limit: 1000 })
    expect(lines.map(({ revision }) => revision)).toEqual(events.map(({ revision }) => revision).reverse())
    expect(lines.every(({ what }) => what.length > 0)).toBe(true)
  })

  test('names no person, by name or by code', () => {
    for (const { what } of timelineOf(sql, 'sun', { limit: 1000 })) expect(what).not.toMatch(/M\d{5}/)
  })

  test('is searched by words, by voucher number, by who did it and by when', () => {
    expect(timelineOf(sql, 'sun', { text: '退票' }).map(({ type }) => type)).toEqual(['PaymentsReturned'])
    expect(timelineOf(sql, 'sun', { text: '2025-03-记-1' }).map(({ type }) => type)).toEqual(['RentAccrued'])
    expect(timelineOf(sql, 'sun', { text: '100%' })).toEqual([])
    expect(timelineOf(sql, 'sun', { actor: 'M00001' }).length).toBeGreaterThan(50)
    expect(timelineOf(sql, 'sun', { actor: 'M00002' })).toEqual([])
    const april = timelineOf(sql, 'sun', { from: '2025-04-30' })
    expect(april.every(({ recordedAt }) => recordedAt >= '2025-04-30')).toBe(true)
  })

  test('is read on page by page', () => {
    const first = timelineOf(sql, 'sun', { limit: 10 })
    const second = timelineOf(sql, 'sun', { limit: 10, before: first.at(-1)!.revision })
    expect(second[0]?.revision).toBe(first.at(-1)!.revision - 1)
  })
})
