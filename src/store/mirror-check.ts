import type { Codec } from './codec.ts'
import { Unreadable } from './errors.ts'
import { hashOf } from './hash.ts'
import type { Head, NewEvent, RecordedEvent } from './port.ts'
import { eventId } from './uuid.ts'

/** The events of one command, as they came from the server. */
export type Group = readonly [RecordedEvent, ...RecordedEvent[]]

/** Puts events that lie side by side and are one command's together, in order. */
export function groupsOf(events: readonly RecordedEvent[]): Group[] {
  const groups: [RecordedEvent, ...RecordedEvent[]][] = []
  for (const event of events) {
    const group = groups.at(-1)
    if (group && group[0].stream === event.stream && group[0].commandId === event.commandId) group.push(event)
    else groups.push([event])
  }
  return groups
}

/** The group as it is appended to the mirror after this head; throws Unreadable where it is not as it was written. */
export function checkedGroup(codec: Codec, head: Head, group: Group): NewEvent[] {
  let before = head
  return group.map((event, index) => {
    const fault = faultOf(before, event, index)
    if (fault) throw new Unreadable(`${event.stream}/${event.revision}`, fault)
    const { position: _position, ...envelope } = event
    const checked = { ...envelope, previousHash: before.hash, payload: codec.decodeStrictly(event) }
    before = event
    return checked
  })
}

function faultOf(before: Head, event: RecordedEvent, index: number): string | undefined {
  if (event.revision !== before.revision + 1) return `服务器上的修订号 ${event.revision} 接在 ${before.revision} 之后`
  if (event.recordedAt < before.recordedAt) return '记录时间早于前一条'
  if (hashOf(before.hash, event) !== event.hash) return '服务器上的哈希链在这里断开'
  if (event.id !== eventId(event.commandId, index)) return '事件编号不是它的命令的'
  return undefined
}
