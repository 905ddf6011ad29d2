import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Blobs, blobName, checkedBlob, isBlobName } from './blobs.ts'
import { flushNames } from './disk-node.ts'

const FOLDER = 'attachments'

/**
 * Files below `attachments/` of a data directory: `ab/ab12…`, their owner's alone, for statements and receipts name people.
 * Nothing is made before the first file comes.
 */
export function fileBlobs(directory: string): Blobs {
  const root = join(directory, FOLDER)
  const pathOf = (name: string): string => join(root, name.slice(0, 2), name)
  return {
    put(bytes) {
      const name = blobName(bytes)
      const path = pathOf(name)
      if (!isWhole(path, name)) {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        writeBeside(path, bytes)
      }
      // Also when it was there: whoever put it there may have been killed before the names were on the disk.
      for (const folder of [dirname(path), root, directory]) flushNames(folder)
      return name
    },
    get(name) {
      if (!isBlobName(name) || !existsSync(pathOf(name))) return undefined
      return checkedBlob(name, readFileSync(pathOf(name)))
    },
    has: name => isBlobName(name) && existsSync(pathOf(name)),
  }
}

// A damaged file is mended by putting the right one in again; a whole one is never written to.
const isWhole = (path: string, name: string): boolean => existsSync(path) && blobName(readFileSync(path)) === name

// Under another name until it is whole and on the disk, so that a kill leaves nothing half-written under the right one.
function writeBeside(path: string, bytes: Uint8Array): void {
  const beside = `${path}.${process.pid}.part`
  try {
    const file = openSync(beside, 'w', 0o600)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
