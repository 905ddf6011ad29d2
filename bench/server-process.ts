import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../src/node.ts', import.meta.url))

/** A server in a process of its own on a data directory. */
export type ServerProcess = { readonly url: string; readonly code: string; stop(): Promise<void> }

/** Starts `serve` on any free port of this machine; resolves when it says where it listens. */
export async function startServer(directory: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--data', directory, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // Nothing this program starts outlives it, however it ends.
  process.once('exit', () => child.kill('SIGKILL'))
  const { url, code = '' } = JSON.parse(await everythingUpTo(child, '}')) as { url: string; code?: string }
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const stop = (): Promise<void> => {
    child.kill('SIGTERM')
    return gone
  }
  return { url, code, stop }
}

async function everythingUpTo(child: ChildProcess, end: string): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  let text = ''
  for await (const line of createInterface({ input: child.stdout })) {
    text += line
    if (line.endsWith(end)) return text
  }
  throw new Error(`the server ended before it listened: ${text}`)
}
