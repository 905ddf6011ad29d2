import type { CoopEvent } from '../events.ts'
import { type Fen, fenOf } from '../money.ts'

export type Declaration = { year: number; resolution: string; declared: Fen; withdrawn: boolean; number: string }
export type Distribution = {
  /** Reserve set aside by fiscal year of the surplus, fen. */
  reserve: Map<number, Fen>
  declarations: Map<string, Declaration>
}

/** Nothing distributed yet. */
export const emptyDistribution = (): Distribution => ({ reserve: new Map(), declarations: new Map() })

/** Keeps what was set aside and declared. */
export function evolveDistribution(state: Distribution, { type, data }: CoopEvent): void {
  switch (type) {
    case 'ReserveSetAside':
      state.reserve.set(data.year, (state.reserve.get(data.year) ?? 0) + fenOf(data.amount))
      break
    case 'DividendDeclared':
      state.declarations.set(data.run, {
        year: data.year,
        resolution: data.resolution,
        declared: fenOf(data.declared),
        withdrawn: false,
        number: data.voucher.number,
      })
      break
    case 'DividendWithdrawn': {
      const declaration = state.declarations.get(data.run)
      if (declaration) declaration.withdrawn = true
      break
    }
  }
}
