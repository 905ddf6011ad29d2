import { describe, expect, test } from 'vitest'
import {
  coopsOfPerson,
  holdings,
  households,
  persons,
  registerChanges,
  registerCounts,
  shareChanges,
} from '../../projections/register.ts'
import { live, Story } from './fixture.ts'

const sealed = 'v1.AAAA'

function register(): Story {
  const story = new Story()
  const admit = (person: string, on: string) =>
    story.add('MemberAdmitted', { person, identity: sealed, birthMonth: '1960-05', on, basis: '户籍', household: 'H1' })
  admit('M00001', '2024-01-01')
  admit('M00002', '2024-01-01')
  story.add('PersonRegistered', {
    person: 'M00003',
    identity: sealed,
    on: '2025-02-01',
    relation: '继承人',
    resident: false,
  })
  story.add('HouseholdFormed', { household: 'H1', head: 'M00001', persons: ['M00001', 'M00002'], on: '2024-01-01' })
  story.add('SharesIssued', {
    ...{ id: 'S1', on: '2024-01-01', kind: '成员股', basis: '量化方案' },
    holdings: [
      ['M00001', '12.5'],
      ['M00002', '10'],
    ],
  })
  story.add('MembershipEnded', { person: 'M00002', on: '2025-03-10', reason: 'death' }, '2025-04-02T00:00:00.000Z')
  story.add(
    'SharesInherited',
    {
      id: 'S2',
      from: 'M00002',
      heirs: [
        ['M00001', '4'],
        ['M00003', '6'],
      ],
      on: '2025-03-20',
      basis: '公证书',
    },
    '2025-05-02T00:00:00.000Z',
  )
  return story
}

describe('the register', () => {
  test('holdings are those of the day asked for', () => {
    const sql = live(register().events)
    expect(holdings(sql, 'sun', { on: '2025-03-19' })).toEqual([
      { person: 'M00001', shares: '12.5' },
      { person: 'M00002', shares: '10' },
    ])
    expect(holdings(sql, 'sun', { on: '2025-03-20' })).toEqual([
      { person: 'M00001', shares: '16.5' },
      { person: 'M00003', shares: '6' },
    ])
    expect(holdings(sql, 'sun', { on: '2023-12-31' })).toEqual([])
  })

  test('holdings as known at an instant leave out what was recorded later', () => {
    const sql = live(register().events)
    expect(holdings(sql, 'sun', { on: '2025-12-31', knownAt: '2025-05-01T23:59:59.999Z' })).toHaveLength(2)
    expect(holdings(sql, 'sun', { on: '2025-12-31', knownAt: '2025-05-02T00:00:00.000Z' })).toContainEqual({
      person: 'M00003',
      shares: '6',
    })
  })

  test('a member is one up to and including the day of leaving', () => {
    const sql = live(register().events)
    const member = (asOf: { on: string; knownAt?: string }) =>
      persons(sql, 'sun', asOf).find(({ person }) => person === 'M00002')?.member
    expect(member({ on: '2025-03-10' })).toBe(true)
    expect(member({ on: '2025-03-11' })).toBe(false)
    expect(member({ on: '2025-03-11', knownAt: '2025-04-01T00:00:00.000Z' })).toBe(true)
  })

  test('a person who holds shares without being a member is no member', () => {
    expect(persons(live(register().events), 'sun', {}, 'M00003')).toEqual([
      expect.objectContaining({ person: 'M00003', member: false, relation: '继承人', shares: '6' }),
    ])
  })

  test('the register is counted as of a day', () => {
    const sql = live(register().events)
    expect(registerCounts(sql, 'sun', { on: '2025-01-01' })).toEqual({
      members: 2,
      others: 0,
      households: 1,
      holders: 2,
      shares: '22.5',
    })
    expect(registerCounts(sql, 'sun', { on: '2025-12-31' })).toEqual({
      members: 1,
      others: 1,
      households: 1,
      holders: 2,
      shares: '22.5',
    })
  })

  test('the changes of a quarter are counted by kind, an inheritance once whoever inherits', () => {
    expect(registerChanges(live(register().events), 'sun', '2025Q1')).toEqual([
      { change: 'ended', times: 1, persons: 1, shares: '0' },
      { change: 'registered', times: 1, persons: 1, shares: '0' },
      { change: 'inherited', times: 1, persons: 2, shares: '10' },
    ])
    expect(registerChanges(live(register().events), 'sun', '2025Q2')).toEqual([])
  })

  test('whoever is no longer on the list has left the household, and was in it before', () => {
    const story = register()
    story.add('HouseholdChanged', {
      household: 'H1',
      head: 'M00001',
      persons: ['M00001', 'M00003'],
      on: '2025-06-01',
      reason: '分户',
    })
    const sql = live(story.events)
    expect(households(sql, 'sun')).toEqual([
      {
        household: 'H1',
        head: 'M00001',
        formedOn: '2024-01-01',
        changedOn: '2025-06-01',
        persons: ['M00001', 'M00003'],
      },
    ])
    const household = (person: string, on: string) => persons(sql, 'sun', { on }, person)[0]?.household
    expect(household('M00002', '2025-05-31')).toBe('H1')
    expect(household('M00002', '2025-06-01')).toBeUndefined()
    expect(household('M00003', '2025-06-01')).toBe('H1')
  })

  test('each person has a history of shares in which what went away is negative', () => {
    expect(
      shareChanges(live(register().events), 'sun', 'M00002').map(({ id, change, shares }) => [id, change, shares]),
    ).toEqual([
      ['S1', 'issued', '10'],
      ['S2', 'bequeathed', '-4'],
      ['S2', 'bequeathed', '-6'],
    ])
  })

  test('a person who stands in two registers is found in both', () => {
    const story = register()
    story.coop = 'group'
    story.add('MemberAdmitted', {
      person: 'M00001',
      identity: sealed,
      birthMonth: '1960-05',
      on: '2024-01-01',
      basis: '户籍',
    })
    expect(coopsOfPerson(live(story.events), 'M00001')).toEqual(['group', 'sun'])
  })

  test('no table holds what the vault encrypted', () => {
    const sql = live(register().events)
    expect(JSON.stringify(sql.all('SELECT * FROM persons'))).not.toContain(sealed)
  })
})
