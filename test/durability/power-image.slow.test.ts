import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CORE, type Fault } from './core.ts'
import { faultAfterCrash } from './crash-check.ts'
import { buildProgram } from './crash-run.ts'
import { folder } from './place.ts'

const SIZE = 32 * 1024 * 1024
const place = folder()
const [EMPTY, DISK, CUT] = [place.path('empty.img'), place.path('disk.img'), place.path('cut.img')]
const [MOUNTED, LEFT] = [place.path('mounted'), place.path('left')]
const usable = formatted()
const title = usable ? '' : ' — skipped: only root may mount the disk image it needs'
let program: string

beforeAll(async () => {
  if (usable) program = await buildProgram(place.path())
})
afterAll(() => place.gone())

describe.skipIf(!usable)(`a power cut on a real file system (ext4 in an image)${title}`, () => {
  test(`leaves everything acknowledged, after each of ${CORE.length} commands`, async () => {
    let cuts = 0
    for (const _ of CORE) {
      const acknowledged = await cutAfter(++cuts)
      expect(acknowledged.length).toBeGreaterThanOrEqual(cuts)
      expect(await faultAfterCrash(`${LEFT}/books`, acknowledged)).toBeUndefined()
    }
    console.log(`${cuts} power cuts on ext4`)
  })

  test('is found out to lose something where commits do not wait for the disk', async () => {
    const acknowledged = await cutAfter(8, 'unsynced')
    expect(await faultAfterCrash(`${LEFT}/books`, acknowledged)).toContain('acknowledged and lost')
  })
})

/** Cuts the power once so many commands are acknowledged: gives their ids, and lays out what had come to the disk. */
async function cutAfter(count: number, fault?: Fault): Promise<string[]> {
  copyFileSync(EMPTY, DISK)
  const acknowledged = await mounted(DISK, async () => {
    const args = [program, `${MOUNTED}/books`, ...(fault ? [fault] : [])]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise(resolve => child.once('close', resolve))
    const said = await stoppedAfter(child, count)
    // The image holds what the file system has given to its disk; everything else is in memory only, and is lost.
    copyFileSync(DISK, CUT)
    child.kill('SIGKILL')
    await ended
    return said
  })
  rmSync(LEFT, { recursive: true, force: true })
  await mounted(CUT, () => cpSync(MOUNTED, LEFT, { recursive: true }))
  return acknowledged
}

/** Stops a program, without letting it finish anything, when it has said so many lines; gives those it said. */
async function stoppedAfter(child: ChildProcess, count: number): Promise<string[]> {
  let out = ''
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    out += chunk
    if (out.split('\n').length > count) break
  }
  child.kill('SIGSTOP')
  while (running(child.pid!)) await after(1)
  return out.slice(0, out.lastIndexOf('\n')).split('\n')
}

function running(pid: number): boolean {
  const file = `/proc/${pid}/stat`
  // The letter after the name in brackets: T is stopped, Z has ended.
  return existsSync(file) && !/\) [TZ] /.test(readFileSync(file, 'utf8'))
}

/** Works on a mounted image. The file system itself writes only what it is asked to flush, and the rest after ten minutes. */
async function mounted<T>(image: string, work: () => Promise<T> | T): Promise<T> {
  execFileSync('mount', ['-o', 'loop,commit=600', image, MOUNTED])
  try {
    return await work()
  } finally {
    execFileSync('umount', [MOUNTED])
  }
}

/** Makes the empty image; whether it can be mounted here. */
function formatted(): boolean {
  mkdirSync(MOUNTED)
  try {
    writeFileSync(EMPTY, new Uint8Array(SIZE))
    execFileSync('mkfs.ext4', ['-q', EMPTY], { stdio: 'ignore' })
    execFileSync('mount', ['-o', 'loop', EMPTY, MOUNTED], { stdio: 'ignore' })
    execFileSync('umount', [MOUNTED])
    return true
  } catch {
    return false
  }
}
