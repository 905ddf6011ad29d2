import { lastDay, monthsBetween } from '../../domain/calendar.ts'
import { fenOf, share, yuan } from '../../domain/money.ts'
import { type Act, act, MONTHS, ORDER } from '../act.ts'
import type { Face } from '../face.ts'
import { FIRST_DAY } from './establishing.ts'

/** An asset that the co-op had before its books began; yuan, life in months, depreciated straight from `inService` on. */
export type Owned = {
  name: string
  use: 'let' | 'own' | 'welfare'
  cost: string
  residual: string
  life: number
  inService: string
}

const LAST_MONTH = '2024-12'

/** Opens a card for each asset on the first day, and charges their depreciation at the end of each month. */
export function assetCards(code: string, owned: readonly Owned[]): Act[] {
  const cards = owned.map((each, index) => ({
    ...{ ...each, card: `KP-${String(index + 1).padStart(2, '0')}`, account: '151', on: FIRST_DAY },
    ...{ accumulated: chargedBefore(each), chargedTo: LAST_MONTH },
  }))
  return [
    act(code, FIRST_DAY, '建立资产卡片', face => face.each('OpenAssetCard', cards), ORDER.open),
    ...MONTHS.map(month => act(code, lastDay(month), `${month}折旧`, face => depreciate(face, month))),
  ]
}

const depreciate = (face: Face, month: string) => face.run('RunDepreciation', { month, date: face.today() })

function chargedBefore({ cost, residual, life, inService }: Owned): string {
  return yuan(share(fenOf(cost) - fenOf(residual), monthsBetween(inService, LAST_MONTH), life))
}
