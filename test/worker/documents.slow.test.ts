import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobName } from '../../src/store/blobs.ts'
import { CODE } from '../http/house.ts'
import { joined } from '../ledger/document-files.ts'
import { bank, established, opening } from '../support/stories.ts'
import { ask, lookInto, server, tell } from './coops.ts'

const COOP = 'papers'
beforeAll(async () => {
  await server.listen()
  for (const [index, [name, body]] of [established, bank, opening].entries())
    expect((await tell(COOP, name, body, `k${index}`)).status).toBe(201)
})
afterAll(() => server.close())

test('an original of several megabytes is kept in the object in rows of at most 1 MB, and comes back as it was', async () => {
  const noise = Uint8Array.from({ length: 2_500_000 }, (_, index) => (index * 7919) % 256)
  const paper = joined('%PDF-1.4\n', noise, '\n%%EOF\n')
  const path = `/api/coops/${COOP}/vouchers/2025-01-%E8%AE%B0-1/originals`
  const sent = await server.fetch(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${CODE}`, 'idempotency-key': 'paper' },
    body: paper,
  })
  expect(sent.status, await sent.text()).toBe(201)
  const rows = await lookInto(COOP, 'SELECT length(bytes) AS size FROM kept_files ORDER BY part')
  expect(rows.map(({ size }) => size)).toEqual([1_000_000, 1_000_000, paper.length - 2_000_000])
  const given = await ask(`/api/coops/${COOP}/originals/${blobName(paper)}`)
  expect([given.status, given.headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining('sandbox'),
  ])
  expect(blobName(given.bytes)).toBe(blobName(paper))
})
