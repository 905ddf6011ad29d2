import type { Sql } from '../../src/store/sql.ts'
import type { PaperTable } from '../kit/book-table.ts'
import type { DocumentFacts } from '../kit/facts.ts'
import type { FontSet } from '../kit/fonts.ts'

/** How a column is written: codes and texts as text, money as a number with two places. */
export type ColumnKind = 'code' | 'text' | 'date' | 'money' | 'count'

/** One column of a report's rows; `width` in characters, for a workbook. */
export type BookColumn = {
  readonly key: string
  readonly title: string
  readonly kind: ColumnKind
  readonly width: number
}

/** One row by its columns' keys: money `"1234.56"`, days `YYYY-MM-DD`, '' for none. */
export type BookRow = Readonly<Record<string, string>>

/** Two figures that must be the same (or, by `name`, one not below the other), in yuan. */
export type Check = { readonly name: string; readonly ok: boolean; readonly left: string; readonly right: string }

/** What a report is made of: the read models (as they are, or as they were known), a co-op, a period. */
export type BookQuery = {
  readonly sql: Sql
  readonly coop: string
  /** `2025-12`, `2025Q4` or `2025`. */
  readonly period: string
  readonly fund?: string | undefined
  readonly account?: string | undefined
  /** A person's name by code, for the accountant's own edition. */
  readonly resolve?: ((code: string) => string | undefined) | undefined
  /** The name of whoever acted, for signatures: `M00012 via web` → 张三. */
  readonly signer?: ((actor: string) => string) | undefined
  /** The hash of the co-op's event of a revision, for the vouchers. */
  readonly hashOf?: ((revision: number) => string | undefined) | undefined
}

export type BookData = { readonly rows: readonly BookRow[]; readonly checks: readonly Check[] }

/** What is printed beside the figures. */
export type BookFrame = DocumentFacts & {
  readonly fonts: FontSet
  readonly organisation: string
  /** 2025年12月 */
  readonly period: string
  /** Up to what the books were known, e.g. 已记录至第 812 号事件. */
  readonly known: string
}

/** What a report may be narrowed by, besides its period. */
export type Narrowing = 'account' | 'fund'

/** One report (书): a file of its own in this folder, named in the registry. */
export type BookReport = {
  readonly name: string
  readonly title: string
  readonly columns: readonly BookColumn[]
  readonly narrowedBy: readonly Narrowing[]
  /** Its tables keep no history: it cannot be made as it was known at an earlier instant. */
  readonly presentOnly?: boolean
  /** Needs the hashes of the events. */
  readonly hashes?: boolean
  build(query: BookQuery): BookData
  /** The tables on paper. */
  paper(data: BookData, query: BookQuery): readonly PaperTable[]
  /** Draws the whole document itself, where it is no table. */
  draw?(query: BookQuery, frame: BookFrame): Promise<Uint8Array>
  /** The table of the workbook, where it is not that of the rows. */
  sheet?(data: BookData): { readonly columns: readonly BookColumn[]; readonly rows: readonly BookRow[] }
}

/** A party on a line as it is shown: a person's name before the code where the edition names them. */
export function partyShown(party: string, resolve: BookQuery['resolve']): string {
  const name = party === '' ? undefined : resolve?.(party)
  return name === undefined ? party : `${name}（${party}）`
}

/** A check that two amounts in yuan are the same. */
export const same = (name: string, left: string, right: string): Check => ({ name, ok: left === right, left, right })
