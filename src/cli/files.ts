import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushNames, makeFolder } from '../store/disk-node.ts'

/**
 * Writes a file whole or not at all, making its directory; what was there before is replaced in one step. `durable` waits
 * for the disk: for what cannot be made again from the log.
 */
export function writeWhole(path: string, content: string | Uint8Array, { durable = false } = {}): void {
  makeFolder(dirname(path))
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
