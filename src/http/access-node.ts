import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushNames } from '../store/disk-node.ts'
import { CODE_BYTES, codeOf, normalisedCode } from './access-code.ts'
import type { Access } from './house.ts'

/** N = 2^17, r = 8, p = 1: 128 MiB a try. */
const COST = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const LENGTH = 32

type Stored = { kdf: 'scrypt'; N: number; r: number; p: number; salt: string; hash: string }

/**
 * The data directory's one access code for its operator. Only its scrypt hash is kept, in `access.json` (mode 600);
 * `code` is there when it was made just now, and is shown once. To get a new one, delete the file and start again.
 */
export async function openAccess(directory: string): Promise<{ access: Access; code?: string }> {
  const file = join(directory, 'access.json')
  if (existsSync(file)) return { access: accessOf(JSON.parse(readFileSync(file, 'utf8')) as Stored) }
  const code = codeOf(randomBytes(CODE_BYTES))
  const stored = await storedOf(code)
  // Whole and on the disk before it is shown: half a file would keep everybody out after a power cut.
  writeFileSync(`${file}.part`, `${JSON.stringify(stored)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.part`, file)
  flushNames(directory)
  return { access: accessOf(stored), code }
}

function accessOf(stored: Stored): Access {
  // What was right once is known again by a fast hash, so that a program's every request does not cost 128 MiB.
  let known: Buffer | undefined
  return {
    id: stored.salt,
    async matches(given) {
      const code = normalisedCode(given)
      const quick = createHash('sha256').update(stored.salt).update(code).digest()
      if (known && timingSafeEqual(known, quick)) return true
      const hash = await derive(code, Buffer.from(stored.salt, 'hex'), stored)
      if (!timingSafeEqual(hash, Buffer.from(stored.hash, 'hex'))) return false
      known = quick
      return true
    },
  }
}

async function storedOf(code: string): Promise<Stored> {
  const salt = randomBytes(16)
  const { N, r, p } = COST
  const hash = await derive(normalisedCode(code), salt, COST)
  return { kdf: 'scrypt', N, r, p, salt: salt.toString('hex'), hash: hash.toString('hex') }
}

function derive(code: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(code, salt, LENGTH, { N, r, p, maxmem: COST.maxmem }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}
