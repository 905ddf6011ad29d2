import { crc32, deflateRawSync } from 'node:zlib'

export type Part = { name: string; data: Uint8Array | string; says?: number; flags?: number }

/** A zip archive of these parts; `says` is the size its directory claims in place of the true one. */
export function zipFile(parts: readonly Part[]): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data, says, flags = 0 } of parts) {
    const raw = Buffer.from(data)
    const packed = deflateRawSync(raw)
    const title = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(flags, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(raw), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(says ?? raw.length, 18)
    shared.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(4)
    place.writeUInt32LE(offset)
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), shared, title])
    local.push(head, packed)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, Buffer.alloc(10), place, title]))
    offset += head.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}
