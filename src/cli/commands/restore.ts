import { Command, InvalidArgumentError } from 'commander'
import { clusterAddress } from '../offices.ts'
import { type Common, common } from '../options.ts'
import { CliError, print, printJson } from '../output.ts'
import { type HeldHead, restoreBackup } from '../restore.ts'
import { absent } from './backup.ts'

type Options = Common & { head: HeldHead[]; forgotten?: string }

/** `restore`: puts a backup into an empty directory. */
export function restoreCommand(): Command {
  return common(new Command('restore'))
    .description('把备份恢复到一个空目录')
    .argument('<FILE>', 'backup 写出的文件；旁边要有 FILE.keys')
    .option('--head <CODE=HASH>', '手上有的指纹，备份必须到得了它（可以写几次）', held, [])
    .option('--forgotten <FILE>', '遗忘名单（默认用备份旁边的 forgotten.ndjson）')
    .addHelpText('after', '\n恢复后要重新领访问码：第一次 serve 会给出新的。')
    .action(async (file: string, { data, head, forgotten, json }: Options) => {
      if (clusterAddress()) {
        throw new CliError(
          'OnCluster',
          '设有 EVENTSTORE_URL：集群的账本在服务器上，要用服务器自己的备份恢复；恢复成单独的账，请先去掉它。',
        )
      }
      const now = () => new Date().toISOString()
      const restored = await restoreBackup(file, data, { heads: head, now, ...(forgotten ? { forgotten } : {}) })
      if (json) printJson(restored)
      else {
        const again = restored.forgotten > 0 ? `，遗忘名单 ${restored.forgotten} 条已再次执行` : ''
        const done = `已恢复到 ${data} 并核对：${restored.events} 条事件（备份于 ${restored.madeAt}）${again}。`
        print([done, ...absent(restored.missing)].join('\n'))
      }
    })
}

function held(text: string, before: HeldHead[]): HeldHead[] {
  const [, coop, hash] = /^([^=]+)=([0-9a-f]{12,64})$/.exec(text) ?? []
  if (!coop || !hash) throw new InvalidArgumentError('要写成 编号=指纹，指纹至少 12 位小写十六进制。')
  return [...before, { coop, hash }]
}
