import type { CommandName } from '../../src/domain/commands.ts'
import type { Story } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

/** A business fact, what came before it, and the entry an accountant expects of it. */
export type Fact = { what: string; before: Story; command: readonly [CommandName, unknown]; entry: string }

/** `entry` is one line an account: 借 or 贷, the account, the amount, and 〔the fund〕 where there is one. */
export function fact(what: string, before: Story, command: Fact['command'], entry: string): Fact {
  const lines = entry.trim().split('\n')
  return { what, before: [ready, before], command, entry: lines.map(line => line.trim()).join('\n') }
}
