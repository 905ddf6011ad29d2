import type { Appended, CaughtUp, EventStore, RecordedEvent } from '../../src/store/port.ts'
import type { Call, Outcome } from './store-worker.ts'

type Fetch = (path: string, init: { method: string; body: string }) => Promise<Response>
type Waiting = { call: Call; resolve: (value: unknown) => void; reject: (error: unknown) => void }

/** The store in an object as an `EventStore` here. Calls made in one turn go in one request, so that they keep their order. */
export function remoteStore(name: string, fetch: Fetch): EventStore {
  let waiting: Waiting[] = []
  const post = (method: string, body: unknown) =>
    fetch(`/${name}/${method}`, { method: 'POST', body: JSON.stringify(body) })
  const send = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    try {
      const response = await post(
        'calls',
        batch.map(({ call }) => call),
      )
      const outcomes = (await response.json()) as Outcome[]
      for (const [index, outcome] of outcomes.entries()) settle(batch[index]!, outcome)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  const call = <T>(method: Call['method'], args: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(send)
      waiting.push({ call: { method, args }, resolve: resolve as (value: unknown) => void, reject })
    })
  return {
    append: (...args) => call<Appended>('append', args),
    findCommand: (...args) => call<RecordedEvent[]>('findCommand', args),
    read: (...args) => lines<RecordedEvent>(post('read', args)),
    readAll: (...args) => lines<RecordedEvent>(post('readAll', args)),
    subscribe: ({ signal, ...options }) => lines<RecordedEvent | CaughtUp>(post('subscribe', [options]), signal),
  }
}

function settle({ resolve, reject }: Waiting, outcome: Outcome): void {
  if ('error' in outcome) reject(Object.assign(new Error(), outcome.error))
  else resolve(outcome.value)
}

async function* lines<T>(answer: Promise<Response>, signal?: AbortSignal): AsyncGenerator<T> {
  const reader = (await answer).body!.getReader()
  const decoder = new TextDecoder()
  signal?.addEventListener('abort', () => void reader.cancel())
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const parts = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      if (signal?.aborted) return
      yield JSON.parse(part) as T
    }
  }
}
