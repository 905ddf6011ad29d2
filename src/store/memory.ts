import { checkAppend } from './append-check.ts'
import { CommandIdReused, Conflict } from './errors.ts'
import { Commits, follow } from './follow.ts'
import { type Appended, type CaughtUp, type EventStore, emptyHead, type NewEvent, type RecordedEvent } from './port.ts'
import { appendedOf, recordedOf, sameEvents } from './recorded.ts'

const pageSize = 500

/** An event store that forgets everything when the process ends: for tests and trials. */
export class MemoryStore implements EventStore {
  readonly #all: RecordedEvent[] = []
  readonly #streams = new Map<string, RecordedEvent[]>()
  readonly #commands = new Map<string, RecordedEvent[]>()
  readonly #commits = new Commits()

  async append(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
    { commandId }: { readonly commandId: string },
  ): Promise<Appended> {
    checkAppend(stream, expectedRevision, events, commandId)
    const earlier = this.#commands.get(commandName(stream, commandId))
    if (earlier) {
      if (!sameEvents(earlier, events)) throw new CommandIdReused(stream, commandId)
      return appendedOf(earlier)
    }
    const head = this.#streams.get(stream)?.at(-1) ?? emptyHead
    if (head.revision !== expectedRevision || head.hash !== events[0]?.previousHash) {
      throw new Conflict(stream, expectedRevision, head.revision)
    }
    const recorded = events.map((event, index) => recordedOf(event, this.#all.length + 1 + index))
    this.#keep(stream, commandId, recorded)
    this.#commits.announce()
    return appendedOf(recorded)
  }

  async *read(stream: string, { from = 0, limit = Number.MAX_SAFE_INTEGER } = {}): AsyncGenerator<RecordedEvent> {
    yield* (this.#streams.get(stream) ?? []).slice(from, from + limit)
  }

  async *readAll({ after = 0, limit = Number.MAX_SAFE_INTEGER } = {}): AsyncGenerator<RecordedEvent> {
    yield* this.#all.slice(after, after + limit)
  }

  subscribe(options: {
    readonly after?: number
    readonly signal: AbortSignal
  }): AsyncIterable<RecordedEvent | CaughtUp> {
    const page = (after: number): RecordedEvent[] => this.#all.slice(after, after + pageSize)
    return follow(options.after ?? 0, options.signal, this.#commits, page)
  }

  async findCommand(stream: string, commandId: string): Promise<RecordedEvent[]> {
    return this.#commands.get(commandName(stream, commandId)) ?? []
  }

  #keep(stream: string, commandId: string, recorded: RecordedEvent[]): void {
    const stored = this.#streams.get(stream) ?? []
    stored.push(...recorded)
    this.#streams.set(stream, stored)
    this.#all.push(...recorded)
    this.#commands.set(commandName(stream, commandId), recorded)
  }
}

function commandName(stream: string, commandId: string): string {
  return JSON.stringify([stream, commandId])
}
