import { describe, expect, test } from 'vitest'
import { assetsOf, obligationsOf, rentRollOf } from '../../projections/leases.ts'
import { live, Story } from './fixture.ts'

/** A shop let to a school for 1,000 a month from 2025-01 to 2025-06, accrued for three months, 1,500 paid in April. */
function shop(): Story {
  const story = new Story()
  story.add('AssetRegistered', {
    asset: 'A1',
    name: '旧党群服务中心',
    kind: '公用房',
    area: '300',
    use: 'let',
    on: '2025-01-01',
  })
  story.add('LeaseSigned', {
    ...{ lease: 'L1', asset: 'A1', tenant: { organisation: '中书学堂' }, from: '2025-01-01', to: '2025-06-30' },
    ...{ monthlyRent: '1000.00', vatRate: '0.05', deposit: '2000.00', income: '501-物业租赁', on: '2025-01-01' },
    tenantIsMember: false,
    obligations: [
      { id: 'P1', promise: '学费优惠' },
      { id: 'P2', promise: '支持救助' },
    ],
  })
  for (const month of ['2025-01', '2025-02', '2025-03']) accrue(story, month, '0.00', '1000.00')
  return receive(story, '2025-04-10', ['L1', '1500.00', '1500.00', '0.00', '0.00'])
}

function accrue(story: Story, month: string, prepaid: string, owed: string): Story {
  const lines: Parameters<Story['voucher']>[2] = [
    ['112-租金', 'D', '1000.00'],
    ['501-物业租赁', 'C', '952.38'],
    ['214-增值税', 'C', '47.62'],
  ]
  const voucher = story.voucher(`${month}-28`, '计租', lines)
  return story.add('RentAccrued', { month, leases: [['L1', '1000.00', '952.38', '47.62', prepaid, owed]], voucher })
}

function receive(story: Story, date: string, receipt: [string, string, string, string, string]): Story {
  const voucher = story.voucher(date, '收租', [
    ['102', 'D', receipt[1]],
    ['112-租金', 'C', receipt[1]],
  ])
  return story.add('RentReceived', { into: '102', receipts: [receipt], voucher })
}

const roll = (story: Story, from: string, to: string) => rentRollOf(live(story.events), 'sun', { from, to })[0]

