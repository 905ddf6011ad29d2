import { Hono } from 'hono'
import { pathWithout, typeSize } from '../http/answer.ts'
import { openApi } from '../http/api/openapi.ts'
import { secureHeaders } from '../http/headers.ts'
import type { Asset } from '../http/house.ts'
import { boardsPage, desksPage } from '../web/front-pages.ts'
import { layout, type Page } from '../web/layout.ts'
import { howToCheckPage } from '../web/portal-pages.ts'
import type { Directory } from './directory.ts'

type Front = {
  directory: Directory
  assets: ReadonlyMap<string, Asset>
  origin: string | undefined
  onFault: (error: unknown) => void
}

const AWAY = '组织名单暂时取不到，请稍后再试；各组织自己的网页照常可用。\n'
const NOWHERE = '没有这一页。每个组织有自己的地址：/coops/组织编号\n'
/** Where each co-op has its own sessions, one logs in at its desk. */
const DOORS = { login: '/staff', logout: '/staff', desk: '/staff' }

/** What names no co-op: the lists of co-ops, and what is the same for all of them. */
export function createFront({ directory, assets, origin, onFault }: Front): Hono {
  const app = new Hono()
  app.use(secureHeaders)
  app.onError((error, c) => {
    onFault(error)
    return c.text(AWAY, 503, { 'Retry-After': '5' })
  })
  app.notFound(c => c.text(NOWHERE, 404))
  const show = (path: string, page: () => Promise<Page>) =>
    app.get(path, async c => {
      const reader = { big: typeSize(c), signedIn: false, doors: DOORS, here: pathWithout(c, 'big') }
      const styleVersion = assets.get('style.css')?.version ?? '0'
      c.header('Cache-Control', 'no-cache')
      c.header('Vary', 'Cookie')
      return c.html(layout({ ...reader, styleVersion, demo: false }, await page()))
    })
  show('/', async () => boardsPage(await directory.coops()))
  show('/staff', async () => desksPage(await directory.coops()))
  show('/how-to-check', async () => howToCheckPage())
  app.get('/healthz', c => c.json({ status: 'ok' }))
  app.get('/readyz', async c => {
    await directory.coops()
    return c.json({ status: 'ready' })
  })
  app.get('/api/openapi.json', c => c.json(openApi(origin)))
  app.get('/assets/:name', c => {
    const asset = assets.get(c.req.param('name'))
    if (!asset) return c.notFound()
    c.header('Cache-Control', c.req.query('v') ? 'public, max-age=31536000, immutable' : 'no-cache')
    return c.body(asset.bytes as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': asset.type })
  })
  return app
}
