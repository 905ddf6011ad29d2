import { asKnown } from '../../projections/as-known.ts'
import type { CoopProfile } from '../../projections/profile.ts'
import { renderIndex } from '../../reports/archive/index-pdf.ts'
import {
  ABOUT_PAPER,
  type FiledReport,
  filedReports,
  type Keeping,
  keptUntil,
  LOG_PAPER,
  pageCount,
} from '../../reports/archive/papers.ts'
import { bookCsv, bookPdf, type Known } from '../../reports/books/files.ts'
import type { BookQuery } from '../../reports/books/report.ts'
import { signerWith } from '../../reports/books/signer.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import {
  ABOUT,
  type About,
  type Filed,
  INDEX_CSV,
  INDEX_PDF,
  indexCsv,
  SUMS,
  sha256,
  sumsOf,
} from '../ledger/archive-files.ts'
import { type YearLog, yearLog, yearNdjson } from '../ledger/archive-log.ts'
import { escaped } from '../ledger/import-csv.ts'
import { streamOf } from '../ledger/ledger.ts'
import { nameResolver, type Office } from '../office.ts'
import { CliError } from './output.ts'
import { progress } from './progress.ts'

export type Archive = { files: Map<string, string | Uint8Array>; about: About }
export type ArchiveAsked = { year: number; names: boolean }

/** An archive's papers before they are numbered. */
type Paper = Pick<Filed, 'class' | 'title' | 'period' | 'path'> & { keeping: Keeping; content: string | Uint8Array }
type Making = { office: Office; coop: CoopProfile; asked: ArchiveAsked; log: YearLog }

/**
 * The archive of a closed year as files by path; the same events give the same bytes, whatever has been recorded since the
 * year's December was closed. Refuses (CliError YearNotClosed) a year whose December is open.
 */
export async function makeArchive(office: Office, coop: CoopProfile, asked: ArchiveAsked): Promise<Archive> {
  const stream = streamOf(coop.coop)
  const log = await yearLog(office.store.read(stream), office.codec, asked.year)
  if (!log) throw notClosed(asked.year)
  const making = { office, coop, asked, log }
  const ndjson = await yearNdjson(office.store.read(stream, { from: log.before.revision + 1 }), log)
  const path = `4-账本日志/${asked.year}.ndjson`
  const about: About = {
    ...{ format: 'mingzhang-archive/v1', coop: coop.coop, name: coop.name, ...asked },
    log: {
      ...{ path, events: log.last.revision - log.before.revision },
      before: { revision: log.before.revision, hash: log.before.hash },
      last: { revision: log.last.revision, hash: log.last.hash },
    },
  }
  const period = String(asked.year)
  const papers: Paper[] = [
    ...(await reportPapers(making)),
    { ...LOG_PAPER, period, path, content: ndjson },
    { ...ABOUT_PAPER, period, path: ABOUT, content: `${JSON.stringify(about, null, 2)}\n` },
  ]
  return { files: await withIndex(making, papers), about }
}

function notClosed(year: number): CliError {
  return new CliError(
    'YearNotClosed',
    `${year}年度还没有结账：做完年终结账（CloseYear）和12月的月末结账（ClosePeriod）才能归档。（会计档案管理办法 art. 11）`,
    { year },
  )
}

async function reportPapers({ office, coop, asked, log }: Making): Promise<Paper[]> {
  const { revision, recordedAt } = log.last
  const known: Known = { sql: asKnown(office.sql, coop.coop, revision), revision, recordedAt }
  const resolve = asked.names ? nameResolver(office) : undefined
  const fonts = loadFonts()
  const filed = filedReports(known.sql, coop.coop, asked.year)
  const shown = progress('归档', filed.length)
  const papers: Paper[] = []
  for (const [index, each] of filed.entries()) {
    const query: BookQuery = {
      ...{ sql: known.sql, coop: coop.coop, period: each.period, resolve },
      signer: signerWith(code => resolve?.(code)),
      hashOf: at => log.hashes.get(at),
    }
    const data = each.report.build(query)
    for (const format of each.formats) {
      const content =
        format === 'csv'
          ? bookCsv(each.report, data, escaped)
          : await bookPdf(each.report, data, query, { coop, known, fonts })
      papers.push({ ...each, path: pathOf(each, format), content })
    }
    shown.to(index + 1)
  }
  shown.end()
  return papers
}

const FOLDERS: Record<FiledReport['class'], string> = {
  会计凭证: '1-会计凭证',
  会计账簿: '2-会计账簿',
  财务会计报告: '3-财务会计报告',
  其他会计资料: '4-账本日志',
}

const pathOf = ({ class: kind, period, report }: FiledReport, format: string): string =>
  `${FOLDERS[kind]}/${kind === '会计凭证' ? `${period}-` : ''}${report.title}.${format}`

async function withIndex({ coop, asked, log }: Making, papers: readonly Paper[]): Promise<Archive['files']> {
  const files: Archive['files'] = new Map(papers.map(({ path, content }) => [path, content]))
  const filed = papers.map(({ class: kind, title, period, path, keeping, content }, index): Filed => {
    const pages = typeof content === 'string' ? '' : String(pageCount(content))
    return {
      ...{ number: String(index + 1).padStart(3, '0'), class: kind, title, period, pages },
      ...{ ...keptUntil(asked.year, keeping), path, sha256: sha256(content) },
    }
  })
  const index = {
    ...{ organisation: coop.name, year: asked.year, lines: filed, fonts: loadFonts() },
    edition: asked.names ? '含姓名，内部保管' : '不含姓名（成员码）',
    issuedAt: log.last.recordedAt,
    watermark: coop.demo ? '演示数据' : undefined,
    log: {
      ...{ from: log.before.revision + 1, to: log.last.revision },
      ...{ before: log.before.hash, last: log.last.hash },
    },
  }
  files.set(INDEX_CSV, indexCsv(filed))
  files.set(INDEX_PDF, await renderIndex(index))
  return files.set(SUMS, sumsOf(files))
}
