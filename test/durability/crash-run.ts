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

/** The core commands as one file in the folder: it starts in a tenth of the time of its hundred sources. */
export async function buildProgram(folder: string): Promise<string> {
  const entry = join(import.meta.dirname, 'core-program.ts')
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: join(folder, 'program') },
  })
  return join(folder, 'program', 'core-program.js')
}

/** Runs the program untraced; killed (SIGKILL) some milliseconds after its first acknowledgement when asked. */
export function run(target: Target, killAfterMs?: number): Promise<Run> {
  return finished(process.execPath, argsOf(target), killAfterMs)
}

/** Runs the program and kills it as it enters the given system call. */
export function runKilledAt({ call, at }: Point, target: Target): Promise<Run> {
  const inject = `inject=${call}:signal=KILL:when=${at}`
  return strace(['-o', '/dev/null', '-e', `trace=${call}`, '-e', inject], target)
}

/** Runs the program with the given flush failing (EIO), or every one from there on, as on a dying disk. */
export function runWithoutFlush(when: `${number}` | `${number}+`, target: Target): Promise<Run> {
  return strace(['-o', '/dev/null', '-e', 'trace=fsync', '-e', `inject=fsync:error=EIO:when=${when}`], target)
}

/** Runs the program to its end and gives its writes and flushes in order, one a line, with the files' paths. */
export async function traced(target: Target): Promise<string[]> {
  const file = `${target.directory}.trace`
  const { failed } = await strace(['-y', '-s', '40', '-o', file, '-e', `trace=write,${CALLS.join(',')}`], target)
  if (failed) throw new Error(failed)
  return readFileSync(file, 'utf8').split('\n')
}

const strace = (options: readonly string[], target: Target): Promise<Run> =>
  finished('strace', [...TRACED, ...options, process.execPath, ...argsOf(target)])

const argsOf = ({ program, directory, fault }: Target): string[] => [program, directory, ...(fault ? [fault] : [])]

function finished(command: string, args: readonly string[], killAfterMs?: number): Promise<Run> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, said] = ['', '']
  child.stdout.on('data', chunk => {
    if (killAfterMs !== undefined && out === '') setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    out += chunk
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
