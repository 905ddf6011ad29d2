import { describe, expect, test } from 'vitest'
import { fenOf, total } from '../../src/domain/money.ts'
import { Coop, given, type Story } from '../support/coop.ts'
import {
  adopted,
  bank,
  declared,
  dividend,
  ESTABLISHED,
  fund,
  gift,
  lease,
  officers,
  opening,
  people,
  proposed,
  ready,
  reserve,
  shares,
  vote,
} from '../support/stories.ts'

const plan: Story = [adopted(), reserve]

describe('a dividend is refused', () => {
  test('above the distributable surplus, which it names', () => {
    const big: Story = [adopted({ budget: '900000' }), reserve]
    const { message } = given(ready, big)
      .when('DeclareDividend', { ...dividend, pool: '420000.01' })
      .refused('DividendAboveSurplus', 'art. 42')
    expect(message).toContain('420,000.00')
    given(ready, big)
      .when('DeclareDividend', { ...dividend, pool: '420000' })
      .books({ '322': '0.00' })
  })

  test('out of this year’s income, unearned rent or gifts, which it names', () => {
    const money: Story = [
      lease(),
      ['ReceiveRent', { date: '2025-01-05', into: '102-基本户', receipts: [{ lease: '租1', amount: '126000' }] }],
      fund('助学金', 'restricted', ['scholarship']),
      gift('助学金', '80000'),
      gift(undefined, '30000', '捐2'),
      ['AccrueRent', { month: '2025-01', date: '2025-01-31' }],
    ]
    const { message } = given(ready, adopted({ budget: '900000' }), reserve, money)
      .when('DeclareDividend', { ...dividend, date: '2025-12-01', pool: '420000.01' })
      .refused('DividendAboveSurplus')
    expect(message).toContain('未到期的预收租金 115,500.00 元')
    expect(message).toContain('受赠款物 110,000.00 元')
    expect(message).toContain('本年尚未结账的收支 10,000.00 元')
  })

  test('of a year that is not closed', () => {
    given(ready, plan)
      .when('DeclareDividend', { ...dividend, year: 2025 })
      .refused('YearNotClosed', 'art. 42')
  })

  test('without an adopted and posted resolution about a distribution plan', () => {
    given(ready, reserve).when('DeclareDividend', dividend).refused('ResolutionUnknown')
    given(ready, proposed(), reserve).when('DeclareDividend', dividend).refused('ResolutionNotAdopted', 'art. 26')
    const rejected: Story = [proposed(), ['RecordVote', { ...vote, inFavour: 19, against: 11 }], reserve]
    given(ready, rejected).when('DeclareDividend', dividend).refused('ResolutionNotAdopted')
    given(ready, proposed(), ['RecordVote', vote], reserve)
      .when('DeclareDividend', dividend)
      .refused('DecisionNotDisclosed', 'art. 45')
    given(ready, adopted({ matter: 'budget' }), reserve)
      .when('DeclareDividend', dividend)
      .refused('ResolutionMatter', 'art. 26')
  })

  test('before the day its decision was posted', () => {
    given(ready, plan)
      .when('DeclareDividend', { ...dividend, date: '2025-01-20' })
      .refused('DateBeforeNotice')
  })

  test('before the reserve of the year is set aside', () => {
    given(ready, adopted()).when('DeclareDividend', dividend).refused('ReserveFirst', 'art. 42')
  })

  test('above the amount of its resolution, in one run or in several', () => {
    given(ready, plan)
      .when('DeclareDividend', { ...dividend, pool: '400000.01' })
      .refused('ResolutionAmountExceeded')
    given(ready, declared)
      .when('DeclareDividend', { ...dividend, run: '再分一次', pool: '0.01' })
      .refused('ResolutionAmountExceeded')
  })

  test('out of a fund', () => {
    given(ready, plan)
      .when('DeclareDividend', { ...dividend, fund: '助学金' })
      .refused('DividendFromFund', '慈善法')
  })

  test('twice under one number, without a mode or with both, or without holders on the day', () => {
    given(ready, declared).when('DeclareDividend', dividend).refused('AlreadyDeclared')
    const { pool: _, ...neither } = dividend
    given(ready, plan).when('DeclareDividend', neither).refused('ModeMissing')
    given(ready, plan)
      .when('DeclareDividend', { ...dividend, perShare: '1' })
      .refused('ModeMissing')
    given(ready, plan)
      .when('DeclareDividend', { ...dividend, recordDate: '2024-12-31' })
      .refused('NoHolders')
  })
})

