import { describe, expect, test } from 'vitest'
import { monthEndChecks } from '../../src/domain/books/checklist.ts'
import { built, completion, work } from '../entries/assets.ts'
import type { Fact } from '../entries/fact.ts'
import { Coop, given, type Step } from '../support/coop.ts'
import { fund, lease, ready } from '../support/stories.ts'

const complete = (more: Record<string, unknown> = {}): Fact['command'] => [
  'CompleteProject',
  { ...completion, ...more },
]
const giveBack = (more: Record<string, unknown> = {}): Fact['command'] => [
  'ReturnGrant',
  {
    ...{ fund: '路灯', amount: '2000', to: '街道办', reason: '结余', date: '2025-06-01', from: '102-基本户', ...more },
  },
]

describe('a project paid by an earmarked grant', () => {
  test('stays work in progress until it is completed, and the grant a liability', () => {
    const coop = new Coop().play([ready, built])
    const books = { '153': coop.balance('153', '路灯'), '241': coop.balance('241-路灯', '路灯') }
    expect(books).toEqual({ '153': '48000.00', '241': '-50000.00' })
  })

  test('of which no asset comes is spent at once', () => {
    const mending: Fact['command'] = work('支9', '500', { fund: '路灯', purpose: 'project', account: undefined })
    given(ready, built)
      .when(...mending)
      .books({ '241-路灯〔路灯〕': '-49500.00', '153': '48000.00' })
  })

  test('becomes the asset of its card, and the grant a reserve that nobody distributes', () => {
    const done = given(ready, built).when(...complete())
    done.makes('ProjectCompleted').books({
      ...{ '151〔〕': '548000.00', '153': '0.00', '241-路灯〔路灯〕': '-2000.00', '102-基本户〔路灯〕': '2000.00' },
      ...{ '311-政府补助形成〔〕': '-48000.00', '503': '0.00', '322': '-600000.00' },
    })
    const coop = new Coop().play([ready, built, complete()])
    expect(coop.state.property.cards.get('灯1')).toMatchObject({ cost: 4_800_000, chargedTo: '2025-05', left: 120 })
    coop.run('RunDepreciation', { month: '2025-06', date: '2025-06-30' })
    expect(coop.balance('514-公益设施折旧维护')).toBe('400.00')
  })

  test('takes no more than was spent on the work, by the fund and by the co-op itself', () => {
    given(ready, built)
      .when(...complete({ amount: '48000.01' }))
      .refused('WorkShort')
    given(ready, built)
      .when(...complete({ own: '0.01' }))
      .refused('WorkShort')
    given(ready, built)
      .when(...complete({ amount: '30000' }))
      .books({ '153': '18000.00', '241-路灯': '-20000.00' })
  })

  test('collects its cost from every sub-account of the work', () => {
    const open: Step = ['OpenSubAccount', { account: '153-灯杆', on: '2025-01-01' }]
    const poles = work('支2', '1500', { fund: '路灯', purpose: 'project', account: '153-灯杆' })
    given(ready, built, open, poles)
      .when(...complete({ amount: '49500' }))
      .books({ '153': '0.00', '153-灯杆': '0.00', '151': '549500.00' })
    const lines = [
      { account: '153', debit: '100' },
      { account: '153-灯杆', credit: '100' },
    ]
    const moved: Step = ['PostVoucher', { date: '2025-05-01', summary: '调整', lines }]
    given(ready, built, open, work('支2', '6000'), moved)
      .when(...complete({ own: '6000' }))
      .books({ '153-灯杆': '-100.00', '153〔〕': '0.00', '151': '554000.00' })
  })

  test('needs a fund that is a grant, and a card that can be kept', () => {
    given(ready, built)
      .when(...complete({ fund: '没有的' }))
      .refused('FundUnknown')
    given(ready, built, fund('助学金', 'restricted', ['project']))
      .when(...complete({ fund: '助学金' }))
      .refused('FundKind')
    given(ready, built)
      .when(...complete({ life: 0 }))
      .refused('LifeMissing')
    given(ready, built, complete({ amount: '8000' }))
      .when(...complete({ amount: '8000' }))
      .refused('IdTaken')
    given(ready, built, lease())
      .when(...complete({ asset: '店面1' }))
      .makes('ProjectCompleted')
  })

  test('is taken back by a red voucher until something rests on the card', () => {
    const reverse: Fact['command'] = [
      'ReverseVoucher',
      { number: '2025-05-记-1', date: '2025-06-30', reason: '未验收' },
    ]
    const coop = new Coop().play([ready, built, complete(), reverse])
    expect(coop.balance('153', '路灯')).toBe('48000.00')
    expect(coop.state.property.cards.size).toBe(0)
    given(ready, built, complete(), ['RunDepreciation', { month: '2025-06', date: '2025-06-30' }])
      .when(...reverse)
      .refused('CardUsed')
    given(ready, built, complete()).when('WithdrawAssetCard', { card: '灯1', reason: '未验收' }).refused('CardUsed')
  })

  test('leaves cards and books in agreement', () => {
    const old: Step = [
      'OpenAssetCard',
      {
        ...{ card: '房1', name: '综合楼', account: '151', cost: '500000', residual: '20000', life: 480 },
        ...{ inService: '2016-08', accumulated: '100000', use: 'let', on: '2025-01-01' },
      },
    ]
    const coop = new Coop().play([ready, old, built, complete()])
    expect(monthEndChecks(coop.state, '2025-05').find(({ check }) => check === 'CardsOut')?.fault).toBeUndefined()
  })
})

describe('what is left of a grant', () => {
  test('goes back to whoever gave it, from the fund and never from other money', () => {
    given(ready, built)
      .when(...giveBack())
      .makes('GrantReturned')
      .books({ '241-路灯': '-48000.00', '102-基本户〔路灯〕': '0.00' })
    given(ready, built)
      .when(...giveBack({ amount: '2000.01' }))
      .refused('FundOverdrawn')
    given(ready, built)
      .when(...giveBack({ fund: '没有的' }))
      .refused('FundUnknown')
    given(ready, built)
      .when(...giveBack({ date: '2026-06-01' }))
      .refused('DateInFuture')
  })

  test('waits for a second person, as all that is paid out', () => {
    given(ready, built)
      .when(...giveBack(), { reviewer: '' })
      .makes('CommandSubmitted')
  })

  test('comes back to the fund when the return is taken back', () => {
    const reverse: Fact['command'] = ['ReverseVoucher', { number: '2025-06-记-1', date: '2025-06-30', reason: '退错' }]
    given(ready, built, giveBack())
      .when(...reverse)
      .books({ '241-路灯': '-50000.00', '102-基本户〔路灯〕': '2000.00' })
  })
})
