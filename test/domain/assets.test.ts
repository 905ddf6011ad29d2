import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthEndChecks } from '../../src/domain/books/checklist.ts'
import { lastDay, plusMonths } from '../../src/domain/calendar.ts'
import { type CoopEvent, event } from '../../src/domain/events.ts'
import { yuan } from '../../src/domain/money.ts'
import { accumulatedAfter, emptyCards, evolveCards } from '../../src/domain/property/card-state.ts'
import { house } from '../entries/assets.ts'
import type { Fact } from '../entries/fact.ts'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { fund, gift, lease, ready } from '../support/stories.ts'

const run = (month: string, date = lastDay(month)): Fact['command'] => ['RunDepreciation', { month, date }]
const refusal = (more: Record<string, unknown>, before: Story = []) =>
  given(ready, before).when('OpenAssetCard', house(more)[1])
const bought = (account: string, amount: string, from = '102-基本户'): Step => [
  'PayExpense',
  {
    ...{ id: `买${account}`, date: '2025-02-03', item: '购置', account, payee: { organisation: '某厂' } },
    ...{ amount, from },
  },
]
/** Three years of a pump bought in February: ¥100.00 over 36 months is no whole number of fen a month. */
const pump: Story = [
  bought('151', '100'),
  [
    'OpenAssetCard',
    {
      ...{ card: '泵1', name: '水泵', account: '151', cost: '100', life: 36, inService: '2025-02' },
      ...{ use: 'own', on: '2025-02-03' },
    },
  ],
]
const dispose = (date: string, more: Record<string, unknown> = {}): Fact['command'] => [
  'DisposeAsset',
  { card: '房1', date, reason: '拆除', ...more },
]
const reverse = (number: string, date: string): Fact['command'] => ['ReverseVoucher', { number, date, reason: '提错' }]
const faults = (coop: Coop, month: string) =>
  Object.fromEntries(monthEndChecks(coop.state, month).map(({ check, fault }) => [check, fault]))

