import type { CoopEvent } from '../domain/events.ts'
import { type CoopState, evolve } from '../domain/state.ts'
import { headAfter } from '../store/codec.ts'
import type { Head, NewEvent } from '../store/port.ts'
import type { Answer } from './request.ts'

/** A co-op as decisions see it, what is not yet durable included. */
export type Coop = {
  state: CoopState
  head: Head
  recent: Map<string, Running>
  /** Over when every append begun so far is; never rejects. */
  pending: Promise<unknown>
  /** Whether one of them failed: then this state never came to be. */
  failed: boolean
}
/** A command that was given here lately, by its id. */
export type Running = { inputHash: string; answers: Promise<Answer[]> }

const REMEMBERED = 2000

/** The co-ops a process has in memory, each folded once. */
export class Coops {
  readonly #fold: (code: string) => Promise<Pick<Coop, 'state' | 'head'>>
  readonly #loads = new Map<string, Promise<Coop>>()
  readonly #loaded = new Map<string, Coop>()

  constructor(fold: (code: string) => Promise<Pick<Coop, 'state' | 'head'>>) {
    this.#fold = fold
  }

  /** The co-op of that code, folded if it is not in memory. */
  load(code: string): Promise<Coop> {
    const known = this.#loads.get(code)
    if (known) return known
    const loading = this.#fold(code).then(folded => {
      const coop: Coop = { ...folded, recent: new Map(), pending: Promise.resolve(), failed: false }
      if (this.#loads.get(code) === loading) this.#loaded.set(code, coop)
      return coop
    })
    this.#loads.set(code, loading)
    loading.catch(() => this.drop(code))
    return loading
  }

  /** Forgets a co-op: it will be folded again. */
  drop(code: string): void {
    this.#loads.delete(code)
    this.#loaded.delete(code)
  }

  /** Takes up what was recorded elsewhere; a co-op that cannot go on from it is folded again. */
  heard(code: string, event: NewEvent): void {
    const coop = this.#loaded.get(code)
    if (coop && coop.head.revision >= event.revision) return
    if (coop?.head.hash === event.previousHash) {
      evolve(coop.state, { type: event.type, data: event.payload } as CoopEvent)
      coop.head = headAfter(event)
    } else this.drop(code)
  }
}

/** Keeps a command's answer for whoever gives it again while it runs or soon after. */
export function remember({ recent }: Coop, commandId: string, running: Running): void {
  recent.set(commandId, running)
  if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value!)
}

/** Notes an append that has begun. */
export function begun(coop: Coop, appending: Promise<unknown>): void {
  coop.pending = Promise.allSettled([coop.pending, appending])
}
