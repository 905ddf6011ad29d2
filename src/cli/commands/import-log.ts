import { Command, InvalidArgumentError } from 'commander'
import type { HeldHead } from '../../ledger/import-log.ts'
import { streamOf } from '../../ledger/ledger.ts'
import { importLog } from '../import-log.ts'
import { importLogToServer } from '../import-log-server.ts'
import { clusterAddress } from '../offices.ts'
import { type Common, common } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'

type Options = Common & { head: HeldHead[]; keys?: string }

const HELP = `
FILE.ndjson 由 export log（整本账）或 export journal --format ndjson（一个组织）写出。先把每一行的写法、次序和哈希链核对一遍，
有任何一行不对就指出那一行，什么也不写；全部无误才写进空的账本，一次写成。再导出得到的文件与原来的一字不差。
文件里的姓名等个人资料是密文。不带 --keys 时密钥没有跟来：姓名显示为已遗忘，成员码保留，不会再发给别人；
同一命令编号再提交会被拒绝（认不出原来的内容）。带上 backup 写出的 FILE.keys，这些都和原来一样。
设有 EVENTSTORE_URL 时写到服务器上：先停下各节点；连接中断时再运行一次，从断处接着写。`

/** `import log`: restores an exported log into an empty ledger, chain and all. */
export function importLogCommand(): Command {
  return common(new Command('log'))
    .description('把导出的日志恢复成账本（只能导入空的账本）')
    .argument('<FILE.ndjson>', 'export log 或 export journal --format ndjson 写出的文件')
    .option('--keys <FILE>', '个人资料的密钥（backup 写出的 FILE.keys）')
    .option('--head <CODE=HASH>', '手上有的指纹，日志必须到得了它（可以写几次）', held, [])
    .addHelpText('after', HELP)
    .action(async (file: string, { data, head, keys, json }: Options) => {
      const address = clusterAddress()
      if (address && keys !== undefined) {
        throw new CliError(
          'OnCluster',
          '设有 EVENTSTORE_URL：集群的密钥在服务器上，不能用 --keys；请先去掉它，导入一个单独的目录。',
        )
      }
      const read = address
        ? { ...(await importLogToServer(file, address, head)), known: 0 }
        : await importLog(file, data, { heads: head, ...(keys ? { keys } : {}) })
      const { events, heads, persons, known } = read
      const told = { events, coops: Object.keys(heads).length, heads, persons: persons.size, known }
      if (json) return printJson(told)
      const names = persons.size - known > 0 ? `；${persons.size - known} 人的姓名没有密钥，显示为已遗忘` : ''
      const where = address ? '服务器' : ` ${data} `
      print(`已导入到${where}并核对：${events} 条事件，${told.coops} 条哈希链${names}。`)
    })
}

function held(text: string, before: HeldHead[]): HeldHead[] {
  const [, coop, hash] = /^([^=]+)=([0-9a-f]{12,64})$/.exec(text) ?? []
  if (!coop || !hash) throw new InvalidArgumentError('要写成 编号=指纹，指纹至少 12 位小写十六进制。')
  return [...before, { stream: streamOf(coop), hash }]
}