describe('an asset card', () => {
  test('books nothing, and may stand beside others up to what the account has', () => {
    refusal({}).makes('AssetCardOpened').books({ '151': '500000.00', '152': '-100000.00' })
    const half = { cost: '250000', residual: '0', accumulated: '50000' }
    refusal({ ...half, card: '房2' }, [house(half)]).makes('AssetCardOpened')
  })

  test('with its fellows never holds more than the books', () => {
    const { message } = refusal({ cost: '500000.01', residual: '20000.01' }).refused('CardsBeyondBooks')
    expect(message).toContain('500,000.01')
    refusal({ card: '房2', cost: '0.01', residual: '0', accumulated: '0', inService: '2025-01' }, [house()]).refused(
      'CardsBeyondBooks',
    )
    refusal({ accumulated: '100000.01' }).refused('CardsBeyondBooks')
    const small = { cost: '200000', accumulated: '50000.01', residual: '0' }
    refusal({ ...small, card: '房2' }, [house(small)]).refused('CardsBeyondBooks')
    // 151 as a whole has room, the sub-account has not.
    const open: Step = ['OpenSubAccount', { account: '151-机器', on: '2025-01-01' }]
    const machine = { account: '151-机器', accumulated: '0', residual: '0', inService: '2025-02', on: '2025-02-03' }
    refusal({ ...machine, cost: '100.01' }, [open, bought('151-机器', '100')]).refused('CardsBeyondBooks')
    refusal({ ...machine, cost: '100' }, [open, bought('151-机器', '100')]).makes('AssetCardOpened')
    refusal({ account: '161', accumulated: '0', inService: '2025-01' }).refused('CardsBeyondBooks')
    // The account's money may stand in another fund than the card says.
    refusal({ fund: '助学金' }, [fund('助学金', 'restricted', ['scholarship'])]).refused('CardsBeyondBooks')
  })

  test('names an asset, an account and a fund that are there, under a number of its own', () => {
    refusal({}, [house()]).refused('IdTaken')
    refusal({ asset: '店面9' }).refused('AssetUnknown')
    refusal({ account: '151-房屋' }).refused('AccountUnknown')
    refusal({ fund: '没有的' }).refused('FundUnknown')
    refusal({ account: '513-办公' }).refused('InvalidInput')
    refusal({ on: '2026-02-01' }).refused('DateInFuture')
  })

  test('has a life that takes what is left to charge; what is never depreciated has none', () => {
    refusal({ residual: '400000.01' }).refused('ResidualTooHigh')
    refusal({ life: 0 }).refused('LifeMissing')
    refusal({ life: 100 }).refused('LifeOver')
    refusal({ account: '134' }).refused('NotDepreciated', '财会〔2023〕14号')
    const trees = { account: '134', cost: '3000', residual: '0', accumulated: '0', life: 0, use: 'welfare' }
    refusal(trees, [bought('401', '3000'), moved('134', '401', '3000')]).makes('AssetCardOpened')
  })

  test('of an asset used for years without depreciation says from when the rest is charged', () => {
    const old = { accumulated: '0' }
    refusal(old).refused('ChargedToMissing')
    refusal({ chargedTo: '2024-11' }).refused('ChargedToMissing')
    refusal({ ...old, chargedTo: '2026-01' }).refused('DateInFuture')
    const coop = new Coop().play([ready, house({ ...old, chargedTo: '2024-12', residual: '120000' }), run('2025-01')])
    expect(coop.state.property.cards.get('房1')?.accumulated).toBe(100_000)
  })

  test('opened by mistake is withdrawn, but not once something rests on it', () => {
    const withdraw: Fact['command'] = ['WithdrawAssetCard', { card: '房1', reason: '原值写错' }]
    given(ready, house(), withdraw).when('OpenAssetCard', house()[1]).makes('AssetCardOpened')
    given(ready, house(), run('2025-01'))
      .when(...withdraw)
      .refused('CardUsed')
    given(ready)
      .when(...withdraw)
      .refused('CardUnknown')
  })
})

