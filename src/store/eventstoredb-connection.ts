import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  AppendResult,
  EventData,
  Filter,
  Position,
  ResolvedEvent,
} from '@eventstore/db-client'
import { DeadlineExceededError, EventStoreDBClient, START } from '@eventstore/db-client'

type Credentials = { readonly username: string; readonly password: string }

/** What the client does not show of itself. */
type Channelled = { getChannel(): Promise<{ close(): void }> }

/** A streaming call: a read is cancelled, a subscription unsubscribed. */
type Call = {
  on(event: 'error', listener: (error: Error) => void): unknown
  removeAllListeners(event: 'readable'): unknown
  resume(): unknown
} & ({ cancel(): Promise<void> } | { unsubscribe(): Promise<void> })

/**
 * A client and its login: every call has a deadline of its own and is cancelled when it is left. The client asks for the
 * leader again only when a connection breaks; a node that is frozen, or out of reach, keeps it. So a call that comes to its
 * deadline takes the client with it, and the next one begins anew.
 */
export class Connection {
  readonly #url: string
  #client: EventStoreDBClient
  readonly #credentials: Credentials
  readonly #deadline: number

  /** `deadline` in milliseconds: how long an append, or the next item of a read, may take. */
  constructor(url: string, deadline: number) {
    this.#credentials = credentialsOf(url)
    this.#url = url
    this.#client = EventStoreDBClient.connectionString(url)
    this.#deadline = deadline
  }

  /**
   * The classic append: with credentials in the call the client leaves its shared, deadline-less batch stream alone. A node
   * that does not lead is to name the leader, to which the client then moves, and not to pass the append on.
   */
  async append(stream: string, expectedRevision: number, events: EventData[]): Promise<AppendResult> {
    const client = this.#client
    const appending = client.appendToStream(stream, events, {
      expectedRevision: expectedRevision === -1 ? 'no_stream' : BigInt(expectedRevision),
      credentials: this.#credentials,
      deadline: this.#deadline,
      requiresLeader: true,
    })
    try {
      return await withinDeadline(appending, this.#deadline + 500)
    } catch (error) {
      this.#after(client, error)
      throw error
    }
  }

  /** A stream's events from a revision on, inclusive; rejects as the client does. */
  read(stream: string, from: number, count: number): AsyncGenerator<ResolvedEvent> {
    const options = { fromRevision: BigInt(from), maxCount: count, credentials: this.#credentials }
    return this.#guarded(client => client.readStream(stream, options))
  }

  /** All streams' events from a position on, the event at the position itself included. */
  readAll(from: number, count: number): AsyncGenerator<AllStreamResolvedEvent> {
    const options = { fromPosition: placeOf(from), maxCount: count, credentials: this.#credentials }
    return this.#guarded(client => client.readAll(options))
  }

  /** A subscription to all streams the filter lets through, strictly after a position. */
  subscribe(after: number, filter: Filter): AllStreamSubscription {
    return this.#client.subscribeToAll({ fromPosition: placeOf(after), filter, credentials: this.#credentials })
  }

  /** From now on the stream reads as beginning at this revision; a scavenge removes what was before. */
  async truncate(stream: string, before: number): Promise<void> {
    const options = { credentials: this.#credentials, deadline: this.#deadline }
    const setting = this.#client.setStreamMetadata(stream, { truncateBefore: before }, options)
    await withinDeadline(setting, this.#deadline + 500)
  }

  /** Deletes a stream for good: nothing of it is kept by a scavenge, and nothing can be written under its name again. */
  async tombstone(stream: string): Promise<void> {
    const options = { credentials: this.#credentials, deadline: this.#deadline, requiresLeader: true }
    await withinDeadline(this.#client.tombstoneStream(stream, options), this.#deadline + 500)
  }

  /** Ends what is open. */
  close(): Promise<void> {
    return end(this.#client)
  }

  // The client gives reads no deadline and does not cancel a call whose loop was left.
  async *#guarded<T>(begin: (client: EventStoreDBClient) => Call & AsyncIterable<T>): AsyncGenerator<T> {
    const client = this.#client
    const call = begin(client)
    const items = call[Symbol.asyncIterator]()
    try {
      for (;;) {
        const { done, value } = await withinDeadline(items.next(), this.#deadline)
        if (done) return
        yield value
      }
    } catch (error) {
      this.#after(client, error)
      throw error
    } finally {
      leave(call)
    }
  }

  /** After a call that came to its deadline: another client, if the one it was made with is still the one in use. */
  #after(client: EventStoreDBClient, error: unknown): void {
    const late = error instanceof DeadlinePassed || error instanceof DeadlineExceededError
    if (!late || client !== this.#client) return
    this.#client = EventStoreDBClient.connectionString(this.#url)
    void end(client)
  }
}

/**
 * Ends what a client has open. Its own `dispose` may hang after a server's end, so it gets two seconds, and leaves the
 * channel open, which no public method closes.
 */
async function end(client: EventStoreDBClient): Promise<void> {
  await withinDeadline(client.dispose(), 2000).catch(() => undefined)
  const channel = await (client as unknown as Channelled).getChannel().catch(() => undefined)
  // Appends that waited for the channel with us begin first: on a closed one the client throws where nobody can catch it.
  await new Promise(resume => setImmediate(resume))
  channel?.close()
}

/** Leaves a call: a late error of it has nobody left to hear it, and must not end the process. */
export function leave(call: Call): void {
  call.on('error', () => undefined)
  const cancelling = 'cancel' in call ? call.cancel() : call.unsubscribe()
  cancelling.catch(() => undefined)
  // What has arrived must flow off: a call left half read is never over for the client, which keeps it and waits for it.
  call.removeAllListeners('readable')
  call.resume()
}

/** A promise's outcome, or a rejection with DeadlinePassed after so many milliseconds. */
export async function withinDeadline<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DeadlinePassed(milliseconds)), milliseconds)
  promise.catch(() => undefined)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The server has not answered in time. */
export class DeadlinePassed extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`)
    this.name = 'DeadlinePassed'
  }
}

function placeOf(position: number): Position | typeof START {
  return position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) }
}

const connectionString = /^esdb(?:\+discover)?:\/\/(?:([^:@/]+):([^@/]+)@)?[^?/]+\/?(?:\?(.*))?$/

/**
 * The login a connection string gives. Without TLS a server has none and ignores it; it is there for the path the client
 * takes with one. Throws where TLS is on and the login is missing.
 */
export function credentialsOf(url: string): Credentials {
  const parts = connectionString.exec(url)
  if (!parts) throw new Error('EVENTSTORE_URL 应形如 esdb://用户:密码@主机:2113?tls=true')
  const [, username, password, query = ''] = parts
  if (username && password) return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  if (/(^|&)tls=false(&|$)/i.test(query)) return { username: 'nobody', password: 'nobody' }
  throw new Error('EVENTSTORE_URL 缺少用户名和密码；只有 tls=false 时才可以不写')
}
