import { Hono } from 'hono'
import type { Office } from '../office.ts'
import { sqlBlobs } from '../store/blobs-sql.ts'
import { DOORS } from '../web/layout.ts'
import { answerProblem } from './answer.ts'
import { apiRoutes } from './api/routes.ts'
import { createAttempts } from './attempts.ts'
import { notFound } from './coop-of.ts'
import { knownHost, secureHeaders } from './headers.ts'
import type { App, House, HouseOptions } from './house.ts'
import { bankRoutes } from './pages/bank.ts'
import { bookRoutes } from './pages/books.ts'
import { closingRoutes } from './pages/closing.ts'
import { loginRoutes } from './pages/login.ts'
import { portalRoutes } from './pages/portal.ts'
import { publicRoutes } from './pages/public.ts'
import { registerRoutes } from './pages/register.ts'
import { reportRoutes } from './pages/reports.ts'
import { reviewRoutes } from './pages/review.ts'
import { staffRoutes } from './pages/staff.ts'
import { entryRoutes } from './pages/voucher-entry.ts'
import { problemOf } from './problem.ts'
import { createSessions } from './sessions.ts'
import { createShelf } from './shelf.ts'

/** The whole of HTTP over an office: the JSON API and the pages. Pure; fonts, files and the access code come as options. */
export function createApp(office: Office, options: HouseOptions): App {
  const clock = options.clock ?? Date.now
  const house: House = {
    ...options,
    office,
    cookie: options.cookie ?? 'mingzhang-session',
    doors: options.doors ?? DOORS,
    sessions: createSessions(options.sessions ?? office.sql, clock, options.access.id ?? ''),
    blobs: options.blobs ?? sqlBlobs(office.sql),
    attempts: createAttempts(clock),
    shelves: { sources: createShelf(8), disclosures: createShelf(64), papers: createShelf(24) },
  }
  const app = new Hono()
  app.use(secureHeaders)
  app.use(knownHost(house))
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (problem.status >= 500) house.onFault?.(error)
    return answerProblem(c, house, problem)
  })
  app.notFound(c => answerProblem(c, house, notFound()))
  assetRoutes(app, house)
  loginRoutes(app, house)
  portalRoutes(app, house)
  publicRoutes(app, house)
  staffRoutes(app, house)
  entryRoutes(app, house)
  reviewRoutes(app, house)
  bankRoutes(app, house)
  closingRoutes(app, house)
  bookRoutes(app, house)
  reportRoutes(app, house)
  registerRoutes(app, house)
  apiRoutes(app, house)
  return app
}

function assetRoutes(app: App, { assets }: House): void {
  app.get('/assets/:name', c => {
    const asset = assets.get(c.req.param('name'))
    if (!asset) throw notFound()
    // A script that another one imports is asked for without its version.
    c.header('Cache-Control', c.req.query('v') ? 'public, max-age=31536000, immutable' : 'no-cache')
    return c.body(asset.bytes as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': asset.type })
  })
}
