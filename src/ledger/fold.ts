import type { CoopEvent } from '../domain/events.ts'
import { type CoopState, emptyCoop, evolve } from '../domain/state.ts'
import { type Codec, headAfter } from '../store/codec.ts'
import { Unreadable } from '../store/errors.ts'
import { hashOf } from '../store/hash.ts'
import { type EventStore, emptyHead, type Head, type RecordedEvent } from '../store/port.ts'

/**
 * The state and head of a co-op from its stream; throws Unreadable where the chain is broken, an event cannot be read, or
 * the event once `published` is another now.
 */
export async function foldStream(
  store: EventStore,
  codec: Codec,
  stream: string,
  published?: Pick<Head, 'revision' | 'hash'>,
): Promise<{ state: CoopState; head: Head }> {
  const state = emptyCoop()
  let head = emptyHead
  for await (const event of store.read(stream)) {
    checkLink(event, head)
    if (event.revision === published?.revision && event.hash !== published.hash) throw broken(event, OTHER)
    evolve(state, { type: event.type, data: codec.decode(event) } as CoopEvent)
    head = headAfter(event)
  }
  return { state, head }
}

const OTHER = '与已公开的指纹不同，账本被换过，请运行 verify 并用备份恢复'

// A co-op whose chain is broken is not served: nothing may be built on books that somebody altered.
function checkLink(event: RecordedEvent, head: Head): void {
  if (event.revision === head.revision + 1 && hashOf(head.hash, event) === event.hash) return
  throw broken(event, '账本的哈希链在这里断开，请运行 verify 并用备份恢复')
}

const broken = ({ stream, revision }: RecordedEvent, reason: string) => new Unreadable(`${stream}/${revision}`, reason)
