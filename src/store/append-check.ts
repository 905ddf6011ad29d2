import { TooLarge, Unstorable } from './errors.ts'
import { maxAppendBytes, maxAppendEvents, type NewEvent } from './port.ts'

/** Refuses an append that no store should try: too large, out of sequence, or with text that does not come back unchanged. */
export function checkAppend(
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[],
  commandId: string,
): void {
  if (events.length === 0) throw new Unstorable('events', 'an append without events')
  if (events.length > maxAppendEvents) throw new TooLarge(events.length, maxAppendEvents, 'events')
  let bytes = 0
  let previousHash = events[0]?.previousHash
  for (const [index, event] of events.entries()) {
    bytes += Buffer.byteLength(event.data)
    if (event.stream !== stream) throw new Unstorable('stream', `${event.stream} in an append to ${stream}`)
    if (event.commandId !== commandId) throw new Unstorable('commandId', 'an event of another command')
    if (event.revision !== expectedRevision + 1 + index) throw new Unstorable('revision', 'out of sequence')
    if (event.previousHash !== previousHash) throw new Unstorable('previousHash', 'not chained to the event before')
    previousHash = event.hash
    const fault = envelopeFault(event)
    if (fault) throw new Unstorable(fault.field, fault.reason)
  }
  if (bytes > maxAppendBytes) throw new TooLarge(bytes, maxAppendBytes, 'bytes')
}

const textFields = [
  'id',
  'stream',
  'type',
  'actor',
  'commandId',
  'inputHash',
  'correlationId',
  'causationId',
  'hash',
] as const
/** A UUID, and 32 bytes in hexadecimal: a store may rely on their length. */
const lengths = { id: 36, inputHash: 64, hash: 64 } as const
const fixedFields = ['id', 'inputHash', 'hash'] as const
const controlCharacter = /\p{Cc}/u
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** What is wrong with an envelope's own fields, if anything. */
function envelopeFault(event: NewEvent): { readonly field: string; readonly reason: string } | undefined {
  for (const field of textFields) {
    if (field !== 'commandId' && event[field] === event.commandId) continue
    if (!isPlainText(event[field])) return { field, reason: 'empty, or with control characters or a lone surrogate' }
  }
  for (const field of fixedFields) {
    if (event[field].length !== lengths[field]) return { field, reason: `not of ${lengths[field]} characters` }
  }
  if (!instant.test(event.recordedAt)) return { field: 'recordedAt', reason: 'not a UTC instant in milliseconds' }
  return undefined
}

function isPlainText(text: string): boolean {
  return text.length > 0 && !controlCharacter.test(text) && text.isWellFormed()
}
