import { DurableObject } from 'cloudflare:workers'
import regularFont from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'
import boldFont from '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'
import { createFonts, type FontSet } from '../reports/kit/fonts.ts'
import { key } from './domain/fields.ts'
import { coopHouse } from './edge/coop-house.ts'
import { type Directory as Book, type Listed, openDirectory, type Registered } from './edge/directory.ts'
import { createFront } from './edge/front.ts'
import { secretAccess } from './http/access-secret.ts'
import { createApp } from './http/app.ts'
import { assetsFrom } from './http/assets.ts'
import { drawingWith } from './http/drawing.ts'
import type { Access, App } from './http/house.ts'
import { type DurableOffice, now, openDurableOffice, random } from './office-worker.ts'
import { durableSql } from './store/sql-do.ts'
import desk from './web/desk.css'
import entryGrid from './web/entry-grid.js'
import icon from './web/icon.svg'
import lookUp from './web/look-up.js'
import style from './web/style.css'
import voucherEntry from './web/voucher-entry.js'

export type Env = {
  COOP: { getByName(name: string): { fetch(request: Request): Promise<Response> } }
  DIRECTORY: { getByName(name: string): Book }
  /** The operator's access code, a secret of the platform. */
  ACCESS_CODE?: string
  /** Public address without a trailing slash, for the links on paper. */
  ORIGIN?: string
}

const files = {
  'style.css': style,
  'desk.css': desk,
  'icon.svg': icon,
  'voucher-entry.js': voucherEntry,
  'entry-grid.js': entryGrid,
  'look-up.js': lookUp,
}
const assets = assetsFrom(name => new Uint8Array(files[name]))
const ONE_COOP = /^\/(?:(?:api|staff)\/)?coops\/([^/]+)/
const NO_CODE = '访问码（ACCESS_CODE）没有设置，或者少于二十个字母和数字。\n'
const AWAY = '账本暂时不可用，请用同一个命令编号再试一次。\n'
const TELL_AGAIN_MS = 5_000

const onFault = (error: unknown): void => console.error(error)
const directoryOf = (env: Env): Book => env.DIRECTORY.getByName('directory')

/** Hands each request to the object of the co-op it names. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const coop = coopIn(request)
    if (coop !== undefined) return inCoop(coop, request, env)
    return createFront({ directory: directoryOf(env), assets, origin: env.ORIGIN, onFault }).fetch(request)
  },
}

// What an object could not make durable it does not answer: it is begun anew, and the caller is told to ask again.
async function inCoop(coop: string, request: Request, env: Env): Promise<Response> {
  try {
    return await env.COOP.getByName(coop).fetch(request)
  } catch (error) {
    onFault(error)
    return plain(503, AWAY, { 'Retry-After': '5' })
  }
}

/** One co-op: its log, its read models and the same application over them as on Node. */
export class Coop extends DurableObject<Env> {
  #office: Promise<DurableOffice> | undefined
  #app: App | undefined
  #running = 0

  async fetch(request: Request): Promise<Response> {
    const access = secretAccess(this.env.ACCESS_CODE)
    const coop = coopIn(request)
    if (!access || coop === undefined) return plain(503, NO_CODE)
    this.#running++
    try {
      const office = await this.#opened()
      this.#app ??= appOf(coop, office, access, this.env)
      return await this.#app.fetch(request)
    } finally {
      this.#running--
      await this.#leaveNothing()
    }
  }

  /** The directory could not be told something: once more. */
  async alarm(): Promise<void> {
    const office = await this.#opened()
    await office.tell().catch(error => this.#tellLater(error))
  }

  #opened(): Promise<DurableOffice> {
    this.#office ??= this.#open().catch(error => {
      this.#office = undefined
      throw error
    })
    return this.#office
  }

  async #open(): Promise<DurableOffice> {
    const tellLater = (error: unknown) => this.#tellLater(error)
    const office = await openDurableOffice(this.ctx.storage, directoryOf(this.env), tellLater)
    await office.tell().catch(tellLater)
    return office
  }

  async #tellLater(error: unknown): Promise<void> {
    onFault(error)
    await this.ctx.storage.setAlarm(Date.parse(now()) + TELL_AGAIN_MS)
  }

  // Anybody may ask for a co-op that does not exist; what was laid out for the answer is not to stay.
  async #leaveNothing(): Promise<void> {
    const office = await this.#office?.catch(() => undefined)
    if (this.#running > 0 || !office?.isEmpty()) return
    this.#office = undefined
    this.#app = undefined
    await this.ctx.storage.deleteAll()
  }
}

/** What the co-ops of the deployment share, in one object. */
export class Directory extends DurableObject<Env> implements Book {
  readonly #book = openDirectory(durableSql(this.ctx.storage), random)

  key(): Promise<Uint8Array> {
    return this.#book.key()
  }
  numbers(idMacs: readonly (string | null)[]): Promise<number[]> {
    return this.#book.numbers(idMacs)
  }
  holder(idMac: string): Promise<number | undefined> {
    return this.#book.holder(idMac)
  }
  note(listed: Listed, persons: readonly Registered[]): Promise<void> {
    return this.#book.note(listed, persons)
  }
  others(coop: string, number: number): Promise<Listed[]> {
    return this.#book.others(coop, number)
  }
  coops(): Promise<Listed[]> {
    return this.#book.coops()
  }
}

let fonts: FontSet | undefined

function appOf(coop: string, office: DurableOffice, access: Access, env: Env): App {
  return createApp(office, {
    ...coopHouse(coop, directoryOf(env), env.ORIGIN),
    access,
    assets,
    drawing: drawingWith(() => (fonts ??= createFonts(new Uint8Array(regularFont), new Uint8Array(boldFont)))),
    addressOf: c => c.req.header('cf-connecting-ip') ?? 'unknown',
    onFault,
  })
}

const coopIn = (request: Request): string | undefined =>
  key.safeParse(decoded(ONE_COOP.exec(new URL(request.url).pathname)?.[1])).data

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
