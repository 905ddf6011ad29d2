import { describe, expect, test } from 'vitest'
import {
  fundsOver,
  giftsBetween,
  goodsStock,
  investmentsOver,
  sharedGoods,
  subsidiesBetween,
  usesBetween,
} from '../../projections/fund-rows.ts'
import { live, Story } from './fixture.ts'

const HOLDING = '311-受赠(限定)-慈善金'
const year = { from: '2025-01-01', to: '2025-12-31' }

function fund(): Story {
  const story = new Story()
  story.add('FundOpened', {
    ...{ fund: '慈善金', kind: 'restricted', purpose: '救助', allows: ['relief'], through514: false, on: '2025-01-01' },
  })
  const into = '102'
  const cash = (date: string, amount: string) =>
    story.voucher(date, '捐款', [
      ['102', 'D', amount, { fund: '慈善金' }],
      [HOLDING, 'C', amount, { fund: '慈善金' }],
    ])
  const gift = { fund: '慈善金', into }
  story.add('DonationReceived', {
    ...{ ...gift, id: 'D1', donor: { organisation: '泉港某厂' }, mayBeNamed: true, amount: '1000.00' },
    voucher: cash('2025-01-10', '1000.00'),
  })
  story.add('DonationReceived', {
    ...{
      ...gift,
      id: 'D2',
      donor: { person: 'M00002' },
      mayBeNamed: false,
      amount: '200.00',
      voucher: cash('2025-01-11', '200.00'),
    },
  })
  story.add('GoodsDonated', {
    ...{ id: 'G1', donor: { anonymous: true }, mayBeNamed: false, fund: '慈善金', valuation: 'market' },
    items: [{ item: '大米', quantity: 10, unit: '袋', value: '500.00' }],
    voucher: story.voucher('2025-01-12', '捐物', [
      ['121-受赠物资', 'D', '500.00', { fund: '慈善金' }],
      [HOLDING, 'C', '500.00', { fund: '慈善金' }],
    ]),
  })
  return story.add('GoodsGiven', {
    ...{ id: 'V1', fund: '慈善金', purpose: 'relief', recipients: 4, to: [], note: '春节' },
    items: [{ item: '大米', quantity: 4, unit: '袋', value: '200.00' }],
    voucher: story.voucher('2025-02-01', '发放', [
      [HOLDING, 'D', '200.00', { fund: '慈善金' }],
      ['121-受赠物资', 'C', '200.00', { fund: '慈善金' }],
    ]),
  })
}

function takeBack(story: Story, original: string): Story {
  const voucher = story.voucher(
    '2025-03-01',
    '冲销',
    [
      ['102', 'D', '-1000.00', { fund: '慈善金' }],
      [HOLDING, 'C', '-1000.00', { fund: '慈善金' }],
    ],
    { reverses: original },
  )
  return story.add('VoucherReversed', { original, reason: '重复', voucher })
}

