import type { Play } from './play.ts'

/** What the books hold as 固定资产 gets its cards: one is opened twice by mistake, another is scrapped. */
export function cards(play: Play): void {
  const card = { account: '151', inService: '2020-04', chargedTo: '2025-03', use: 'let', on: '2025-04-01' }
  const shop = { ...card, card: 'K1', name: '一号店', asset: 'A1', life: 240 }
  play.do('OpenAssetCard', { ...shop, cost: '90000.00', accumulated: '15000.00' })
  play.do('WithdrawAssetCard', { card: 'K1', reason: '漏填净残值' })
  play.do('OpenAssetCard', { ...shop, cost: '90000.00', residual: '3600.00', accumulated: '15000.00' })
  play.do('OpenAssetCard', { ...card, card: 'K2', name: '旧空调', life: 60, cost: '10000.00', accumulated: '5500.00' })
  play.do('ChangeAssetUse', { card: 'K1', use: 'own', from: '2025-05', reason: '收回自用' })
  play.do('RunDepreciation', { month: '2025-04', date: '2025-04-30' })
  play.do('DisposeAsset', { card: 'K2', date: '2025-04-30', reason: '报废' })
}