describe('the rent roll', () => {
  test('shows what was due and received in the period and what is owed at its end', () => {
    expect(roll(shop(), '2025-01-01', '2025-03-31')).toMatchObject({
      ...{ tenant: '中书学堂', area: '300', monthlyRent: '1000.00', annualRent: '12000.00' },
      ...{ due: '3000.00', received: '0.00', arrears: '3000.00', daysLeft: 91 },
    })
    expect(roll(shop(), '2025-04-01', '2025-06-30')).toMatchObject({
      ...{ due: '0.00', received: '1500.00', arrears: '1500.00', daysLeft: 0, ended: false },
    })
  })

  test('counts days overdue from the end of the oldest month that is not settled, oldest settled first', () => {
    expect(roll(shop(), '2025-01-01', '2025-03-31')?.daysOverdue).toBe(59)
    expect(roll(shop(), '2025-04-01', '2025-04-30')?.daysOverdue).toBe(61)
    const paid = receive(shop(), '2025-05-02', ['L1', '1500.00', '1500.00', '0.00', '0.00'])
    expect(roll(paid, '2025-05-01', '2025-05-31')).toMatchObject({ arrears: '0.00', daysOverdue: 0 })
  })

  test('rent of the running month is owed but not overdue', () => {
    expect(roll(shop(), '2025-01-01', '2025-01-31')).toMatchObject({ arrears: '1000.00', daysOverdue: 0 })
  })

  test('keeps what is paid ahead apart from arrears, within a year and beyond', () => {
    const ahead = receive(shop(), '2025-05-02', ['L1', '5000.00', '1500.00', '3000.00', '500.00'])
    expect(roll(ahead, '2025-05-01', '2025-05-31')).toMatchObject({
      received: '5000.00',
      arrears: '0.00',
      prepaid: '3500.00',
    })
    accrue(ahead, '2025-05', '1000.00', '0.00')
    expect(roll(ahead, '2025-05-01', '2025-05-31')).toMatchObject({ arrears: '0.00', prepaid: '2500.00' })
  })

  test('a red voucher takes a month out again, and the next one is the oldest', () => {
    const story = shop()
    const original = '2025-01-记-1'
    const voucher = story.voucher(
      '2025-04-20',
      '冲销',
      [
        ['112-租金', 'D', '-1000.00'],
        ['501-物业租赁', 'C', '-952.38'],
        ['214-增值税', 'C', '-47.62'],
      ],
      { reverses: original },
    )
    story.add('VoucherReversed', { original, reason: '免租一个月', voucher })
    expect(roll(story, '2025-04-01', '2025-04-30')).toMatchObject({
      due: '-1000.00',
      arrears: '500.00',
      daysOverdue: 30,
    })
  })

  test('deposits are held until they are given back', () => {
    const story = shop()
    const booked = (date: string) =>
      story.voucher(date, '押金', [
        ['102', 'D', '2000.00'],
        ['211-押金', 'C', '2000.00'],
      ])
    story.add('DepositReceived', { lease: 'L1', amount: '2000.00', into: '102-基本户', voucher: booked('2025-01-05') })
    expect(roll(story, '2025-01-01', '2025-03-31')?.deposit).toBe('2000.00')
    story.add('DepositReturned', { lease: 'L1', amount: '2000.00', from: '102-基本户', voucher: booked('2025-07-01') })
    expect(roll(story, '2025-01-01', '2025-07-31')?.deposit).toBe('0.00')
  })

  test('an amended rent counts from its month, and an ended lease leaves the roll when nothing is owed', () => {
    const story = shop()
    story.add('LeaseAmended', {
      lease: 'L1',
      on: '2025-04-15',
      from: '2025-05',
      monthlyRent: '1200.00',
      reason: '调租',
    })
    expect(roll(story, '2025-04-01', '2025-04-30')?.monthlyRent).toBe('1000.00')
    expect(roll(story, '2025-05-01', '2025-05-31')?.monthlyRent).toBe('1200.00')
    story.add('LeaseEnded', { lease: 'L1', on: '2025-05-20', reason: '退租' })
    expect(roll(story, '2025-05-01', '2025-05-31')).toMatchObject({ to: '2025-05-20', ended: true })
    receive(story, '2025-05-25', ['L1', '1500.00', '1500.00', '0.00', '0.00'])
    expect(roll(story, '2025-06-01', '2025-06-30')).toBeUndefined()
  })

  test('promises are open until they are seen kept or missed; the last look counts', () => {
    const story = shop()
    story.add('LeaseObligationMissed', { lease: 'L1', obligation: 'P1', on: '2025-02-01', how: '未执行' })
    story.add('LeaseObligationKept', { lease: 'L1', obligation: 'P1', on: '2025-03-01', how: '已补' })
    const states = (on: string) => obligationsOf(live(story.events), 'sun', on).map(({ state }) => state)
    expect(states('2025-01-31')).toEqual(['open', 'open'])
    expect(states('2025-02-28')).toEqual(['missed', 'open'])
    expect(states('2025-03-31')).toEqual(['kept', 'open'])
  })

  test('an asset is let while a lease runs on it', () => {
    const sql = live(shop().events)
    expect(assetsOf(sql, 'sun', '2025-03-31')).toMatchObject([{ asset: 'A1', leased: true }])
    expect(assetsOf(sql, 'sun', '2025-07-01')).toMatchObject([{ asset: 'A1', leased: false }])
    expect(assetsOf(sql, 'sun', '2024-12-31')).toEqual([])
  })
})
