import { hash } from 'node:crypto'

/** The namespace of all event ids of this product (RFC 9562 §5.5), drawn once. */
const namespace = Buffer.from('6f1c0b5e7d3a4b0f9a52c41d8e2f7b36', 'hex').toString('latin1')

/** UUIDv5 of a command id and the index of its event: the same retry always names the same events. */
export function eventId(commandId: string, index: number): string {
  const name = Buffer.from(`${commandId}/${index}`, 'utf8').toString('latin1')
  const hex = hash('sha1', Buffer.from(namespace + name, 'latin1'), 'hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`
}
