import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { disclosuresOf } from '../../projections/publications.ts'
import { type DemoSummary, demoPorts, runDemo } from '../demo/demo.ts'
import type { Office } from '../office.ts'
import { openOffice } from '../office-node.ts'
import { disclose } from './figures.ts'
import { writeWhole } from './files.ts'
import { noteHead } from './heads.ts'
import { holdsLedger } from './offices.ts'
import { CliError } from './output.ts'
import { drawDisclosure, drawResolution } from './papers.ts'
import { progress } from './progress.ts'
import { statementsOf, writeStatements } from './statements.ts'

const YEAR = 2025

export type Made = {
  coops: { code: string; name: string; events: number; head: string; statements: number; declared: string }[]
  files: number
  /** What was done, each with the milliseconds it took. */
  steps: { what: string; ms: number }[]
}

/**
 * Builds the demonstration beside the directory and puts it in its place when it is whole; refuses a directory that holds
 * a ledger or anything else. `origin` is the address its papers name.
 */
export async function buildDemo(directory: string, seed: number, origin: string): Promise<Made> {
  if (holdsLedger(directory)) {
    const again = `要打开它，请运行 npm run serve -- --data ${directory}`
    throw new CliError('LedgerExists', `${directory} 里已有账本，演示不会动它；${again}，或用 --out 换一个目录。`)
  }
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new CliError('NotEmpty', `${directory} 不是空目录；请用 --out 换一个目录。`)
  const beside = `${directory.replace(/\/+$/, '')}.part`
  rmSync(beside, { recursive: true, force: true })
  try {
    const made = await build(beside, seed, origin)
    renameSync(beside, directory)
    return made
  } catch (error) {
    rmSync(beside, { recursive: true, force: true })
    throw error
  }
}

async function build(directory: string, seed: number, origin: string): Promise<Made> {
  const { clock, ...ports } = demoPorts(seed)
  const office = openOffice(directory, ports)
  const steps: Made['steps'] = []
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const result = await work()
    steps.push({ what, ms: Math.round(performance.now() - began) })
    return result
  }
  try {
    const { coops } = await timed('一年的账', () => play(office, seed, clock))
    const papers = new Papers(office, directory, origin)
    await timed('两公开和决议公告', () => papers.notices(coops))
    const sums = await timed('个人对账单', () => papers.statements(coops))
    for (const { code } of coops) noteHead(directory, office, code)
    const listed = coops.map(({ code, name, events, head }) => ({ code, name, events, head, ...sums.get(code)! }))
    return { coops: listed, files: papers.files, steps }
  } finally {
    office.close()
  }
}

function play(office: Office, seed: number, clock: ReturnType<typeof demoPorts>['clock']): Promise<DemoSummary> {
  let shown: ReturnType<typeof progress> | undefined
  return runDemo(office, {
    seed,
    clock,
    disclose: (quarter, coop) => disclose(office, quarter, coop),
    progress(_what, done, all) {
      shown ??= progress('一年的账', all)
      shown.to(done)
      if (done === all) shown.end()
    },
  })
}

/** Writes the papers of a demonstration under `reports/<coop>/`. */
class Papers {
  files = 0
  readonly #office: Office
  readonly #directory: string
  readonly #origin: string

  constructor(office: Office, directory: string, origin: string) {
    this.#office = office
    this.#directory = directory
    this.#origin = origin
  }

  async notices(coops: DemoSummary['coops']): Promise<void> {
    const shown = progress('两公开', coops.length)
    for (const [index, { code: coop, resolutions }] of coops.entries()) {
      const place = { origin: this.#origin, coop }
      for (const quarter of new Set(disclosuresOf(this.#office.sql, coop).map(row => row.quarter))) {
        for (const kind of ['decision', 'outcome'] as const)
          this.#write(
            coop,
            [quarter, `${kind}.pdf`],
            await drawDisclosure(this.#office, place, quarter, kind, 'public'),
          )
      }
      for (const no of resolutions) {
        const notice = await drawResolution(this.#office, place, no)
        if (notice) this.#write(coop, ['resolutions', `${no}.pdf`], notice)
      }
      shown.to(index + 1)
    }
    shown.end()
  }

  async statements(coops: DemoSummary['coops']): Promise<Map<string, { statements: number; declared: string }>> {
    const sources = coops.map(({ code }) => ({ code, source: statementsOf(this.#office, code, YEAR) }))
    const shown = progress(
      '对账单',
      sources.reduce((sum, { source }) => sum + source.codes.length, 0),
    )
    const sums = new Map<string, { statements: number; declared: string }>()
    let before = 0
    for (const { code, source } of sources) {
      const to = join(this.#directory, 'reports', code, 'statements', String(YEAR))
      const { declared } = await writeStatements(source, to, done => shown.to(before + done))
      before += source.codes.length
      this.files += source.codes.length + 1
      sums.set(code, { statements: source.codes.length, declared })
    }
    shown.end()
    return sums
  }

  #write(coop: string, path: readonly string[], bytes: Uint8Array): void {
    writeWhole(join(this.#directory, 'reports', coop, ...path), bytes)
    this.files += 1
  }
}
