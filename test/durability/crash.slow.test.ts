import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasProgram, testWith } from '../support/programs.ts'
import { CORE, type Fault } from './core.ts'
import { faultAfterCrash, faultAfterResend } from './crash-check.ts'
import { buildProgram, run, runWithoutFlush, type Target, traced } from './crash-run.ts'
import { sweep } from './crash-sweep.ts'

const POINTS = 200
const KILLS = hasProgram('strace') ? 10 : 60

let folder: string
let program: string
let count = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingzhang-kill-'))
  program = await buildProgram(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function target(fault?: Fault): Target {
  count += 1
  return { program, directory: join(folder, `${count}`), fault }
}

describe('a process killed at a write, a flush, a truncation or a removal', () => {
  testWith(
    ['strace'],
    `loses nothing it acknowledged, at ${POINTS} points spread over every core command`,
    async () => {
      const { points, of, faults } = await sweep({ points: POINTS })
      console.log(`${points} of ${of} crash points, ${faults.length} faults`)
      expect(faults).toEqual([])
      expect(points).toBeGreaterThanOrEqual(POINTS)
    },
  )

  testWith(['strace'], 'is found out when it acknowledges before it commits', async () => {
    const { faults } = await sweep({ points: 24, fault: 'early' })
    expect(faults.length).toBeGreaterThan(5)
    expect(faults.every(fault => fault.includes('acknowledged and lost'))).toBe(true)
  })
})

test(`killed at any moment (${KILLS} times), what was acknowledged is there`, async () => {
  let kills = 0
  for (let index = 0; index < KILLS; index++) {
    const place = target()
    const { acknowledged, killed } = await run(place, index % 20)
    if (killed) kills += 1
    expect(await faultAfterCrash(place.directory, acknowledged)).toBeUndefined()
  }
  console.log(`${kills} kills`)
  expect(kills).toBeGreaterThan(KILLS / 5)
})

describe('the order of writes', () => {
  testWith(['strace'], 'is write, flush, acknowledge for every command', async () => {
    expect(unsynced(await traced(target()))).toEqual([])
  })

  testWith(['strace'], 'is found wrong when commits do not wait for the disk', async () => {
    expect(unsynced(await traced(target('unsynced'))).length).toBeGreaterThan(CORE.length / 2)
  })
})

describe('a disk that fails to flush (EIO)', () => {
  testWith(
    ['strace'],
    'once is asked again with the same events, or the command is refused: nothing is lost or doubled',
    async () => {
      for (const at of [18, 20, 21, 24, 30, 38] as const) {
        const place = target()
        const { acknowledged, failed } = await runWithoutFlush(`${at}`, place)
        if (failed) expect(failed).toMatch(/OutcomeUnknown|Unavailable/)
        expect(await faultAfterCrash(place.directory, acknowledged)).toBeUndefined()
        expect(await faultAfterResend(place.directory)).toBeUndefined()
      }
    },
  )

  testWith(['strace'], 'for good ends in a refusal that says so, and reopens clean on a sound disk', async () => {
    for (const at of [20, 24, 34] as const) {
      const place = target()
      const { acknowledged, failed } = await runWithoutFlush(`${at}+`, place)
      expect(failed).toMatch(/OutcomeUnknown|Unavailable/)
      expect(acknowledged.length).toBeLessThan(CORE.length)
      expect(await faultAfterCrash(place.directory, acknowledged)).toBeUndefined()
      expect(await faultAfterResend(place.directory)).toBeUndefined()
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
