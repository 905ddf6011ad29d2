import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault } from './core.ts'
import { faultAfterCrash, faultAfterResend } from './crash-check.ts'
import { buildProgram, CALLS, type Point, runKilledAt, type Target, traced } from './crash-run.ts'

export type Sweep = { points: number; of: number; faults: string[] }
/** `points`: how many to take, spread over the whole run; all of them when left out. */
export type SweepOptions = { points?: number; fault?: Fault; onPoint?: (done: number, of: number) => void }

/** The cores of the machines this runs on. */
const AT_ONCE = 2
/** Sending everything again after a crash costs as much as the crash: every so manieth point does. */
const RESEND_EVERY = 5

/** Kills the core commands at their writes and flushes, one point a run, and checks what is left each time. */
export async function sweep({ points, fault, onPoint }: SweepOptions = {}): Promise<Sweep> {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-crash-'))
  try {
    const program = await buildProgram(folder)
    const every = await allPoints({ program, directory: join(folder, 'undisturbed') })
    const chosen = spread(every, points ?? every.length)
    const faults: string[] = []
    let next = 0
    const work = async () => {
      for (let index = next++; index < chosen.length; index = next++) {
        const target = { program, directory: join(folder, `${index}`), fault }
        const found = await faultAt(chosen[index]!, target, index % RESEND_EVERY === 0)
        if (found) faults.push(found)
        onPoint?.(index + 1, chosen.length)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return { points: chosen.length, of: every.length, faults }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every write, flush, truncation and removal of one undisturbed run. */
async function allPoints(target: Target): Promise<Point[]> {
  const lines = await traced(target)
  const counts = new Map<Point['call'], number>()
  const points: Point[] = []
  for (const line of lines) {
    const call = CALLS.find(name => line.includes(` ${name}(`))
    if (!call) continue
    const at = (counts.get(call) ?? 0) + 1
    counts.set(call, at)
    points.push({ call, at })
  }
  return points
}

// Writes are many and alike; of everything else each one is taken as far as the number goes.
function spread(every: readonly Point[], count: number): Point[] {
  const rare = every.filter(({ call }) => call !== 'pwrite64')
  const writes = every.filter(({ call }) => call === 'pwrite64')
  const wanted = Math.min(writes.length, Math.max(Math.ceil(count / 2), count - rare.length))
  return [...evenly(rare, count - wanted), ...evenly(writes, wanted)]
}

function evenly<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(items.length, count)
  return Array.from({ length: taken }, (_, index) => items[Math.floor(((index + 0.5) * items.length) / taken)]!)
}

async function faultAt(point: Point, target: Target, resend: boolean): Promise<string | undefined> {
  const { directory } = target
  try {
    const { acknowledged, killed, failed } = await runKilledAt(point, target)
    if (!killed) return `${point.call} ${point.at}: not killed, ${failed ?? 'ended well'}`
    const found = await faultAfterCrash(directory, acknowledged)
    const later = found || !resend ? found : await faultAfterResend(directory)
    return later && `${point.call} ${point.at}: ${later}`
  } catch (error) {
    return `${point.call} ${point.at}: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
