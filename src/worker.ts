import { DurableObject } from 'cloudflare:workers'
import regularFont from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'
import boldFont from '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'
import { createFonts, type FontSet } from '../reports/kit/fonts.ts'
import { key } from './domain/fields.ts'
import { secretAccess } from './http/access-secret.ts'
import { createApp } from './http/app.ts'
import { assetsFrom } from './http/assets.ts'
import { drawingWith } from './http/drawing.ts'
import type { Access, App } from './http/house.ts'
import { openDurableOffice } from './office-worker.ts'
import type { DurableStorage } from './store/sql-do.ts'
import icon from './web/icon.svg'
import style from './web/style.css'

export type Env = {
  COOP: { getByName(name: string): { fetch(request: Request): Promise<Response> } }
  /** The operator's access code, a secret of the platform. */
  ACCESS_CODE?: string
  /** Public address without a trailing slash, for the links on paper. */
  ORIGIN?: string
}

const files = { 'style.css': style, 'icon.svg': icon }
const assets = assetsFrom(name => new Uint8Array(files[name]))
const ONE_COOP = /^\/(?:api\/)?coops\/([^/]+)/
const ASSET = /^\/assets\/([^/]+)$/
const NOWHERE = '没有这一页。每个组织有自己的地址：/coops/组织编号\n'
const NO_CODE = '访问码（ACCESS_CODE）没有设置，或者少于二十个字母和数字。\n'
const AWAY = '账本暂时不可用，请用同一个命令编号再试一次。\n'

/** Hands each request to the object of the co-op it names. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/healthz') return Response.json({ status: 'ok' })
    const asset = assets.get(ASSET.exec(pathname)?.[1] ?? '')
    if (asset) return new Response(asset.bytes as Uint8Array<ArrayBuffer>, { headers: keptFor(asset.type) })
    const coop = key.safeParse(decoded(ONE_COOP.exec(pathname)?.[1]))
    return coop.success ? inCoop(coop.data, request, env) : plain(404, NOWHERE)
  },
}

// What an object could not make durable it does not answer: it is begun anew, and the caller is told to ask again.
async function inCoop(coop: string, request: Request, env: Env): Promise<Response> {
  try {
    return await env.COOP.getByName(coop).fetch(request)
  } catch (error) {
    console.error(error)
    return plain(503, AWAY, { 'Retry-After': '5' })
  }
}

/** One co-op: its log, its read models and the same application over them as on Node. */
export class Coop extends DurableObject<Env> {
  #open: { app: App; isEmpty: () => boolean } | undefined
  #running = 0

  async fetch(request: Request): Promise<Response> {
    const access = secretAccess(this.env.ACCESS_CODE)
    if (!access) return plain(503, NO_CODE)
    this.#open ??= openApp(this.ctx.storage, access, this.env)
    this.#running++
    try {
      return await this.#open.app.fetch(request)
    } finally {
      this.#running--
      await this.#leaveNothing()
    }
  }

  // Anybody may ask for a co-op that does not exist; what was laid out for the answer is not to stay.
  async #leaveNothing(): Promise<void> {
    if (this.#running > 0 || !this.#open?.isEmpty()) return
    this.#open = undefined
    await this.ctx.storage.deleteAll()
  }
}

let fonts: FontSet | undefined

function openApp(storage: DurableStorage, access: Access, env: Env): { app: App; isEmpty: () => boolean } {
  const office = openDurableOffice(storage)
  const app = createApp(office, {
    access,
    assets,
    drawing: drawingWith(() => (fonts ??= createFonts(new Uint8Array(regularFont), new Uint8Array(boldFont)))),
    addressOf: c => c.req.header('cf-connecting-ip') ?? 'unknown',
    onFault: error => console.error(error),
    ...(env.ORIGIN === undefined ? {} : { origin: env.ORIGIN }),
  })
  return { app, isEmpty: () => !office.sql.get('SELECT 1 FROM events LIMIT 1') }
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part)
  } catch {
    return undefined
  }
}

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(text, {
    status,
    headers: { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store', ...headers },
  })

const keptFor = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Cache-Control': 'public, max-age=31536000, immutable',
  'X-Content-Type-Options': 'nosniff',
})
