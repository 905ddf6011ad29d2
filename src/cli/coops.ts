import { allCoops, type CoopProfile, coopProfile } from '../../projections/profile.ts'
import { isSetAside } from '../../projections/set-aside.ts'
import type { Office } from '../office.ts'
import { CliError } from './output.ts'

/** The co-op of a code; refuses an unknown one, naming those there are. */
export function knownCoop(office: Office, code: string): CoopProfile {
  if (isSetAside(office.sql, code))
    throw new CliError('ChainBroken', `${code} 的账本有损坏，已停止服务，请运行 verify 并用备份恢复。`)
  const profile = coopProfile(office.sql, code)
  if (profile) return profile
  const codes = allCoops(office.sql).map(({ coop }) => coop)
  const known = codes.length > 0 ? `；现有：${codes.join('、')}` : '，账本还是空的'
  throw new CliError('CoopUnknown', `账里没有编号为 ${code} 的组织${known}。`)
}
