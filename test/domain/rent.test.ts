import { describe, expect, test } from 'vitest'
import { Coop, given, type Step } from '../support/coop.ts'
import { lease, ready } from '../support/stories.ts'

const free = (more: Record<string, unknown> = {}) => lease({ vatRate: '0', ...more })
const accrue = (month: string): Step => ['AccrueRent', { month, date: `${month}-28` }]
const receive = (amount: string, date: string): Step => [
  'ReceiveRent',
  { date, into: '102-基本户', receipts: [{ lease: '租1', amount }] },
]
const deposit = (amount: string) => ({ lease: '租1', amount, date: '2025-01-05' })

describe('rent', () => {
  test('is income of its month, once', () => {
    given(ready, free(), accrue('2025-01'))
      .when('AccrueRent', { month: '2025-01', date: '2025-01-31' })
      .refused('NothingDue')
    given(ready, free(), accrue('2025-01'))
      .when('AccrueRent', { month: '2025-01', date: '2025-01-31', leases: ['租1'] })
      .refused('AlreadyAccrued')
  })

  test('is not earned before its month', () => {
    given(ready, free()).when('AccrueRent', { month: '2025-02', date: '2025-01-31' }).refused('RentNotDue')
  })

  test('is not due outside the lease', () => {
    given(ready, free({ to: '2025-03-31' }))
      .when('AccrueRent', { month: '2025-04', date: '2025-04-30' })
      .refused('NothingDue')
  })

  test('that is received settles the arrears first, and only the rest is kept for later', () => {
    const coop = new Coop().play([ready, free(), accrue('2025-01'), accrue('2025-02')])
    coop.play([receive('15000', '2025-03-01')])
    expect(coop.state.property.leases.get('租1')).toMatchObject({ arrears: 600_000, prepaid: 0 })
    coop.play([receive('10000', '2025-03-02')])
    expect(coop.state.property.leases.get('租1')).toMatchObject({ arrears: 0, prepaid: 400_000 })
    expect([coop.balance('112-租金'), coop.balance('211-预收租金')]).toEqual(['0.00', '-4000.00'])
  })

  test('that was paid ahead is never surplus before it is earned', () => {
    given(ready, free(), receive('126000', '2025-01-05'))
      .when('ComputeSurplus', { year: 2024, on: '2025-01-06' })
      .yields({
        type: 'SurplusComputed',
        data: {
          year: 2024,
          retained: '600000.00',
          notDistributable: [['未到期的预收租金', '126000.00']],
          distributable: '600000.00',
          on: '2025-01-06',
        },
      })
  })

  test('splits into net and VAT without losing a fen', () => {
    const coop = new Coop().play([ready, lease({ monthlyRent: '9999.99', vatRate: '0.09' }), accrue('2025-01')])
    expect([coop.balance('501-物业租赁'), coop.balance('214-增值税')]).toEqual(['-9174.30', '-825.69'])
  })

  test('is refused for an unknown lease, or one lease twice in a receipt', () => {
    given(ready).when('ReceiveRent', receive('1', '2025-01-05')[1]).refused('LeaseUnknown')
    const twice = {
      date: '2025-01-05',
      into: '102-基本户',
      receipts: [
        { lease: '租1', amount: '1' },
        { lease: '租1', amount: '2' },
      ],
    }
    given(ready, free()).when('ReceiveRent', twice).refused('ListedTwice')
  })

  test('follows the amendment that has begun, and not for months already accrued', () => {
    const raise = { lease: '租1', on: '2025-01-20', from: '2025-02', monthlyRent: '12000', reason: '续议' }
    given(ready, free(), accrue('2025-01'), ['AmendLease', raise])
      .when('AccrueRent', { month: '2025-02', date: '2025-02-28' })
      .books({ '501': '-22500.00' })
    given(ready, free(), accrue('2025-01'), accrue('2025-02')).when('AmendLease', raise).refused('AlreadyAccrued')
  })
})

describe('a lease', () => {
  test('lets one asset to one tenant at a time', () => {
    const second = {
      lease: '租2',
      asset: '店面1',
      tenant: { organisation: '乙公司' },
      from: '2027-12-31',
      to: '2028-12-31',
      monthlyRent: '1',
      vatRate: '0',
      deposit: '0',
      income: '501-物业租赁',
      on: '2025-02-01',
    }
    given(ready, free()).when('SignLease', second).refused('AssetLet')
    given(ready, free())
      .when('SignLease', { ...second, from: '2028-01-01' })
      .makes('LeaseSigned')
    given(ready, free())
      .when('SignLease', { ...second, asset: '无' })
      .refused('AssetUnknown')
    given(ready, free())
      .when('SignLease', { ...second, to: '2027-12-30' })
      .refused('DatesReversed')
  })

  test('takes no more deposit than agreed and gives back no more than it holds', () => {
    given(ready, free())
      .when('ReceiveDeposit', { ...deposit('20000.01'), into: '102-基本户' })
      .refused('DepositAboveLease')
    given(ready, free(), ['ReceiveDeposit', { ...deposit('20000'), into: '102-基本户' }])
      .when('ReturnDeposit', { ...deposit('20000.01'), from: '102-基本户' })
      .refused('DepositShort')
  })

  test('keeps or misses only what it promised', () => {
    const promises = free({ obligations: [{ id: '学费优惠', promise: '本社区儿童学费九折' }] })
    const kept = { lease: '租1', obligation: '学费优惠', on: '2025-09-01', how: '已减免12人' }
    given(ready, promises).when('KeepObligation', kept).makes('LeaseObligationKept')
    given(ready, promises)
      .when('MissObligation', { ...kept, obligation: '救助' })
      .refused('ObligationUnknown')
  })
})