describe('straight-line depreciation', () => {
  test('is exact to the fen over any life, a fen at most from month to month, and never below the residual', () => {
    const amounts = fc.tuple(fc.nat(9_999_999_999), fc.nat(9_999_999_999), fc.nat(9_999_999_999))
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 720 }), (parts, life) => {
        const [residual, begun, rest] = parts
        const card = cardOver({ residual, begun, cost: residual + begun + rest + 1, life })
        const charges = Array.from({ length: life + 2 }, (_, index) => {
          const month = plusMonths('2025-01', index)
          return accumulatedAfter(card, plusMonths(month, 1)) - accumulatedAfter(card, month)
        })
        expect(charges.slice(0, life).reduce((sum, fen) => sum + fen, 0)).toBe(rest + 1)
        expect(charges.slice(life)).toEqual([0, 0])
        expect(Math.max(...charges.slice(0, life)) - Math.min(...charges.slice(0, life))).toBeLessThanOrEqual(1)
        expect(accumulatedAfter(card, '2024-06')).toBe(begun)
      }),
      { numRuns: 60 },
    )
  })

  test('begins in the month after the asset goes into service', () => {
    given(ready, pump)
      .when(...run('2025-02'))
      .refused('NothingDue')
    const { voucher } = given(ready, pump).when(...run('2025-03'))
    expect(voucher.lines.map(({ debit, credit }) => debit ?? credit)).toEqual(['2.78', '2.78'])
  })

  test('says for each card what it was charged, and for each use the sum', () => {
    given(ready, house(), pump, run('2025-01'), run('2025-02'))
      .when(...run('2025-03'))
      .yields({
        type: 'DepreciationCharged',
        data: expect.objectContaining({
          month: '2025-03',
          cards: [
            ['房1', '1000.00'],
            ['泵1', '2.78'],
          ],
          charges: [
            { use: 'let', amount: '1000.00', basis: '1项资产，直线法' },
            { use: 'own', amount: '2.78', basis: '1项资产，直线法' },
          ],
        }),
      } as CoopEvent)
  })

  test('is run once a month and month by month', () => {
    given(ready)
      .when(...run('2025-01'))
      .refused('NoCards')
    given(ready, house(), run('2025-01'))
      .when(...run('2025-01'))
      .refused('AlreadyCharged')
    given(ready, house())
      .when(...run('2025-02'))
      .refused('EarlierMonthDue')
    given(ready, house(), run('2025-01'))
      .when(...run('2025-02', '2025-01-31'))
      .refused('DepreciationNotDue')
  })

  test('of a card opened late in the year catches up with the next run', () => {
    const coop = new Coop().play([ready, house(), run('2025-01'), run('2025-02'), run('2025-03'), pump])
    const [charged] = coop.run(...run('2025-04'))
    expect(charged?.data).toMatchObject({
      cards: [
        ['房1', '1000.00'],
        ['泵1', '5.56'],
      ],
    })
  })

  test('is taken back by a red voucher, the last month first, and can be run again', () => {
    const twice: Story = [ready, house(), run('2025-01'), run('2025-02')]
    given(twice)
      .when(...reverse('2025-01-记-2', '2025-02-28'))
      .refused('LaterMonthCharged')
    const coop = new Coop().play([twice, reverse('2025-02-记-1', '2025-02-28')])
    expect(coop.balance('152')).toBe('-101000.00')
    given(twice, reverse('2025-02-记-1', '2025-02-28'))
      .when(...run('2025-02'))
      .books({ '152': '-102000.00', '511-折旧': '2000.00' })
    given(twice, reverse('2025-02-记-1', '2025-02-28'), reverse('2025-01-记-2', '2025-02-28'))
      .when(...run('2025-02'))
      .refused('EarlierMonthDue')
    given(twice, reverse('2025-02-记-1', '2025-02-28'))
      .when(...run('2025-03'))
      .refused('EarlierMonthDue')
  })

  test('is refused for a month before one that was run', () => {
    const begun = { ...pumpTerms, inService: '2025-03', on: '2025-03-01' }
    given(ready, bought('151', '100'), ['OpenAssetCard', begun] as Step, run('2025-04'))
      .when(...run('2025-03'))
      .refused('LaterMonthCharged')
  })

  test('by hand is for books without cards, and a month is not charged both ways', () => {
    const byHand = { month: '2025-01', date: '2025-01-31', charges: [{ use: 'let', amount: '1000' }] }
    given(ready, house()).when('ChargeDepreciation', byHand).refused('UseBusinessCommand')
    const begun = house({ on: '2025-02-01', chargedTo: '2025-01', accumulated: '101000' })
    given(ready, ['ChargeDepreciation', byHand], begun)
      .when(...run('2025-01'))
      .refused('AlreadyCharged')
    given(ready, ['ChargeDepreciation', byHand], begun)
      .when(...run('2025-02'))
      .books({ '152': '-102000.00' })
  })

  test('follows the use of the asset from the month of the change on', () => {
    const change = (from: string, use = 'welfare'): Fact['command'] => [
      'ChangeAssetUse',
      { card: '房1', use, from, reason: '收回' },
    ]
    given(ready, house(), change('2025-02'), run('2025-01'))
      .when(...run('2025-02'))
      .books({ '511-折旧': '1000.00', '514-公益设施折旧维护': '1000.00' })
    given(ready, house(), run('2025-01'))
      .when(...change('2025-01'))
      .refused('AlreadyCharged')
    given(ready, house())
      .when(...change('2025-02', 'let'))
      .refused('UseUnchanged')
    given(ready, house(), change('2025-04'))
      .when(...change('2025-03', 'own'))
      .refused('DatesReversed')
  })

  test('of what a gift brought stays within its fund and leaves the distributable surplus alone', () => {
    given(ready, donated)
      .when(...run('2025-04'))
      .books({
        '152〔助学金〕': '-100.00',
        '514-公益设施折旧维护〔助学金〕': '100.00',
        '514-公益设施折旧维护〔〕': '0.00',
      })
  })

  test('writes down 171 itself, and 132 through 133', () => {
    const shared = { life: 10, inService: '2025-02', on: '2025-02-03', use: 'own' }
    const cards: Story = [
      [
        bought('171', '1000'),
        ['OpenAssetCard', { ...shared, card: '费1', name: '装修', account: '171', cost: '1000' }],
      ],
      [bought('401', '500'), moved('132', '401', '500')],
      ['OpenAssetCard', { ...shared, card: '树1', name: '果树', account: '132', cost: '500', use: 'let' }],
    ]
    given(ready, cards)
      .when(...run('2025-03'))
      .books({ '171': '900.00', '133': '-50.00', '513-摊销': '100.00', '511-折旧': '50.00' })
  })
})

