import { hash } from 'node:crypto'

/** Holds the namespace of all event ids of this product (RFC 9562 §5.5), drawn once; a name is written behind it. */
const named = Buffer.alloc(16 + 512)
named.write('6f1c0b5e7d3a4b0f9a52c41d8e2f7b36', 'hex')

/** UUIDv5 of a command id and the index of its event: the same retry always names the same events. */
export function eventId(commandId: string, index: number): string {
  const hex = hash('sha1', nameBytes(`${commandId}/${index}`), 'hex')
  // The variant is in the two highest bits of the byte whose first digit this is.
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The namespace and the name: in the one buffer wherever the name is of a usual length. */
function nameBytes(name: string): Buffer {
  if (name.length * 3 > named.length - 16) return Buffer.concat([named.subarray(0, 16), Buffer.from(name)])
  return named.subarray(0, 16 + named.write(name, 16))
}
