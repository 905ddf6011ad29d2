import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** A process of this machine, with all it takes to start the same again. */
export type ServerProcess = {
  readonly pid: number
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
}

/** The process that listens on a TCP port of this machine; undefined where /proc does not show it to us. */
export function listenerOn(port: number): ServerProcess | undefined {
  try {
    const sockets = new Set(['tcp', 'tcp6'].flatMap(table => listeningSockets(table, port)))
    const pid = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .find(name => openFilesOf(name).some(file => sockets.has(file)))
    return pid === undefined ? undefined : processOf(Number(pid))
  } catch {
    return undefined
  }
}

/** Kills the process with -9; resolves when it is gone. */
export async function killProcess({ pid }: ServerProcess): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (!hasEnded({ pid })) await pause(20)
}

/** Whether the process is no more, or only its number is left. */
export function hasEnded({ pid }: Pick<ServerProcess, 'pid'>): boolean {
  const state = stateOf(pid)
  return state === undefined || state === 'Z'
}

/** Starts the same program again, outliving this one, its output at the end of a file; gives the new process. */
export function startAgain(ended: ServerProcess, log: string): ServerProcess {
  const { program, args, folder, environment } = ended
  const output = openSync(log, 'a')
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: ['ignore', output, output],
  })
  child.unref()
  closeSync(output)
  if (child.pid === undefined) throw new Error(`${program} does not start`)
  return { ...ended, pid: child.pid }
}

const LISTENING = '0A'

// Each line of the table: number, local address, remote address, state …; the tenth field is the socket's inode.
function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync(`/proc/net/${table}`, 'utf8')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => state === LISTENING && local.endsWith(suffix))
    .map(fields => `socket:[${fields[9]}]`)
}

// Files are opened and closed, and processes end, while we look.
function openFilesOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).flatMap(name => linkOf(`${folder}/${name}`) ?? [])
  } catch {
    return []
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

function processOf(pid: number): ServerProcess {
  const fieldsOf = (file: string): string[] => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').slice(0, -1)
  const environment = fieldsOf('environ').map(line => {
    const split = line.indexOf('=')
    return [line.slice(0, split), line.slice(split + 1)] as const
  })
  return {
    pid,
    program: readlinkSync(`/proc/${pid}/exe`),
    args: fieldsOf('cmdline').slice(1),
    folder: readlinkSync(`/proc/${pid}/cwd`),
    environment: Object.fromEntries(environment),
  }
}

function stateOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]
  } catch {
    return undefined
  }
}
