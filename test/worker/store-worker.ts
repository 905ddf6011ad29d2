import { DurableObject } from 'cloudflare:workers'
import type { EventStore } from '../../src/store/port.ts'
import { durableSql } from '../../src/store/sql-do.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'

/** One call of a store's method, and its outcome, as they cross to an object and back. */
export type Call = { method: 'append' | 'findCommand'; args: unknown[] }
export type Outcome = { value: unknown } | { error: Record<string, unknown> }

type Env = { LOG: { getByName(name: string): { fetch(request: Request): Promise<Response> } } }

/** `/NAME/calls`, `/NAME/read`, `/NAME/readAll` and `/NAME/subscribe`, each in the object of that name. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return env.LOG.getByName(new URL(request.url).pathname.split('/')[1] ?? '').fetch(request)
  },
}

/** The log in a Durable Object, its port laid open to the contract's tests. */
export class Log extends DurableObject<Env> {
  #store: SqliteStore | undefined

  async fetch(request: Request): Promise<Response> {
    this.#store ??= new SqliteStore(durableSql(this.ctx.storage), { pageSize: 50 })
    const method = new URL(request.url).pathname.split('/')[2] as 'calls' | 'read' | 'readAll' | 'subscribe'
    const given = (await request.json()) as never
    if (method === 'calls') return Response.json(await outcomes(this.#store, given))
    const items = method === 'subscribe' ? followed(this.#store, given) : listed(this.#store, method, given)
    // A text would be compressed on the way, and held back until there is enough of it.
    return new Response(items, { headers: { 'Content-Type': 'application/octet-stream' } })
  }
}

/** All are made before one is awaited, so that they share a commit as a caller's would. */
function outcomes(store: EventStore, calls: Call[]): Promise<Outcome[]> {
  const made = calls.map(({ method, args }) => (store[method] as (...args: unknown[]) => Promise<unknown>)(...args))
  return Promise.all(
    made.map(call =>
      call.then(
        value => ({ value }),
        (error: Error) => ({ error: { ...error, name: error.name, message: error.message } }),
      ),
    ),
  )
}

function listed(store: EventStore, method: 'read' | 'readAll', args: unknown[]): ReadableStream {
  return streamOf((store[method] as (...args: unknown[]) => AsyncIterable<unknown>)(...args))
}

function followed(store: EventStore, [options]: [{ after?: number }]): ReadableStream {
  const stop = new AbortController()
  return streamOf(store.subscribe({ ...options, signal: stop.signal }), () => stop.abort())
}

function streamOf(items: AsyncIterable<unknown>, cancel?: () => void): ReadableStream {
  const iterator = items[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    cancel: () => cancel?.(),
  })
}
