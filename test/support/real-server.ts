import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { killProcess, listenerOn, startAgain } from './server-process.ts'

/**
 * Where a real EventStoreDB server is, if there is one to test against. The variable that the program itself reads is taken
 * out of the environment before any test begins, so that no suite and no program it starts uses the server unasked.
 */
export const realServer: string | undefined = process.env.TEST_EVENTSTORE_URL || undefined

/**
 * What kills that server with -9 and starts the same again; undefined unless it is a single one that runs on this machine
 * under our eyes.
 */
export function realServerKiller(): (() => Promise<void>) | undefined {
  const [, found] = /^esdb:\/\/(?:[^@]*@)?(?:127\.0\.0\.1|localhost):(\d+)\/?(?:\?|$)/.exec(realServer ?? '') ?? []
  const port = Number(found)
  if (!found || !listenerOn(port)) return undefined
  return async () => {
    const server = listenerOn(port)
    if (!server) throw new Error(`nobody listens on port ${port} any more`)
    await killProcess(server)
    startAgain(server, join(tmpdir(), `eventstoredb-${port}.log`))
    while (!listenerOn(port)) await pause(50)
  }
}
