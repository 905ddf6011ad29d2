import type { Context, Hono } from 'hono'
import type { DisclosureData } from '../../reports/disclosure/data.ts'
import type { FontSet } from '../../reports/kit/fonts.ts'
import type { ResolutionData } from '../../reports/resolution/data.ts'
import type { StatementSource } from '../../reports/statement/build.ts'
import type { OtherPayer, StatementData } from '../../reports/statement/data.ts'
import type { Office } from '../office.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Sql } from '../store/sql.ts'
import type { Doors } from '../web/layout.ts'
import type { Attempts } from './attempts.ts'
import type { Sessions } from './sessions.ts'
import type { Shelf } from './shelf.ts'

/** Draws the documents; the runtime gives it, because fonts come from files. */
export type Drawing = {
  statement(data: StatementData): Promise<Uint8Array>
  disclosure(data: DisclosureData): Promise<Uint8Array>
  resolution(data: ResolutionData): Promise<Uint8Array>
  /** A book or statement, which draws itself with the fonts. */
  book(draw: (fonts: FontSet) => Promise<Uint8Array>): Promise<Uint8Array>
}

/** A file the pages link to; `version` changes with its bytes, so that browsers may keep it. */
export type Asset = { readonly type: string; readonly bytes: Uint8Array; readonly version: string }

/** Says whether a text is the operator's access code; `id` changes with the code, and sessions given for another end with it. */
export type Access = { readonly id?: string; matches(code: string): Promise<boolean> }

export type HouseOptions = {
  access: Access
  /** By name, e.g. `style.css`. */
  assets: ReadonlyMap<string, Asset>
  drawing: Drawing
  /** Where the sessions are kept; beside the read models when left out. */
  sessions?: Sql
  /** Name of the session's cookie, without its prefix: sites that share a host name each need one of their own. */
  cookie?: string
  /** Where the operator goes in and out; the site's own when left out. */
  doors?: Doors
  /** Where originals and the bank's files are kept; in the office's own database when left out. */
  blobs?: Blobs
  /** Public address without a trailing slash, for the links on paper. */
  origin?: string
  /** Who else may pay a person, by code, where the office holds one co-op alone; rejects when they cannot be asked. */
  otherPayers?: (person: string) => Promise<OtherPayer[]>
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
export type House = Omit<HouseOptions, 'sessions' | 'cookie' | 'doors'> & {
  readonly office: Office
  readonly cookie: string
  readonly doors: Doors
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
