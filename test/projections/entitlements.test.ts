import { describe, expect, test } from 'vitest'
import { entitlementRows } from '../../projections/entitlement-rows.ts'
import { batches, batchItems, entitlementHistory, payableOrigins, payables } from '../../projections/payables.ts'
import { openRequests, programmes, runs } from '../../projections/programme-runs.ts'
import { live, Story } from './fixture.ts'
import { approve, type Item, owed, pay, refund, run, statusOf } from './run-story.ts'

describe('what is owed to a person', () => {
  test('is unpaid from the approval on, with its voucher, date and basis', () => {
    expect(statusOf(run())).toMatchObject({
      ...{ origin: 'E1', kind: 'allowance', programmeName: '养老津贴', period: '2025-02', member: true },
      ...{ gross: '600.00', withheld: '0.00', net: '600.00', status: 'unpaid' },
      ...{ voucher: '2025-02-记-1', date: '2025-02-10', basis: '每月600元' },
    })
    expect(statusOf(run(), 'M00003')).toMatchObject({ member: false, status: 'unpaid' })
  })

  test('is not owed while the run is only prepared', () => {
    const { events } = run()
    const prepared = events.slice(0, -1)
    expect(entitlementRows(live(prepared), {})).toEqual([])
    expect(runs(live(prepared), 'sun')).toMatchObject([{ origin: 'E1', state: 'prepared', heads: 3, total: '1800.00' }])
  })

  test('is in a batch once the batch is prepared, and still owed', () => {
    const story = run()
    story.add('PaymentBatchPrepared', {
      batch: 'B',
      from: '102',
      on: '2025-02-11',
      items: [owed('M00001')],
      total: '600.00',
    })
    expect(statusOf(story)).toMatchObject({ status: 'batched', batch: 'B' })
    expect(payables(live(story.events), 'sun')).toMatchObject({ total: '1800.00' })
    expect(payableOrigins(live(story.events), 'sun')).toMatchObject([{ origin: 'E1', heads: 2, amount: '1200.00' }])
  })

  test('is paid on the day and by the voucher of the settlement', () => {
    const story = pay(run(), [owed('M00001')])
    expect(statusOf(story)).toMatchObject({ status: 'paid', settledOn: '2025-02-12', settledVoucher: '2025-02-记-2' })
    expect(payables(live(story.events), 'sun').total).toBe('1200.00')
  })

  test('is owed again when the bank fails it, when it comes back, and when it went to someone else', () => {
    const failed = pay(run(), [owed('M00002')], [owed('M00001')])
    expect(statusOf(failed)).toMatchObject({ status: 'returned', settledOn: undefined })
    const returned = pay(run(), [owed('M00001')])
    returned.add('PaymentsReturned', {
      batch: 'B5',
      items: [owed('M00001')],
      reason: '账号有误',
      voucher: refund(returned),
    })
    expect(statusOf(returned)).toMatchObject({ status: 'returned', last: { on: '2025-02-20', note: '账号有误' } })
    const astray = pay(run(), [owed('M00001')])
    const wrong = { batch: 'B5', item: owed('M00001'), paidTo: { person: 'M00002' }, reason: '同名' }
    astray.add('PaymentMisdirected', { ...wrong, voucher: refund(astray) })
    expect(statusOf(astray)).toMatchObject({ status: 'misdirected', settledOn: undefined, settledVoucher: undefined })
    expect(payables(live(failed.events), 'sun').total).toBe('1200.00')
    for (const story of [returned, astray]) expect(payables(live(story.events), 'sun').total).toBe('1800.00')
  })

  test('is paid after all by a second payment', () => {
    const story = pay(pay(run(), [owed('M00002')], [owed('M00001')]), [owed('M00001')])
    expect(statusOf(story)).toMatchObject({ status: 'paid' })
    expect(entitlementHistory(live(story.events), 'sun', 'E1', 'M00001').map(({ change }) => change)).toEqual([
      ...['granted', 'batched', 'returned', 'batched', 'paid'],
    ])
  })

  test('is not owed any more once it is written back', () => {
    const story = run()
    const lines: Parameters<Story['voucher']>[2] = [
      ['113-津贴', 'D', '600.00'],
      ['504', 'C', '600.00'],
    ]
    const voucher = story.voucher('2025-03-01', '核销', lines)
    story.add('PayableWrittenBack', {
      id: 'W1',
      items: [owed('M00001')],
      resolution: '2025-1',
      reason: '多年无法联系',
      voucher,
    })
    expect(statusOf(story)).toMatchObject({ status: 'written-back', last: { note: '多年无法联系' } })
    expect(payables(live(story.events), 'sun').total).toBe('1200.00')
  })

  test('a payment of what is not owed, or of another amount, stops the fold', () => {
    expect(() => live(pay(run(), [['M00009', 'E1', '600.00']]).events)).toThrow('pays what is not owed')
    const other = run()
    const items: Item[] = [['M00001', 'E1', '599.00']]
    other.add('PaymentBatchPrepared', { batch: 'B', from: '102', on: '2025-02-11', items, total: '599.00' })
    expect(() => live(other.events)).toThrow('pays what is not owed')
  })

  test('a run taken back by a red voucher is owed to nobody, and may be granted anew', () => {
    const story = run()
    const original = story.lastNumber
    const red = story.voucher(
      '2025-02-15',
      '冲销',
      [
        ['514-老年人津贴', 'D', '-1800.00'],
        ['113-津贴', 'C', '-1200.00'],
        ['211-津贴', 'C', '-600.00'],
      ],
      { reverses: original },
    )
    story.add('VoucherReversed', { original, reason: '名册有误', voucher: red })
    expect(statusOf(story)).toMatchObject({ status: 'reversed', last: { voucher: '2025-02-记-2', note: '名册有误' } })
    expect(payables(live(story.events), 'sun').total).toBe('0.00')
    approve(story)
    const rows = entitlementRows(live(story.events), { person: 'M00001' })
    expect(rows.map(({ status, voucher }) => [status, voucher])).toEqual([
      ['reversed', '2025-02-记-1'],
      ['unpaid', '2025-02-记-3'],
    ])
    expect(statusOf(pay(story, [owed('M00001')]))?.status).toBe('reversed')
    expect(entitlementRows(live(story.events), { person: 'M00001' })[1]?.status).toBe('paid')
  })

  test('a dividend is gross, withheld and net, with the shares it was counted on', () => {
    const story = new Story()
    story.add('DividendDeclared', {
      ...{ run: 'D1', year: 2024, resolution: '2025-1', mode: 'per-share', declared: '150.00', perShare: '12.00' },
      ...{
        recordDate: '2024-12-31',
        registerShares: '12.5',
        registerHash: 'ab',
        members: [['M00001', '12.5', '150.00']],
      },
      ...{ outsiders: [], withheld: [['M00001', '30.00']], basis: '每股 12.00 元' },
      withholding: { rate: '0.20', basis: '个人所得税法', decidedBy: 'M00001' },
      voucher: story.voucher('2025-03-01', '分红', [
        ['322-各项分配-成员分配', 'D', '150.00'],
        ['113-分红', 'C', '150.00', { breakdown: 'members' }],
        ['113-分红', 'D', '30.00', { breakdown: [['M00001', '30.00']] }],
        ['214-代扣个人所得税', 'C', '30.00'],
      ]),
    })
    expect(statusOf(story)).toMatchObject({
      ...{ kind: 'dividend', year: 2024, shares: '12.5', perShare: '12.00', recordDate: '2024-12-31', rate: '0.20' },
      ...{ gross: '150.00', withheld: '30.00', net: '120.00' },
    })
  })

  test('goods are handed over when they are approved', () => {
    const story = run()
    const request = { request: 'R1', programme: 'ELDER', person: 'M00001', category: '临时' } as const
    story.add('ReliefRequested', { ...request, asked: '100.00', on: '2025-02-01' })
    expect(openRequests(live(story.events), 'sun')).toMatchObject([{ request: 'R1', asked: '100.00' }])
    story.add('ReliefApproved', {
      ...{ ...request, form: 'goods', total: '80.00', members: [], outsiders: [], conflict: '无', basis: '规则' },
      items: [{ item: '米', quantity: 1, unit: '袋', value: '80.00' }],
      voucher: story.voucher('2025-02-21', '救助', [
        ['514-困难救助', 'D', '80.00'],
        ['121-受赠物资', 'C', '80.00'],
      ]),
    })
    expect(entitlementRows(live(story.events), { origin: 'R1' })).toMatchObject([
      { status: 'paid', form: 'goods', net: '80.00', settledOn: '2025-02-21' },
    ])
    expect(openRequests(live(story.events), 'sun')).toEqual([])
  })

  test('batches carry their control totals, and their items in the order of the lists', () => {
    const story = pay(run(), [owed('M00002'), owed('M00001')])
    const sql = live(story.events)
    expect(batches(sql, 'sun')).toMatchObject([
      { items: 2, total: '1200.00', approvedBy: '理事长', settledOn: '2025-02-12', failed: 0 },
    ])
    expect(batchItems(sql, 'sun', batches(sql, 'sun')[0]!.batch)).toEqual([
      { person: 'M00001', origin: 'E1', amount: '600.00' },
      { person: 'M00002', origin: 'E1', amount: '600.00' },
    ])
  })

  test('programmes are listed with their standards', () => {
    expect(programmes(live(run().events), 'sun')).toMatchObject([
      { programme: 'ELDER', monthly: '600.00', minAge: 60, ceiling: undefined, tiers: [] },
    ])
  })
})
