import type { Context, Hono } from 'hono'
import type { DisclosureData } from '../../reports/disclosure/data.ts'
import type { ResolutionData } from '../../reports/resolution/data.ts'
import type { StatementSource } from '../../reports/statement/build.ts'
import type { StatementData } from '../../reports/statement/data.ts'
import type { Office } from '../office.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Attempts } from './attempts.ts'
import type { Sessions } from './sessions.ts'
import type { Shelf } from './shelf.ts'

/** Draws the documents; the runtime gives it, because fonts come from files. */
export type Drawing = {
  statement(data: StatementData): Promise<Uint8Array>
  disclosure(data: DisclosureData): Promise<Uint8Array>
  resolution(data: ResolutionData): Promise<Uint8Array>
}

/** A file the pages link to; `version` changes with its bytes, so that browsers may keep it. */
export type Asset = { readonly type: string; readonly bytes: Uint8Array; readonly version: string }

/** Says whether a text is the data directory's access code. */
export type Access = { matches(code: string): Promise<boolean> }

export type HouseOptions = {
  access: Access
  /** By name, e.g. `style.css`. */
  assets: ReadonlyMap<string, Asset>
  drawing: Drawing
  /** Where originals and the bank's files are kept; in the office's own database when left out. */
  blobs?: Blobs
  /** Public address without a trailing slash, for the links on paper. */
  origin?: string
  /** Host names this server answers to; all when left out. */
  hosts?: readonly string[]
  /** Milliseconds, for sessions and delays. */
  clock?: () => number
  /** Who is asking, for the delay after wrong codes: the network address. */
  addressOf?: (c: Context) => string
  /** What the machine has against being ready (a disk that fills up), as sentences for people. */
  checks?: () => string[]
  /** Told of every fault that is not the caller's. */
  onFault?: (error: unknown) => void
}

/** What the routes share. */
export type House = HouseOptions & {
  readonly office: Office
  readonly blobs: Blobs
  readonly sessions: Sessions
  readonly attempts: Attempts
  /** What took work to make, until the ledger moves on. */
  readonly shelves: {
    readonly sources: Shelf<StatementSource>
    readonly disclosures: Shelf<DisclosureData>
    readonly papers: Shelf<Promise<Uint8Array>>
  }
}

export type App = Hono
