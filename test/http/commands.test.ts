import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import { Unavailable, Unreadable } from '../../src/store/errors.ts'
import type { TestOffice } from '../support/office.ts'
import { CODE, command, sessionCookie, testHouse } from './house.ts'
import { COOP, idNumber } from './people.ts'
import { sunshine } from './story.ts'

let office: TestOffice
let app: App
const at = (name: string, coop = COOP) => `/api/coops/${coop}/commands/${name}`
const voucher = (amount: string, date = '2025-04-10') => ({
  date,
  summary: '取现',
  lines: [
    { account: '101', debit: amount },
    { account: '102-基本户', credit: amount },
  ],
})

beforeAll(async () => {
  office = await sunshine()
  app = testHouse(office.office)
})
afterAll(() => office.close())

describe('a command', () => {
  test('answers 201 with its events, and 200 with the same events when its key comes again', async () => {
    const first = await command(app, at('PostVoucher'), voucher('100.00'), { key: 'draw-1' })
    const again = await command(app, at('PostVoucher'), voucher('100.00'), { key: 'draw-1' })
    expect([first.status, again.status]).toEqual([201, 200])
    const answer = (await first.json()) as { events: unknown[] }
    expect(answer.events).toMatchObject([{ type: 'VoucherPosted', data: { voucher: { number: '2025-04-记-1' } } }])
    expect(await again.json()).toEqual(answer)
  })

  test('answers 409 when its key was used for something else', async () => {
    await command(app, at('PostVoucher'), voucher('20.00'), { key: 'draw-2' })
    const other = await command(app, at('PostVoucher'), voucher('21.00'), { key: 'draw-2' })
    expect(other.status).toBe(409)
    expect(await other.json()).toMatchObject({ code: 'CommandIdReused' })
  })

  test('needs an Idempotency-Key', async () => {
    const answer = await command(app, at('PostVoucher'), voucher('1.00'), { key: '' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'IdempotencyKeyMissing' })
  })

  test('never gives out the ciphertext it made of a person', async () => {
    const person = { name: '许新民', idNumber: idNumber('19700707', 9), phone: '13900000000' }
    const members = [{ person, on: '2025-04-10', basis: '章程' }]
    const answer = await command(app, at('AdmitMembers'), { members }, { key: 'admit' })
    expect(answer.status).toBe(201)
    const text = await answer.text()
    expect(JSON.parse(text).events[0].data).toEqual({
      person: expect.stringMatching(/^M\d{5}$/),
      birthMonth: '1970-07',
      on: '2025-04-10',
      basis: '章程',
    })
    expect(text).not.toContain('许新民')
  })

  test('is done in the operator’s own session too, if this site’s page sent it', async () => {
    const cookie = await sessionCookie(app)
    const send = (site: string) =>
      app.request(at('PostVoucher'), {
        method: 'POST',
        headers: {
          cookie,
          'content-type': 'application/json',
          'idempotency-key': `own-${site}`,
          'sec-fetch-site': site,
        },
        body: JSON.stringify(voucher('2.00')),
      })
    expect((await send('same-origin')).status).toBe(201)
    expect((await send('cross-site')).status).toBe(403)
    expect((await send('none')).status).toBe(403)
  })
})

