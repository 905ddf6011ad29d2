import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CORE, type Fault } from './core.ts'
import { faultAfterCrash } from './crash-check.ts'
import { buildProgram, run } from './crash-run.ts'

export type Kills = { runs: number; kills: number; faults: string[] }
export type KillOptions = { runs: number; fault?: Fault; onRun?: (done: number, of: number) => void }

/** Kills the core commands after each acknowledgement in turn, which needs no tracing, and checks what is left each time. */
export async function killLoop({ runs, fault, onRun }: KillOptions): Promise<Kills> {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-kills-'))
  try {
    const program = await buildProgram(folder)
    const faults: string[] = []
    let kills = 0
    for (let index = 0; index < runs; index++) {
      const directory = join(folder, `${index}`)
      const moment = { acknowledged: 1 + (index % CORE.length), ms: Math.floor(index / CORE.length) }
      const { acknowledged, killed } = await run({ program, directory, fault }, moment)
      if (killed) kills += 1
      const found = await faultAfterCrash(directory, acknowledged)
      if (found) faults.push(`run ${index}: ${found}`)
      rmSync(directory, { recursive: true, force: true })
      onRun?.(index + 1, runs)
    }
    return { runs, kills, faults }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
