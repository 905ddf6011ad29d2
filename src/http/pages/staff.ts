import { fundsOver } from '../../../projections/fund-rows.ts'
import { rentRollOf } from '../../../projections/leases.ts'
import { payables } from '../../../projections/payables.ts'
import { allCoops, type CoopProfile, closedMonths, headOf } from '../../../projections/profile.ts'
import { registerCounts } from '../../../projections/register.ts'
import { resolutionByNo, resolutionsOf } from '../../../projections/resolution-rows.ts'
import { timelineOf } from '../../../projections/timeline.ts'
import { balanceAt } from '../../../projections/trial-balance.ts'
import { lastDay } from '../../domain/calendar.ts'
import { add, type Fen, fenOf, yuan } from '../../domain/money.ts'
import { resolutionsPage, staffResolutionPage } from '../../web/resolution-pages.ts'
import { type CoopGlance, coopDesk, staffHome } from '../../web/staff-home.ts'
import { answerPage } from '../answer.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { lastMonth, openMonths } from '../periods.ts'

const RECENT = 15

/** The staff's desk: all co-ops, one co-op, its resolutions. */
export function staffRoutes(app: App, house: House): void {
  const { sql } = house.office

  app.get('/staff', async c => {
    await requireOperator(c, house)
    return answerPage(c, house, staffHome(allCoops(sql).map(coop => glance(house, coop))))
  })

  app.get('/staff/coops/:coop', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const head = headOf(sql, coop.coop) ?? { revision: -1, hash: '' }
    const page = coopDesk(glance(house, coop), head, timelineOf(sql, coop.coop, { limit: RECENT }))
    return answerPage(c, house, page, { coop })
  })

  app.get('/staff/coops/:coop/resolutions', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    return answerPage(c, house, resolutionsPage(coop, resolutionsOf(sql, coop.coop)), { coop })
  })

  app.get('/staff/coops/:coop/resolutions/:no', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const row = resolutionByNo(sql, coop.coop, c.req.param('no'))
    if (!row) throw notFound('ResolutionUnknown', '没有这个编号的决议。')
    return answerPage(c, house, staffResolutionPage(coop, row), { coop })
  })
}

function glance(house: House, profile: CoopProfile): CoopGlance {
  const { sql } = house.office
  const { coop } = profile
  const month = lastMonth(house, profile)
  const day = lastDay(month)
  const sum = <T>(rows: readonly T[], of: (row: T) => Fen): string =>
    yuan(rows.reduce((all, row) => add(all, of(row)), 0))
  return {
    profile,
    cash: yuan(balanceAt(sql, coop, '101', month) + balanceAt(sql, coop, '102', month)),
    funds: sum(fundsOver(sql, coop, month), ({ closing }) => fenOf(closing)),
    payables: payables(sql, coop).total,
    arrears: sum(rentRollOf(sql, coop, { from: day, to: day }), ({ arrears }) => fenOf(arrears)),
    openMonths: openMonths(house, profile, closedMonths(sql, coop)),
    members: registerCounts(sql, coop, { on: day }).members,
  }
}
