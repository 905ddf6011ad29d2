import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file whole or not at all, making its directory; what was there before is replaced in one step. `durable` waits
 * for the disk: for what cannot be made again from the log.
 */
export function writeWhole(path: string, content: string | Uint8Array, { durable = false } = {}): void {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}.part`
  const file = openSync(beside, 'w')
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    if (durable) fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
  if (durable) flushNames(dirname(path))
}

/** Waits until a file's content is on the disk. */
export function flush(path: string): void {
  fsyncOpened(path, 'r+')
}

/** Waits until a folder's list of names is on the disk; Windows does so by itself, and refuses to be asked. */
export function flushNames(folder: string): void {
  if (process.platform !== 'win32') fsyncOpened(folder, 'r')
}

function fsyncOpened(path: string, flags: string): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
