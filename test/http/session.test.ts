import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import { ownPath } from '../../src/http/pages/login.ts'
import { type TestOffice, testOffice } from '../support/office.ts'
import { asOperator, CODE, login, sessionCookie, testHouse } from './house.ts'

const MINUTE = 60_000
let office: TestOffice
let app: App
let now: number

beforeAll(() => {
  office = testOffice()
})
afterAll(() => office.close())
beforeEach(() => {
  now = 1_000_000
  app = testHouse(office.office, { clock: () => now })
})

const status = async (cookie: string) => (await asOperator(app, '/staff', cookie)).status

describe('a session', () => {
  test('begins with the access code and leads to the page that was wanted', async () => {
    const answer = await login(app, CODE, { next: '/staff/coops/sun?x=1' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/staff/coops/sun?x=1')
  })

  test('lives in a cookie no script can read; off this machine it is a __Host- cookie for TLS only', async () => {
    const local = (await login(app)).headers.get('set-cookie') ?? ''
    expect(local).toMatch(/^mingzhang-session=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Lax$/)
    const remote = await app.request('http://ledger.example.cn/login', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: `code=${CODE}`,
    })
    expect(remote.headers.get('set-cookie')).toMatch(
      /^__Host-mingzhang-session=[0-9a-f]{64}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  test('ends after thirty idle minutes, and after twelve hours whatever happens', async () => {
    const idle = await sessionCookie(app)
    now += 31 * MINUTE
    expect(await status(idle)).toBe(401)
    const busy = await sessionCookie(app)
    for (let hour = 0; hour < 25; hour++) {
      now += 29 * MINUTE
      if (hour < 24) expect(await status(busy), `after ${(hour + 1) * 29} minutes`).toBe(200)
    }
    expect(await status(busy)).toBe(401)
  })

  test('is dead after logout, and a new login ends the one before', async () => {
    const first = await sessionCookie(app)
    const out = await app.request('/logout', {
      method: 'POST',
      headers: { cookie: first, 'sec-fetch-site': 'same-origin' },
    })
    expect(out.status).toBe(303)
    expect(await status(first)).toBe(401)
    const second = await sessionCookie(app)
    await app.request('/login', {
      method: 'POST',
      headers: { cookie: second, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: `code=${CODE}`,
    })
    expect(await status(second)).toBe(401)
  })

  test('is never taken from the address', async () => {
    const [, token] = (await sessionCookie(app)).split('=')
    expect((await app.request(`/staff?mingzhang-session=${token}`)).status).toBe(401)
  })
})

describe('a wrong code', () => {
  test('is told in general words, and the page asks again', async () => {
    const answer = await login(app, 'WRONG')
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('访问码不对')
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('makes the next try wait longer and longer, but never for ever', async () => {
    const waits: number[] = []
    for (let tries = 0; tries < 40; tries++) {
      const answer = await login(app, 'WRONG')
      if (answer.status === 401) continue
      expect(answer.status).toBe(429)
      waits.push(Number(answer.headers.get('retry-after')))
      expect((await login(app, CODE)).status, 'even the right code waits').toBe(429)
      now += waits.at(-1)! * 1000
    }
    expect(waits.slice(0, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
    now += 900_000
    expect((await login(app, CODE)).status).toBe(303)
  })

  test('does not hold up the right one, given by many requests at once', async () => {
    const ask = (code: string) => app.request('/api/coops', { headers: { authorization: `Bearer ${code}` } })
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(CODE)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
    const guesses = await Promise.all(Array.from({ length: 40 }, () => ask('WRONG')))
    expect(guesses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(16)
    expect((await ask(CODE)).status).toBe(429)
  })

  test('counts against the address it came from alone', async () => {
    app = testHouse(office.office, { clock: () => now, addressOf: c => c.req.header('x-test') ?? '' })
    const from = (address: string, code: string) =>
      app.request('/api/coops', { headers: { 'x-test': address, authorization: `Bearer ${code}` } })
    for (let tries = 0; tries < 3; tries++) await from('a', 'WRONG')
    expect((await from('a', CODE)).status).toBe(429)
    expect((await from('b', CODE)).status).toBe(200)
  })
})

describe('another site', () => {
  const post = (headers: Record<string, string>) =>
    app.request('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: `code=${CODE}`,
    })

  test('cannot post the login form in the reader’s name', async () => {
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    expect((await post({ origin: 'http://localhost' })).status).toBe(303)
  })

  test('cannot be where the login leads to', () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
      '/a\nb',
    ])
      expect(ownPath(next), next).toBe('/staff')
    expect(ownPath('/staff/coops/sun')).toBe('/staff/coops/sun')
    expect(ownPath('/..//evil.example')).toBe('/staff')
  })

  test('cannot be this server under its own name', async () => {
    app = testHouse(office.office, { hosts: ['localhost'] })
    expect((await app.request('http://evil.example/')).status).toBe(421)
    expect((await app.request('http://localhost/')).status).toBe(200)
  })

  test('a form field twice, or one nobody asked for, is refused', async () => {
    const send = (body: string) =>
      app.request('/login', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        body,
      })
    expect((await send(`code=x&code=${CODE}`)).status).toBe(400)
    expect((await send(`code=${CODE}&role=admin`)).status).toBe(400)
    expect((await send(`code=${'x'.repeat(5000)}`)).status).toBe(413)
  })
})
