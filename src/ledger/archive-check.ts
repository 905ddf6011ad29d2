import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { hashOf } from '../store/hash.ts'
import { ABOUT, type About, INDEX_CSV, INDEX_PDF, SUMS, sha256 } from './archive-files.ts'
import { BadLog, type LogLine, readLine } from './import-log-lines.ts'
import { streamOf } from './ledger.ts'

/** An archive that is not as it was made: which file and why. */
export class BadArchive extends Error {
  readonly code: 'ArchiveUnreadable' | 'ArchiveIncomplete' | 'ArchiveAltered' | 'ArchiveLogBroken'
  readonly detail: { path: string; reason: string }

  constructor(code: BadArchive['code'], path: string, reason: string) {
    super(`档案核对不符：${path}：${reason}。`)
    this.name = 'BadArchive'
    this.code = code
    this.detail = { path, reason }
  }
}

const place = z.strictObject({ revision: z.int().min(-1), hash: z.string().regex(/^[0-9a-f]{64}$/) })
const about = z.strictObject({
  format: z.literal('mingzhang-archive/v1'),
  coop: z.string().min(1),
  name: z.string().min(1),
  year: z.int(),
  names: z.boolean(),
  log: z.strictObject({ path: z.string().min(1), events: z.int().min(0), before: place, last: place }),
}) satisfies z.ZodType<About>

const SUM_LINE = /^([0-9a-f]{64}) {2}(.+)$/

/** Checks an archive: every file is there, alone and unchanged, the index names each, the log's chain holds. Throws BadArchive. */
export function checkArchive(files: ReadonlyMap<string, Uint8Array>): { files: number; about: About } {
  const sums = sumsIn(files)
  for (const [path, sum] of sums) {
    const content = files.get(path)
    if (!content) throw new BadArchive('ArchiveIncomplete', path, '文件不见了')
    if (sha256(content) !== sum) throw new BadArchive('ArchiveAltered', path, '内容与 SHA256SUMS 不符，被改动过')
  }
  for (const path of files.keys())
    if (path !== SUMS && !sums.has(path)) throw new BadArchive('ArchiveAltered', path, '不在 SHA256SUMS 里，是多出来的')
  checkIndex(files, sums)
  const said = aboutIn(files)
  checkLog(said, textOf(files, said.log.path))
  return { files: sums.size, about: said }
}

function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  const content = files.get(path)
  if (!content) throw new BadArchive('ArchiveIncomplete', path, '文件不见了')
  return Buffer.from(content).toString('utf8')
}

function sumsIn(files: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const sums = new Map<string, string>()
  for (const line of textOf(files, SUMS).split('\n').slice(0, -1)) {
    const [, sum, path] = SUM_LINE.exec(line) ?? []
    if (sum === undefined || path === undefined || sums.has(path))
      throw new BadArchive('ArchiveUnreadable', SUMS, `有一行不是“SHA-256  路径”，或写了两次：${line}`)
    sums.set(path, sum)
  }
  return sums
}

// The index is what people hold on paper: it has to name the same files by the same sums.
function checkIndex(files: ReadonlyMap<string, Uint8Array>, sums: ReadonlyMap<string, string>): void {
  const rows = unreadable(INDEX_CSV, () => parse(textOf(files, INDEX_CSV), { columns: true })) as Record<
    string,
    string
  >[]
  const indexed = new Map(rows.map(row => [row.path ?? '', row.sha256 ?? '']))
  for (const path of sums.keys()) {
    if (path === INDEX_CSV || path === INDEX_PDF) continue
    if (indexed.get(path) !== sums.get(path)) throw new BadArchive('ArchiveAltered', path, '与归档目录所记的不符')
    indexed.delete(path)
  }
  for (const path of indexed.keys()) throw new BadArchive('ArchiveIncomplete', path, '归档目录里有，档案里没有')
}

function aboutIn(files: ReadonlyMap<string, Uint8Array>): About {
  return unreadable(ABOUT, () => about.parse(JSON.parse(textOf(files, ABOUT))))
}

function unreadable<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof BadArchive) throw error
    throw new BadArchive('ArchiveUnreadable', path, '读不懂')
  }
}

function checkLog({ coop, log }: About, text: string): void {
  const broken = (line: number, reason: string) =>
    new BadArchive('ArchiveLogBroken', log.path, `第 ${line} 行${reason}`)
  const lines = text.split('\n').slice(0, -1)
  let { revision, hash } = log.before
  lines.forEach((written, index) => {
    const { event } = lineOf(written, index + 1, broken)
    if (event.stream !== streamOf(coop) || event.revision !== revision + 1)
      throw broken(index + 1, `应是 ${coop} 第 ${revision + 1} 号事件：有行被删去、重复或换了次序`)
    if (hashOf(hash, event) !== event.hash) throw broken(index + 1, '的内容与哈希不符，被改动过')
    revision = event.revision
    hash = event.hash
  })
  if (lines.length !== log.events || revision !== log.last.revision || hash !== log.last.hash)
    throw broken(lines.length, `之后与${ABOUT}所记的末尾（第 ${log.last.revision} 号）不符`)
}

function lineOf(written: string, number: number, broken: (line: number, reason: string) => BadArchive): LogLine {
  try {
    return readLine(written, number)
  } catch (error) {
    if (error instanceof BadLog) throw broken(number, `：${error.detail.reason}`)
    throw error
  }
}
