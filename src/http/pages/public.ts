import type { Context } from 'hono'
import type { CoopProfile } from '../../../projections/profile.ts'
import { disclosuresOf } from '../../../projections/publications.ts'
import { type ResolutionRow, resolutionByNo, resolutionsOf } from '../../../projections/resolution-rows.ts'
import { key } from '../../domain/fields.ts'
import type { Page } from '../../web/layout.ts'
import { coopPage, entriesPage, groupPage, publicResolutionPage, quarterPage } from '../../web/public-pages.ts'
import { answerPdf } from '../answer.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { param, publicPage } from '../desk.ts'
import type { App, House } from '../house.ts'
import { disclosurePdf, publishedQuarter, resolutionPaper } from '../papers.ts'
import { turnoverEntries, turnoverRows } from '../turnover.ts'

const CACHE = 'public, max-age=300'
const KINDS = { decision: '决议公开', outcome: '结果公开' } as const

/** What a co-op has published, for everybody: quarters in their public edition, posted resolutions, their papers. */
export function publicRoutes(app: App, house: House): void {
  app.get('/coops/:coop', publicPage(house, board))
  app.get('/coops/:coop/quarters/:quarter', publicPage(house, quarter))
  app.get('/coops/:coop/quarters/:quarter/accounts/:account', publicPage(house, entries))
  app.get('/coops/:coop/quarters/:quarter/outcome/:no', publicPage(house, group))
  app.get('/coops/:coop/resolutions/:no', publicPage(house, resolution))

  for (const kind of ['decision', 'outcome'] as const) {
    app.get(`/coops/:coop/quarters/:quarter/${kind}.pdf`, async c => {
      const coop = await coopOf(c, house)
      const bytes = await disclosurePdf(house, coop, param(c, 'quarter'), kind, 'public')
      return answerPdf(c, bytes, `${coop.name}${param(c, 'quarter')}${KINDS[kind]}.pdf`, CACHE)
    })
  }

  app.get('/coops/:coop/resolutions/:no/notice.pdf', async c => {
    const coop = await coopOf(c, house)
    const { no } = posted(house, coop, c)
    const bytes = await house.drawing.resolution(resolutionPaper(house, coop, no))
    return answerPdf(c, bytes, `${coop.name}决议${no}.pdf`, CACHE)
  })
}

function board(house: House, coop: CoopProfile): Page {
  const { sql } = house.office
  const published = currentOf(disclosuresOf(sql, coop.coop))
  const resolutions = resolutionsOf(sql, coop.coop)
    .filter(({ notice }) => notice)
    .reverse()
  const latest = published[0] && publishedQuarter(house, coop, published[0].quarter).outcome
  return coopPage(coop, published, resolutions, latest)
}

function quarter(house: House, coop: CoopProfile, c: Context): Page {
  const name = param(c, 'quarter')
  const published = publishedQuarter(house, coop, name)
  return quarterPage(coop, name, published, turnoverRows(turnoverEntries(house.office.sql, coop.coop, name)))
}

function entries(house: House, coop: CoopProfile, c: Context): Page {
  const name = param(c, 'quarter')
  publishedQuarter(house, coop, name)
  const account = param(c, 'account')
  const found = turnoverEntries(house.office.sql, coop.coop, name).filter(entry => entry.account === account)
  const [first] = found
  if (!first) throw notFound()
  return entriesPage(coop, name, first.name, found)
}

function group(house: House, coop: CoopProfile, c: Context): Page {
  const name = param(c, 'quarter')
  const { groups } = publishedQuarter(house, coop, name).outcome
  const found = groups.find(({ no }) => String(no) === param(c, 'no'))
  if (!found) throw notFound()
  return groupPage(coop, name, found)
}

const resolution = (house: House, coop: CoopProfile, c: Context): Page =>
  publicResolutionPage(coop, posted(house, coop, c))

function posted(house: House, coop: CoopProfile, c: Context): ResolutionRow {
  const no = param(c, 'no')
  const row = key.safeParse(no).success ? resolutionByNo(house.office.sql, coop.coop, no) : undefined
  if (!row?.notice) throw notFound()
  return row
}

// The last version of each quarter is the one that counts.
function currentOf<T extends { quarter: string }>(rows: readonly T[]): T[] {
  return rows.filter((row, index) => rows.findIndex(({ quarter }) => quarter === row.quarter) === index)
}
