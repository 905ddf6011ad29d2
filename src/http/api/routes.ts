import { z } from 'zod'
import { allCoops } from '../../../projections/profile.ts'
import { answerPdf } from '../answer.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { readQuery } from '../read-query.ts'
import { notReady } from '../ready.ts'
import { commandRoutes } from './commands.ts'
import { documents } from './documents.ts'
import { originalRoutes } from './documents-kept.ts'
import { openApi } from './openapi.ts'
import { QUERIES, type Query } from './queries.ts'

/** The JSON API: commands, queries, documents, and what machines ask about the service itself. */
export function apiRoutes(app: App, house: House): void {
  app.get('/healthz', c => c.json({ status: 'ok' }))

  app.get('/readyz', async c => {
    c.header('Cache-Control', 'no-store')
    const reasons = await notReady(house)
    return reasons.length === 0 ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', reasons }, 503)
  })

  app.get('/api/openapi.json', c => {
    c.header('Cache-Control', 'no-cache')
    return c.json(openApi(house.origin, house.cookie))
  })

  app.get('/api/coops', async c => {
    await requireOperator(c, house)
    return c.json({ coops: allCoops(house.office.sql) })
  })

  for (const query of QUERIES) queryRoute(app, house, query)
  for (const { path, file } of documents) {
    app.get(path, async c => {
      await requireOperator(c, house)
      const { name, bytes } = await file(c, house, await coopOf(c, house))
      return answerPdf(c, bytes, name, 'no-store')
    })
  }
  originalRoutes(app, house)
  commandRoutes(app, house)
}

function queryRoute(app: App, house: House, { path, takes, answer }: Query): void {
  const isPlaced = (name: string) => path.split('/').includes(`:${name}`)
  const part = (placed: boolean) =>
    z.strictObject(Object.fromEntries(Object.entries(takes.shape).filter(([name]) => isPlaced(name) === placed)))
  const [placed, asked] = [part(true), part(false)]
  app.get(`/api/coops/:coop${path}`, async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { coop: _, ...named } = c.req.param() as Record<string, string>
    const where = placed.safeParse(named)
    if (!where.success) throw notFound()
    return c.json({ data: await answer(house, coop, { ...where.data, ...readQuery(c, asked) }) })
  })
}
