import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { BlobDamaged, type Blobs, blobName } from '../../src/store/blobs.ts'
import { fileBlobs } from '../../src/store/blobs-node.ts'
import { sqlBlobs } from '../../src/store/blobs-sql.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

type Kept = { blobs: Blobs; damage: (name: string) => void }

function files(): Kept & { directory: string; path: (name: string) => string } {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-blobs-'))
  directories.push(directory)
  const path = (name: string) => join(directory, 'attachments', name.slice(0, 2), name)
  return { directory, path, blobs: fileBlobs(directory), damage: name => writeFileSync(path(name), 'x') }
}

function rows(): Kept & { sizes: () => number[] } {
  const sql = openNodeSql(':memory:')
  return {
    blobs: sqlBlobs(sql),
    damage: name => sql.run('UPDATE kept_files SET bytes = ? WHERE hash = ? AND part = 0', Uint8Array.of(1), name),
    sizes: () => sql.rows('SELECT length(bytes) FROM kept_files ORDER BY part').map(([size]) => Number(size)),
  }
}

const text = (content: string) => new TextEncoder().encode(content)
const large = Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251)

describe.each<[string, () => Kept]>([
  ['files in a data directory', files],
  ['rows of a SQL database', rows],
])('%s', (_, open) => {
  test('give back by its hash exactly what was put in, of any size', () => {
    const { blobs } = open()
    for (const bytes of [text('收据'), new Uint8Array(0), large]) {
      const name = blobs.put(bytes)
      expect(name).toBe(blobName(bytes))
      expect(blobs.has(name)).toBe(true)
      expect(Buffer.compare(blobs.get(name)!, bytes)).toBe(0)
      expect(blobs.put(bytes), 'the same again').toBe(name)
    }
  })

  test('know nothing of a name that was not put in, and take no path for one', () => {
    const { blobs } = open()
    for (const name of [blobName(text('别的')), '../ledger.db', 'AB', '', `${blobName(text('x'))}/..`]) {
      expect(blobs.has(name)).toBe(false)
      expect(blobs.get(name)).toBeUndefined()
    }
  })

  test('a content that is not its name’s any more is never given out, and is mended by putting it in again', () => {
    const { blobs, damage } = open()
    const name = blobs.put(text('收据'))
    damage(name)
    expect(() => blobs.get(name)).toThrow(BlobDamaged)
    blobs.put(text('收据'))
    expect(Buffer.compare(blobs.get(name)!, text('收据'))).toBe(0)
  })
})

test('files lie below the first two digits of their name, readable by their owner alone, with nothing half-written beside', () => {
  const { blobs, path, directory } = files()
  expect(readdirSync(directory), 'nothing is made before the first file').toEqual([])
  const name = blobs.put(text('收据'))
  expect(readFileSync(path(name), 'utf8')).toBe('收据')
  expect(statSync(path(name)).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(directory, 'attachments'))).toEqual([name.slice(0, 2)])
  expect(readdirSync(join(directory, 'attachments', name.slice(0, 2)))).toEqual([name])
})

test('a whole file is never written again', () => {
  const { blobs, path } = files()
  const name = blobs.put(text('收据'))
  const before = statSync(path(name), { bigint: true })
  blobs.put(text('收据'))
  expect(statSync(path(name), { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs })
})

test('a file that cannot be written leaves nothing under its name', () => {
  const { directory, path } = files()
  writeFileSync(join(directory, 'attachments'), 'in the way')
  expect(() => fileBlobs(directory).put(text('收据'))).toThrow()
  expect(existsSync(path(blobName(text('收据'))))).toBe(false)
})

test('a row holds at most 1 MB', () => {
  const { blobs, sizes } = rows()
  blobs.put(large)
  expect(sizes()).toEqual([1_000_000, 1_000_000, 500_000])
})
