import { hash } from 'node:crypto'
import { type JSONType, jsonEvent, StreamDeletedError } from '@eventstore/db-client'
import { Unavailable, Unreadable } from './errors.ts'
import { Connection } from './eventstoredb-connection.ts'
import { serverId } from './eventstoredb-envelope.ts'
import { appendFailure, readFailure } from './eventstoredb-errors.ts'
import { pause, pauseAfter } from './eventstoredb-follow.ts'

/** What stands in a stream of notes: each as it was written, the last of them valid. */
export interface Note {
  readonly revision: number
  readonly data: JSONType
}

/** Small notes beside the log that many programs share and that can be taken away again. */
export interface Notes {
  /** Writes the note after this revision (-1: as the first); false when another one stands there. Rejects with Unavailable. */
  write(name: string, after: number, data: JSONType): Promise<boolean>
  /** The notes of a name from a revision on; 'deleted' for one that was taken away for good. */
  read(name: string, from?: number): Promise<Note[] | 'deleted'>
  /** Takes away the notes before this revision. */
  truncate(name: string, before: number): Promise<void>
  /** Takes away all of a name, for good. */
  remove(name: string): Promise<void>
}

export interface NoteOptions {
  /** Milliseconds a call may take, and after which a failing one is not tried again; 5,000 by default. */
  readonly deadline?: number
  /** First and longest pause before trying again, in milliseconds; 50 and 1,000 by default. */
  readonly backOff?: readonly [number, number]
  /** From 0 up to 1, at random. */
  readonly chance: () => number
}

const type = 'Note'
const mostRead = 100_000

/** Notes in EventStoreDB streams `vault-…`: of another category than the log's, so that no follower of the log sees them. */
export class NoteStreams implements Notes {
  readonly #connection: Connection
  readonly #prefix: string
  readonly #deadline: number
  readonly #pace: Required<Pick<NoteOptions, 'backOff' | 'chance'>>

  constructor(url: string, prefix: string, { deadline = 5_000, backOff = [50, 1_000], chance }: NoteOptions) {
    this.#connection = new Connection(url, deadline)
    this.#prefix = `vault-${prefix}`
    this.#deadline = deadline
    this.#pace = { backOff, chance }
  }

  async write(name: string, after: number, data: JSONType): Promise<boolean> {
    const stream = this.#prefix + name
    const text = JSON.stringify(data)
    // The same note sent again has the same id, and at an exact revision the server takes it for a repetition.
    const id = serverId(hash('sha256', `${stream}\n${after}\n${text}`, 'hex'))
    return this.#persistently(async () => {
      try {
        await this.#connection.append(stream, after, [jsonEvent({ id, type, data: data as Record<string, unknown> })])
        return true
      } catch (error) {
        const failure = appendFailure(stream, text.length, error)
        if (failure.kind === 'moved') return false
        throw failure.kind === 'refused' ? failure.error : new Unavailable(failure.cause)
      }
    })
  }

  async read(name: string, from = 0): Promise<Note[] | 'deleted'> {
    const stream = this.#prefix + name
    return this.#persistently(async () => {
      const notes: Note[] = []
      try {
        for await (const { event } of this.#connection.read(stream, from, mostRead)) {
          if (!event?.isJson) throw new Unreadable(stream, 'the note is not JSON')
          notes.push({ revision: Number(event.revision), data: event.data as JSONType })
        }
      } catch (error) {
        const failure = readFailure(stream, error)
        if (failure?.cause instanceof StreamDeletedError) return 'deleted'
        if (failure) throw failure
      }
      return notes
    })
  }

  async truncate(name: string, before: number): Promise<void> {
    await this.#persistently(() => this.#connection.truncate(this.#prefix + name, before).catch(unavailable))
  }

  async remove(name: string): Promise<void> {
    await this.#persistently(async () => {
      const gone = (error: unknown) => readFailure(name, error)?.cause instanceof StreamDeletedError
      await this.#connection
        .tombstone(this.#prefix + name)
        .catch(error => (gone(error) ? undefined : unavailable(error)))
    })
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  /** Tries for a while what can be done twice. */
  async #persistently<T>(work: () => Promise<T>): Promise<T> {
    const since = performance.now()
    for (let attempt = 0; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Unavailable) || performance.now() - since > this.#deadline) throw error
        await pause(pauseAfter(attempt, this.#pace))
      }
    }
  }
}

function unavailable(error: unknown): never {
  throw new Unavailable(error)
}
