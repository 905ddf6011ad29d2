import type { Appended, NewEvent, RecordedEvent } from './port.ts'

/** A new event as a store gives it back from now on. */
export function recordedOf(event: NewEvent, position: number): RecordedEvent {
  // Field by field: several times as fast as taking two away and spreading the rest.
  return {
    position,
    id: event.id,
    stream: event.stream,
    revision: event.revision,
    type: event.type,
    version: event.version,
    recordedAt: event.recordedAt,
    actor: event.actor,
    commandId: event.commandId,
    inputHash: event.inputHash,
    correlationId: event.correlationId,
    causationId: event.causationId,
    hash: event.hash,
    data: event.data,
  }
}

/** The answer to the append of these events, which are one command's and at least one. */
export function appendedOf(events: readonly RecordedEvent[]): Appended {
  const first = events[0]
  const last = events.at(-1)
  if (!first || !last) throw new Error('an append has at least one event')
  return { stream: first.stream, first: first.revision, revision: last.revision, position: last.position }
}

/** Whether a repeated append carries exactly what the first one stored; the hash covers every field. */
export function sameEvents(stored: readonly RecordedEvent[], events: readonly NewEvent[]): boolean {
  return stored.length === events.length && stored.every((event, index) => event.hash === events[index]?.hash)
}
