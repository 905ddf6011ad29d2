import type { Context } from 'hono'
import type { CoopProfile } from '../../projections/profile.ts'
import type { Page } from '../web/layout.ts'
import { answerPage } from './answer.ts'
import { coopOf } from './coop-of.ts'
import { requireOperator } from './guard.ts'
import type { House } from './house.ts'

type Make = (house: House, coop: CoopProfile, c: Context) => Page | Promise<Page>

/** The handler of a page at a co-op's desk: it asks for the operator itself, finds the co-op, and answers the page. */
export function deskPage(house: House, make: Make): (c: Context) => Promise<Response> {
  return async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    return answerPage(c, house, await make(house, coop, c), { coop })
  }
}

/** The handler of a page about a co-op that is for everybody. */
export function publicPage(house: House, make: Make): (c: Context) => Promise<Response> {
  return async c => {
    const coop = await coopOf(c, house)
    return answerPage(c, house, await make(house, coop, c), { coop })
  }
}

/** A part of the path, '' when the route has none of that name. */
export const param = (c: Context, name: string): string => c.req.param(name) ?? ''
