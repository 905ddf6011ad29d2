import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const WRITES = 300

/** Writes of 4 KB a second, each on the disk before the next: what every single durable append waits for. */
export function fsyncRate(): number {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-disk-'))
  const file = openSync(join(folder, 'file'), 'w')
  try {
    const block = Buffer.alloc(4096, 1)
    for (let index = 0; index < WRITES; index++) writeSync(file, block, 0, block.length, index * block.length)
    fdatasyncSync(file)
    const from = process.hrtime.bigint()
    for (let index = 0; index < WRITES; index++) {
      writeSync(file, block, 0, block.length, index * block.length)
      fdatasyncSync(file)
    }
    return Math.round(WRITES / (Number(process.hrtime.bigint() - from) / 1e9))
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true, force: true })
  }
}
