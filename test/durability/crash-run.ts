import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { Fault } from './core.ts'

/** A system call that changes what is on disk, and the how-manieth of them. */
export type Point = { call: (typeof CALLS)[number]; at: number }
/** The program that gives the core commands (see `buildProgram`), the directory it works in, and a bug to have in it. */
export type Target = { program: string; directory: string; fault?: Fault | undefined }
/** One run: the ids it acknowledged, whether it was killed, and what it said when it ended with an error. */
export type Run = { acknowledged: string[]; killed: boolean; failed: string | undefined }

export const CALLS = ['pwrite64', 'fsync', 'unlink', 'ftruncate'] as const
// Without --seccomp-bpf: it makes strace faster, but lets the faults it should inject pass.
const TRACED = ['-f', '-qq']

/** A program of this folder as one file: it starts in a tenth of the time of its hundred sources. */
export async function buildProgram(
  folder: string,
  name: 'core-program' | 'power-program' = 'core-program',
): Promise<string> {
  const entry = join(import.meta.dirname, `${name}.ts`)
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: join(folder, 'program') },
  })
  return join(folder, 'program', `${name}.js`)
}

/** When to kill (SIGKILL) a process: some milliseconds after it has acknowledged so many commands. */
export type Moment = { acknowledged: number; ms: number }

/** Runs the program untraced; killed at the given moment when asked. */
export function run(target: Target, moment?: Moment): Promise<Run> {
  return finished(process.execPath, argsOf(target), moment)
}

/** Runs the program and kills it as it enters the given system call. */
export function runKilledAt({ call, at }: Point, target: Target): Promise<Run> {
  const inject = `inject=${call}:signal=KILL:when=${at}`
  return strace(['-o', '/dev/null', '-e', `trace=${call}`, '-e', inject], target)
}

/** A system call that fails: the how-manieth of its kind, or every one from there on, as on a dying disk. */
export type Failing = {
  call: 'fsync' | 'pwrite64' | 'pread64'
  error: 'EIO' | 'ENOSPC'
  when: `${number}` | `${number}+`
}

/** Runs the program on a disk that fails so. */
export function runFailing({ call, error, when }: Failing, target: Target): Promise<Run> {
  const failing = ['-e', `trace=${call}`, '-e', `inject=${call}:error=${error}:when=${when}`]
  // Reading fails in the log only: the program itself is read too.
  const files = call === 'pread64' ? ['-P', join(target.directory, 'ledger.db')] : []
  return strace(['-o', '/dev/null', ...files, ...failing], target)
}

/** Runs the program to its end and gives its writes and flushes (or the given calls) in order, a line each, with paths. */
export async function traced(target: Target, calls = `write,${CALLS.join(',')}`): Promise<string[]> {
  const file = await tracedInto(target, ['-y', '-s', '40', '-e', `trace=${calls}`])
  return readFileSync(file, 'utf8').split('\n')
}

/** Runs the program to its end under strace with the given options; gives the file that holds what was traced. */
export async function tracedInto(target: Target, options: readonly string[]): Promise<string> {
  const file = `${target.directory}.trace`
  const { failed } = await strace([...options, '-o', file], target)
  if (failed) throw new Error(failed)
  return file
}

const strace = (options: readonly string[], target: Target): Promise<Run> =>
  finished('strace', [...TRACED, ...options, process.execPath, ...argsOf(target)])

const argsOf = ({ program, directory, fault }: Target): string[] => [program, directory, ...(fault ? [fault] : [])]

function finished(command: string, args: readonly string[], moment?: Moment): Promise<Run> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, said] = ['', '']
  let left = moment?.acknowledged ?? Number.POSITIVE_INFINITY
  child.stdout.on('data', chunk => {
    out += chunk
    if (out.split('\n').length <= left) return
    left = Number.POSITIVE_INFINITY
    setTimeout(() => child.kill('SIGKILL'), moment?.ms)
  })
  child.stderr.on('data', chunk => {
    said += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      // What was cut off in the middle of a line was not said.
      const acknowledged = out
        .slice(0, out.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean)
      const failed = signal === null && code !== 0 ? said : undefined
      resolve({ acknowledged, killed: signal === 'SIGKILL', failed })
    })
  })
}
