import { spawnSync } from 'node:child_process'

/** How a process is killed here: as it enters a chosen system call, or at any moment because that cannot be done. */
export type Means = { by: 'strace' } | { by: 'kill'; why: string }

/** A program that ends with one `exit_group`, at which a strace that works kills it. */
const PROBE = ['-qq', '-o', '/dev/null', '-e', 'trace=exit_group', '-e', 'inject=exit_group:signal=KILL', 'true']

/** Tries strace out on a small program: it may be missing, be forbidden to attach, or attach without its faults arriving. */
export function crashMeans(path = process.env.PATH ?? ''): Means {
  const { error, signal, stderr } = spawnSync('strace', PROBE, { env: { PATH: path }, encoding: 'utf8' })
  if (signal === 'SIGKILL') return { by: 'strace' }
  if (error) return { by: 'kill', why: `strace cannot be started (${(error as NodeJS.ErrnoException).code})` }
  const [said = ''] = stderr.split('\n')
  return { by: 'kill', why: said === '' ? 'strace lets the faults it should inject pass' : said }
}

/** Which of the two ran, for whoever reads the output. */
export const meansSaid = (means: Means): string =>
  means.by === 'strace' ? 'killed at system calls (strace)' : `killed at any moment (kill -9), because ${means.why}`
