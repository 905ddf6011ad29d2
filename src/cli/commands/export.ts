import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import { journalBeancount } from '../../ledger/export-beancount.ts'
import { journalCsv, journalHledger, journalNdjson } from '../../ledger/export-journal.ts'
import { dataPackage } from '../../ledger/export-package.ts'
import { membersCsv, sharesCsv } from '../../ledger/export-rosters.ts'
import { zipped } from '../../ledger/export-zip.ts'
import { streamOf } from '../../ledger/ledger.ts'
import type { Office } from '../../office.ts'
import { knownCoop } from '../coops.ts'
import { writeWhole } from '../files.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, oneOf } from '../options.ts'
import { CliError, remark } from '../output.ts'

const FORMATS = ['hledger', 'beancount', 'csv', 'ndjson'] as const
type Options = Common & {
  coop: string
  format: (typeof FORMATS)[number]
  out?: string
  excel?: boolean
  names?: boolean
}

const HELP = `
从账本（不是报表）逐条读出：
  hledger  每张凭证一笔交易；科目名以代码开头，如“102 银行存款:基本户”，币种 CNY，资金和往来单位是标签
  beancount 每张凭证一笔交易，凭证号是链接和元数据；科目名如“Assets:102-银行存款:基本户”，原名在 open 的 account 里
  csv      列与 import vouchers 相同；红字凭证是负数
  ndjson   每行一条事件连同它的哈希，data 再写成 JSON 就是入链的原文
期初余额的日期写作建账日的前一天，与余额表的“期初”一致。`

/** A file with personal data is for its owner alone. */
const OWNER_ONLY = 0o600

const LOG_HELP = `
每行一条事件连同它的哈希，与 export journal --format ndjson 一样。个人资料是密文，密钥不在里面。`

const ROSTER_HELP = `
列与 import members、import shares 相同，导出的文件可以导入另一本账。成员按成员码的次序；资料已被遗忘的不在内。
股份有过转让、继承或注销的，写现有的持股；不加 --names 时持股人只写成员码。`

const PACKAGE_HELP = `
datapackage.json 写明各表的列、类型、主键和外键；表有科目、资金、凭证、分录、登记的人（只有成员码）、股份、应付。`

/** `export journal`: the books for another program; `export log`: the whole ledger. */
export function exportCommand(): Command {
  const command = new Command('export').description('导出给别的程序用')
  const journal = ofCoop(common(new Command('journal'))).description('导出全部凭证')
  journal.requiredOption('--format <FORMAT>', FORMATS.join('、'), oneOf(...FORMATS))
  journal.option('--out <FILE>', '写到文件（默认写到标准输出）').option('--excel', 'CSV 前加 BOM，供表格软件打开')
  journal.addHelpText('after', HELP)
  command.addCommand(
    journal.action((options: Options) => reading(options.data, office => exportJournal(office, options))),
  )
  const log = common(new Command('log')).description(
    '导出整本账的日志（全部组织，按记入的次序），可以用 import log 恢复',
  )
  log.option('--out <FILE>', '写到文件（默认写到标准输出）').addHelpText('after', LOG_HELP)
  command.addCommand(
    log.action(({ data, out }: Options) => reading(data, office => write(journalNdjson(office.store.readAll()), out))),
  )
  command.addCommand(exportRoster('members', '导出现有成员的名册（含姓名、身份证号等个人资料）'))
  command.addCommand(exportRoster('shares', '导出股份清单'))
  const pack = ofCoop(common(new Command('package'))).description(
    '导出一个组织的数据包（Frictionless Data Package，没有个人资料）',
  )
  pack.requiredOption('--out <DIR|FILE.zip>', '目录，或以 .zip 结尾的文件').addHelpText('after', PACKAGE_HELP)
  command.addCommand(pack.action((options: Options) => reading(options.data, office => exportPackage(office, options))))
  return command
}

function exportRoster(kind: 'members' | 'shares', description: string): Command {
  const command = ofCoop(common(new Command(kind))).description(description)
  command.option('--names', '写出个人资料（姓名、身份证号、银行账号、电话），文件要妥善保管')
  command.option('--out <FILE>', '写到文件（默认写到标准输出）').option('--excel', '前加 BOM，供表格软件打开')
  command.addHelpText('after', ROSTER_HELP)
  return command.action((options: Options) => reading(options.data, office => writeRoster(office, kind, options)))
}

async function writeRoster(office: Office, kind: 'members' | 'shares', options: Options): Promise<void> {
  const { coop, names = false, out, excel } = options
  knownCoop(office, coop)
  if (kind === 'members' && !names)
    throw new CliError('NamesNotAsked', '成员名册里都是个人资料；确要导出，请加 --names，并妥善保管文件。')
  const events = office.store.read(streamOf(coop))
  const resolve = (code: string) => office.vault.resolve(code)
  const { text, forgotten } =
    kind === 'members'
      ? await membersCsv(events, office.codec, resolve)
      : await sharesCsv(events, office.codec, names ? resolve : undefined)
  await write(Readable.from([text]), out, excel ? '\ufeff' : '', names ? OWNER_ONLY : undefined)
  if (forgotten > 0) remark(`注意：${forgotten} 名成员的资料已被遗忘，不在名册里。`)
}

async function exportPackage(office: Office, { coop, out = '' }: Options): Promise<void> {
  const { name } = knownCoop(office, coop)
  const state = await office.ledger.state(coop)
  const files = await dataPackage({ coop, name, state }, office.store.read(streamOf(coop)), office.codec)
  if (out.endsWith('.zip')) writeWhole(out, zipped(files))
  else for (const [path, text] of files) writeWhole(join(out, path), text)
}

async function exportJournal(office: Office, { coop, format, out, excel }: Options): Promise<void> {
  const title = `${knownCoop(office, coop).name}（${coop}）`
  const events = office.store.read(streamOf(coop))
  const text = {
    hledger: () => journalHledger(events, office.codec, title),
    beancount: () => journalBeancount(events, office.codec, title),
    csv: () => journalCsv(events, office.codec),
    ndjson: () => journalNdjson(events),
  }[format]()
  await write(text, out, excel && format === 'csv' ? '\ufeff' : '')
}

/** Writes text to a file, whole or not at all, or to standard output; `mode`: who may read the file. */
async function write(text: AsyncIterable<string>, out: string | undefined, bom = '', mode = 0o666): Promise<void> {
  if (!out) return pour(bom, text, process.stdout)
  const beside = `${out}.${process.pid}.part`
  await pour(bom, text, createWriteStream(beside, { mode }))
  await rename(beside, out)
}

async function pour(bom: string, text: AsyncIterable<string>, to: NodeJS.WritableStream): Promise<void> {
  const pieces = async function* () {
    if (bom) yield bom
    yield* text
  }
  try {
    await pipeline(Readable.from(pieces()), to, { end: to !== process.stdout })
  } catch (error) {
    // Whoever reads standard output may stop before the end.
    if (to !== process.stdout || (error as { code?: string }).code !== 'EPIPE') throw error
  }
}
