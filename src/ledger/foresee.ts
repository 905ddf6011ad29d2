import { hash } from 'node:crypto'
import { shanghaiDay } from '../domain/calendar.ts'
import type { CommandName } from '../domain/commands.ts'
import { type Decision, decide } from '../domain/coop.ts'
import { Refused } from '../domain/refusal.ts'
import type { Ledger, Request } from './ledger.ts'
import { parse } from './parse.ts'

type Ports = { ledger: Pick<Ledger, 'state' | 'head'>; now: () => string }

/**
 * What a command without personal data would do on the state of this moment, storing nothing: for work that has to be done
 * before the command is given, and not at all for one that is refused.
 */
export async function foresee(
  { ledger, now }: Ports,
  { coop, name, body, actor }: Omit<Request, 'commandId'>,
): Promise<Decision> {
  const state = await ledger.state(coop)
  const { revision } = await ledger.head(coop)
  const sha256 = (text: string): string => hash('sha256', text, 'hex')
  try {
    const context = { coop, today: shanghaiDay(now()), actor, revision, sha256 }
    return decide(state, name as CommandName, parse(name, body), context)
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal }
    throw error
  }
}
