import { CommandIdReused, Conflict, OutcomeUnknown, Unavailable, Unreadable } from './errors.ts'
import type { Connection } from './eventstoredb-connection.ts'
import { toServer } from './eventstoredb-envelope.ts'
import { type AppendFailure, appendFailure } from './eventstoredb-errors.ts'
import { type FollowPace, pause, pauseAfter } from './eventstoredb-follow.ts'
import type { KnownStream } from './eventstoredb-stream.ts'
import type { Appended, NewEvent, RecordedEvent } from './port.ts'
import { appendedOf, sameEvents } from './recorded.ts'

/** One append on its way: what to write where, in one command or in several that are stored together. */
export interface Append {
  readonly expectedRevision: number
  readonly events: readonly NewEvent[]
  /** The first command's. */
  readonly commandId: string
}

export interface AppendPorts {
  readonly connection: Connection
  /** A stream's name on the server. */
  readonly nameOf: (stream: string) => string
  /** The events these commands wrote from this revision on. */
  readonly eventsOf: (stream: string, commandIds: ReadonlySet<string>, first: number) => Promise<RecordedEvent[]>
  /** Milliseconds after which an append that failed is not tried again. */
  readonly persistence: number
  readonly pace: Pick<FollowPace, 'backOff' | 'chance'>
}

/**
 * Writes one command's events, or finds that they are written. The server holds an append to its exact revision, and every
 * command up to that revision is known here: so nothing is ever written twice, whichever process sent it first.
 */
export async function appendOnce(ports: AppendPorts, stream: KnownStream, append: Append): Promise<Appended> {
  const since = performance.now()
  let doubt: unknown
  let failure: unknown
  for (let attempt = 1; attempt === 1 || performance.now() - since < ports.persistence; attempt++) {
    // A stream that moved on is read again at once; if it still seems not to have moved, the node read from lags behind.
    if (attempt > 2 || failure instanceof Unavailable) await pause(pauseAfter(attempt - 2, ports.pace))
    try {
      const settled = await settle(ports, stream, append, attempt > 1)
      if (settled) return settled
      const outcome = await send(ports, stream, append)
      if (!('kind' in outcome)) return outcome
      if (outcome.kind === 'refused') throw outcome.error
      failure =
        outcome.kind === 'moved'
          ? new Conflict(stream.name, append.expectedRevision, outcome.actual)
          : new Unavailable(outcome.cause)
      if (outcome.kind === 'unknown') doubt = outcome.cause
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      failure = error
    }
  }
  // The same events again are the only way out of doubt: what was sent may be stored already, or may be stored yet.
  if (doubt !== undefined) throw new OutcomeUnknown(doubt)
  throw failure
}

/** The answer that needs no sending: the command's first one. Throws where sending would be wrong; undefined to send. */
async function settle(
  ports: AppendPorts,
  stream: KnownStream,
  { expectedRevision, events, commandId }: Append,
  again: boolean,
): Promise<Appended | undefined> {
  const previousHash = events[0]?.previousHash
  const asExpected = (): boolean => stream.revision === expectedRevision && stream.hash === previousHash
  if (again || !asExpected()) await stream.catchUp()
  const first = stream.firstOf(commandId)
  if (first !== undefined) {
    const commandIds = new Set(events.map(event => event.commandId))
    const stored = await ports.eventsOf(stream.name, commandIds, first)
    if (sameEvents(stored, events)) return appendedOf(stored)
    throw decidedElsewhere(stored, events)
      ? new Conflict(stream.name, expectedRevision, stream.revision)
      : new CommandIdReused(stream.name, commandId)
  }
  if (!asExpected()) throw new Conflict(stream.name, expectedRevision, stream.revision)
  return undefined
}

/** Whether another node stored the same command, with the same input, after the revision this one decided it on. */
function decidedElsewhere([stored]: readonly RecordedEvent[], [event]: readonly NewEvent[]): boolean {
  if (!stored || !event) return false
  return stored.revision >= event.revision && stored.inputHash === event.inputHash && stored.hash !== event.hash
}

async function send(
  { connection, nameOf }: AppendPorts,
  stream: KnownStream,
  { expectedRevision, events }: Append,
): Promise<Appended | AppendFailure> {
  const size = events.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0)
  const revision = expectedRevision + events.length
  const proposed = events.map(toServer)
  try {
    const answer = await connection.append(nameOf(stream.name), expectedRevision, proposed)
    if (Number(answer.nextExpectedRevision) !== revision) {
      throw new Unreadable(stream.name, `written up to revision ${answer.nextExpectedRevision} instead of ${revision}`)
    }
    for (const event of events) stream.note(event)
    // An answer that names no place is as good as none: read back where the events are.
    if (answer.position === undefined) return { kind: 'unknown', cause: new Error('an answer without a position') }
    const position = Number(answer.position.commit)
    return { stream: stream.name, first: expectedRevision + 1, revision, position }
  } catch (error) {
    return appendFailure(stream.name, size, error)
  }
}
