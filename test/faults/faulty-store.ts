import { CommandIdReused, Conflict, OutcomeUnknown, TooLarge, Unavailable } from '../../src/store/errors.ts'
import type { Appended, CaughtUp, EventStore, RecordedEvent } from '../../src/store/port.ts'

/** How a call fails: before it did anything, or after all of it was done and only the answer is lost. */
export type Strike = { when: 'before' | 'after'; error: Error }
/** What befalls the n-th call of the store (from 1); undefined lets it pass. */
export type Plan = (call: number, method: Method) => Strike | undefined
export type Method = 'append' | 'read' | 'readAll' | 'subscribe' | 'findCommand'

/** Every way in which a store says that it failed, and one that no store announces. */
export const FAILURES: Readonly<Record<string, () => Error>> = {
  Unavailable: () => new Unavailable(new Error('disk I/O error')),
  OutcomeUnknown: () => new OutcomeUnknown(new Error('connection lost')),
  Conflict: () => new Conflict('coop-yangguang', 1, 2),
  CommandIdReused: () => new CommandIdReused('coop-yangguang', 'c1'),
  TooLarge: () => new TooLarge(524_289, 524_288, 'bytes'),
  Unforeseen: () => new TypeError('socket is undefined'),
}

/** The n-th call fails; with `forever`, so does every later one. */
export function nthCall(n: number, strike: Strike, forever: boolean): Plan {
  return call => (call === n || (forever && call > n) ? strike : undefined)
}

/** A store whose calls fail as planned: a decorator over any other. */
export class FaultyStore implements EventStore {
  readonly #inner: EventStore
  #plan: Plan | undefined
  #calls = 0
  #fired = 0

  constructor(inner: EventStore) {
    this.#inner = inner
  }

  /** Starts counting calls anew, under this plan. */
  arm(plan: Plan): void {
    this.#plan = plan
    this.#calls = 0
    this.#fired = 0
  }

  /** Lets every call pass again; says how many failed since it was armed. */
  heal(): number {
    this.#plan = undefined
    return this.#fired
  }

  append(...given: Parameters<EventStore['append']>): Promise<Appended> {
    return this.#call('append', () => this.#inner.append(...given))
  }

  findCommand(stream: string, commandId: string): Promise<RecordedEvent[]> {
    return this.#call('findCommand', () => this.#inner.findCommand(stream, commandId))
  }

  read(...given: Parameters<EventStore['read']>): AsyncIterable<RecordedEvent> {
    return this.#pages('read', () => this.#inner.read(...given))
  }

  readAll(...given: Parameters<EventStore['readAll']>): AsyncIterable<RecordedEvent> {
    return this.#pages('readAll', () => this.#inner.readAll(...given))
  }

  subscribe(...given: Parameters<EventStore['subscribe']>): AsyncIterable<RecordedEvent | CaughtUp> {
    return this.#pages('subscribe', () => this.#inner.subscribe(...given))
  }

  async #call<T>(method: Method, work: () => Promise<T>): Promise<T> {
    const strike = this.#strike(method)
    if (strike?.when === 'before') throw strike.error
    const answer = await work()
    if (strike) throw strike.error
    return answer
  }

  // A reading that fails "after" has given everything when it breaks off.
  async *#pages<T>(method: Method, work: () => AsyncIterable<T>): AsyncGenerator<T> {
    const strike = this.#strike(method)
    if (strike?.when === 'before') throw strike.error
    yield* work()
    if (strike) throw strike.error
  }

  #strike(method: Method): Strike | undefined {
    this.#calls += 1
    const strike = this.#plan?.(this.#calls, method)
    if (strike) this.#fired += 1
    return strike
  }
}
