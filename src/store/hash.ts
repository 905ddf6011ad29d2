import { hash } from 'node:crypto'
import type { Envelope } from './port.ts'

/** Keeps these hashes apart from every other use of SHA-256, and names the formula's version. */
const domain = 'mingzhang/event/v1'
/** Bytes are put together here: as text, Chinese would first be copied at two bytes a character, digits and all. */
const bytes = Buffer.alloc(64 * 1024)
const mostBytesPerCharacter = 3

/** SHA-256 (hex) that chains an envelope to the previous hash; the formula is docs/log-format.md. */
export function hashOf(previousHash: string, event: Omit<Envelope, 'hash'>): string {
  const fields = fieldLines(previousHash, event)
  const fits = (fields.length + event.data.length) * mostBytesPerCharacter <= bytes.length
  if (!fits) return hash('sha256', fields + event.data, 'hex')
  const start = bytes.write(fields)
  return hash('sha256', bytes.subarray(0, start + bytes.write(event.data, start)), 'hex')
}

/** All lines but the last: a JSON array has one reading, and no line break before the payload. */
function fieldLines(previousHash: string, event: Omit<Envelope, 'hash'>): string {
  const fields = [
    event.id,
    event.stream,
    event.revision,
    event.type,
    event.version,
    event.recordedAt,
    event.actor,
    event.commandId,
    event.inputHash,
    event.correlationId,
    event.causationId,
  ]
  return `${domain}\n${previousHash}\n${JSON.stringify(fields)}\n`
}
