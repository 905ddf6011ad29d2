import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { READ_MODELS } from '../../projections/read-models.ts'
import { rebuild } from '../../projections/runner.ts'
import type { Answer } from '../../src/ledger/ledger.ts'
import type { Office } from '../../src/office.ts'
import { type ClusterPorts, openClusterOffice } from '../../src/office-cluster.ts'
import { serverAddress } from '../../src/store/eventstoredb-url.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { StandIn } from '../store/eventstoredb/stand-in.ts'
import { ACTOR, type Step } from '../support/coop.ts'
import { COOP, START } from '../support/ledger.ts'
import { realServer } from '../support/real-server.ts'

/** A server for one test, and a prefix nobody else uses on it. */
export type Server = { url: string; standIn?: StandIn }

/** Short times: what fails in a test is to fail soon. */
export const QUICK: ClusterPorts['server'] = { deadline: 800, persistence: 800, heartbeat: 400, backOff: [10, 100] }

/** The clock of the second node, which is not quite the first one's. */
const LATER = START.replace('00.000Z', '00.250Z')

let used = 0

/** The same server under a prefix that nobody else uses. */
export const withPrefix = (url: string): string => {
  const name = `t${Date.now().toString(36)}x${process.pid}x${used++}`
  return `${url}${url.includes('?') ? '&' : '?'}prefix=${name}-`
}

/** The servers every test here runs on: the stand-in, and a real one where there is one. */
export const SERVERS: readonly (readonly [string, () => Promise<Server>])[] = [
  ['the stand-in', standIn],
  ...(realServer === undefined
    ? []
    : [['a real server', async () => ({ url: withPrefix(realServer ?? '') })] as const]),
]

/** A stand-in that dies with the test. */
export async function standIn(): Promise<Server & { standIn: StandIn }> {
  const server = await new StandIn().start()
  onTestFinished(() => server.die())
  return { url: withPrefix(server.url), standIn: server }
}

export type TestNode = { office: Office; directory: string; troubles: unknown[]; close(): Promise<void> }

/** Opens a node on a server, in a directory of its own unless given, and closes it with the test. */
export async function node(
  server: Server,
  { directory, ...ports }: ClusterPorts & { directory?: string } = {},
): Promise<TestNode> {
  const at = directory ?? scratch()
  const troubles: unknown[] = []
  const onTrouble = (cause: unknown) => troubles.push(cause)
  const settings = { now: () => START, server: { ...QUICK, ...ports.server }, patience: 4_000, onTrouble, ...ports }
  const office = await openClusterOffice(at, serverAddress(server.url), settings)
  let open = true
  const close = async () => {
    if (open) await office.close()
    open = false
  }
  onTestFinished(close)
  return { office, directory: at, troubles, close }
}

/** Two nodes on one server that have both caught up. */
export async function twoNodes(server: Server): Promise<[TestNode, TestNode]> {
  const nodes: [TestNode, TestNode] = [await node(server), await node(server, { now: () => LATER })]
  for (const { office } of nodes) await office.node?.caughtUp(5_000)
  return nodes
}

/** A directory that is gone after the test. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-node-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Gives one command to a node. */
export function give(
  { office }: TestNode,
  name: string,
  body: unknown,
  commandId: string,
  coop = COOP,
): Promise<Answer> {
  return office.ledger.execute({ coop, name, body, actor: ACTOR, commandId })
}

/** Gives commands one after another; throws at the first refusal. */
export async function story(at: TestNode, steps: readonly Step[], coop = COOP): Promise<void> {
  for (const [name, body] of steps) {
    const answer = await give(at, name, body, `${coop}-${name}`, coop)
    if ('refusal' in answer) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
  }
}

/** Returns when every node has as many events as the one that has most. */
export async function level(...nodes: TestNode[]): Promise<void> {
  const counts = () => nodes.map(({ office }) => eventsIn(office))
  for (
    const since = performance.now();
    new Set(counts()).size > 1;
    await new Promise(resume => setTimeout(resume, 5))
  ) {
    if (performance.now() - since > 10_000) throw new Error(`the nodes have ${counts()} events`)
  }
}

const eventsIn = ({ sql }: Office): number =>
  sql.get<{ count: number }>('SELECT count(*) AS count FROM events')?.count ?? 0

const LOG_TABLES = /^(sqlite_|events$|streams$|event_types$|command_index$|log_|mirror_|lots?$)/

/** Every row of every read model, by table. */
export function readModels(sql: Office['sql']): Record<string, unknown[]> {
  const names = sql.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
  const tables = names.map(({ name }) => name).filter(name => !LOG_TABLES.test(name))
  return Object.fromEntries(tables.map(name => [name, sql.rows(`SELECT * FROM "${name}" ORDER BY 1, 2, 3`)]))
}

/** The same, filled anew from the node's log. */
export function rebuilt({ office }: TestNode): Record<string, unknown[]> {
  const sql = openNodeSql(':memory:')
  onTestFinished(() => sql.close())
  rebuild(sql, READ_MODELS, office.events())
  return readModels(sql)
}