describe('an asset that goes', () => {
  test('is still charged for the month of its disposal, and not afterwards', () => {
    given(ready, house(), pump, run('2025-01'), dispose('2025-02-15'), run('2025-03'))
      .when(...run('2025-04'))
      .books({ '151': '100.00', '152': '-5.56', '154': '0.00', '511-折旧': '2000.00', '515': '398000.00' })
    // The month's run may have come first: it is not charged twice.
    given(ready, house(), run('2025-01'))
      .when(...dispose('2025-01-31'))
      .books({ '151': '0.00', '152': '0.00', '154': '0.00', '511-折旧': '1000.00', '515': '399000.00' })
  })

  test('is neither let nor charged beyond that month', () => {
    const let1 = lease()
    given(ready, let1, house({ asset: '店面1' }))
      .when(...dispose('2025-01-20'))
      .refused('AssetLet')
    const ended: Step = ['EndLease', { lease: '租1', on: '2025-01-15', reason: '拆除' }]
    given(ready, let1, house({ asset: '店面1' }), ended)
      .when(...dispose('2025-01-20'))
      .makes('AssetDisposed')
    given(ready, house(), run('2025-01'), run('2025-02'))
      .when(...dispose('2025-01-20'))
      .refused('AlreadyCharged')
    given(ready, house())
      .when(...dispose('2026-01-20'))
      .refused('DateInFuture')
    given(ready, pump)
      .when(...dispose('2025-02-02', { card: '泵1' }))
      .refused('DatesReversed')
  })

  test('brings money into an account that is named, on a resolution that was adopted', () => {
    given(ready, house())
      .when(...dispose('2025-01-20', { proceeds: '5' }))
      .refused('AccountMissing')
    given(ready, house())
      .when(...dispose('2025-01-20', { resolution: '2025-9' }))
      .refused('ResolutionUnknown')
  })

  test('that a gift brought leaves what it sold for in its fund', () => {
    const sold = { card: '设1', date: '2025-04-10', reason: '转让', proceeds: '3000', into: '102-基本户' }
    given(ready, donated).when('DisposeAsset', sold).books({
      '102-基本户〔助学金〕': '3500.00',
      '151〔助学金〕': '0.00',
      '515〔助学金〕': '500.00',
      '515〔〕': '0.00',
    })
  })

  test('goes once, and comes back by a red voucher with all that was charged', () => {
    const gone: Story = [ready, house(), run('2025-01'), dispose('2025-02-10')]
    given(gone)
      .when(...dispose('2025-02-11'))
      .refused('CardDisposed')
    given(gone)
      .when(...reverse('2025-01-记-2', '2025-02-28'))
      .refused('CardDisposed')
    const coop = new Coop().play([gone, reverse('2025-02-记-1', '2025-02-28')])
    expect(coop.state.property.cards.get('房1')).toMatchObject({ accumulated: 10_100_000 })
    coop.run(...run('2025-02'))
    expect(coop.balance('152')).toBe('-102000.00')
    expect(faults(coop, '2025-02').CardsOut).toBeUndefined()
  })

  test('leaves nothing to book when it was written down to nothing on 171', () => {
    const fee = { card: '费1', name: '装修', account: '171', cost: '100', life: 1, inService: '2025-02', use: 'own' }
    given(ready, bought('171', '100'), ['OpenAssetCard', { ...fee, on: '2025-02-03' }], run('2025-03'))
      .when('DisposeAsset', { card: '费1', date: '2025-04-01', reason: '摊完' })
      .refused('NothingToDispose')
  })
})

