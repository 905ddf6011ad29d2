import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Random } from '../simulation/random.ts'
import type { Fault } from './core.ts'
import { buildProgram, tracedInto } from './crash-run.ts'
import { faultAfterCut } from './power-check.ts'
import { Disk, type Op } from './power-disk.ts'
import { opsIn, POWER_TRACE } from './power-trace.ts'

export type PowerSweep = { cuts: number; of: number; faults: string[] }
/**
 * `cuts`: how many to take, at each acknowledgement first; one after everything the program did when left out.
 * `failing`: the how-manieth fsync fails, and what it should have flushed never comes to the disk.
 */
export type PowerOptions = {
  cuts?: number
  seed?: number
  fault?: Fault
  failing?: number
  onCut?: (done: number, of: number) => void
}

/**
 * Records what one run does to the disk, and checks what a power cut could have left of it: of the unflushed an arbitrary
 * part, drawn from the seed and the place of the cut.
 */
export async function powerCuts({ cuts, seed = 1, fault, failing, onCut }: PowerOptions = {}): Promise<PowerSweep> {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-power-'))
  try {
    const ops = await recorded(folder, fault, failing)
    const chosen = new Set(cuts === undefined ? ops.keys() : spread(ops, cuts))
    const disk = new Disk(join(folder, 'run'))
    const said: string[] = []
    const faults: string[] = []
    let done = 0
    for (const [index, op] of ops.entries()) {
      disk.apply(op)
      if (op.did === 'say') said.push(op.text)
      if (!chosen.has(index)) continue
      const left = join(folder, 'left')
      lay(left, disk.afterCut(new Random(seed * 1_000_003 + index)))
      const found = await faultIn(left, said)
      if (found) faults.push(`after ${index + 1} of ${ops.length} (${op.did}), seed ${seed}: ${found}`)
      rmSync(left, { recursive: true })
      onCut?.(++done, chosen.size)
    }
    return { cuts: chosen.size, of: ops.length, faults }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function recorded(folder: string, fault?: Fault, failing?: number): Promise<Op[]> {
  const program = await buildProgram(folder, 'power-program')
  const directory = join(folder, 'run')
  mkdirSync(directory)
  const inject = failing === undefined ? [] : ['-e', `inject=fsync:error=EIO:when=${failing}`]
  return opsIn(await tracedInto({ program, directory, fault }, [...POWER_TRACE, ...inject]), directory)
}

/** Right after each acknowledgement, where most is promised; the rest evenly. */
function spread(ops: readonly Op[], count: number): number[] {
  const said = [...ops.entries()].filter(([, { did }]) => did === 'say').map(([index]) => index)
  const others = [...ops.keys()].filter(index => !said.includes(index))
  const taken = Math.min(others.length, Math.max(0, count - said.length))
  return [
    ...said,
    ...Array.from({ length: taken }, (_, at) => others[Math.floor(((at + 0.5) * others.length) / taken)]!),
  ]
}

function lay(folder: string, files: Map<string, Buffer | undefined>): void {
  mkdirSync(folder)
  for (const [path, bytes] of files) {
    mkdirSync(join(folder, bytes ? dirname(path) : path), { recursive: true })
    if (bytes) writeFileSync(join(folder, path), bytes)
  }
}

async function faultIn(folder: string, said: readonly string[]): Promise<string | undefined> {
  try {
    return await faultAfterCut(folder, said)
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}
