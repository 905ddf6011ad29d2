import { Command } from 'commander'
import { REPORTS } from '../../../reports/books/registry.ts'
import type { BookReport } from '../../../reports/books/report.ts'
import { knownCoop } from '../coops.ts'
import { instant } from '../known.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, oneOf, period } from '../options.ts'
import { CliError } from '../output.ts'
import { type Asked, writeReport } from '../reports.ts'

type Options = Common & Asked & { coop: string }

const NARROWINGS = {
  fund: ['--fund <FUND>', '只看一项资金'],
  account: ['--account <ACCOUNT>', '只看一个科目及其明细，如 102 或 102-基本户'],
} as const

/** `report NAME`: a book or statement of a period, as of now or as known at an instant; a subcommand for each. */
export function reportCommand(): Command {
  const command = new Command('report').description('账簿和报表')
  for (const report of REPORTS) command.addCommand(commandOf(report))
  return command
}

function commandOf(report: BookReport): Command {
  const command = ofCoop(common(new Command(report.name))).description(report.title)
  command.requiredOption('--period <PERIOD>', '2025-12、2025Q4 或 2025', period)
  command.option('--known <INSTANT>', '只算到这一时刻已经记录的：2026-01-05 或 "2026-01-05 10:00"', instant)
  command.option('--format <FORMAT>', 'csv（默认）、json、xlsx 或 pdf', oneOf('json', 'csv', 'xlsx', 'pdf'))
  command.option('--out <FILE>', '写到这个文件（xlsx 和 pdf 必须）')
  for (const by of report.narrowedBy) command.option(NARROWINGS[by][0], NARROWINGS[by][1])
  command.option('--names', '成员代码旁写姓名（会计自用）')
  command.option('--checks', '不写报表，只写各项校验；不符时退出码为 2')
  return command.action((options: Options) => run(report, options))
}

function run(report: BookReport, options: Options): Promise<void> {
  if ((options.format === 'xlsx' || options.format === 'pdf') && options.out === undefined) {
    throw new CliError('OutNeeded', `${options.format} 不能写到屏幕上，请用 --out 写明文件。`)
  }
  return reading(options.data, office => writeReport(office, knownCoop(office, options.coop), report, options))
}