describe('the month-end checklist', () => {
  test('asks nothing of books without cards', () => {
    const found = faults(new Coop().play([ready, bought('161', '100')]), '2025-03')
    expect(found).toMatchObject({ CardsOut: undefined, DepreciationMissing: undefined })
  })

  test('says when the month has not been depreciated, and how much is due', () => {
    const coop = new Coop().play([ready, house()])
    expect(faults(coop, '2025-01').DepreciationMissing).toContain('1,000.00')
    coop.play([run('2025-01')])
    expect(faults(coop, '2025-01').DepreciationMissing).toBeUndefined()
    const byHand = { month: '2025-01', date: '2025-01-31', charges: [{ use: 'let', amount: '900' }] }
    const charged = new Coop().play([ready, ['ChargeDepreciation', byHand], house()])
    expect(faults(charged, '2025-01').DepreciationMissing).toBeUndefined()
  })

  test('says by how much the cards and the books differ, account by account that has cards', () => {
    const coop = new Coop().play([ready, house(), bought('161', '100')])
    expect(faults(coop, '2025-01').CardsOut).toBeUndefined()
    coop.play([bought('151', '2000')])
    expect(faults(coop, '2025-01').CardsOut).toMatch(/^固定资产：.*500,000\.00.*502,000\.00.*2,000\.00/)
    const short = new Coop().play([ready, house({ accumulated: '99000' })])
    expect(faults(short, '2025-01').CardsOut).toMatch(/^累计折旧：.*99,000\.00.*100,000\.00.*1,000\.00/)
    expect(
      given(ready, house({ accumulated: '99000' }), run('2025-01'))
        .when('ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', ...counted })
        .refused('CardsOut').article,
    ).toContain('art. 63')
    given(ready, house())
      .when('ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', ...counted })
      .refused('DepreciationMissing')
  })
})

/** A machine given for the pupils, and its card. */
const donated: Story = [
  fund('助学金', 'restricted', ['project', 'scholarship']),
  gift('助学金', '500'),
  [
    'PostVoucher',
    {
      date: '2025-03-02',
      summary: '受赠设备',
      lines: [
        { account: '151', debit: '3600', fund: '助学金' },
        { account: '311-受赠(限定)-助学金', credit: '3600', fund: '助学金' },
      ],
    },
  ],
  [
    'OpenAssetCard',
    {
      ...{ card: '设1', name: '设备', account: '151', cost: '3600', life: 36, use: 'welfare', fund: '助学金' },
      ...{ inService: '2025-03', on: '2025-03-02' },
    },
  ],
]
const counted = { uncounted: '盘点人不在' }
const pumpTerms = { card: '泵1', name: '水泵', account: '151', cost: '100', life: 36, use: 'own' }

function moved(to: string, from: string, amount: string): Step {
  const lines = [
    { account: to, debit: amount },
    { account: from, credit: amount },
  ]
  return ['PostVoucher', { date: '2025-02-03', summary: '转入', lines }]
}

function cardOver({ cost, residual, begun, life }: Record<'cost' | 'residual' | 'begun' | 'life', number>) {
  const state = emptyCards()
  evolveCards(
    state,
    event('AssetCardOpened', {
      ...{ card: 'K', name: '设备', account: '151', cost: yuan(cost), residual: yuan(residual), life },
      ...{ inService: '2025-01', use: 'own', on: '2025-01-01', accumulated: yuan(begun), chargedTo: '2025-01' },
    }),
  )
  return state.cards.get('K')!
}
