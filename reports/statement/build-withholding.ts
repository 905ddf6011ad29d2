import { Decimal } from 'decimal.js'
import type { EntitlementRow } from '../../projections/entitlement-rows.ts'

/** Why tax was withheld from the year's dividends or why none was, and who decided it (个人所得税法 arts. 2–3, 9). */
export function withholdingOf(rows: readonly EntitlementRow[], resolve: (code: string) => string | undefined): string {
  const decided = new Map<string, string>()
  for (const { rate, rateBasis, decidedBy = '' } of rows) {
    if (rate === undefined) continue
    const by = /^M\d{5,}$/.test(decidedBy) ? (resolve(decidedBy) ?? '本社负责人') : decidedBy
    decided.set(`${rate} ${rateBasis}`, `分红按 ${percent(rate)} 代扣个人所得税。依据：${rateBasis}；决定人：${by}。`)
  }
  if (decided.size > 0) return [...decided.values()].join('')
  return rows.some(({ kind }) => kind === 'dividend')
    ? '本年分红没有代扣个人所得税：本社没有作出代扣的决定。应否纳税，以税务机关的认定为准。'
    : '本年没有需要代扣个人所得税的分红。'
}

const percent = (rate: string): string => `${new Decimal(rate).times(100).toString()}%`
