import type { AllStreamResolvedEvent, AllStreamSubscription, Filter } from '@eventstore/db-client'
import { Unreadable } from './errors.ts'
import { leave, withinDeadline } from './eventstoredb-connection.ts'
import type { CaughtUp, RecordedEvent } from './port.ts'

/** What a follower needs of a server; the probe gives the events of the log after a position, the system's included. */
export interface FollowPorts {
  readonly subscribe: (after: number, checkpointReached: Checkpoint) => AllStreamSubscription
  readonly probe: (after: number) => Promise<Probe>
  readonly toRecorded: (resolved: AllStreamResolvedEvent) => RecordedEvent | undefined
  /** Told why a subscription was given up; the follower begins another. */
  readonly onDrop?: ((cause: unknown) => void) | undefined
  /** Told each time a subscription has given all there was. */
  readonly onLive?: (() => void) | undefined
}

/** How far a probe has looked, whether that is the log's end, and whether events of ours lie on the way. */
export interface Probe {
  readonly position: number
  readonly atEnd: boolean
  readonly unseen: boolean
}

export interface FollowPace {
  /** After so many quiet milliseconds the follower asks the server whether it has missed something. */
  readonly heartbeat: number
  /** The first and the longest pause before a new subscription, in milliseconds. */
  readonly backOff: readonly [number, number]
  /** From 0 up to 1, at random: where in its range a pause lies. */
  readonly chance: () => number
}

type Checkpoint = NonNullable<Filter['checkpointReached']>

/** Where a follower stands, across its subscriptions. */
interface Progress {
  /** Position of the last event handed on. */
  given: number
  /** Up to here nothing of ours is left to give; at least `given`. */
  scanned: number
  marked: boolean
}

/**
 * Every event after a position, CaughtUp once, then each new event; a subscription that ends, fails or falls silent is
 * replaced. Throws Unreadable only.
 */
export async function* followAll(
  ports: FollowPorts,
  pace: FollowPace,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent | CaughtUp> {
  const progress: Progress = { given: after, scanned: after, marked: false }
  let failures = 0
  while (!signal.aborted) {
    const before = progress.scanned
    try {
      yield* new Subscription(ports, pace, progress, signal).items()
      ports.onDrop?.(new Error('the subscription ended'))
    } catch (cause) {
      // What cannot be read now cannot be read by the next subscription either, and must not be passed over.
      if (cause instanceof Unreadable) throw cause
      ports.onDrop?.(cause)
    }
    if (signal.aborted) return
    failures = progress.scanned > before ? 0 : failures + 1
    await pause(pauseAfter(failures, pace), signal)
  }
}

/** A pause that doubles with each failure up to the cap, anywhere in its upper half so that nodes do not come back in step. */
export function pauseAfter(failures: number, { backOff, chance }: Pick<FollowPace, 'backOff' | 'chance'>): number {
  const [first, longest] = backOff
  return Math.min(longest, first * 2 ** Math.min(failures, 20)) * (0.5 + chance() / 2)
}

/** Returns after so many milliseconds, or as soon as the signal aborts. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  const wake = (): void => resolve()
  signal?.addEventListener('abort', wake)
  await promise
  clearTimeout(timer)
  signal?.removeEventListener('abort', wake)
}

/** One subscription, from where the follower stands until it ends, fails or proves to be dead. */
class Subscription {
  readonly #ports: FollowPorts
  readonly #pace: FollowPace
  readonly #progress: Progress
  readonly #signal: AbortSignal
  #checkpoint = 0
  #caughtUp = false
  /** At most so many events were on their way when the server said that this was all there was. */
  #beforeMark = 0
  #wake: () => void = () => undefined

  constructor(ports: FollowPorts, pace: FollowPace, progress: Progress, signal: AbortSignal) {
    this.#ports = ports
    this.#pace = pace
    this.#progress = progress
    this.#signal = signal
  }

  async *items(): AsyncGenerator<RecordedEvent | CaughtUp> {
    const call = this.#ports.subscribe(this.#progress.scanned, (_subscription, { commit }) => {
      this.#checkpoint = Number(commit)
    })
    const stop = (): void => this.#wake()
    this.#signal.addEventListener('abort', stop)
    call.on('caughtUp', () => {
      this.#caughtUp = true
      this.#beforeMark = call.readableLength + 1
      this.#ports.onLive?.()
      this.#wake()
    })
    try {
      const source = (call as AsyncIterable<AllStreamResolvedEvent>)[Symbol.asyncIterator]()
      for (;;) {
        const next = new Pending(source.next())
        yield* this.#whileWaiting(next)
        if (this.#signal.aborted) return
        const { done, value } = await next.result
        if (done) return
        yield* this.#give(value)
        if (this.#signal.aborted) return
        if (this.#caughtUp && --this.#beforeMark <= 0) yield* this.#mark()
      }
    } finally {
      this.#signal.removeEventListener('abort', stop)
      leave(call)
    }
  }

  *#give(resolved: AllStreamResolvedEvent): Generator<RecordedEvent> {
    const event = this.#ports.toRecorded(resolved)
    // What a new subscription gives a second time is passed over.
    if (!event || event.position <= this.#progress.given) return
    yield event
    this.#progress.given = event.position
    this.#progress.scanned = Math.max(this.#progress.scanned, event.position)
  }

  // Returns when the next event is there or the signal has aborted; throws when the server has proved dead or deaf.
  async *#whileWaiting(next: Pending): AsyncGenerator<CaughtUp> {
    while (!this.#signal.aborted) {
      const quiet = !(await this.#somethingHappened(next, this.#pace.heartbeat))
      if (next.settled || this.#signal.aborted) return
      // Nothing is buffered: all that came before the mark, or before the checkpoint, has been handed on.
      this.#progress.scanned = Math.max(this.#progress.scanned, this.#checkpoint)
      if (quiet) await this.#probe(next)
      if (this.#caughtUp && !next.settled) yield* this.#mark()
    }
  }

  *#mark(): Generator<CaughtUp> {
    if (this.#progress.marked) return
    this.#progress.marked = true
    yield { caughtUp: true, position: this.#progress.given }
  }

  /** Whether the next event came, or the server said something, within the time. */
  async #somethingHappened(next: Pending, milliseconds: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#wake = () => resolve(true)
    if (this.#signal.aborted || (this.#caughtUp && !this.#progress.marked)) resolve(true)
    const timer = setTimeout(() => resolve(false), milliseconds)
    const happened = await Promise.race([promise, next.over.then(() => true)])
    clearTimeout(timer)
    // An event that has arrived but is still on its way through the streams comes before what is concluded from silence.
    await new Promise(resume => setImmediate(resume))
    return happened
  }

  async #probe(next: Pending): Promise<void> {
    const { position, atEnd, unseen } = await this.#ports.probe(this.#progress.scanned)
    if (next.settled || this.#signal.aborted) return
    if (unseen) {
      // Perhaps it was on its way just now; a subscription that still says nothing is deaf.
      await withinDeadline(next.over, this.#pace.heartbeat)
      return
    }
    this.#progress.scanned = Math.max(this.#progress.scanned, position)
    if (atEnd) this.#caughtUp = true
  }
}

/** A promise that can be asked whether it is over. */
class Pending {
  readonly result: Promise<IteratorResult<AllStreamResolvedEvent>>
  readonly over: Promise<void>
  settled = false

  constructor(result: Promise<IteratorResult<AllStreamResolvedEvent>>) {
    this.result = result
    this.over = result.then(
      () => this.#settle(),
      () => this.#settle(),
    )
  }

  #settle(): void {
    this.settled = true
  }
}
