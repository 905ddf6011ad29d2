/** An event as a client proposes it. */
export interface ProposedEvent {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** An event as the server holds it; positions are bytes into its log. */
export interface HeldEvent extends ProposedEvent {
  readonly stream: string
  readonly revision: number
  readonly position: number
}

/** What a client expects of a stream. */
export type Expected = number | 'any' | 'exists' | 'none'

export type Verdict =
  | { readonly verdict: 'stored'; readonly revision: number; readonly position: number }
  | { readonly verdict: 'moved'; readonly actual: number }
  | { readonly verdict: 'tooLarge'; readonly limit: number }
  | { readonly verdict: 'deleted' }

const maxAppendSize = 1024 * 1024

/** The log of the stand-in server: the rules by which a 23.10 server takes, recognises and refuses appends. */
export class StandInLog {
  readonly events: HeldEvent[] = []
  readonly #streams = new Map<string, HeldEvent[]>()
  readonly #tombstones = new Set<string>()
  readonly #listeners = new Set<() => void>()
  /** The system's own records come first, as on a real server, so that no client may count on position 1. */
  #end = 1000

  constructor() {
    this.#store('$settings', [{ id: 's', type: '$Settings', ...emptyBytes }])
  }

  stream(name: string): readonly HeldEvent[] | 'deleted' | undefined {
    return this.#tombstones.has(name) ? 'deleted' : this.#streams.get(name)
  }

  /** What of a stream is read: nothing before the revision that its metadata names. */
  readable(name: string): readonly HeldEvent[] | 'deleted' | undefined {
    const held = this.stream(name)
    const metadata = this.#streams.get(`$$${name}`)?.at(-1)
    if (!metadata || !held || held === 'deleted') return held
    const { $tb = 0 } = JSON.parse(Buffer.from(metadata.data).toString('utf8')) as { $tb?: number }
    return held.filter(({ revision }) => revision >= $tb)
  }

  tombstone(name: string): void {
    this.#tombstones.add(name)
  }

  /** Stores without asking, as another program on the same server might. */
  plant(stream: string, event: ProposedEvent): void {
    this.#store(stream, [event])
  }

  append(name: string, expected: Expected, events: readonly ProposedEvent[]): Verdict {
    const size = events.reduce(
      (sum, { type, data, metadata }) => sum + 2 * type.length + data.length + metadata.length,
      0,
    )
    if (size > maxAppendSize) return { verdict: 'tooLarge', limit: maxAppendSize }
    if (this.#tombstones.has(name)) return { verdict: 'deleted' }
    const held = this.#streams.get(name) ?? []
    const current = held.length - 1
    const first = expected === 'none' ? -1 : expected
    if (first === 'any') return this.#known(held, events) ?? this.#store(name, events)
    if (first === 'exists')
      return current < 0 ? moved(current) : (this.#known(held, events) ?? this.#store(name, events))
    if (first > current) return moved(current)
    if (first === current) return this.#store(name, events)
    // Behind the head only the very same events, from there on, are taken for a repetition.
    const same = events.every(({ id }, index) => held[first + 1 + index]?.id === id)
    return same ? repeated(held, first + 1, events.length) : moved(current)
  }

  /** Whether a reader may name the position: the start, an event's own, or one past the end. */
  isPlace(position: number): boolean {
    return position === 0 || position > this.#end || this.events.some(event => event.position === position)
  }

  /** Calls back whoever listens, as after an append. */
  announce(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Calls back after each append until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #known(held: readonly HeldEvent[], events: readonly ProposedEvent[]): Verdict | undefined {
    const at = held.findIndex(({ id }) => id === events[0]?.id)
    const same = at >= 0 && events.every(({ id }, index) => held[at + index]?.id === id)
    return same ? repeated(held, at, events.length) : undefined
  }

  #store(name: string, events: readonly ProposedEvent[]): Verdict {
    const held = this.#streams.get(name) ?? []
    this.#streams.set(name, held)
    for (const event of events) {
      this.#end += 150 + event.data.length + event.metadata.length
      const stored = { ...event, stream: name, revision: held.length, position: this.#end }
      held.push(stored)
      this.events.push(stored)
    }
    this.announce()
    return { verdict: 'stored', revision: held.length - 1, position: this.#end }
  }
}

const emptyBytes = { contentType: 'application/json', data: Buffer.from('{}'), metadata: new Uint8Array() }

function moved(actual: number): Verdict {
  return { verdict: 'moved', actual }
}

function repeated(held: readonly HeldEvent[], first: number, count: number): Verdict {
  const revision = first + count - 1
  return { verdict: 'stored', revision, position: held[revision]?.position ?? 0 }
}
