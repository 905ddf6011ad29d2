import { readFileSync } from 'node:fs'
import { request as insecure } from 'node:http'
import { request as secure } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { hasEnded, killProcess, listenerOn, type ServerProcess, startAgain } from '../../support/server-process.ts'

const PATIENCE_MS = 60_000

const gossipSchema = z.object({
  members: z.array(z.object({ state: z.string(), isAlive: z.boolean(), httpEndPointPort: z.number() })),
})
type Members = z.infer<typeof gossipSchema>['members']

/** The nodes of a cluster that all run on this machine, found by the ports of its connection string. */
export class LocalCluster {
  readonly nodes: readonly LocalNode[]

  constructor(nodes: readonly LocalNode[]) {
    this.nodes = nodes
  }

  /** The node that leads, once a living one does. */
  async leader(): Promise<LocalNode> {
    for (const since = performance.now(); performance.now() - since < PATIENCE_MS; await pause(100)) {
      for (const node of this.nodes) {
        const leader = (await node.gossip()).find(({ state, isAlive }) => isAlive && state === 'Leader')
        const found = this.nodes.find(({ port, runs }) => runs && port === leader?.httpEndPointPort)
        if (found) return found
      }
    }
    throw new Error('no node leads the cluster')
  }

  /**
   * Resolves when every node sees every node alive, one leading and the others following. A node that ends by itself is
   * started again: that is what one does that led and finds it has written what no other took.
   */
  async whole(): Promise<void> {
    const states = ['Leader', ...this.nodes.slice(1).map(() => 'Follower')]
    for (const since = performance.now(); performance.now() - since < PATIENCE_MS; await pause(100)) {
      for (const node of this.nodes) node.start()
      const views = await Promise.all(this.nodes.map(node => node.gossip()))
      const alive = views.map(members => members.filter(({ isAlive }) => isAlive).map(({ state }) => state))
      if (alive.every(seen => seen.sort().reverse().join() === [...states].sort().reverse().join())) return
    }
    throw new Error('the cluster does not become whole again')
  }
}

/** One node: its address and its process. */
export class LocalNode {
  readonly port: number
  /** The connection string of this node alone. */
  readonly url: string
  runs = true
  #process: ServerProcess
  readonly #origin: string
  readonly #ca: string | undefined

  constructor(url: string, host: string, process: ServerProcess) {
    const query = new URLSearchParams(url.split('?')[1])
    const caFile = query.get('tlsCAFile')
    this.port = portOf(host)
    this.url = url.replace(hostsOf(url), host)
    this.#process = process
    this.#origin = `${query.get('tls') === 'false' ? 'http' : 'https'}://${host}`
    this.#ca = caFile === null ? undefined : readFileSync(caFile, 'utf8')
  }

  async kill(): Promise<void> {
    this.runs = false
    await killProcess(this.#process)
  }

  /** Starts it again if it has ended. */
  start(): void {
    if (hasEnded(this.#process)) this.#process = startAgain(this.#process, this.#log)
    this.runs = true
  }

  /** Stops its process where it is; it neither answers nor closes anything. */
  freeze(): void {
    this.runs = false
    process.kill(this.#process.pid, 'SIGSTOP')
  }

  thaw(): void {
    process.kill(this.#process.pid, 'SIGCONT')
    this.runs = true
  }

  /** What this node knows of the cluster's members; nothing while it does not answer. */
  gossip(): Promise<Members> {
    const { promise, resolve } = Promise.withResolvers<Members>()
    const request = this.#origin.startsWith('https') ? secure : insecure
    const options = { ...(this.#ca ? { ca: this.#ca } : {}), timeout: 1000, headers: { accept: 'application/json' } }
    const call = request(`${this.#origin}/gossip`, options, async answer => {
      const text = (await answer.setEncoding('utf8').toArray()).join('')
      resolve(gossipSchema.parse(JSON.parse(text)).members)
    })
    call.on('timeout', () => call.destroy(new Error('no answer')))
    call.on('error', () => resolve([]))
    call.end()
    return promise
  }

  get #log(): string {
    return join(tmpdir(), `eventstoredb-${this.port}.log`)
  }
}

/** The cluster a connection string names, if it has three nodes or more and this process may see and end them all. */
export function localCluster(url: string): LocalCluster | undefined {
  const hosts = hostsOf(url).split(',')
  if (hosts.length < 3 || !hosts.every(host => /^(localhost|127\.0\.0\.1|node\d):\d+$/.test(host))) return undefined
  const nodes = hosts.flatMap(host => {
    const found = listenerOn(portOf(host))
    return found ? [new LocalNode(url, host, found)] : []
  })
  return nodes.length === hosts.length ? new LocalCluster(nodes) : undefined
}

const hostsOf = (url: string): string => /^esdb(?:\+discover)?:\/\/(?:[^@/]+@)?([^/?]+)/.exec(url)?.[1] ?? ''
const portOf = (host: string): number => Number(host.split(':')[1])
