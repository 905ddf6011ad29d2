import { hash } from 'node:crypto'
import { shanghaiDay } from '../domain/calendar.ts'
import { type CommandName, commands } from '../domain/commands.ts'
import { decide } from '../domain/coop.ts'
import type { Refusal } from '../domain/refusal.ts'
import { type CoopState, evolve } from '../domain/state.ts'
import type { EventStore } from '../store/port.ts'
import { type Ledger, type Request, streamOf } from './ledger.ts'
import type { Vault } from './vault.ts'

/** What an import works with. */
export type ImportPorts = {
  ledger: Pick<Ledger, 'state' | 'head' | 'executeTogether'>
  store: EventStore
  vault: Vault
  now: () => string
  /** Enrols persons by name alone, where other nodes have to know them as well. */
  node?: { enrol(names: readonly string[]): Promise<string[]> }
}

export type ImportOptions = {
  coop: string
  bytes: Uint8Array
  actor: string
  /** Check everything and say what would happen, writing nothing at all. */
  dryRun: boolean
  /** Whether the ledger is a demonstration. */
  demo: boolean
  /** Told when a stage is done: read, checked, ready to be decided, booked (of STAGES). */
  onStage?: (done: number) => void
}

export const STAGES = 4

/** What an import did; `importedAt` (UTC) when the same file is in the ledger already and nothing was written. */
export type Imported = {
  dryRun: boolean
  encoding: string
  source: string
  rows: number
  events: number
  importedAt?: string
  warnings: string[]
}

/** The name a file goes by in the ledger: the beginning of its SHA-256, so that the same file is known again. */
export const sourceOf = (bytes: Uint8Array): string => `csv-${hash('sha256', bytes, 'hex').slice(0, 24)}`

/** The id of the nth command an import makes of a file. */
export const importId = (source: string, kind: string, n: number): string => `import-${kind}-${source}-${n}`

/** When this file was imported into the co-op, if it was: a UTC instant. */
export async function importedBefore(
  { store }: ImportPorts,
  coop: string,
  source: string,
  kind: string,
): Promise<string | undefined> {
  const [first] = await store.findCommand(streamOf(coop), importId(source, kind, 1))
  return first?.recordedAt
}

/** Books the commands of one file, all or none; on a dry run decides them on a copy of the state and stores nothing. */
export async function carryOut(
  ports: ImportPorts,
  requests: readonly Request[],
  dryRun: boolean,
): Promise<{ events: number } | { refusal: Refusal }> {
  if (dryRun) return rehearse(ports, requests)
  const answers = await ports.ledger.executeTogether(await notYetBooked(ports, requests))
  let events = 0
  for (const answer of answers) {
    if ('refusal' in answer) return answer
    events += answer.events.length
  }
  return { events }
}

// A very large file is stored in several transactions; if the power fails between two, the next try goes on from there.
async function notYetBooked({ store }: ImportPorts, requests: readonly Request[]): Promise<Request[]> {
  const left: Request[] = []
  for (const request of requests) {
    const booked = await store.findCommand(streamOf(request.coop), request.commandId)
    if (booked.length === 0) left.push(request)
  }
  return left
}

/** The business day of now in Shanghai. */
export const todayOf = ({ now }: ImportPorts): string => shanghaiDay(now())

async function rehearse(
  ports: ImportPorts,
  requests: readonly Request[],
): Promise<{ events: number } | { refusal: Refusal }> {
  const coop = requests[0]?.coop ?? ''
  const state: CoopState = structuredClone(await ports.ledger.state(coop))
  const { revision } = await ports.ledger.head(coop)
  const sha256 = (text: string): string => hash('sha256', text, 'hex')
  let events = 0
  for (const { name, body, actor } of requests) {
    const parsed = commands[name as CommandName].schema.parse(body)
    const context = { coop, today: todayOf(ports), actor, revision: revision + events, sha256 }
    const decision = decide(state, name as CommandName, parsed, context)
    if ('refusal' in decision) return decision
    for (const event of decision.events) evolve(state, event)
    events += decision.events.length
  }
  return { events }
}
