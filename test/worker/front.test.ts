import { expect, test } from 'vitest'
import type { Directory, Listed } from '../../src/edge/directory.ts'
import { createFront } from '../../src/edge/front.ts'

const faults: unknown[] = []
const front = (coops: () => Promise<Listed[]>) =>
  createFront({
    directory: { coops } as Directory,
    assets: new Map(),
    origin: undefined,
    onFault: error => faults.push(error),
  })
const coops = front(async () => [{ coop: '青阳-1组', name: '青阳<b>一组</b>' }])
const text = async (path: string) => (await coops.request(path)).text()

test('the lists lead to each co-op’s board and desk, whatever its code and name are made of', async () => {
  const code = encodeURIComponent('青阳-1组')
  expect(await text('/')).toContain(`<a href="/coops/${code}">青阳&lt;b&gt;一组&lt;/b&gt;</a>`)
  expect(await text('/staff')).toContain(`<a href="/staff/coops/${code}">`)
  expect(await text('/staff')).not.toContain('/logout')
})

test('the lists come in large type, and remember the wish', async () => {
  const answer = await coops.request('/?big=1')
  expect(await answer.text()).toContain('<html lang="zh-CN" class="big">')
  expect(answer.headers.get('set-cookie')).toContain('big=1')
})

test('without the directory the lists answer 503 and when to ask again; what needs no list goes on', async () => {
  const error = new Error('the directory is away: secret')
  const away = front(() => Promise.reject(error))
  for (const path of ['/', '/staff', '/readyz']) {
    const answer = await away.request(path)
    expect([answer.status, answer.headers.get('retry-after')], path).toEqual([503, '5'])
    expect(await answer.text()).not.toContain('secret')
  }
  expect(faults).toEqual([error, error, error])
  for (const path of ['/how-to-check', '/healthz', '/api/openapi.json']) {
    expect((await away.request(path)).status, path).toBe(200)
  }
})

test('the description of the interface names no session, which each co-op has under a name of its own', async () => {
  const document = (await (await coops.request('/api/openapi.json')).json()) as {
    security: unknown
    components: unknown
  }
  expect(document.security).toEqual([{ accessCode: [] }])
  expect(JSON.stringify(document.components)).not.toContain('session')
})
