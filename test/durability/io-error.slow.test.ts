import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { costs } from './bodies.ts'
import { COOP, runCore } from './core.ts'
import { stored } from './crash-check.ts'
import { crashMeans } from './crash-means.ts'
import { folder } from './place.ts'
import { type Server, serving } from './serving.ts'

/** Flushes of a serving process that fail, counted from its start: far enough in for it to have begun to serve. */
const [FROM, TO] = [30, 45]
const MOST = 80
const means = crashMeans()
const why = means.by === 'kill' ? ` — skipped: no fault can be made, because ${means.why}` : ''
const place = folder()
const BOOKS = place.path('books')
afterAll(() => place.gone())

test.skipIf(means.by === 'kill')(
  `a server whose disk fails to flush answers 503 with Retry-After, reads on, and goes on by itself${why}`,
  async () => {
    await runCore(BOOKS)
    const inject = `inject=fsync:error=EIO:when=${FROM}..${TO}`
    const server = await serving(BOOKS, ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync', '-e', inject])
    let [recorded, refusals] = [0, 0]
    for (let tries = 0, sound = false; tries < MOST && !sound; tries++) {
      const answer = await post(server, recorded + 1)
      if (answer.status === 201) {
        recorded += 1
        sound = refusals > 0
        continue
      }
      refusals += 1
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/^(Unavailable|OutcomeUnknown)$/) })
      expect((await fetch(`http://127.0.0.1:${server.port}/coops/${COOP}`)).status).toBe(200)
    }
    process.kill(Number(readFileSync(`${BOOKS}/lock.pid`, 'utf8')), 'SIGTERM')
    expect(await server.ended).toBe(0)
    console.log(`${refusals} commands refused by a failing disk, ${recorded} recorded`)
    expect(refusals).toBeGreaterThan(1)
    expect((await verifyDirectory(BOOKS, { logOnly: false })).finding).toBeUndefined()
    const posted = stored(BOOKS).commands.filter(id => id.includes('flush-'))
    expect(posted).toHaveLength(recorded)
  },
)

/** Posts a voucher under its own key. */
function post({ port, code }: Server, number: number): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/api/coops/${COOP}/commands/PostVoucher`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${code}`,
      'content-type': 'application/json',
      'idempotency-key': `flush-${number}`,
    },
    body: JSON.stringify(costs(`${number}`, '2025-12-06')),
  })
}
