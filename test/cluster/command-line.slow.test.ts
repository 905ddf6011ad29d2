import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ESTABLISHED } from '../support/stories.ts'
import { scratch, standIn } from './nodes.ts'

/** Runs the program with `EVENTSTORE_URL` as given, and gives what it answered under --json. */
async function mz(
  args: readonly string[],
  url?: string,
): Promise<{ code: number | null; out: string; error: { code?: string; message?: string } }> {
  const env = { ...process.env, ...(url === undefined ? {} : { EVENTSTORE_URL: url }) }
  const child = spawn(process.execPath, ['src/node.ts', ...args, '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  const last = err.trim().split('\n').at(-1) ?? ''
  return { code, out, error: last.startsWith('{') ? JSON.parse(last) : {} }
}

test('the command line works as a node, keeps a node’s directory from being written alone, and restores it as a ledger of its own', async () => {
  const { url } = await standIn()
  const place = scratch()
  const body = join(place, 'body.json')
  writeFileSync(body, JSON.stringify(ESTABLISHED))
  const establish = (directory: string, coop: string) => [
    ...['command', 'EstablishCoop', body, '--coop', coop, '--id', `id-${coop}`, '--data', join(place, directory)],
  ]
  const first = await mz(establish('one', 'a'), url)
  const again = await mz(establish('two', 'a'), url)
  expect([first.code, again.code]).toEqual([0, 0])
  expect(JSON.parse(again.out)).toMatchObject({ repeated: true, events: JSON.parse(first.out).events })
  expect((await mz(['verify', '--data', join(place, 'two')], url)).code).toBe(0)
  expect((await mz(establish('one', 'b'))).error).toMatchObject({ code: 'IsMirror' })
  const other = (await standIn()).url.replace(/prefix=.*$/, /prefix=.*$/.exec(url)?.[0] ?? '')
  expect((await mz(establish('one', 'b'), other)).error).toMatchObject({
    code: 'NodeBehind',
    message: expect.stringContaining('服务器上的账本落后于本目录'),
  })
  const backup = join(place, 'copy')
  expect((await mz(['backup', '--out', backup, '--data', join(place, 'one')], url)).code).toBe(0)
  expect((await mz(['restore', backup, '--data', join(place, 'own')], url)).error).toMatchObject({ code: 'OnCluster' })
  expect((await mz(['restore', backup, '--data', join(place, 'own')])).code).toBe(0)
  expect((await mz(establish('own', 'b'))).code).toBe(0)
})

test('a node begins only with its server there, and says so', async () => {
  const server = await standIn()
  server.standIn.die()
  const body = join(scratch(), 'body.json')
  writeFileSync(body, JSON.stringify(ESTABLISHED))
  const begun = await mz(
    ['command', 'EstablishCoop', body, '--coop', 'a', '--data', join(scratch(), 'one')],
    server.url,
  )
  expect(begun).toMatchObject({ code: 1, error: { code: 'Unavailable' } })
})
