import { z } from 'zod'
import { type CommandContext, createCodec, type Draft, type EventCatalogue } from '../../src/store/codec.ts'
import { type EventStore, emptyHead, type Head, type NewEvent, type RecordedEvent } from '../../src/store/port.ts'

/** The tests' own event types; `NoteTaken` had a single `author` in its version 1. */
export const sampleCatalogue: EventCatalogue = {
  NoteTaken: {
    version: 2,
    schema: z.strictObject({ text: z.string(), authors: z.array(z.string()) }),
    upcast: {
      1: data => {
        const { text, author } = data as { text: string; author: string }
        return { text, authors: [author] }
      },
    },
  },
  记事: { version: 1, schema: z.strictObject({ 内容: z.string() }) },
}

export const sampleCodec = createCodec(sampleCatalogue)

/** One note as a decided fact. */
export function note(text: string): Draft {
  return { type: 'NoteTaken', payload: { text, authors: ['M00001'] } }
}

/** Sealed envelopes of one command that follow a head. */
export function sealed(stream: string, commandId: string, drafts: Draft[], options: SealOptions = {}): NewEvent[] {
  const context: CommandContext = {
    stream,
    now: '2025-03-01T08:00:00.000Z',
    actor: 'M00001 via web',
    commandId,
    inputHash: 'ab'.repeat(32),
    ...options.context,
  }
  return sampleCodec.seal(options.head ?? emptyHead, context, drafts)
}

export interface SealOptions {
  readonly head?: Head
  readonly context?: Partial<CommandContext>
}

/** The head after the last of these events. */
export function headOf(events: readonly NewEvent[]): Head {
  return events.at(-1) ?? emptyHead
}

/** Appends `count` commands of one note each to a stream, and gives their events. */
export async function appendNotes(
  store: EventStore,
  stream: string,
  count: number,
  head = emptyHead,
): Promise<NewEvent[]> {
  const written: NewEvent[] = []
  for (let index = 0; index < count; index++) {
    const before = written.at(-1) ?? head
    const events = sealed(stream, `${stream}-${before.revision + 1}`, [note(`第${index}条`)], { head: before })
    await store.append(stream, before.revision, events, { commandId: events[0]?.commandId ?? '' })
    written.push(...events)
  }
  return written
}

/** Everything an iterable yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

/** The envelope alone, to compare what was written with what came back. */
export function envelopeOf(event: NewEvent | RecordedEvent): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...event }
  for (const field of ['previousHash', 'payload', 'position']) delete fields[field]
  return fields
}
