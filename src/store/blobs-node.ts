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

const FOLDER = 'attachments'

/** Files below `attachments/` of a data directory: `ab/ab12…`. Nothing is made before the first file comes. */
export function fileBlobs(directory: string): Blobs {
  const root = join(directory, FOLDER)
  const pathOf = (name: string): string => join(root, name.slice(0, 2), name)
  return {
    put(bytes) {
      const name = blobName(bytes)
      const path = pathOf(name)
      if (isWhole(path, name)) return name
      makeFolder(root)
      makeFolder(dirname(path))
      writeDurably(path, bytes)
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

// Owner only: statements and receipts name people.
function makeFolder(path: string): void {
  if (existsSync(path)) return
  mkdirSync(path, { recursive: true, mode: 0o700 })
  flushNames(dirname(path))
}

// Under another name until it is whole and on the disk, so that a kill leaves nothing half-written under the right one.
function writeDurably(path: string, bytes: Uint8Array): void {
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
  flushNames(dirname(path))
}

// Windows flushes a folder by itself, and refuses to be asked.
function flushNames(folder: string): void {
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
