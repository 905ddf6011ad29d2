import { Command } from 'commander'
import { type Common, common } from '../options.ts'
import { print, printJson, remark } from '../output.ts'
import { type Finding, verifyDirectory } from '../verify.ts'

type Options = Common & { log?: boolean }

/** Exit code when something is not as it was written. */
const FOUND = 2

/** `verify`: checks the log's chains, and every read model against a rebuild; changes nothing. */
export function verifyCommand(): Command {
  return common(new Command('verify'))
    .description('核对账本的哈希链、原始文件，并把报表数据与重建的结果比对（只读）')
    .option('--log', '只核对账本')
    .addHelpText('after', '\n退出码：0 全部相符；2 有问题，指出第一条有问题的事件；1 无法核对。')
    .action(async ({ data, log = false, json }: Options) => {
      const { events, heads, finding } = await verifyDirectory(data, { logOnly: log, files: !log })
      if (json) printJson({ ok: finding === undefined, events, heads, ...(finding ? { finding } : {}) })
      if (finding) {
        if (!json) remark(told(finding))
        process.exitCode = FOUND
        return
      }
      if (!json) print(`账本完好：${events} 条事件，哈希链${log ? '' : '、全部报表数据和原始文件'}核对相符。`)
    })
}

function told(finding: Finding): string {
  if (finding.kind === 'projection')
    return `报表数据与账本不符：表 ${finding.table}：${finding.reason}\n请运行 rebuild 重建。`
  if (finding.kind === 'document') {
    const { coop, where, hash, reason } = finding
    return `${coop} ${where} 的原始文件 ${hash} ${reason}。\n请从备份里取回 attachments 中的同名文件。`
  }
  const { stream, revision, position, recordedAt, date, voucher, reason } = finding
  const facts = [
    `账本 ${stream || '（不明）'}`,
    `修订号 ${revision}`,
    `位置 ${position}`,
    ...(recordedAt ? [`记录于 ${recordedAt}`] : []),
    ...(date ? [`日期 ${date}`] : []),
    ...(voucher ? [`凭证 ${voucher}`] : []),
  ]
  return `账本有问题，第一条是：${facts.join('，')}\n原因：${reason}\n请勿继续记账，用备份恢复。`
}
