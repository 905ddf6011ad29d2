import type { Context } from 'hono'
import { allCoops } from '../../../projections/profile.ts'
import { disclosuresOf } from '../../../projections/publications.ts'
import { type Answered, howToCheckPage, mySharePage, portal, questionPage } from '../../web/portal-pages.ts'
import { answerPage } from '../answer.ts'
import type { App, House } from '../house.ts'
import { publishedQuarter } from '../papers.ts'

/** The groups of an outcome disclosure that say where the money came from and where it went, and the charts beside them. */
const MONEY_IN = { groups: [2, 4, 8], charts: /收入/ }
const MONEY_OUT = { groups: [3, 9, 11], charts: /支出/ }

// Each answer reads a whole quarter; a region's other co-ops are a list of links.
const MOST_ANSWERED = 8

/** The portal: no login, no script. */
export function portalRoutes(app: App, house: House): void {
  const { sql } = house.office
  const ask = async (c: Context, title: string, { groups, charts }: typeof MONEY_IN) =>
    answerPage(c, house, questionPage(title, groups, charts, await answers(house), allCoops(sql).slice(MOST_ANSWERED)))

  app.get('/', c => {
    const boards = allCoops(sql).map(coop => ({ coop, latest: disclosuresOf(sql, coop.coop)[0] }))
    return answerPage(c, house, portal(boards))
  })
  app.get('/money-in', c => ask(c, '钱从哪来', MONEY_IN))
  app.get('/money-out', c => ask(c, '钱到哪去', MONEY_OUT))
  app.get('/my-share', c => answerPage(c, house, mySharePage(allCoops(sql))))
  app.get('/how-to-check', c => answerPage(c, house, howToCheckPage()))
}

// A co-op whose chain is broken is left out: the others are shown.
async function answers(house: House): Promise<Answered[]> {
  const found: Answered[] = []
  for (const coop of allCoops(house.office.sql).slice(0, MOST_ANSWERED)) {
    const latest = disclosuresOf(house.office.sql, coop.coop)[0]
    const sound = await house.office.ledger.head(coop.coop).then(
      () => true,
      () => false,
    )
    if (!latest || !sound) continue
    const { outcome } = publishedQuarter(house, coop, latest.quarter)
    found.push({ coop, quarter: latest.quarter, outcome })
  }
  return found
}
