import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'
import { COOP, NOW } from './core.ts'

/** A folder of its own for a file of tests, removed by `gone`. */
export function folder(): { path: (...parts: string[]) => string; gone: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-durable-'))
  return {
    path: (...parts) => join(directory, ...parts),
    gone: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Opens a data directory for one piece of work and closes it. */
export async function working<T>(directory: string, work: (office: Office) => Promise<T> | T, now = NOW): Promise<T> {
  const office = openOffice(directory, { now: () => now })
  try {
    return await work(office)
  } finally {
    office.close()
  }
}

/** Gives one command to a co-op; a refusal fails the test. */
export async function give(office: Office, name: string, body: unknown, commandId: string, coop = COOP): Promise<void> {
  const answer = await office.ledger.execute({ coop, name, body, actor: '会计 via test', commandId })
  if ('refusal' in answer) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
}

/** Appends an event as a later version of the program will decide it: sealed and chained like every other. */
export async function record(office: Office, type: string, payload: unknown, commandId: string): Promise<void> {
  const head = await office.ledger.head(COOP)
  const context = { stream: `coop-${COOP}`, now: NOW, actor: '会计 via test', commandId, inputHash: '0'.repeat(64) }
  const events = office.codec.seal(head, context, [{ type, payload }])
  await office.store.append(context.stream, head.revision, events, { commandId })
}
