import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import type { TestOffice } from '../support/office.ts'
import { asOperator, sessionCookie, testHouse } from './house.ts'
import { COOP, PEOPLE, SECRETS } from './people.ts'
import { SUPERVISOR_PHONE, sunshine } from './story.ts'

let office: TestOffice
let app: App
let cookie: string

beforeAll(async () => {
  office = await sunshine()
  app = testHouse(office.office)
  cookie = await sessionCookie(app)
})
afterAll(() => office.close())

const PUBLIC = [
  '/',
  '/money-in',
  '/money-out',
  '/my-share',
  '/how-to-check',
  '/login',
  `/coops/${COOP}`,
  `/coops/${COOP}/quarters/2025Q1`,
  `/coops/${COOP}/quarters/2025Q1/accounts/501-%E7%89%A9%E4%B8%9A%E7%A7%9F%E8%B5%81`,
  `/coops/${COOP}/resolutions/2025-1`,
  `/coops/${COOP}/quarters/2025Q1/outcome/4`,
]
const read = async (path: string) => (await app.request(path)).text()
const readAsOperator = async (path: string) => (await asOperator(app, path, cookie)).text()

describe('what is public', () => {
  test.each(PUBLIC)('%s is a Chinese page with the supervisors’ telephone', async path => {
    const answer = await app.request(path)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('<html lang="zh-CN">')
    expect(text).toContain(`href="tel:${SUPERVISOR_PHONE.replace('-', '')}"`)
    expect(text.length).toBeLessThan(100 * 1024)
  })

  test('no page needs a script or carries a style of its own', async () => {
    for (const path of PUBLIC) expect(await read(path), path).not.toMatch(/<script|<style|style="|onclick|javascript:/)
  })

  test('no public page names a member by code, number or name; officers sign with theirs', async () => {
    const officers = ['陈䶮', '林&lt;b&gt;强&lt;/b&gt;', '王会计']
    for (const path of PUBLIC) {
      const text = officers.reduce((rest, name) => rest.replaceAll(name, ''), await read(path))
      for (const secret of SECRETS) expect(text, path).not.toContain(secret)
      expect(text, path).not.toMatch(/M\d{5}/)
    }
  })

  test('the portal asks the three questions and links the last published pair', async () => {
    const text = await read('/')
    for (const part of ['钱从哪来', '钱到哪去', '我的分红', `/coops/${COOP}/quarters/2025Q1/outcome.pdf`])
      expect(text).toContain(part)
  })

  test('a published quarter shows all fourteen groups and that its fingerprint still holds', async () => {
    const text = await read(`/coops/${COOP}/quarters/2025Q1`)
    for (const part of ['一、货币资金', '十四、监督、更正与异议', '28,571.43', '指纹相符', '本季度无。'])
      expect(text).toContain(part)
  })

  test('a total leads down to its entries, without names or wording', async () => {
    const text = await read(PUBLIC[8]!)
    expect(text.match(/9,523\.81/g)).toHaveLength(3)
    expect(text).not.toContain('某某培训学校')
  })

  test('what went to persons has no entries to be read', async () => {
    expect(
      (await app.request(`/coops/${COOP}/quarters/2025Q1/accounts/514-%E8%80%81%E5%B9%B4%E4%BA%BA%E6%B4%A5%E8%B4%B4`))
        .status,
    ).toBe(404)
    expect((await app.request(`/coops/${COOP}/quarters/2025Q1/accounts/102`)).status).toBe(404)
  })

  test('an unpublished quarter and an unposted resolution answer as if they were not there', async () => {
    const missing = [
      'quarters/2025Q2',
      'quarters/2025Q2/outcome.pdf',
      'quarters/2025Q9',
      'quarters/2025Q1/outcome/15',
      'quarters/2025Q2/outcome/1',
      'resolutions/2025-2',
      'resolutions/2025-2/notice.pdf',
      'resolutions/9999-9',
    ]
    for (const path of missing) expect((await app.request(`/coops/${COOP}/${path}`)).status, path).toBe(404)
    expect((await app.request('/coops/nobody')).status).toBe(404)
  })

  test('papers are PDF with a Chinese file name', async () => {
    const answer = await app.request(`/coops/${COOP}/quarters/2025Q1/decision.pdf`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('阳光社区')}`)
  })
})

describe('what the operator sees', () => {
  test('names are resolved, and markup in a name is shown as it was written', async () => {
    const text = await readAsOperator(`/staff/coops/${COOP}/members`)
    expect(text).toContain('陈䶮')
    expect(text).toContain('林&lt;b&gt;强&lt;/b&gt;')
    expect(text).not.toContain('<b>强')
    for (const { idNumber } of PEOPLE) expect(text).not.toContain(idNumber)
  })

  test('a member is found by name through a posted form, so that no name stands in an address', async () => {
    const answer = await app.request(`/staff/coops/${COOP}/members`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ sought: '小梅' }).toString(),
    })
    const text = await answer.text()
    expect(text).toContain('黄小梅')
    expect(text).not.toContain('陈䶮')
  })

  test('a statement shows what was granted, paid and is still owed, with the sum in words', async () => {
    const code = office.codeOf(PEOPLE[0].idNumber)
    const text = await readAsOperator(`/staff/coops/${COOP}/members/${code}/2025`)
    for (const part of ['陈䶮', '1,200.00', '600.00', '人民币壹仟贰佰元整', '尚未支付', '2025-03-27 已付'])
      expect(text).toContain(part)
  })

  test('a voucher has its entry, its sum in words and the rule that reviewed it', async () => {
    const text = await readAsOperator(`/staff/coops/${COOP}/vouchers/2025-03-%E8%AE%B0-2`)
    for (const part of ['514 公益支出', '老年人津贴', '壹仟贰佰元整', 'AUTO-1', '陈䶮']) expect(text).toContain(part)
  })

  test('the trial balance closes: debit equals credit in all three pairs of columns', async () => {
    const text = await readAsOperator(`/staff/coops/${COOP}/trial-balance?period=2025Q1`)
    const foot = text.slice(text.indexOf('<tfoot>'), text.indexOf('</tfoot>'))
    const sums = [...foot.matchAll(/[\d,]+\.\d\d/g)].map(([sum]) => sum)
    expect(sums).toEqual(['1,500,000.00', '1,500,000.00', '94,880.50', '94,880.50', '1,581,200.00', '1,581,200.00'])
  })

  test('a person, voucher, account, period or year that does not exist is 404 or 400, never a fault', async () => {
    const wrong = [
      'members/M99999',
      'members/M00001/20x5',
      'members/M00001/1800',
      'vouchers/2025-03-%E8%AE%B0-99',
      'vouchers/x',
      'accounts/10%272',
      'resolutions/x',
      'trial-balance?period=2025-13',
      'vouchers?period=2025&period=2026',
      'members?page=-1',
      'funds?x=1',
    ]
    for (const path of wrong) {
      const { status } = await asOperator(app, `/staff/coops/${COOP}/${path}`, cookie)
      expect([400, 404], `${path} answered ${status}`).toContain(status)
    }
  })
})

describe('large type', () => {
  test('is switched on by a link, remembered in a cookie and undone by another', async () => {
    const answer = await app.request('/?big=1')
    expect(await answer.text()).toContain('class="big"')
    expect(answer.headers.get('set-cookie')).toMatch(/^big=1;/)
    const remembered = await app.request('/', { headers: { cookie: 'big=1' } })
    expect(await remembered.text()).toContain('href="/?big=0"')
    expect(await read('/')).not.toContain('class="big"')
  })

  test('keeps the rest of the address', async () => {
    expect(await readAsOperator(`/staff/coops/${COOP}/trial-balance?period=2025Q1`)).toContain(
      '?period=2025Q1&amp;big=1',
    )
  })
})

test('an empty ledger says what to do next', async () => {
  const { testOffice } = await import('../support/office.ts')
  const empty = testOffice()
  const bare = testHouse(empty.office)
  const own = await sessionCookie(bare)
  expect(await (await bare.request('/')).text()).toContain('下一步')
  expect(await (await asOperator(bare, '/staff', own)).text()).toContain('下一步')
  expect((await bare.request('/money-out')).status).toBe(200)
  empty.close()
})
