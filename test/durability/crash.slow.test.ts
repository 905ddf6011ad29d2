import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CORE, type Fault, runCore } from './core.ts'
import { faultAfterCrash, faultAfterResend } from './crash-check.ts'
import { killLoop } from './crash-kills.ts'
import { crashMeans, meansSaid } from './crash-means.ts'
import { buildProgram, type Failing, runFailing, type Target, traced } from './crash-run.ts'
import { sweep } from './crash-sweep.ts'

const means = crashMeans()
/** Tests that need strace; where it cannot work they are skipped, and the kills below are many instead. */
const withStrace = test.skipIf(means.by === 'kill')
const POINTS = 200
const KILLS = means.by === 'strace' ? 22 : 110
/** What a command, or the opening of a directory, ends with on a disk that fails. */
const REFUSED = /OutcomeUnknown|Unavailable|disk I\/O error|database or disk is full|malformed|unable to open/
/** Of the runs to be killed, how many must have been before they ended. */
const KILLED = 0.6

let folder: string
let program: string
let count = 0
beforeAll(async () => {
  console.log(meansSaid(means))
  folder = mkdtempSync(join(tmpdir(), 'mingzhang-kill-'))
  program = await buildProgram(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function target(fault?: Fault): Target {
  count += 1
  return { program, directory: join(folder, `${count}`), fault }
}

describe('a process killed at a write, a flush, a truncation or a removal', () => {
  withStrace(`loses nothing it acknowledged, at ${POINTS} points spread over every core command`, async () => {
    const { points, of, faults } = await sweep({ points: POINTS })
    console.log(`${points} of ${of} crash points, ${faults.length} faults`)
    expect(faults).toEqual([])
    expect(points).toBeGreaterThanOrEqual(POINTS)
  })

  withStrace('is found out when it acknowledges before it commits', async () => {
    const { faults } = await sweep({ points: 24, fault: 'early' })
    expect(faults.length).toBeGreaterThan(5)
    expect(faults.every(fault => fault.includes('acknowledged and lost'))).toBe(true)
  })
})

describe('a process killed at any moment (kill -9)', () => {
  test(`loses nothing it acknowledged, in ${KILLS} runs`, async () => {
    const { runs, kills, faults } = await killLoop({ runs: KILLS })
    console.log(`${kills} kills in ${runs} runs, ${faults.length} faults`)
    expect(faults).toEqual([])
    expect(kills).toBeGreaterThan(runs * KILLED)
  })

  test('is found out when it acknowledges before it commits', async () => {
    const { faults } = await killLoop({ runs: CORE.length, fault: 'early' })
    expect(faults).toContainEqual(expect.stringContaining('acknowledged and lost'))
  })

  test('is what runs where strace is missing, and the output says which of the two ran', async () => {
    const env = { ...process.env, PATH: join(folder, 'nothing-here') }
    const crash = join(import.meta.dirname, 'crash.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [crash, '--points', '3'], { env })
    expect(stdout).toMatch(/^killed at any moment \(kill -9\), because strace cannot be started/)
    expect(stdout).toMatch(/^3 kills in 3 runs, 0 faults$/m)
  })
})

describe('the order of writes', () => {
  withStrace('is write, flush, acknowledge for every command', async () => {
    expect(unsynced(await traced(target()))).toEqual([])
  })

  withStrace('is found wrong when commits do not wait for the disk', async () => {
    expect(unsynced(await traced(target('unsynced'))).length).toBeGreaterThan(CORE.length / 2)
  })
})

describe('a disk that fails', () => {
  type Failed = { acknowledged: string[]; refused: boolean }

  /** The middle and later `share`s of the calls of one kind in an undisturbed run. */
  async function within(call: Failing['call'], shares: readonly number[]): Promise<number[]> {
    const lines = await traced(target(), call)
    const calls = lines.filter(line => line.includes(` ${call}(`)).length
    return shares.map(share => Math.ceil(calls * share))
  }

  /** A run on a disk that fails; what it left must hold on a sound one, and take every command again. */
  async function failing(how: Failing, place = target(), before: readonly string[] = []): Promise<Failed> {
    const { acknowledged, failed } = await runFailing(how, place)
    if (failed) expect(failed, JSON.stringify(how)).toMatch(REFUSED)
    const found = await faultAfterCrash(place.directory, [...new Set([...before, ...acknowledged])])
    expect(found, JSON.stringify(how)).toBeUndefined()
    expect(await faultAfterResend(place.directory), JSON.stringify(how)).toBeUndefined()
    return { acknowledged, refused: failed !== undefined }
  }

  withStrace('to flush once is asked again, or the command is refused: nothing is lost or doubled', async () => {
    for (const at of await within('fsync', [0.4, 0.5, 0.55, 0.65, 0.75, 0.9])) {
      await failing({ call: 'fsync', error: 'EIO', when: `${at}` })
    }
  })

  withStrace('to flush for good ends in a refusal that says so, and reopens clean on a sound disk', async () => {
    for (const at of await within('fsync', [0.5, 0.6, 0.8])) {
      const { acknowledged, refused } = await failing({ call: 'fsync', error: 'EIO', when: `${at}+` })
      expect(refused).toBe(true)
      expect(acknowledged.length).toBeLessThan(CORE.length)
    }
  })

  withStrace('to write, for once or for good, loses and doubles nothing either', async () => {
    for (const error of ['EIO', 'ENOSPC'] as const) {
      for (const at of await within('pwrite64', [0.2, 0.5, 0.8])) {
        await failing({ call: 'pwrite64', error, when: `${at}` })
        expect(await failing({ call: 'pwrite64', error, when: `${at}+` })).toMatchObject({ refused: true })
      }
    }
  })

  withStrace('to read ends in a refusal, and what was acknowledged before is there on a sound one', async () => {
    for (const at of [1, 2, 4, 7, 11, 16]) {
      const place = target()
      const before: string[] = []
      await runCore(place.directory, id => before.push(id))
      const how: Failing = { call: 'pread64', error: 'EIO', when: `${at}+` }
      expect(await failing(how, place, before)).toMatchObject({ refused: true })
    }
  })
})

/** The acknowledgements that left while something written to the log was not flushed yet. */
function unsynced(lines: readonly string[]): string[] {
  let dirty = false
  const early: string[] = []
  for (const line of lines) {
    if (line.includes(' pwrite64(') && line.includes('ledger.db-wal>')) dirty = true
    if (line.includes(' fsync(') && line.includes('ledger.db-wal>')) dirty = false
    if (dirty && / write\(1<[^>]*>, "core-/.test(line)) early.push(line)
  }
  return early
}
