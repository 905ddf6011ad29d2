import { Command } from 'commander'
import { BadArchive, checkArchive } from '../../ledger/archive-check.ts'
import type { About } from '../../ledger/archive-files.ts'
import { checkFree, readArchive, writeArchive } from '../archive-file.ts'
import { knownCoop } from '../coops.ts'
import { reading } from '../offices.ts'
import { type Common, common, wholeNumber } from '../options.ts'
import { CliError, print, printJson, remark } from '../output.ts'

type Options = Common & { coop?: string; year?: number; out?: string; names?: boolean; check?: string }

/** Exit code when something is not as it was written. */
const FOUND = 2

const HELP = `
归档的内容：各月记账凭证（附封面）、总账、明细账、现金和银行存款日记账、科目余额表、资产负债表、收益及收益分配表、
资金、往来账龄（PDF 和 CSV），当年的账本日志（NDJSON，连同哈希），归档目录（PDF 和 CSV，写明保管期限和 SHA-256），SHA256SUMS。
都按12月结账时的账，以后再做一次，每个字节都一样。只有成员码，不写姓名；要姓名加 --names，文件要妥善保管。
--check 不需要账本：核对每个文件的 SHA-256、归档目录和日志的哈希链。退出码：0 相符；2 不符；1 无法核对。`

/** `archive --coop CODE --year Y --out DIR|FILE.zip` makes the archive of a closed year; `archive --check PATH` checks one. */
export function archiveCommand(): Command {
  const command = common(new Command('archive')).description('电子会计档案：一个已结账年度的凭证、账簿、报表和日志')
  command.option('--coop <CODE>', '组织编号').option('--year <YEAR>', '年度，如 2025', wholeNumber(1900, 2999))
  command
    .option('--out <DIR|FILE.zip>', '新的目录，或以 .zip 结尾的文件')
    .option('--names', '写出姓名（内部保管的一份）')
  command.option('--check <DIR|FILE.zip>', '只核对这一份档案').addHelpText('after', HELP)
  return command.action(async (options: Options) => {
    if (options.check !== undefined) check(options.check, options)
    else await make(options)
  })
}

async function make({ data, coop, year, out, names = false, json }: Options): Promise<void> {
  if (coop === undefined || year === undefined || out === undefined)
    throw new CliError('BadUsage', '归档要写明 --coop、--year 和 --out；只核对用 --check。')
  checkFree(out)
  // The fonts are wanted only here.
  const { makeArchive } = await import('../archive.ts')
  await reading(data, async office => {
    const archive = await makeArchive(office, knownCoop(office, coop), { year, names })
    writeArchive(out, archive)
    if (json) printJson({ out, files: archive.files.size, ...archive.about })
    else print(`已归档${year}年度，共 ${archive.files.size} 个文件：${out}\n${logTold(archive.about)}`)
  })
}

function check(path: string, { json }: Options): void {
  try {
    const files = readArchive(path)
    const { about } = checkArchive(files)
    if (json) printJson({ ok: true, files: files.size, ...about })
    else
      print(
        `档案完好：${about.name}${about.year}年度，${files.size} 个文件与 SHA256SUMS 和归档目录相符。\n${logTold(about)}`,
      )
  } catch (error) {
    if (!(error instanceof BadArchive)) throw error
    if (json) printJson({ ok: false, code: error.code, message: error.message, ...error.detail })
    else remark(error.message)
    process.exitCode = FOUND
  }
}

const logTold = ({ log: { events, before, last } }: About): string =>
  `日志 ${events} 条事件（第 ${before.revision + 1} 至 ${last.revision} 号），末尾的指纹 ${last.hash}，可与公开过的指纹比对。`
