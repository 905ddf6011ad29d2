import type { Context } from 'hono'
import type { CoopProfile } from '../../../projections/profile.ts'
import { notFound } from '../coop-of.ts'
import type { House } from '../house.ts'
import { personOf, yearOf } from '../pages/register.ts'
import { disclosurePdf, resolutionPaper, statementOf } from '../papers.ts'

type PdfFile = { readonly name: string; readonly bytes: Uint8Array }
export type DocumentRoute = {
  readonly path: string
  readonly title: string
  readonly file: (c: Context, house: House, coop: CoopProfile) => Promise<PdfFile>
}

/** The papers as PDF for the operator's programs; the members' edition of a disclosure besides the public one. */
export const documents: readonly DocumentRoute[] = [
  {
    path: '/api/coops/:coop/documents/statements/:person/:year',
    title: '一个人一年的分红对账单（PDF）',
    async file(c, house, coop) {
      const { person } = personOf(house, coop, c.req.param('person') ?? '')
      const year = yearOf(c.req.param('year') ?? '')
      const bytes = await house.drawing.statement(await statementOf(house, coop, person, year))
      return { name: `${coop.coop}-${person}-${year}.pdf`, bytes }
    },
  },
  {
    path: '/api/coops/:coop/documents/disclosures/:quarter/:kind/:edition',
    title: '一个季度的决议公开（decision）或结果公开（outcome），公开版（public）或成员版（members）（PDF）',
    async file(c, house, coop) {
      const { quarter = '', kind = '', edition = '' } = c.req.param() as Record<string, string>
      if (kind !== 'decision' && kind !== 'outcome') throw notFound()
      if (edition !== 'public' && edition !== 'members') throw notFound()
      const bytes = await disclosurePdf(house, coop, quarter, kind, edition)
      return { name: `${coop.coop}-${quarter}-${kind}-${edition}.pdf`, bytes }
    },
  },
  {
    path: '/api/coops/:coop/documents/resolutions/:no',
    title: '一项决议的公开通知（PDF）',
    async file(c, house, coop) {
      const no = c.req.param('no') ?? ''
      const bytes = await house.drawing.resolution(resolutionPaper(house, coop, no))
      return { name: `${coop.coop}-${no}.pdf`, bytes }
    },
  },
]
