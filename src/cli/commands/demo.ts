import { Command } from 'commander'
import { openOffice } from '../../office-node.ts'
import { buildDemo, type Made } from '../demo.ts'
import { clusterAddress, holdsLedger } from '../offices.ts'
import { type Common, common, wholeNumber } from '../options.ts'
import { print, printJson, remark } from '../output.ts'
import { PORT, serveUntilStopped } from './serve.ts'

type Options = Common & { out?: string; once?: boolean; seed: number; port: number }

/** `demo`: a real community's year with invented persons: books, statements, disclosures; then serves them. */
export function demoCommand(): Command {
  return common(new Command('demo'), './demo-data')
    .description('演示：按真实社区的数字做出一年的账、对账单和两公开，然后打开网页')
    .option('--out <DIR>', '写到哪个目录（与 --data 同义）；已有账本就直接打开，不会改动')
    .option('--once', '写完就结束，不启动网页')
    .option('--seed <N>', '随机种子，同一种子得到同样的账', wholeNumber(0, 999_999_999), 1)
    .option('--port <N>', '网页端口', wholeNumber(0, 65_535), PORT)
    .action(async ({ out, data, once, seed, port, json }: Options) => {
      const directory = out ?? data
      if (clusterAddress()) remark('演示只写在目录里，不用 EVENTSTORE_URL 的服务器。')
      if (once || !holdsLedger(directory)) {
        const made = await buildDemo(directory, seed, `http://127.0.0.1:${port || PORT}`)
        if (json) printJson({ directory, ...made })
        else print(told(directory, made))
      } else if (!json) print(`${directory} 里已有账本，直接打开；要重做演示，请先删掉这个目录，或用 --out 换一个。`)
      if (!once) await serveUntilStopped(openOffice(directory), { data: directory, port, ...(json ? { json } : {}) })
    })
}

function told(directory: string, { coops, steps, files }: Made): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} 秒`
  return [
    `演示账本已写到 ${directory}（演示数据，人员均为虚构）：`,
    ...coops.map(({ code, name, events, statements, declared }) => {
      const paid = statements > 0 ? `，对账单 ${statements} 份，分红合计 ${declared} 元` : ''
      return `  ${name}（${code}）：${events} 条事件${paid}`
    }),
    `  共 ${files} 个文件，在 ${directory}/reports/ 下。`,
    '用时：',
    ...steps.map(({ what, ms }) => `  ${what} ${seconds(ms)}`),
    `  合计 ${seconds(steps.reduce((sum, { ms }) => sum + ms, 0))}`,
  ].join('\n')
}
