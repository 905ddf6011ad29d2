import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODE } from '../http/house.ts'
import { ask, lookInto, server, tell } from './coops.ts'

const founding = (name: string) => ({
  ...{ name: `${name}（演示）`, level: '社区', firstDay: '2025-01-01', demo: true },
  charter: { reserveRate: '0.30', objectionDays: 7, representatives: 30 },
})
const BOOKS = ['', '/entry', '/review', '/trial-balance', '/vouchers', '/bank', '/closing']
const ROOMS = [...BOOKS, '/members', '/funds', '/rent', '/payables', '/resolutions']
const CHINESE = encodeURIComponent('青阳-1组')

beforeAll(async () => {
  await server.listen()
  for (const coop of ['sun', 'moon', CHINESE]) {
    expect((await tell(coop, 'EstablishCoop', founding(decodeURIComponent(coop)), 'found')).status).toBe(201)
  }
})
afterAll(() => server.close())

const page = (path: string, cookie = '') => ask(path, { headers: { authorization: '', cookie }, redirect: 'manual' })
const text = async (path: string, cookie = '') => new TextDecoder().decode((await page(path, cookie)).bytes)
const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...{ authorization: '', 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      ...headers,
    },
    body: new URLSearchParams(body).toString(),
  })
async function login(coop: string): Promise<string> {
  const answer = await post(`/staff/coops/${coop}/login`, { code: CODE })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/staff/coops/${coop}`])
  return answer.headers.get('set-cookie') ?? ''
}
const cookieOf = (header: string): string => header.split(';')[0] ?? ''

test.each(['sun', CHINESE])('the desk of %s asks who comes, lets the operator in, and out again', async coop => {
  const desk = `/staff/coops/${coop}`
  expect((await page(desk)).status).toBe(401)
  expect(await text(desk)).toContain(`action="${desk}/login"`)
  const cookie = cookieOf(await login(coop))
  for (const room of ROOMS) expect((await page(`${desk}${room}`, cookie)).status, room).toBe(200)
  expect(await text(desk, cookie)).toContain(`action="${desk}/logout"`)
  expect((await post(`${desk}/logout`, {}, { cookie })).status).toBe(303)
  expect((await page(desk, cookie)).status).toBe(401)
})

test('the session’s cookie is out of a script’s reach, one for each co-op, and bound to the host where there is TLS', async () => {
  const [sun, moon] = [await login('sun'), await login('moon')]
  expect(sun).toMatch(
    /^(__Host-)?mingzhang-session-[0-9a-f]{16}=[0-9a-f]{64}; Path=\/; HttpOnly;( Secure;)? SameSite=Lax$/,
  )
  expect(cookieOf(sun).split('=')[0]).not.toBe(cookieOf(moon).split('=')[0])
  const both = `${cookieOf(sun)}; ${cookieOf(moon)}`
  for (const coop of ['sun', 'moon']) expect((await page(`/staff/coops/${coop}`, both)).status).toBe(200)
  const stolen = cookieOf(moon).replace(/^[^=]+/, cookieOf(sun).split('=')[0] ?? '')
  expect((await page('/staff/coops/sun', stolen)).status).toBe(401)
  const answer = await ask('https://ledger.example.cn/staff/coops/sun/login', {
    method: 'POST',
    redirect: 'manual',
    headers: {
      authorization: '',
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: `code=${CODE}`,
  })
  expect(answer.headers.get('set-cookie')).toMatch(/^__Host-mingzhang-session-.*; Secure;/)
})

test('a session outlives the object, which knows of it nothing but a hash', async () => {
  const cookie = cookieOf(await login('sun'))
  await server.getWorker().evictDurableObject('COOP', { name: 'sun' })
  expect((await page('/staff/coops/sun', cookie)).status).toBe(200)
  const rows = JSON.stringify(await lookInto('sun', 'SELECT * FROM sessions'))
  expect(rows).toContain('"since"')
  expect(rows).not.toContain(cookie.split('=')[1])
})

test('another site can neither log in nor give a command in the operator’s name, and a wrong code is told', async () => {
  const cookie = cookieOf(await login('sun'))
  const foreign = { 'sec-fetch-site': 'cross-site', cookie }
  expect((await post('/staff/coops/sun/login', { code: CODE }, foreign)).status).toBe(403)
  expect((await post('/staff/coops/sun/members', { sought: '甲' }, foreign)).status).toBe(403)
  expect((await post('/staff/coops/sun/logout', {}, foreign)).status).toBe(403)
  const wrong = await post('/staff/coops/sun/login', { code: CODE.slice(1) })
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null])
})

test('asking at the desk of a co-op that does not exist leaves nothing behind', async () => {
  const answer = await page('/staff/coops/nobody', 'mingzhang-session-0=0')
  expect(answer.status).toBe(401)
  await login('nobody')
  expect(
    await lookInto('nobody', "SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'"),
  ).toEqual([])
})
