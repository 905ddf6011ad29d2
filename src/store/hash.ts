import { hash } from 'node:crypto'
import type { Envelope } from './port.ts'

/** Keeps these hashes apart from every other use of SHA-256, and names the formula's version. */
const domain = 'mingzhang/event/v1'

/** SHA-256 (hex) that chains an envelope to the previous hash; the formula is docs/log-format.md. */
export function hashOf(previousHash: string, event: Omit<Envelope, 'hash'>): string {
  return hash('sha256', hashInput(previousHash, event), 'hex')
}

/** The text whose UTF-8 bytes are hashed: a JSON array has one reading, and no line break before the payload. */
export function hashInput(previousHash: string, event: Omit<Envelope, 'hash'>): string {
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
  return `${domain}\n${previousHash}\n${JSON.stringify(fields)}\n${event.data}`
}
