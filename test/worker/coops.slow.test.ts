import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODE } from '../http/house.ts'
import { idNumber } from '../http/people.ts'
import { ask, lookInto, server, tell, workerWith } from './coops.ts'

beforeAll(() => server.listen())
afterAll(() => server.close())

const founding = (name: string) => ({
  ...{ name: `${name}（演示）`, level: '社区', firstDay: '2025-01-01', demo: true },
  charter: { reserveRate: '0.30', objectionDays: 7, representatives: 30 },
  contact: { address: '服务中心', phone: '0595-85600001', supervisorPhone: '0595-85600002' },
})
const member = (name: string, order: number) => ({
  members: [{ person: { name, idNumber: idNumber('19500310', order) }, on: '2025-01-02', basis: '章程第五条' }],
})
const establish = async (coop: string, name: string): Promise<void> => {
  expect((await tell(coop, 'EstablishCoop', founding(name), 'found')).status).toBe(201)
}

test('two co-ops are two objects: the same command ids, and neither sees the other’s log or people', async () => {
  await establish('sun', '阳光')
  await establish('moon', '月光')
  expect((await tell('sun', 'AdmitMembers', member('陈甲', 1), 'admit')).status).toBe(201)
  expect((await tell('moon', 'AdmitMembers', member('林乙', 2), 'admit')).status).toBe(201)
  expect(await lookInto('sun', 'SELECT name FROM streams')).toEqual([{ name: 'coop-sun' }])
  expect(await lookInto('sun', 'SELECT code, name FROM vault_persons')).toEqual([{ code: 'M00001', name: '陈甲' }])
  expect(await lookInto('moon', 'SELECT code, name FROM vault_persons')).toEqual([{ code: 'M00002', name: '林乙' }])
})

test('a co-op may have a Chinese code', async () => {
  await establish(encodeURIComponent('青阳-1组'), '青阳')
  expect((await ask(`/api/coops/${encodeURIComponent('青阳-1组')}`)).json().data).toMatchObject({ coop: '青阳-1组' })
})

test('a refusal comes over HTTP with its code and article, and writes nothing', async () => {
  await establish('stars', '星光')
  const before = await lookInto('stars', 'SELECT count(*) AS events FROM events')
  const unbalanced = {
    ...{ date: '2025-01-05', summary: '付办公费' },
    lines: [
      { account: '513-办公', debit: '10.00' },
      { account: '101', credit: '9.00' },
    ],
  }
  const refused = await tell('stars', 'PostVoucher', unbalanced, 'unbalanced')
  expect(refused.status).toBe(422)
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(refused.json()).toMatchObject({ code: expect.stringMatching(/^[A-Z]\w+$/), status: 422 })
  expect(await lookInto('stars', 'SELECT count(*) AS events FROM events')).toEqual(before)
})

test('a command repeated under its key is answered as the first time, and the key with another body is refused', async () => {
  await establish('dew', '朝露')
  const first = await tell('dew', 'AdmitMembers', member('王丙', 3), 'k')
  const again = await tell('dew', 'AdmitMembers', member('王丙', 3), 'k')
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.json()).toEqual(first.json())
  const other = await tell('dew', 'AdmitMembers', member('王丁', 4), 'k')
  expect([other.status, other.json().code]).toEqual([409, 'CommandIdReused'])
})

test('commands sent at once are decided one after another', async () => {
  await establish('rain', '春雨')
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      tell('rain', 'AdmitMembers', member(`赵${index}`, 20 + index), `m-${index}`),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  const rows = await lookInto('rain', 'SELECT revision FROM events ORDER BY position')
  expect(rows.map(({ revision }) => revision)).toEqual(rows.map((_, index) => index))
  expect(rows.length).toBe(14)
})

test('nobody can change or delete an event, and an object whose chain was broken all the same is not served', async () => {
  await establish('rust', '锈')
  await establish('iron', '铁')
  for (const statement of ["UPDATE events SET data = '{}'", 'DELETE FROM events']) {
    await expect(lookInto('rust', statement)).rejects.toThrow('events are never')
  }
  await lookInto('rust', 'DROP TRIGGER events_are_never_changed')
  await lookInto('rust', "UPDATE events SET data = replace(data, '锈', '金') WHERE position = 1")
  await server.getWorker().evictDurableObject('COOP', { name: 'rust' })
  const answer = await ask('/api/coops/rust')
  expect([answer.status, answer.json().code]).toEqual([503, 'ChainBroken'])
  expect((await ask('/api/coops/iron')).status).toBe(200)
})

test('without the access code nothing is told or taken, and three wrong ones have to wait', async () => {
  await establish('gate', '门')
  const stranger = { authorization: '' }
  expect((await ask('/api/coops/gate', { headers: stranger })).status).toBe(401)
  expect((await tell('gate', 'AdmitMembers', member('钱戊', 5), 'x', stranger)).status).toBe(401)
  const wrong = { authorization: `Bearer ${CODE.slice(1)}` }
  const tries = []
  for (let count = 0; count < 4; count++) tries.push((await ask('/api/coops/gate', { headers: wrong })).status)
  expect(tries).toEqual([401, 401, 401, 429])
})

test('with a secret that could be guessed nothing is served', async () => {
  const weak = workerWith('too-short')
  await weak.listen()
  const answer = await weak.fetch('/coops/sun', { headers: { authorization: 'Bearer too-short' } })
  const text = await answer.text()
  await weak.close()
  expect([answer.status, text]).toEqual([503, expect.stringContaining('ACCESS_CODE')])
})

test('asking for a co-op that does not exist leaves nothing behind', async () => {
  expect((await ask('/coops/nobody')).status).toBe(404)
  expect((await tell('nobody', 'EstablishCoop', founding('无'), 'f', { authorization: 'Bearer wrong' })).status).toBe(
    401,
  )
  expect((await tell('nobody', 'EstablishCoop', { name: '无' }, 'f')).status).toBe(422)
  expect(
    await lookInto('nobody', "SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'"),
  ).toEqual([])
})

test('what names no co-op leads to each one’s board and desk, without an object of any co-op', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).json()).toEqual({ status: 'ready' })
  expect((await ask('/assets/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect((await ask('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' })
  await establish('lark', '云雀')
  const text = async (path: string) => new TextDecoder().decode((await ask(path)).bytes)
  expect(await text('/')).toContain('<a href="/coops/lark">云雀（演示）</a>')
  expect(await text('/staff')).toContain('<a href="/staff/coops/lark">云雀（演示）</a>')
  expect(await text('/how-to-check')).toContain('怎样核对账目')
  expect((await ask('/')).headers.get('content-security-policy')).toContain("default-src 'self'")
  const lost = ['/coops/', '/coops/%E0%A4%A', '/coops/..%2Fsun', '/api/coops', '/api/coops/-x/members', '/login']
  for (const path of lost) expect((await ask(path)).status, path).toBe(404)
})
