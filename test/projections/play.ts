import type { ProjectedEvent } from '../../projections/projection.ts'
import { type CommandName, commands } from '../../src/domain/commands.ts'
import { decide } from '../../src/domain/coop.ts'
import { catalogue } from '../../src/domain/events.ts'
import { type CoopState, emptyCoop, evolve } from '../../src/domain/state.ts'
import { sha256 } from './fixture.ts'

/** Plays commands through the domain's own decisions and keeps the events, as the ledger would record them. */
export class Play {
  readonly events: ProjectedEvent[] = []
  readonly #coops = new Map<string, { state: CoopState; revision: number }>()
  coop = 'sun'
  today = '2025-01-01'

  /** Gives a command that `reviewer` has looked at; '' for nobody yet, so that it may have to wait. */
  do(name: CommandName, body: Record<string, unknown>, reviewer = 'M00001'): ProjectedEvent[] {
    const spec = commands[name]
    const coop = this.#coops.get(this.coop) ?? { state: emptyCoop(), revision: -1 }
    this.#coops.set(this.coop, coop)
    const { today, coop: code } = this
    const asked = { today, actor: 'M00001 via test', reviewer }
    const context = { ...asked, revision: coop.revision, sha256, coop: code }
    const decision = decide(coop.state, name, (spec.sealed ?? spec.schema).parse(body), context)
    if ('refusal' in decision) throw new Error(`${name}: ${decision.refusal.code} ${decision.refusal.message}`)
    return decision.events.map(({ type, data }) => {
      catalogue[type]?.schema.parse(data)
      const position = this.events.length + 1
      coop.revision += 1
      evolve(coop.state, { type, data } as ProjectedEvent)
      const recorded = {
        recordedAt: `${this.today}T02:00:00.000Z`,
        hash: sha256(`${position}`),
        commandId: `c${position}`,
      }
      const { revision } = coop
      const event = { coop: this.coop, type, data, revision, position, ...recorded, actor: 'M00001 via test' }
      this.events.push(event as ProjectedEvent)
      return event as ProjectedEvent
    })
  }
}
