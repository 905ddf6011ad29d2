import { connect, type Socket } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { costs } from './bodies.ts'
import { COOP, runCore } from './core.ts'
import { folder } from './place.ts'
import { type Server, serving } from './serving.ts'

type Begun = { socket: Socket; answer: Promise<string> }

const place = folder()
afterAll(() => place.gone())

test('SIGTERM lets a request that has begun be answered, then the program ends with 0 and its books are whole', async () => {
  const books = place.path('finishing')
  await runCore(books)
  const server = await serving(books)
  const body = JSON.stringify(costs('12.34', '2025-12-06'))
  const request = await begun(server, body, 10)
  server.child.kill('SIGTERM')
  while (await accepts(server.port));
  request.socket.write(body.slice(10))
  expect(await request.answer).toContain('HTTP/1.1 201 ')
  expect(await server.ended).toBe(0)
  expect((await verifyDirectory(books, { logOnly: false })).finding).toBeUndefined()
})

test('SIGTERM does not wait longer than ten seconds for a request that never ends', async () => {
  const books = place.path('hanging')
  await runCore(books)
  const server = await serving(books)
  const request = await begun(server, '{"never": "whole"}', 3)
  const began = performance.now()
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(15_000)
  expect(await request.answer).not.toMatch(/ 201 /)
})

/** A command whose body has been sent only in part, once the server has taken up its head. */
async function begun({ port, code }: Server, body: string, sent: number): Promise<Begun> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  const taken = new Promise<void>(resolve => {
    socket.on('data', chunk => {
      text += chunk
      if (text.includes('100 Continue')) resolve()
    })
  })
  socket.on('error', () => {})
  const head = [
    `POST /api/coops/${COOP}/commands/PostVoucher HTTP/1.1`,
    'Host: 127.0.0.1',
    `Authorization: Bearer ${code}`,
    'Content-Type: application/json',
    'Idempotency-Key: stopping',
    'Expect: 100-continue',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await taken
  socket.write(body.slice(0, sent))
  return { socket, answer: new Promise(resolve => socket.once('close', () => resolve(text))) }
}

/** Whether the server still takes connections. */
function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
