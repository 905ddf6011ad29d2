import type { CaughtUp, RecordedEvent } from './port.ts'

/** Tells followers that something was committed. */
export class Commits {
  #count = 0
  readonly #waiting = new Set<() => void>()

  get count(): number {
    return this.#count
  }

  announce(): void {
    this.#count++
    for (const wake of this.#waiting) wake()
  }

  /** Returns when there is a commit after the counted one, or the signal aborts. */
  async after(count: number, signal: AbortSignal): Promise<void> {
    if (this.#count > count || signal.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = (): void => resolve()
    this.#waiting.add(wake)
    signal.addEventListener('abort', wake)
    await promise
    this.#waiting.delete(wake)
    signal.removeEventListener('abort', wake)
  }
}

/** Reads pages from a position on, marks the end of what there was, then waits for each commit: nothing missed, nothing repeated. */
export async function* follow(
  after: number,
  signal: AbortSignal,
  commits: Commits,
  page: (after: number) => RecordedEvent[],
): AsyncGenerator<RecordedEvent | CaughtUp> {
  let position = after
  let marked = false
  while (!signal.aborted) {
    // Counted before reading, so that a commit between the two is not slept through.
    const counted = commits.count
    const events = page(position)
    for (const event of events) {
      if (signal.aborted) return
      yield event
      position = event.position
    }
    if (events.length > 0) continue
    if (!marked) yield { caughtUp: true, position }
    marked = true
    await commits.after(counted, signal)
  }
}
