import { describe, expect, test } from 'vitest'
import { adultMembers, holdingsOn, isMember } from '../../src/domain/register/state.ts'
import { Coop, given, type Step } from '../support/coop.ts'
import { established, people, ready, shares } from '../support/stories.ts'

const member = (code: string, on = '2025-05-01') => ({
  members: [{ person: { code, identity: 'sealed' }, birthMonth: '1990-01', on, basis: '出生' }],
})
const transfer = (more: Record<string, unknown> = {}) => ({
  id: '转1',
  from: 'M00001',
  to: 'M00005',
  shares: '1',
  on: '2025-06-01',
  basis: '转让协议',
  ...more,
})

describe('members', () => {
  test('are admitted once, and not in the future', () => {
    given(ready).when('AdmitMembers', member('M00001')).refused('AlreadyMember', 'art. 12')
    const twice = { members: [...member('M00020').members, ...member('M00020').members] }
    given(ready).when('AdmitMembers', twice).refused('AlreadyMember')
    given(ready).when('AdmitMembers', member('M00020', '2026-01-01')).refused('DateInFuture')
    given().when('AdmitMembers', member('M00020')).refused('CoopUnknown')
  })

  test('stop being members after the day they leave, and may be admitted again', () => {
    const leave: Step = ['EndMembership', { person: 'M00009', on: '2025-04-30', reason: 'civil-servant' }]
    const coop = new Coop().play([ready, leave])
    const person = () => coop.state.register.persons.get('M00009')
    expect([isMember(person(), '2025-04-30'), isMember(person(), '2025-05-01')]).toEqual([true, false])
    coop.run('AdmitMembers', member('M00009', '2025-06-01'))
    expect(isMember(person(), '2025-06-01')).toBe(true)
    given(ready, leave)
      .when('EndMembership', { ...(leave[1] as object), on: '2025-05-02' })
      .refused('NotAMember')
  })

  test('grow up the month after their eighteenth birthday', () => {
    const { register } = new Coop().play([ready]).state
    expect([adultMembers(register, '2033-07-31'), adultMembers(register, '2033-08-01')]).toEqual([9, 10])
  })

  test('and persons who are not in the register can do nothing', () => {
    given(ready)
      .when('TransferShares', transfer({ from: 'M99999' }))
      .refused('MemberUnknown')
    given(ready).when('EndMembership', { person: 'M99999', on: '2025-05-01', reason: 'death' }).refused('MemberUnknown')
    const stranger = { ...(shares[1] as object), id: '新', holdings: [['M99999', '1']] }
    given(ready).when('IssueShares', stranger).refused('MemberUnknown')
  })
})

describe('persons who are not members', () => {
  test('are registered once, and not if they are members already', () => {
    const register = (code: string) => ({
      persons: [{ person: { code, identity: 'sealed' }, on: '2025-05-01', relation: '居民', resident: true }],
    })
    given(ready).when('RegisterPersons', register('M00012')).refused('PersonKnown')
    given(ready).when('RegisterPersons', register('M00001')).refused('PersonKnown')
  })

  test('whose data are sealed take part in nothing any more (个人信息保护法 art. 47)', () => {
    given(ready, { type: 'PersonSealed', data: { person: 'M00001', on: '2025-05-01', reason: '本人要求' } })
      .when('TransferShares', transfer())
      .refused('PersonSealed', 'art. 47')
  })
})

describe('shares', () => {
  test('pass only to members of the co-op (农集法 art. 40)', () => {
    given(ready)
      .when('TransferShares', transfer({ to: 'M00012' }))
      .refused('NotAMember', 'art. 40')
  })

  test('are never given away twice, whatever the dates', () => {
    given(ready)
      .when('TransferShares', transfer({ shares: '1.000001' }))
      .refused('SharesShort')
    given(ready, ['TransferShares', transfer()])
      .when('TransferShares', transfer({ id: '转2', to: 'M00006', on: '2025-05-01' }))
      .refused('SharesShort')
    const bought: Step = ['TransferShares', transfer({ id: '转3', from: 'M00002', to: 'M00001', on: '2025-09-01' })]
    given(ready, ['TransferShares', transfer()], bought)
      .when('TransferShares', transfer({ id: '转2', to: 'M00006', on: '2025-05-01' }))
      .refused('SharesShort')
  })

  test('pass to heirs, members or not, and their sum stays the same', () => {
    const coop = new Coop().play([ready])
    const all = () => [...holdingsOn(coop.state.register, '2025-12-31').values()].reduce((sum, micro) => sum + micro, 0)
    const before = all()
    coop.run('InheritShares', {
      id: '继1',
      from: 'M00001',
      heirs: [
        ['M00010', '0.333333'],
        ['M00012', '0.666667'],
      ],
      on: '2025-06-01',
      basis: '公证书',
    })
    expect(all()).toBe(before)
    expect(holdingsOn(coop.state.register, '2025-06-01').has('M00001')).toBe(false)
  })

  test('change once under one number, and list nobody twice', () => {
    given(ready, ['TransferShares', transfer()]).when('TransferShares', transfer()).refused('IdTaken')
    const twice = {
      ...(shares[1] as object),
      id: '新',
      holdings: [
        ['M00001', '1'],
        ['M00001', '1'],
      ],
    }
    given(ready).when('IssueShares', twice).refused('ListedTwice')
  })

  test('are cancelled only as far as they are held', () => {
    const cancel = { id: '销1', person: 'M00004', shares: '0.6', on: '2025-06-01', basis: '收回' }
    given(ready).when('CancelShares', cancel).refused('SharesShort')
    given(ready)
      .when('CancelShares', { ...cancel, shares: '0.5' })
      .makes('SharesCancelled')
  })
})

describe('households', () => {
  const house = { household: '户1', head: 'M00001', persons: ['M00001', 'M00010'], on: '2025-01-01' }

  test('have a head who lives in them, and a number of their own', () => {
    given(established, people)
      .when('FormHousehold', { ...house, head: 'M00002' })
      .refused('HeadNotInHousehold')
    given(established, people, ['FormHousehold', house]).when('FormHousehold', house).refused('IdTaken')
    given(established, people)
      .when('ChangeHousehold', { ...house, reason: '分户' })
      .refused('HouseholdUnknown')
  })
})
