import { hash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import type { Place } from './archive-log.ts'

/** The files of an archive by their path in it. */
export type ArchiveFiles = ReadonlyMap<string, string | Uint8Array>

/** Beside the filed papers: the index, what the archive is, and the sums of all of it but themselves. */
export const INDEX_CSV = '归档目录.csv'
export const INDEX_PDF = '归档目录.pdf'
export const ABOUT = '档案说明.json'
export const SUMS = 'SHA256SUMS'

/** What an archive is; `before` is the head its log goes on from, `last` the one it ends with. */
export type About = {
  format: 'mingzhang-archive/v1'
  coop: string
  name: string
  year: number
  /** Whether persons are named in the papers. */
  names: boolean
  log: { path: string; events: number; before: Place; last: Place }
}

/** One filed paper as the index has it. */
export type Filed = {
  number: string
  class: string
  title: string
  /** `2025-03` or `2025` */
  period: string
  pages: string
  /** 30年 or 永久 */
  keep: string
  keepFrom: string
  /** '' for what is kept for ever. */
  keepUntil: string
  path: string
  sha256: string
}

const FIELDS = [
  'number',
  'class',
  'title',
  'period',
  'pages',
  'keep',
  'keepFrom',
  'keepUntil',
  'path',
  'sha256',
] as const satisfies readonly (keyof Filed)[]

/** SHA-256 in lower-case hexadecimal. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex')

/** The index (归档目录) as CSV under its keys. */
export const indexCsv = (filed: readonly Filed[]): string =>
  stringify([[...FIELDS], ...filed.map(each => FIELDS.map(field => each[field]))])

/** The sums of all files, in the form that `sha256sum -c` reads. */
export const sumsOf = (files: ArchiveFiles): string =>
  [...files].map(([path, content]) => `${sha256(content)}  ${path}\n`).join('')
