import type { Context } from 'hono'
import { type CoopProfile, coopProfile } from '../../projections/profile.ts'
import { isSetAside } from '../../projections/set-aside.ts'
import { Unreadable } from '../store/errors.ts'
import type { House } from './house.ts'
import { Problem } from './problem.ts'

/**
 * The co-op a path names; 404 for none, and 503 (Unreadable) when its chain does not hold or the read models could not
 * take its events: nothing of it is served then.
 */
export async function coopOf(c: Context, house: House): Promise<CoopProfile> {
  const code = c.req.param('coop') ?? ''
  if (isSetAside(house.office.sql, code)) throw new Unreadable(code, 'its read models are incomplete')
  const profile = coopProfile(house.office.sql, code)
  if (!profile) throw notFound('CoopUnknown', '没有这个组织。请从公开栏的名单里选。')
  await house.office.ledger.head(profile.coop)
  return profile
}

/** The same answer whether the thing does not exist or is not for the public. */
export function notFound(code = 'NotFound', message = '没有这一页，或者还没有公开。'): Problem {
  return new Problem(404, code, message)
}
