import { join } from 'node:path'
import { Command } from 'commander'
import { pino } from 'pino'
import { serve } from '../../http/serve-node.ts'
import type { Office } from '../../office.ts'
import { openOffice } from '../../office-node.ts'
import { isCaughtUp } from '../../store/port.ts'
import { noteHead } from '../heads.ts'
import { type Common, common, wholeNumber } from '../options.ts'
import { print, printJson } from '../output.ts'

type Options = Common & { port: number; host: string; origin?: string }

export const PORT = 8080

/** `serve`: the pages and the HTTP interface of a data directory; an empty one begins an empty ledger. */
export function serveCommand(): Command {
  return common(new Command('serve'))
    .description('启动网页和接口；空目录就是一本新账')
    .option('--port <N>', '端口，0 表示任选一个空闲的', wholeNumber(0, 65_535), PORT)
    .option('--host <HOST>', '监听地址', '127.0.0.1')
    .option('--origin <URL>', '对外的网址（前面有代理时）')
    .action((options: Options) => serveUntilStopped(openOffice(options.data), options))
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
    await serving.close()
    stopped.abort()
    await noted
  } finally {
    office.close()
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
