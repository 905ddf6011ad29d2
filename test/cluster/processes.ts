import { type ChildProcess, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { COOP } from '../support/ledger.ts'

/** A node that runs as a program of its own. */
export type NodeProcess = { child: ChildProcess; url: string; code: string; ended: Promise<number | null> }

/** Starts `serve` on a directory as a node of the ledger on the server; ended with the test at the latest. */
export async function serving(directory: string, server: string, code?: string): Promise<NodeProcess> {
  const args = ['src/node.ts', 'serve', '--data', directory, '--port', '0', '--json']
  const env = { ...process.env, EVENTSTORE_URL: server }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  let said = ''
  for await (const chunk of child.stdout!) {
    said += chunk
    if (said.trimEnd().endsWith('}')) break
  }
  const answer = JSON.parse(said) as { url: string; code?: string }
  return { child, url: answer.url, code: answer.code ?? code ?? '', ended }
}

/** Posts a command to a node; undefined when nobody answers. */
export async function post(
  { url, code }: NodeProcess,
  name: string,
  body: unknown,
  key: string,
  coop = COOP,
): Promise<{ status: number; answer: { events?: { data: object; revision: number }[]; code?: string } } | undefined> {
  try {
    const headers = { authorization: `Bearer ${code}`, 'content-type': 'application/json', 'idempotency-key': key }
    const response = await fetch(`${url}/api/coops/${coop}/commands/${name}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { status: response.status, answer: (await response.json()) as { code?: string } }
  } catch {
    return undefined
  }
}

/** Posts again until it is answered otherwise than by 503. */
export async function postUntilDone(to: () => Promise<NodeProcess>, name: string, body: unknown, key: string) {
  for (;;) {
    const done = await post(await to(), name, body, key)
    if (done && done.status !== 503) return done
    await new Promise(resume => setTimeout(resume, 20))
  }
}

/** Returns when the node says that it is ready. */
export async function ready({ url }: NodeProcess): Promise<void> {
  while ((await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200)
    await new Promise(resume => setTimeout(resume, 20))
}
