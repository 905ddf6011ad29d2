import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import { ownPath } from '../../src/http/pages/login.ts'
import { createSessions } from '../../src/http/sessions.ts'
import type { SqlValue } from '../../src/store/sql.ts'
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

  test('outlives the program, and ends when the access code is another', async () => {
    const cookie = await sessionCookie(app)
    app = testHouse(office.office, { clock: () => now })
    expect(await status(cookie)).toBe(200)
    app = testHouse(office.office, { clock: () => now, access: { id: 'new code', matches: async () => true } })
    expect(await status(cookie)).toBe(401)
  })

  test('is stored without what would let a reader of the database in', async () => {
    const [, token = ''] = (await sessionCookie(app)).split('=')
    const rows = office.office.sql.all<{ id: string }>('SELECT * FROM sessions')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
    for (const { id } of rows) expect(await status(`mingzhang-session=${id}`)).toBe(401)
  })

  test('is forgotten once it has expired or a thousand newer ones exist', async () => {
    const { sql } = office.office
    const sessions = () => sql.get<{ n: number }>('SELECT count(*) AS n FROM sessions')?.n
    await sessionCookie(app)
    sql.run('DELETE FROM sessions')
    await sessionCookie(app)
    now += 31 * MINUTE
    const oldest = await sessionCookie(app)
    expect(sessions()).toBe(1)
    const many = createSessions(sql, () => now + 1, '')
    for (let count = 0; count < 1000; count++) await many.begin()
    expect(sessions()).toBe(1000)
    expect(await status(oldest)).toBe(401)
    sql.run('DELETE FROM sessions')
  })

  test('goes on while nothing can be written', async () => {
    const { sql } = office.office
    const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
    const failing = (text: string) => text.startsWith('UPDATE')
    const sessions = {
      ...sql,
      run: (text: string, ...params: SqlValue[]) => {
        if (failing(text)) throw full
        sql.run(text, ...params)
      },
    }
    app = testHouse(office.office, { clock: () => now, sessions })
    const cookie = await sessionCookie(app)
    now += 5 * MINUTE
    expect(await status(cookie)).toBe(200)
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
      expect(ownPath(next, '/staff'), next).toBe('/staff')
    expect(ownPath('/staff/coops/sun', '/staff')).toBe('/staff/coops/sun')
    expect(ownPath('/..//evil.example', '/staff')).toBe('/staff')
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
