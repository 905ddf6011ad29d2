import { describe, expect, test } from 'vitest'
import { assetCards, cardMoves } from '../../projections/asset-rows.ts'
import { balanceAt } from '../../projections/trial-balance.ts'
import { fenOf } from '../../src/domain/money.ts'
import { live } from './fixture.ts'
import type { Play } from './play.ts'
import { village } from './village.ts'

const play = village()
const sql = live(play.events)
const rows = (period: string, revision?: number) => assetCards(sql, 'sun', period, revision)

describe('the asset cards', () => {
  test('show cost, accumulated depreciation and net value at the end of a period, and what it charged', () => {
    expect(rows('2025-04')).toEqual([
      {
        ...{ card: 'K1', name: '一号店', asset: 'A1', account: '151', fund: '', use: 'let', inService: '2020-04' },
        ...{ life: 240, residual: '3600.00', cost: '90000.00', accumulated: '15394.48', net: '74605.52' },
        ...{ charge: '394.48', disposedOn: undefined },
      },
      {
        ...{ card: 'K2', name: '旧空调', asset: undefined, account: '151', fund: '', use: 'let', inService: '2020-04' },
        ...{ life: 60, residual: '0.00', cost: '0.00', accumulated: '0.00', net: '0.00', charge: '4500.00' },
        disposedOn: '2025-04-30',
      },
    ])
  })

  test('have no row before they were opened, nor after the asset has gone', () => {
    expect(rows('2025-03')).toEqual([])
    expect(rows('2025-05').map(({ card, use, charge }) => [card, use, charge])).toEqual([['K1', 'own', '0.00']])
  })

  test('sum to the accounts at the end of each month', () => {
    for (const month of ['2025-04', '2025-05']) {
      const sum = (of: 'cost' | 'accumulated') => rows(month).reduce((all, row) => all + fenOf(row[of]), 0)
      expect(sum('cost')).toBe(balanceAt(sql, 'sun', '151', month))
      expect(sum('accumulated')).toBe(-balanceAt(sql, 'sun', '152', month))
    }
  })

  test('are known as they stood at a revision', () => {
    const revisionOf = (type: string) =>
      play.events.find(event => event.coop === 'sun' && event.type === type)!.revision
    expect(rows('2025-04', revisionOf('AssetCardOpened'))).toMatchObject([{ card: 'K1', residual: '0.00' }])
    expect(rows('2025-04', revisionOf('AssetCardWithdrawn'))).toEqual([])
    expect(rows('2025-05', revisionOf('AssetUseChanged') - 1)).toMatchObject([{ use: 'let' }, { card: 'K2' }])
    expect(rows('2025-04', revisionOf('AssetDisposed') - 1)).toMatchObject([
      {},
      { cost: '10000.00', charge: '4500.00' },
    ])
  })

  test('have a history that names the voucher of each charge', () => {
    expect(cardMoves(sql, 'sun', 'K2')).toMatchObject([
      { kind: 'opening', cost: '10000.00', accumulated: '5500.00', voucher: undefined },
      { kind: 'charge', month: '2025-04', accumulated: '4500.00', voucher: expect.stringMatching(/^2025-04-记-/) },
      { kind: 'disposal', cost: '-10000.00', accumulated: '-10000.00' },
    ])
  })

  test('come back when the disposal is taken back, and lose what a red voucher takes from the month', () => {
    const again = village()
    reverseLast(again, 'AssetDisposed')
    reverseLast(again, 'DepreciationCharged')
    expect(assetCards(live(again.events), 'sun', '2025-04')).toMatchObject([
      { card: 'K1', accumulated: '15000.00', charge: '0.00' },
      { card: 'K2', cost: '10000.00', accumulated: '5500.00', charge: '0.00', disposedOn: undefined },
    ])
  })
})

function reverseLast(story: Play, type: string): void {
  const { voucher } = story.events.findLast(event => event.type === type)!.data as { voucher: { number: string } }
  story.do('ReverseVoucher', { number: voucher.number, date: '2025-04-30', reason: '错了' })
}
