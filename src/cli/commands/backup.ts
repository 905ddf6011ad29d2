import { Command } from 'commander'
import { makeBackup } from '../backup.ts'
import { type Common, common } from '../options.ts'
import { print, printJson } from '../output.ts'

type Options = Common & { out: string }

const HELP = `
可以在 serve 运行时做。写出两个文件：
  FILE       账本和报表数据，带着各组织的末条指纹，已核对哈希链
  FILE.keys  密钥和个人资料：另外存放，保存期短些
attachments/ 里是凭证附件和银行对账单，按内容存放，几份备份共用。
旁边的 forgotten.ndjson 是遗忘名单，只增不减，要和备份一起保存。`

/** `backup`: a checked copy of a data directory, made while it is in use. */
export function backupCommand(): Command {
  return common(new Command('backup'))
    .description('在线备份：账本一份，密钥和个人资料另一份')
    .requiredOption('--out <FILE>', '备份文件，不能已存在')
    .addHelpText('after', HELP)
    .action(async ({ data, out, json }: Options) => {
      const made = await makeBackup(data, out, () => new Date().toISOString())
      const { file, keys, heads, missing } = made
      if (json) return printJson(made)
      const lines = [`已备份并核对：${file}`, `密钥和个人资料：${keys}`, ...Object.entries(heads).map(headLine)]
      print([...lines, ...absent(missing)].join('\n'))
    })
}

/** What is said of files that could not be taken along. */
export const absent = (missing: readonly string[]): string[] =>
  missing.length === 0 ? [] : [`注意：有 ${missing.length} 份附件缺失或损坏（verify 会逐份列出），其余都已带上。`]

/** One line a co-op, to be kept on paper: `restore --head` takes it. */
function headLine([stream, { revision, hash }]: [string, { revision: number; hash: string }]): string {
  return `${stream.replace(/^coop-/, '')}  第 ${revision} 号  指纹 ${hash}`
}
