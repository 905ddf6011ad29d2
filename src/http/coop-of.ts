import type { Context } from 'hono'
import { type CoopProfile, coopProfile } from '../../projections/profile.ts'
import type { House } from './house.ts'
import { Problem } from './problem.ts'

/** The co-op a path names; 404 for none, and 503 (Unreadable) when its chain does not hold: nothing of it is served then. */
export async function coopOf(c: Context, house: House): Promise<CoopProfile> {
  const profile = coopProfile(house.office.sql, c.req.param('coop') ?? '')
  if (!profile) throw notFound('CoopUnknown', '没有这个组织。请从公开栏的名单里选。')
  await house.office.ledger.head(profile.coop)
  return profile
}

/** The same answer whether the thing does not exist or is not for the public. */
export function notFound(code = 'NotFound', message = '没有这一页，或者还没有公开。'): Problem {
  return new Problem(404, code, message)
}
