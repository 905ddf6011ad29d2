import { join } from 'node:path'
import { Command } from 'commander'
import { pino } from 'pino'
import { serve } from '../../http/serve-node.ts'
import type { Office } from '../../office.ts'
import { isCaughtUp } from '../../store/port.ts'
import { noteHead } from '../heads.ts'
import { opened } from '../offices.ts'
import { type Common, common, wholeNumber } from '../options.ts'
import { print, printJson, remark } from '../output.ts'

type Options = Common & { port: number; host: string; origin?: string }

export const PORT = 8080

/** Milliseconds a node waits at its start until it has read the log on the server; then it serves what it has. */
const PATIENCE = 10_000
/** Milliseconds after which requests still on their way do not wait for the server any longer. */
const GRACE = 3_000

const HELP = `
设了环境变量 EVENTSTORE_URL（esdb://用户:密码@主机:2113?tls=true）就是集群的一个节点：账记在服务器上，
目录里是它的副本，可以有几个节点同时记账，每个节点用自己的目录。网址里的 prefix=名字- 把几本账分开。
其他写账的命令也一样；只看不写的命令（report、statement、export、verify、backup）用目录里的副本，不连服务器。`

/** `serve`: the pages and the HTTP interface of a data directory; an empty one begins an empty ledger. */
export function serveCommand(): Command {
  return common(new Command('serve'))
    .description('启动网页和接口；空目录就是一本新账')
    .option('--port <N>', '端口，0 表示任选一个空闲的', wholeNumber(0, 65_535), PORT)
    .option('--host <HOST>', '监听地址', '127.0.0.1')
    .option('--origin <URL>', '对外的网址（前面有代理时）')
    .addHelpText('after', HELP)
    .action(async (options: Options) => {
      const log = pino(pino.destination(2))
      const office = await opened(options.data, cause => log.warn(cause))
      if (office.node && !(await office.node.caughtUp(PATIENCE))) remark(office.node.faults().join('\n'))
      await serveUntilStopped(office, options)
    })
}

/** Serves an office until the process is told to stop, then closes both; prints the address and a new access code. */
export async function serveUntilStopped(
  office: Office,
  { data, port, host = '127.0.0.1', origin, json }: Omit<Options, 'host'> & { host?: string },
): Promise<void> {
  const stopped = new AbortController()
  try {
    const log = pino(pino.destination(2))
    const onFault = (error: unknown) => log.error(error)
    const serving = await serve(office, { directory: data, port, host, onFault, ...(origin ? { origin } : {}) })
    const signal = new Promise<void>(resolve => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
    })
    const noted = noteHeads(office, data, stopped.signal).catch(onFault)
    const { url, code } = serving
    if (json) printJson({ url, ...(code ? { code } : {}) })
    else print([`打开 ${url}`, accessLine(data, code), '按 Ctrl+C 停止。'].join('\n'))
    await signal
    const cut = setTimeout(() => void office.node?.leave(), GRACE)
    await serving.close()
    clearTimeout(cut)
    stopped.abort()
    await noted
  } finally {
    await office.close()
  }
}

function accessLine(directory: string, code: string | undefined): string {
  if (code) return `访问码：${code}（只显示这一次，请记下）`
  return `访问码在第一次启动时已给出；忘记了就删掉 ${join(directory, 'access.json')} 再启动，会给一个新的。`
}

// Every publication, from whatever face, is noted outside the log.
async function noteHeads(office: Office, directory: string, signal: AbortSignal): Promise<void> {
  const last = office.sql.get<{ last: number }>('SELECT ifnull(max(position), 0) AS last FROM events')
  for await (const item of office.store.subscribe({ after: last?.last ?? 0, signal })) {
    if (!isCaughtUp(item) && item.type === 'DisclosurePublished')
      noteHead(directory, office, item.stream.slice('coop-'.length))
  }
}
