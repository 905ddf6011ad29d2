import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  AppendResult,
  EventData,
  Filter,
  Position,
  ResolvedEvent,
} from '@eventstore/db-client'
import { EventStoreDBClient, START } from '@eventstore/db-client'

type Credentials = { readonly username: string; readonly password: string }

/** A streaming call: a read is cancelled, a subscription unsubscribed. */
type Call = {
  on(event: 'error', listener: (error: Error) => void): unknown
  removeAllListeners(event: 'readable'): unknown
  resume(): unknown
} & ({ cancel(): Promise<void> } | { unsubscribe(): Promise<void> })

/** One client and its login: every call has a deadline of its own and is cancelled when it is left. */
export class Connection {
  readonly #client: EventStoreDBClient
  readonly #credentials: Credentials
  readonly #deadline: number

  /** `deadline` in milliseconds: how long an append, or the next item of a read, may take. */
  constructor(url: string, deadline: number) {
    this.#credentials = credentialsOf(url)
    this.#client = EventStoreDBClient.connectionString(url)
    this.#deadline = deadline
  }

  /** The classic append: with credentials in the call the client leaves its shared, deadline-less batch stream alone. */
  append(stream: string, expectedRevision: number, events: EventData[]): Promise<AppendResult> {
    const appending = this.#client.appendToStream(stream, events, {
      expectedRevision: expectedRevision === -1 ? 'no_stream' : BigInt(expectedRevision),
      credentials: this.#credentials,
      deadline: this.#deadline,
    })
    return withinDeadline(appending, this.#deadline + 500)
  }

  /** A stream's events from a revision on, inclusive; rejects as the client does. */
  read(stream: string, from: number, count: number): AsyncGenerator<ResolvedEvent> {
    const options = { fromRevision: BigInt(from), maxCount: count, credentials: this.#credentials }
    return guarded(this.#client.readStream(stream, options), this.#deadline)
  }

  /** All streams' events from a position on, the event at the position itself included. */
  readAll(from: number, count: number): AsyncGenerator<AllStreamResolvedEvent> {
    const options = { fromPosition: placeOf(from), maxCount: count, credentials: this.#credentials }
    return guarded(this.#client.readAll(options), this.#deadline)
  }

  /** A subscription to all streams the filter lets through, strictly after a position. */
  subscribe(after: number, filter: Filter): AllStreamSubscription {
    return this.#client.subscribeToAll({ fromPosition: placeOf(after), filter, credentials: this.#credentials })
  }

  /** Ends what is open; the client's own `dispose` may hang after a server's end, so it gets two seconds. */
  async close(): Promise<void> {
    await withinDeadline(this.#client.dispose(), 2000).catch(() => undefined)
  }
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

// The client gives reads no deadline and does not cancel a call whose loop was left.
async function* guarded<T>(call: Call & AsyncIterable<T>, patience: number): AsyncGenerator<T> {
  const items = call[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await withinDeadline(items.next(), patience)
      if (done) return
      yield value
    }
  } finally {
    leave(call)
  }
}

function placeOf(position: number): Position | typeof START {
  return position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) }
}

const connectionString = /^esdb(?:\+discover)?:\/\/(?:([^:@/]+):([^@/]+)@)?[^?/]+\/?(?:\?(.*))?$/

// Without TLS a server has no login and ignores these; they are there for the path the client takes with them.
function credentialsOf(url: string): Credentials {
  const parts = connectionString.exec(url)
  if (!parts) throw new Error('EVENTSTORE_URL 应形如 esdb://用户:密码@主机:2113?tls=true')
  const [, username, password, query = ''] = parts
  if (username && password) return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  if (/(^|&)tls=false(&|$)/i.test(query)) return { username: 'nobody', password: 'nobody' }
  throw new Error('EVENTSTORE_URL 缺少用户名和密码；只有 tls=false 时才可以不写')
}
