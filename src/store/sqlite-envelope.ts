import type { Envelope, RecordedEvent } from './port.ts'
import type { SqlValue } from './sql.ts'

/**
 * All of an envelope that is not a number, a name kept once or the payload goes into one column: handing a row to SQLite and
 * back costs more by the column than by the byte. First what has one length, then what ends with a line break, which no
 * field contains; a correlation or causation that is the command itself is left empty. The payload stays apart.
 */
export const hashLength = 64
const idStart = hashLength
const inputHashStart = 100
const recordedAtStart = 164
const actorStart = 188

/** An event type in one version of its schema. */
export interface EventKind {
  readonly type: string
  readonly version: number
}

/** The columns of an event in the order `eventOf` takes them. */
export const eventColumns = 'position, stream_id, revision, type_id, envelope, data'

/** An envelope's text as the column `envelope` holds it. */
export function envelopeText(event: Envelope): string {
  const { commandId } = event
  const correlationId = event.correlationId === commandId ? '' : event.correlationId
  const causationId = event.causationId === commandId ? '' : event.causationId
  const fixed = `${event.hash}${event.id}${event.inputHash}${event.recordedAt}`
  return `${fixed}${event.actor}\n${commandId}\n${correlationId}\n${causationId}`
}

/** The event in a row of `eventColumns`, with what its ids stand for. A damaged row gives an event whose hash is wrong. */
export function eventOf(row: readonly SqlValue[], stream: string, { type, version }: EventKind): RecordedEvent {
  const envelope = row[4] as string
  const actorEnd = envelope.indexOf('\n', actorStart)
  const commandEnd = envelope.indexOf('\n', actorEnd + 1)
  const correlationEnd = envelope.indexOf('\n', commandEnd + 1)
  const commandId = envelope.slice(actorEnd + 1, commandEnd)
  return {
    position: row[0] as number,
    stream,
    revision: row[2] as number,
    id: idOf(envelope),
    type,
    version,
    recordedAt: envelope.slice(recordedAtStart, actorStart),
    actor: envelope.slice(actorStart, actorEnd),
    commandId,
    inputHash: envelope.slice(inputHashStart, recordedAtStart),
    correlationId: envelope.slice(commandEnd + 1, correlationEnd) || commandId,
    causationId: envelope.slice(correlationEnd + 1) || commandId,
    hash: envelope.slice(0, hashLength),
    data: row[5] as string,
  }
}

/** The event's id in a stored envelope. */
export function idOf(envelope: string): string {
  return envelope.slice(idStart, inputHashStart)
}

/** The command's id in a stored envelope. */
export function commandIdOf(envelope: string): string {
  const actorEnd = envelope.indexOf('\n', actorStart)
  return envelope.slice(actorEnd + 1, envelope.indexOf('\n', actorEnd + 1))
}

const variable = `substr(envelope, ${actorStart + 1})`
const upToBreak = (text: string): string => `substr(${text}, 1, instr(${text}, char(10)) - 1)`
const afterBreak = (text: string): string => `substr(${text}, instr(${text}, char(10)) + 1)`
const command = afterBreak(variable)
const correlation = afterBreak(command)

/** SQL that takes every field of an event apart for a person's eyes. */
export const eventFields = `
  SELECT position, (SELECT name FROM streams WHERE id = stream_id) AS stream, revision,
    substr(envelope, ${idStart + 1}, ${inputHashStart - idStart}) AS id,
    (SELECT name FROM event_types WHERE id = type_id) AS type,
    (SELECT version FROM event_types WHERE id = type_id) AS version,
    substr(envelope, ${recordedAtStart + 1}, ${actorStart - recordedAtStart}) AS recorded_at,
    ${upToBreak(variable)} AS actor,
    ${upToBreak(command)} AS command_id,
    substr(envelope, ${inputHashStart + 1}, ${recordedAtStart - inputHashStart}) AS input_hash,
    coalesce(nullif(${upToBreak(correlation)}, ''), ${upToBreak(command)}) AS correlation_id,
    coalesce(nullif(${afterBreak(correlation)}, ''), ${upToBreak(command)}) AS causation_id,
    substr(envelope, 1, ${hashLength}) AS hash,
    data
  FROM events`
