import { statfsSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Office } from '../office.ts'
import { fileBlobs } from '../store/blobs-node.ts'
import { isDatabaseFault } from '../store/sql.ts'
import { type NodeSql, openNodeSql } from '../store/sql-node.ts'
import { openAccess } from './access-node.ts'
import { createApp } from './app.ts'
import { loadAssets } from './assets-node.ts'
import { nodeDrawing } from './drawing-node.ts'

export type ServeOptions = {
  /** The data directory: its `access.json` holds the hash of the operator's access code. */
  directory: string
  /** 0 takes any free port. */
  port: number
  host?: string
  /** Public address without a trailing slash, when a proxy with TLS stands before this server. */
  origin?: string
  onFault?: (error: unknown) => void
}

export type Serving = {
  /** `http://127.0.0.1:8080` */
  url: string
  port: number
  /** The operator's access code, only when it was made just now: show it, it is kept nowhere. */
  code?: string
  /** Takes no new requests, lets the running ones end (at most 10 s), and returns; the office stays open. */
  close(): Promise<void>
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const HEADERS_MS = 10_000
const REQUEST_MS = 60_000
const CLOSE_MS = 10_000
const IDLE_MS = 50
const ENOUGH_DISK = 200 * 1024 * 1024

/** Serves an office over HTTP until closed; rejects when the port is taken. */
export async function serve(office: Office, options: ServeOptions): Promise<Serving> {
  const { directory, port, host = '127.0.0.1', origin, onFault } = options
  const { access, code } = await openAccess(directory)
  const sessions = openSessions(directory, onFault)
  const app = createApp(office, {
    access,
    sessions,
    assets: loadAssets(),
    drawing: nodeDrawing(),
    blobs: fileBlobs(directory),
    addressOf: c => getConnInfo(c).remote.address ?? 'unknown',
    checks: () => diskFaults(directory),
    ...hostsOf(host, origin),
    ...(origin === undefined ? {} : { origin }),
    ...(onFault === undefined ? {} : { onFault }),
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.headersTimeout = HEADERS_MS
  server.requestTimeout = REQUEST_MS
  await listening(server, port, host).catch((error: unknown) => {
    sessions.close()
    throw error
  })
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  return { url, port: bound, ...(code === undefined ? {} : { code }), close: () => closed(server).then(sessions.close) }
}

// A file of its own: sessions are no facts, and no backup is to bring an ended one back. They are not worth refusing to
// serve for: where the file cannot be used, they live as long as the program.
function openSessions(directory: string, onFault?: (error: unknown) => void): NodeSql {
  try {
    return openNodeSql(join(directory, 'sessions.db'), { secureDelete: true })
  } catch (error) {
    if (!isDatabaseFault(error)) throw error
    onFault?.(error)
    return openNodeSql(':memory:')
  }
}

// A server of this machine alone answers to its own names only: no other site can be pointed at it by its name server.
function hostsOf(host: string, origin: string | undefined): { hosts?: string[] } {
  if (!LOOPBACK.includes(host) && host !== '::1') return {}
  return { hosts: origin === undefined ? LOOPBACK : [...LOOPBACK, new URL(origin).hostname] }
}

function diskFaults(directory: string): string[] {
  const { bavail, bsize } = statfsSync(directory)
  const free = bavail * bsize
  return free < ENOUGH_DISK ? [`磁盘只剩 ${Math.floor(free / 1024 / 1024)} MB，请腾出空间。`] : []
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise(resolve => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS)
    // A connection that was answering is kept alive afterwards, and is idle only then.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS)
    server.close(() => {
      clearTimeout(late)
      clearInterval(idle)
      resolve()
    })
  })
}
