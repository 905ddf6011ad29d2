import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command } from 'commander'
import { journalCsv, journalHledger, journalNdjson } from '../../ledger/export-journal.ts'
import { streamOf } from '../../ledger/ledger.ts'
import type { Office } from '../../office.ts'
import { knownCoop } from '../coops.ts'
import { reading } from '../offices.ts'
import { type Common, common, ofCoop, oneOf } from '../options.ts'

type Options = Common & { coop: string; format: 'hledger' | 'csv' | 'ndjson'; out?: string; excel?: boolean }

const HELP = `
从账本（不是报表）逐条读出：
  hledger  每张凭证一笔交易；科目名以代码开头，如“102 银行存款:基本户”，币种 CNY，资金和往来单位是标签
  csv      列与 import vouchers 相同；红字凭证是负数
  ndjson   每行一条事件连同它的哈希，data 再写成 JSON 就是入链的原文
期初余额的日期写作建账日的前一天，与余额表的“期初”一致。`

/** `export journal`: the books for another program. */
export function exportCommand(): Command {
  const command = new Command('export').description('导出给别的程序用')
  const journal = ofCoop(common(new Command('journal'))).description('导出全部凭证')
  journal.requiredOption('--format <FORMAT>', 'hledger、csv 或 ndjson', oneOf('hledger', 'csv', 'ndjson'))
  journal.option('--out <FILE>', '写到文件（默认写到标准输出）').option('--excel', 'CSV 前加 BOM，供表格软件打开')
  journal.addHelpText('after', HELP)
  command.addCommand(
    journal.action((options: Options) => reading(options.data, office => exportJournal(office, options))),
  )
  return command
}

async function exportJournal(office: Office, { coop, format, out, excel }: Options): Promise<void> {
  const { name } = knownCoop(office, coop)
  const events = office.store.read(streamOf(coop))
  const text =
    format === 'ndjson'
      ? journalNdjson(events)
      : format === 'csv'
        ? journalCsv(events, office.codec)
        : journalHledger(events, office.codec, `${name}（${coop}）`)
  const bom = excel && format === 'csv' ? '\ufeff' : ''
  if (!out) return pour(bom, text, process.stdout)
  const beside = `${out}.${process.pid}.part`
  await pour(bom, text, createWriteStream(beside))
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