describe('funds', () => {
  test('opening plus received less spent is closing, month after month', () => {
    const sql = live(fund().events)
    expect(fundsOver(sql, 'sun', '2025-01')).toMatchObject([
      { opening: '0.00', received: '1700.00', spent: '0.00', closing: '1700.00', goods: '500.00' },
    ])
    expect(fundsOver(sql, 'sun', '2025-02')).toMatchObject([
      { opening: '1700.00', received: '0.00', spent: '200.00', closing: '1500.00', goods: '300.00' },
    ])
    expect(fundsOver(sql, 'sun', '2024')).toEqual([])
  })

  test('each gift keeps its giver, consent and form', () => {
    expect(giftsBetween(live(fund().events), 'sun', year)).toMatchObject([
      { id: 'D1', donorKind: 'organisation', donor: '泉港某厂', mayBeNamed: true, form: 'money', amount: '1000.00' },
      { id: 'D2', donorKind: 'person', donor: 'M00002', mayBeNamed: false, amount: '200.00' },
      { id: 'G1', donorKind: 'anonymous', donor: '', form: 'goods', valuation: 'market', amount: '500.00' },
    ])
  })

  test('what is given back or booked by mistake is entered with a minus under the same gift', () => {
    const story = takeBack(fund(), '2025-01-记-1')
    story.add('DonationReturned', {
      ...{ donation: 'D2', amount: '200.00', from: '102-基本户', reason: '捐赠人要求' },
      voucher: story.voucher('2025-03-02', '退款', [
        [HOLDING, 'D', '200.00', { fund: '慈善金' }],
        ['102', 'C', '200.00', { fund: '慈善金' }],
      ]),
    })
    const sql = live(story.events)
    const march = giftsBetween(sql, 'sun', { from: '2025-03-01', to: '2025-03-31' })
    expect(march.map(({ id, change, amount }) => [id, change, amount])).toEqual([
      ['D1', 'received', '-1000.00'],
      ['D2', 'returned', '-200.00'],
    ])
    expect(fundsOver(sql, 'sun', '2025')).toMatchObject([{ received: '700.00', spent: '400.00', closing: '300.00' }])
  })

  test('goods in store are counted by item, and a red voucher puts them back', () => {
    const story = fund()
    expect(goodsStock(live(story.events), 'sun', year)).toEqual([
      { fund: '慈善金', item: '大米', unit: '袋', opening: 0, received: 10, given: 4, closing: 6, value: '300.00' },
    ])
    const original = story.lastNumber
    const voucher = story.voucher(
      '2025-03-01',
      '冲销',
      [
        [HOLDING, 'D', '-200.00', { fund: '慈善金' }],
        ['121-受赠物资', 'C', '-200.00', { fund: '慈善金' }],
      ],
      { reverses: original },
    )
    story.add('VoucherReversed', { original, reason: '未发出', voucher })
    expect(goodsStock(live(story.events), 'sun', year)).toMatchObject([{ given: 0, closing: 10, value: '500.00' }])
    expect(usesBetween(live(story.events), 'sun', year).map(({ heads, amount }) => [heads, amount])).toEqual([
      [4, '200.00'],
      [-4, '-200.00'],
    ])
  })

  test('what came later than a revision is not known at it', () => {
    const story = takeBack(fund(), '2025-01-记-1')
    const revision = story.events.at(-2)!.revision
    expect(giftsBetween(live(story.events), 'sun', { ...year, revision })).toHaveLength(3)
    expect(giftsBetween(live(story.events), 'sun', year)).toHaveLength(4)
  })

  test('subsidies are listed with their project, and things neighbours share stay out of the books', () => {
    const story = fund()
    story.add('SubsidyReceived', {
      ...{ id: 'S1', from: '街道办', project: '路灯', amount: '8000.00', into: '102' },
      voucher: story.voucher('2025-02-05', '补助', [
        ['102', 'D', '8000.00'],
        ['503', 'C', '8000.00'],
      ]),
    })
    story.add('GoodsShared', { id: 'N1', on: '2025-02-06', what: '蔬菜', givers: 200, note: '邻里分享' })
    const sql = live(story.events)
    expect(subsidiesBetween(sql, 'sun', year)).toMatchObject([
      { giver: '街道办', project: '路灯', fund: '', amount: '8000.00' },
    ])
    expect(sharedGoods(sql, 'sun', year)).toMatchObject([{ what: '蔬菜', givers: 200 }])
    expect(goodsStock(sql, 'sun', year)).toHaveLength(1)
  })

  test('an investment declared in one quarter and paid in the next is received once', () => {
    const story = fund()
    const income = { company: '城乡投资公司', amount: '50000.00' }
    const lines = (date: string, debit: string, credit: string) =>
      story.voucher(date, '分红', [
        [debit, 'D', '50000.00'],
        [credit, 'C', '50000.00'],
      ])
    story.add('VoucherPosted', {
      voucher: story.voucher('2025-01-02', '入股', [
        ['141-城乡投资公司', 'D', '9.00'],
        ['102', 'C', '9.00'],
      ]),
    })
    story.add('InvestmentIncomeReceived', {
      ...income,
      id: 'I1',
      stage: 'declared',
      stake: '5%',
      voucher: lines('2025-03-31', '112-投资收益', '502'),
    })
    story.add('InvestmentIncomeReceived', {
      ...income,
      id: 'I2',
      stage: 'received-declared',
      into: '102',
      voucher: lines('2025-04-10', '102', '112-投资收益'),
    })
    const sql = live(story.events)
    expect(investmentsOver(sql, 'sun', { from: '2025-01-01', to: '2025-03-31' })).toEqual([
      { company: '城乡投资公司', stake: '5%', cost: '9.00', declared: '50000.00', received: '0.00' },
    ])
    expect(investmentsOver(sql, 'sun', year)).toMatchObject([{ declared: '50000.00', received: '50000.00' }])
  })
})