describe('a refusal is a problem in Chinese', () => {
  test('with its code and article: a closed month is a conflict', async () => {
    const answer = await command(app, at('PostVoucher'), voucher('1.00', '2025-03-05'), { key: 'closed' })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await answer.json()).toMatchObject({
      type: 'urn:mingzhang:problem:PeriodClosed',
      status: 409,
      code: 'PeriodClosed',
      article: '财会〔2024〕12号 art. 21',
      detail: expect.stringContaining('已经结账'),
      requestId: expect.any(String),
    })
  })

  test('a rule that is broken is 422, a thing that does not exist 404', async () => {
    const unbalanced = {
      ...voucher('1.00'),
      lines: [
        { account: '101', debit: '1.00' },
        { account: '102-基本户', credit: '1.01' },
      ],
    }
    expect((await command(app, at('PostVoucher'), unbalanced, { key: 'u1' })).status).toBe(422)
    const reverse = { number: '2025-04-记-99', date: '2025-04-10', reason: '写错' }
    expect((await command(app, at('ReverseVoucher'), reverse, { key: 'u2' })).status).toBe(404)
  })

  test.each([
    '1e3',
    '１２３',
    '12,34',
    '0.001',
    'NaN',
    '-1',
    '0',
    '100000000000.00',
  ])('the amount %s is 422', async amount => {
    const answer = await command(app, at('PostVoucher'), voucher(amount), { key: `amount-${amount.length}` })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'InvalidInput' })
  })

  test('a field nobody asked for is refused, not ignored', async () => {
    const answer = await command(app, at('PostVoucher'), { ...voucher('1.00'), role: 'admin' }, { key: 'mass' })
    expect(await answer.json()).toMatchObject({ status: 422, code: 'InvalidInput' })
  })
})

describe('what is no command at all', () => {
  test('a name nobody knows is 404, another method 405', async () => {
    expect((await command(app, at('DeleteVoucher'), {})).status).toBe(404)
    expect((await command(app, at('constructor'), {})).status).toBe(404)
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await app.request(at('PostVoucher'), { method, headers: { authorization: `Bearer ${CODE}` } })
      expect(answer.status, method).toBe(405)
      expect(answer.headers.get('allow')).toBe('POST')
    }
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; boundary=x',
    'text/json',
    '',
  ])('JSON sent as "%s" is 415', async type => {
    const answer = await command(app, at('PostVoucher'), voucher('1.00'), { headers: { 'content-type': type } })
    expect(answer.status).toBe(415)
  })

  test.each([
    ['not JSON', '{"a":'],
    ['nothing', ''],
    ['a key twice', '{"date":"2025-04-10","date":"2025-04-11"}'],
    ['a key twice, once escaped', '{"date":"2025-04-10","\\u0064ate":"2025-04-11"}'],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['ten thousand levels', '['.repeat(10_000)],
  ])('%s is 400', async (_, text) => {
    const answer = await command(app, at('PostVoucher'), text)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'BadJson' })
  })

  test('a body that runs past 1 MiB is cut off while it streams, whatever length it claims', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(32))
      },
    })
    const answer = await app.request(at('PostVoucher'), {
      method: 'POST',
      headers: { authorization: `Bearer ${CODE}`, 'content-type': 'application/json', 'idempotency-key': 'big' },
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(sent).toBeLessThan(2 * 1024 * 1024)
  })
})

describe('when the store fails', () => {
  const failing = (error: Error): App => {
    const ledger = { ...office.office.ledger, execute: () => Promise.reject(error), head: () => Promise.reject(error) }
    return testHouse({ ...office.office, ledger } as never)
  }

  test('a store that cannot be written answers 503 and when to come back', async () => {
    const answer = await command(failing(new Unavailable(new Error('disk full'))), at('PostVoucher'), voucher('1.00'))
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await answer.text()).not.toContain('disk full')
  })

  test('a co-op whose chain is broken answers 503 and says so, on the API and on its pages', async () => {
    const broken = failing(new Unreadable('coop-sun/3', '哈希链断开'))
    const api = await command(broken, at('PostVoucher'), voucher('1.00'))
    expect(await api.json()).toMatchObject({ status: 503, code: 'ChainBroken' })
    const page = await broken.request(`/coops/${COOP}`)
    expect(page.status).toBe(503)
    expect(await page.text()).toContain('没有通过校验')
    expect((await broken.request('/money-in')).status).toBe(200)
  })

  test('a fault of the program says nothing about the inside', async () => {
    const answer = await command(
      failing(new TypeError('x is not a function at /srv/secret.ts')),
      at('PostVoucher'),
      voucher('1.00'),
    )
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toMatch(/secret|function|\.ts/)
  })
})
