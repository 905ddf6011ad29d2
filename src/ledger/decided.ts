import { hash } from 'node:crypto'
import { shanghaiDay } from '../domain/calendar.ts'
import type { CommandName } from '../domain/commands.ts'
import { decide } from '../domain/coop.ts'
import { Refused } from '../domain/refusal.ts'
import { evolve } from '../domain/state.ts'
import { type Codec, headAfter } from '../store/codec.ts'
import type { NewEvent } from '../store/port.ts'
import type { Coop } from './coops.ts'
import type { Request } from './request.ts'
import { sealBody } from './seal.ts'
import type { Vault } from './vault.ts'

/** What one command came to: its events, and where they are to go. */
export type Decided = { events: NewEvent[]; commandId: string; stream: string; expected: number }

type Deciding = {
  ports: { codec: Codec; vault: Vault; now: () => string }
  coop: Pick<Coop, 'state' | 'head'>
  stream: string
  inputHash: string
  demo: boolean
}

/** Decides a command whose body is parsed, and moves the co-op on; throws Refused or VaultError. */
export function decideOne(
  { ports, coop, stream, inputHash, demo }: Deciding,
  request: Request,
  body: unknown,
): Decided {
  const { codec, vault } = ports
  const name = request.name as CommandName
  const sealed = sealBody(vault, name, body as Record<string, unknown>, demo)
  const now = ports.now()
  const today = shanghaiDay(now < coop.head.recordedAt ? coop.head.recordedAt : now)
  const context = { coop: request.coop, today, actor: request.actor, revision: coop.head.revision, sha256 }
  const decision = decide(coop.state, name, sealed, context)
  if ('refusal' in decision) throw new Refused(decision.refusal)
  const drafts = decision.events.map(({ type, data }) => ({ type, payload: data }))
  const { actor, commandId } = request
  const events = codec.seal(coop.head, { stream, now, actor, commandId, inputHash }, drafts)
  const expected = coop.head.revision
  for (const event of decision.events) evolve(coop.state, event)
  coop.head = headAfter(events.at(-1)!)
  return { events, commandId, stream, expected }
}

const sha256 = (text: string): string => hash('sha256', text, 'hex')