describe('a dividend', () => {
  test('gives every holder of the record date a part, and the parts are the pool to the fen', () => {
    const { events } = given(ready, plan).when('DeclareDividend', { ...dividend, pool: '100000.01' })
    const [event] = events
    if (event?.type !== 'DividendDeclared') throw new Error('no dividend')
    const lines = [...event.data.members, ...event.data.outsiders]
    expect(total(lines, ([, , amount]) => fenOf(amount))).toBe(10_000_001)
    expect(event.data.registerShares).toBe('4')
    expect(event.data.outsiders).toEqual([['M00011', '0.5', expect.stringMatching(/^12500\.0[01]$/)]])
  })

  test('looks at the register of the record date, not at later transfers', () => {
    const sold: Story = [
      ['TransferShares', { id: '转1', from: 'M00001', to: 'M00005', shares: '1', on: '2025-01-15', basis: '转让协议' }],
    ]
    const holdersOn = (recordDate: string) => {
      const [event] = given(ready, sold, plan).when('DeclareDividend', { ...dividend, recordDate }).events
      return event?.type === 'DividendDeclared' ? event.data.members.map(([code]) => code) : []
    }
    expect(holdersOn('2025-01-14')).toContain('M00001')
    expect(holdersOn('2025-01-14')).not.toContain('M00005')
    expect(holdersOn('2025-01-15')).toContain('M00005')
    expect(holdersOn('2025-01-15')).not.toContain('M00001')
  })

  test('of a fixed amount per share is rounded down for each and declares their sum', () => {
    const { pool: _, ...rest } = dividend
    const { events } = given(ready, plan).when('DeclareDividend', { ...rest, perShare: '3800.0101' })
    expect(events[0]?.data).toMatchObject({ mode: 'per-share', declared: '15200.03' })
  })

  test('withholds tax from each gross amount and owes the rest', () => {
    const coop = new Coop().play([ready, plan])
    coop.run('DeclareDividend', { ...dividend, withholding: { rate: '0.2', basis: '个税法', decidedBy: '理事会' } })
    expect(coop.balance('214-代扣个人所得税')).toBe('-80000.00')
    expect(coop.state.payments.claims.get('分红2024|M00004')?.amount).toBe(4_000_000)
  })

  test('needs no reserve where the charter asks for none, however the nought is written', () => {
    const none = (reserveRate: string): Story => [
      ['EstablishCoop', { ...ESTABLISHED, charter: { ...ESTABLISHED.charter, reserveRate } }],
      [bank, opening, people, shares, officers],
      adopted(),
    ]
    given(none('0')).when('DeclareDividend', dividend).makes('DividendDeclared')
    given(none('0.00')).when('DeclareDividend', dividend).makes('DividendDeclared')
  })

  test('is withdrawn by resolution while nothing of it is paid, and the plan’s amount is there again', () => {
    const withdraw = { run: '分红2024', resolution: '2025-1', reason: '登记册有误', date: '2025-01-25' }
    const prepared: Story = [
      ['PreparePayments', { batch: '批1', from: '102-基本户', on: '2025-02-01', origins: ['分红2024'] }],
    ]
    given(ready, declared, prepared).when('WithdrawDividend', withdraw).refused('AlreadyPaid')
    given(ready, declared, ['WithdrawDividend', withdraw]).when('WithdrawDividend', withdraw).refused('RunUnknown')
    given(ready, declared, ['WithdrawDividend', withdraw])
      .when('DeclareDividend', { ...dividend, run: '分红2024更正', date: '2025-01-26' })
      .books({ '113-分红': '-350000.00', '211-分红': '-50000.00', '322-各项分配-成员分配': '350000.00' })
  })
})

describe('the reserve', () => {
  test('is at least what the charter says, and is set aside once a year', () => {
    given(ready)
      .when('SetReserveAside', { year: 2024, rate: '0.29', date: '2025-01-22' })
      .refused('ReserveBelowCharter', 'art. 42')
    given(ready, reserve).when('SetReserveAside', reserve[1]).refused('ReserveSetAside')
    given(ready)
      .when('SetReserveAside', { year: 2024, rate: '0.35', date: '2025-01-22' })
      .books({ '311-提取': '-510000.00' })
  })

  test('is taken from a surplus only: losses are made good first', () => {
    const loss: Story = [
      ['EstablishCoop', ESTABLISHED],
      bank,
      [
        'RecordOpeningBalances',
        {
          on: '2025-01-01',
          priorYearClosed: true,
          lines: [
            { account: '102-基本户', debit: '1000' },
            { account: '322-未分配收益', debit: '500' },
            { account: '301', credit: '1500' },
          ],
        },
      ],
    ]
    given(loss).when('SetReserveAside', reserve[1]).refused('NothingToSetAside', 'art. 42')
  })
})
