import { type ChildProcess, spawn } from 'node:child_process'

export type Server = { child: ChildProcess; port: number; code: string; ended: Promise<number | null> }

/** Starts `serve` as a program of its own on any free port; `under` is a command to run it with, such as strace's. */
export async function serving(directory: string, under: readonly string[] = []): Promise<Server> {
  const serve = [process.execPath, 'src/node.ts', 'serve', '--data', directory, '--port', '0', '--json']
  const [command = '', ...args] = [...under, ...serve]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  let said = ''
  for await (const chunk of child.stdout!) {
    said += chunk
    if (said.trimEnd().endsWith('}')) break
  }
  const { url, code } = JSON.parse(said) as { url: string; code: string }
  return { child, port: Number(new URL(url).port), code, ended }
}
