import { allCoops } from '../../projections/profile.ts'
import { setAside } from '../../projections/set-aside.ts'
import type { House } from './house.ts'

/** Why the service is not ready, as sentences for people; none when all is well. Folds each co-op once, and keeps it. */
export async function notReady({ office, checks }: House): Promise<string[]> {
  try {
    const coops = allCoops(office.sql)
    const chains = await Promise.all(coops.map(({ coop }) => faultOf(coop, office)))
    const away = setAside(office.sql).map(
      ({ coop, position }) => `${coop}：报表数据停在第 ${position} 条事件，请运行 verify 检查`,
    )
    return [
      ...(checks?.() ?? []),
      ...(office.node?.faults() ?? []),
      ...chains.filter(reason => reason !== undefined),
      ...away,
    ]
  } catch {
    return ['账本文件无法读取，请运行 verify 检查，或用备份恢复。']
  }
}

async function faultOf(coop: string, { ledger }: House['office']): Promise<string | undefined> {
  try {
    await ledger.head(coop)
    return undefined
  } catch (error) {
    return `${coop}：${error instanceof Error ? error.message : String(error)}`
  }
}
